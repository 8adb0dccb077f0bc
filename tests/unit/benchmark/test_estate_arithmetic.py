# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arithmetic of the benchmark of many accounts."""

from __future__ import annotations

from collections import Counter

from ansible_collections.alianza.sip_trunking.tests.benchmark import estate_results, estates, jobs


def test_an_audit_costs_one_login_and_six_reads_for_each_account():
    assert estates.Estate(100).audit_calls().total() == 2 + 6 * 100


def test_a_converge_reads_those_that_differ_once_more():
    calls = estates.Estate(100, 10).converge_calls()
    assert calls.total() == 2 + 4 * 100 + 10 * (2 + 4 + 1)
    assert calls[jobs.LOGIN] == 11 and calls[jobs.CHANGE] == 10


def test_seed_and_document_differ_in_what_is_to_drift_alone():
    estate = estates.Estate(20, 4)
    hosts = estate.inventory()["all"]["hosts"]
    drifted = []
    for seed in estate.seeds():
        document = hosts[seed["id"]]["alianza_trunks"]
        if any(there["concurrentCalls"] != trunk["concurrent_calls"] for there, trunk in zip(seed["trunks"], document)):
            drifted.append(seed["id"])
    assert drifted == estate.drifted_ids and len(drifted) == 4
    numbers = [entry["phoneNumber"] for seed in estate.seeds() for entry in seed["telephone_numbers"]]
    assert len(set(numbers)) == 20 * estates.NUMBERS_PER_ACCOUNT and set(map(len, numbers)) == {11}


def sample(seconds, calls=3, fewest=3, largest=100.0):
    """Return a run."""
    return estate_results.EstateSample(seconds, seconds, largest, Counter(a=calls), Counter(a=fewest))


def cell(size, seconds, **more):
    """Return a cell whose limit is 10 s for each thousand accounts, and whose empty play takes 1 s."""
    bare = [sample(size / 100, fewest=0)]
    return estate_results.EstateCell("d", size, 0, [sample(1, 0, 0)], bare, [sample(seconds, **more)])


def met(cells, rates=(100.0, 300.0)):
    """Return whether each judgement is met."""
    return [verdict.met for verdict in estate_results.verdicts(cells, rates)]


def test_what_is_too_slow_too_large_or_asks_too_much_is_not_met():
    good = [cell(1000, 12), cell(10000, 121)]
    assert all(met(good)) and len(met(good)) == 8
    assert met([good[0], cell(10000, 200)]).count(False) == 2
    assert met([cell(1000, 12, calls=4)]).count(False) == 1
    assert met([cell(1000, 12, largest=501.0)]).count(False) == 1
    assert met(good, (100.0, 120.0)).count(False) == 1
