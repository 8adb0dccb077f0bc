# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arithmetic of the benchmark: what a job costs at least, and what is made of measured parts."""

from __future__ import annotations

from collections import Counter

import pytest

from ansible_collections.alianza.sip_trunking.tests.benchmark import jobs, targets
from ansible_collections.alianza.sip_trunking.tests.benchmark.results import Cell, Sample, scale_up


def account(job, converged):
    """The account of a job as the emulator's state would show it, before or after."""
    trunks = [
        dict(wanted.wire(), id=f"id of {wanted.name}", forward=wanted.wire_rules({"Site 000": "id of Site 000"}) or {})
        for wanted in job.trunks
        if converged or job.book == "route"
    ]
    numbers = [
        dict({"phoneNumber": number}, **({"referenceId": f"id of {wanted.name}"} if converged else {}))
        for wanted in job.trunks
        for number in wanted.numbers
    ]
    return {"trunks": trunks, "telephone_numbers": numbers}


def test_numbers_to_route_cost_a_write_each_and_four_calls():
    job = jobs.route(7)
    calls = jobs.fewest_calls(job, account(job, converged=False))
    assert calls == {jobs.LOGIN: 1, jobs.LOGOUT: 1, jobs.TRUNKS: 1, jobs.NUMBERS: 1, jobs.ROUTE: 7}


def test_trunks_from_nothing_cost_no_read_of_rules():
    job = jobs.converge(3, converged=False)
    calls = jobs.fewest_calls(job, account(job, converged=False))
    assert calls == {
        jobs.LOGIN: 1,
        jobs.LOGOUT: 1,
        jobs.TRUNKS: 1,
        jobs.NUMBERS: 1,
        jobs.CREATE: 3,
        jobs.PUT_RULES: 3,
        jobs.ROUTE: 60,
    }


def test_a_converged_account_costs_reads_only():
    job = jobs.converge(3, converged=True)
    calls = jobs.fewest_calls(job, account(job, converged=True))
    assert calls == {jobs.LOGIN: 1, jobs.LOGOUT: 1, jobs.TRUNKS: 1, jobs.NUMBERS: 1, jobs.RULES: 3}


def test_whatever_differs_is_one_write():
    job = jobs.converge(3, converged=True)
    there = account(job, converged=True)
    there["trunks"][0]["concurrentCalls"] = 1
    there["trunks"][1]["forward"] = {}
    there["telephone_numbers"][0]["referenceId"] = "elsewhere"
    assert jobs.differences(job, there) == {jobs.CHANGE: 1, jobs.PUT_RULES: 1, jobs.ROUTE: 1}


@pytest.mark.parametrize(
    "method, path, kind",
    [
        ("POST", "/v2/authorize", jobs.LOGIN),
        ("PUT", "/v2/authorize/logout", jobs.LOGOUT),
        ("GET", "/v2/partition/p/account/a/siptrunk_2", jobs.TRUNKS),
        ("PUT", "/v2/partition/p/account/a/siptrunk_2/t/forward", jobs.PUT_RULES),
        ("PATCH", "/v2/partition/p/account/a/telephonenumber/18015551212", jobs.ROUTE),
        ("GET", "/v2/partition/p/account/a", "GET partition/p/account/a"),
    ],
)
def test_calls_are_counted_by_kind(method, path, kind):
    assert jobs.kind(method, path) == kind


def test_a_size_that_was_not_measured_is_on_the_line_through_two_that_were():
    assert scale_up({10: 7.0, 30: 17.0}, 1000) == pytest.approx(502.0)
    assert scale_up({10: 7.0}, 10) == 7.0


def cell(size, seconds, calls, fewest):
    """A cell of one run at one size, over an empty playbook of one second."""
    return Cell(
        "collection", "", "a", size, {size: [Sample(seconds, None, 40, 60, Counter(calls), Counter(fewest))]}, 1.0
    )


def test_a_call_too_many_is_told_even_where_another_is_missing():
    verdict = targets.calls(cell(10, 2, {"GET x": 2}, {"GET x": 1, "PATCH y": 1}))
    assert not verdict.met
    assert "too many: 1 GET x; missing: 1 PATCH y" in verdict.text
    assert targets.calls(cell(10, 2, {"GET x": 2}, {"GET x": 2})).met


def test_growth_is_judged_by_the_time_a_number_takes():
    assert targets.growth(cell(1000, 7, {}, {}), cell(10000, 61, {}, {})).met
    assert not targets.growth(cell(1000, 7, {}, {}), cell(10000, 90, {}, {})).met
