# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an audit says of call paths in use, of trunks that lose calls if they fail, and of calls that are lost now."""

from __future__ import annotations

import csv
import io
import re

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.numbers import expand
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.call_path_usage import CallRecords, Sample
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import page_views, table, usage
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.merge import merge
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.words import counted
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to
from ansible_collections.alianza.sip_trunking.tests.support.audited import audit, page, reported, utah
from ansible_collections.alianza.sip_trunking.tests.support.html_page import Page

NUMBERS = {
    "18015550000": to("T1"),
    "18015550001": to("T1"),
    "18015550002": to("T1"),
    "18015550003": to("T2"),
    "18015550009": None,
}
TO_DR = {"T1": {"forwardOnFailure": [to("T2")]}}
TRUNKS = {"T1": {"trunkName": "HQ", "concurrentCalls": 20}, "T2": "DR"}


def site(forwards=None, registered=("T1", "T2"), host="maple", document=None):
    """Return the row of an account with the trunks HQ and DR."""
    return audit(account(TRUNKS, TO_DR if forwards is None else forwards, NUMBERS, registered), document, host=host)


def points(row):
    """Return {trunk: numbers that are lost if it fails} of the single points of failure of an account."""
    return {trunk["name"]: trunk["lost_numbers"]["ranges"] for trunk in page_views.points_of_failure(row)}


@pytest.mark.parametrize(
    ("forwards", "registered", "expected"),
    [
        (TO_DR, ("T1", "T2"), {"DR": ["18015550003"]}),
        ({}, ("T1", "T2"), {"DR": ["18015550003"], "HQ": ["18015550000-18015550002"]}),
        # DR is not registered, so that HQ has nowhere to fail over to.
        (TO_DR, ("T1",), {"DR": ["18015550003"], "HQ": ["18015550000-18015550002"]}),
        ({**TO_DR, "T2": {"forwardOnFailure": [to("T1")]}}, ("T1", "T2"), {}),
        # Whether DR works decides alone what becomes of all calls.
        (TO_DR, ("T2",), {"DR": ["18015550000-18015550003"]}),
    ],
)
def test_a_trunk_that_loses_calls_is_a_single_point_of_failure(forwards, registered, expected):
    row = site(forwards, registered)
    assert points(row) == expected
    assert [trunk["single_point_of_failure"] for trunk in row["trunks"]] == [name in expected for name in ("DR", "HQ")]
    parsed = Page(page(reported(row)))
    assert ("with a single point of failure (1)" in parsed.words) is bool(expected)
    for name, lost in expected.items():
        assert "%s (%s)" % (name, counted(len(expand(lost)[0]), "number", "numbers")) in parsed.words
    cells = list(csv.DictReader(io.StringIO(table.table(reported(row)))))
    assert {cell["trunk"]: cell["lost_numbers"].split() for cell in cells if cell["lost_numbers"]} == expected


def test_a_trunk_that_does_not_exist_yet_is_none():
    row = site(document=[{"name": "HQ"}, {"name": "DR"}, {"name": "New", "concurrent_calls": 2}])
    new = next(trunk for trunk in row["trunks"] if trunk["name"] == "New")
    assert (new["single_point_of_failure"], new["lost_numbers"]["count"], new["usage"]) == (None, 0, None)
    assert "not on the platform" in Page(page(reported(row))).text


def test_calls_that_are_lost_now_are_said_and_drawn_with_what_failed_dimmed():
    row = site(registered=("T2",))
    assert row["lost_numbers"] == {"count": 0, "ranges": []}
    assert [(flow["telephone_numbers"], flow["result"]) for flow in row["call_flows"]][:1] == [
        (["18015550000-18015550002"], "answered")
    ]
    text = page(reported(row))
    (drawing,) = re.findall(r"<svg[^>]*chain flow.*?</svg>", text)
    assert '<g class="failed dim">' in drawing and "HQ unavailable (on failure), then DR rings" in drawing
    # Ways on which nothing failed are left out.
    assert "18015550003" not in drawing and "18015550009" not in drawing
    down = site(registered=())
    assert down["lost_numbers"] == {"count": 4, "ranges": ["18015550000-18015550003"]}
    assert "Calls to 4 numbers are lost: 18015550000-18015550003" in Page(page(reported(down))).words
    dead = audit(account(TRUNKS, {}, {**NUMBERS, "18015550008": to("GONE")}, ("T1",)))
    assert dead["lost_numbers"]["ranges"] == ["18015550003"]
    fine = site()
    assert fine["call_flows"] == [] and "chain flow" not in page(reported(fine))


