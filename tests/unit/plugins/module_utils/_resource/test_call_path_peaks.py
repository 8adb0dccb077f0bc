# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What call detail records say about call paths: records that are odd count for nothing, and of equal peaks the latest counts."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import sip_trunk
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.call_path_usage import (
    RESULT,
    Sample,
    samples_of,
    start_of,
    usage,
)

AT = "2026-03-10T10:14:00"


def trunk(trunk_id, **wire):
    return sip_trunk.from_wire(dict({"id": trunk_id, "trunkName": "Trunk " + trunk_id}, **wire))


def entry(trunk_id, concurrent, burst=0):
    return {"sipTrunkId": trunk_id, "concurrentCallsCount": concurrent, "burstCallsCount": burst}


def record(*entries, at=AT + "Z"):
    return {"startTime": at, "applicationData": {"data": list(entries)}}


@pytest.mark.parametrize("text", [AT + "Z", AT + ".123Z", AT])
def test_a_start_is_given_in_whole_seconds(text):
    assert start_of({"startTime": text}) == AT + "Z"


@pytest.mark.parametrize("odd", [None, [], "2026", {}, {"startTime": None}, {"startTime": 7}, {"startTime": "2026-03"}])
def test_what_is_no_record_has_no_start_and_no_samples(odd):
    assert start_of(odd) == "" and list(samples_of(odd)) == []


@pytest.mark.parametrize("data", [None, [], {"data": None}, {"data": {}}, {"data": ["T1", None, {"sipTrunkId": ""}]}])
def test_a_record_without_trunks_has_no_samples(data):
    assert list(samples_of({"startTime": AT, "applicationData": data})) == []


def test_a_call_over_two_trunks_is_a_sample_of_each():
    made = list(samples_of(record(entry("T1", 3, 1), entry("T2", None), {"sipTrunkId": "T3"})))
    assert made == [Sample("T1", 3, 1, AT + "Z"), Sample("T2", 0, 0, AT + "Z"), Sample("T3", 0, 0, AT + "Z")]


def test_the_peak_is_the_highest_number_and_the_latest_call_that_reached_it():
    samples = [
        Sample("T1", 3, 0, "2026-03-01T00:00:00Z"),
        Sample("T1", 3, 2, "2026-03-03T00:00:00Z"),
        Sample("T1", 3, 0, "2026-03-02T00:00:00Z"),
        Sample("T1", 2, 0, "2026-03-04T00:00:00Z"),
        Sample("GONE", 9, 9, "2026-03-05T00:00:00Z"),
    ]
    one, two, three = usage(
        [trunk("T1", concurrentCalls=8), trunk("T2", concurrentCalls=5), trunk("T3")], iter(samples)
    )
    assert one == {
        "trunk_name": "Trunk T1",
        "trunk_id": "T1",
        "concurrent_calls": 8,
        "peak_concurrent_calls": 3,
        "peak_at": "2026-03-03T00:00:00Z",
        "percent": 38,
        "peak_burst_calls": 2,
    }
    assert set(one) == {row.option for row in RESULT}
    assert (two["peak_concurrent_calls"], two["peak_at"], two["percent"], two["peak_burst_calls"]) == (0, None, 0, 0)
    assert (three["concurrent_calls"], three["percent"]) == (None, None)