@pytest.mark.parametrize("groups", [None, [{"id": "G1", "name": "All sites", "unreachableForward": [to("T2")]}]])
def test_rules_of_a_group_that_may_take_precedence_are_said_below_the_picture(groups):
    state = account({"T1": {"trunkName": "HQ", "sipTrunkGroupId": "G1"}}, {}, {"18015550000": to("T1")}, groups=groups)
    words = Page(page(reported(audit(state)))).words
    assert "which rules take precedence; this is the way by the rules of the trunk" in words
    assert ("in the trunk group 'All sites'" in words) is bool(groups)


def test_many_ways_of_calls_are_not_all_drawn():
    trunks = {"T%d" % place: "Trunk %d" % place for place in range(12)}
    numbers = {"180155500%02d" % place: to("T%d" % place) for place in range(12)}
    row = audit(account(trunks, {}, numbers, ()))
    text = page(reported(row))
    assert len(re.findall('class="failed dim"', text)) == 8 and "and 4 more ways, in audit.json" in text


def records(*samples, complete=True):
    """Return call records; each sample is (trunk, calls, burst calls, time)."""
    return CallRecords([Sample(*sample) for sample in samples], len(samples), len(samples), complete)


def test_the_peak_is_in_the_report_and_on_the_page():
    row, other = site(registered=("T1",)), site(host="oak")
    usage.add_usage(
        row, records(("T1", 18, 2, "2026-11-24T17:14:00Z"), ("T1", 7, 0, "2026-11-24T18:00:00Z"), ("X", 99, 0, "x"))
    )
    usage.add_usage(other, records(("T1", 16, 0, "2026-11-01T17:14:00Z")))
    assert {trunk["name"]: trunk["usage"] for trunk in row["trunks"]} == {
        "HQ": {
            "peak_concurrent_calls": 18,
            "peak_at": "2026-11-24T17:14:00Z",
            "percent": 90,
            "peak_burst_calls": 2,
        },
        "DR": {"peak_concurrent_calls": 0, "peak_at": None, "percent": 0, "peak_burst_calls": 0},
    }
    made = dict(reported(row, other), usage_days=30)
    parsed = Page(page(made, utah))
    assert "Call paths in use, last 30 days" in parsed.words
    assert "90 % of 20 paths on Tuesday 10:14 , and 2 burst calls at most: maple , HQ" in parsed.words
    # The day of the week does not say which one, if that is long ago.
    assert "80 % of 20 paths on Sunday 2026-11-01 10:14 : oak , HQ" in parsed.words
    assert "20 peak 90 %, Tuesday 10:14" in parsed.words and "5 peak 0 %" in parsed.words
    assert parsed.faults == []
    cells = list(csv.DictReader(io.StringIO(table.table(made))))
    assert ("18", "2026-11-24T17:14:00Z", "90") in {
        (cell["peak_concurrent_calls"], cell["peak_at"], cell["peak_percent"]) for cell in cells
    }
    merged = merge([{"path": "a", "report": made}, {"path": "b", "report": reported(site(host="elm"))}])
    assert merged["usage_days"] == 30 and "90 % of 20 paths" in Page(page(merged)).words


def test_a_quiet_estate_names_its_busiest_trunk_and_a_silent_one_none():
    row = site()
    made = dict(reported(row), usage_days=1)
    assert "There is no record of a call." in Page(page(made)).words
    assert "Call paths in use" not in Page(page(reported(row))).words
    usage.add_usage(row, records(("T1", 2, 0, "2026-11-24T17:14:00Z")))
    words = Page(page(made)).words
    assert (
        "Call paths in use, last day No trunk used 80 % of its call paths. The busiest one: 10 % of 20 paths" in words
    )


def test_many_full_trunks_are_counted():
    rows = [site(host="customer-%d" % place) for place in range(30)]
    for row in rows:
        usage.add_usage(row, records(("T1", 20, 0, "2026-11-24T17:14:00Z")))
    parsed = Page(page(dict(reported(*rows), usage_days=7)))
    assert "and 10 more trunks above 79 %, in audit.csv" in parsed.words


def test_what_is_not_known_of_the_usage_is_a_warning():
    row = site()
    usage.add_usage(row, records(("T1", 2, 0, "2026-11-24T17:14:00Z"), complete=False))
    usage.add_failure(row, "api.alianza.com refused it")
    assert row["warnings"][-2:] == [
        "Only the newest 1 call records were read: the peaks of earlier calls are not known",
        "The usage of the call paths is not known: api.alianza.com refused it",
    ]
