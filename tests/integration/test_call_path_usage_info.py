# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_call_path_usage_info: peaks from call detail records, page by page, as few as it takes."""

from __future__ import annotations

import datetime

MODULE = "alianza_call_path_usage_info"
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def ago(hours=0, minutes=0):
    """Return a time before now as the API writes it."""
    return (NOW - datetime.timedelta(hours=hours, minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def record(start, *trunks):
    """Return the record of a call; each trunk is (ID, concurrent calls, burst calls)."""
    keys = ("sipTrunkId", "concurrentCallsCount", "burstCallsCount")
    return {
        "startTime": start,
        "applicationData": {
            "type": "sip-trunks-interactions",
            "data": [dict(zip(keys, trunk, strict=True)) for trunk in trunks],
        },
    }


def seed(emulator, records, **more):
    """Seed an account with three trunks and some call records."""
    trunks = [
        {"id": "T1", "trunkName": "HQ", "concurrentCalls": 20},
        {"id": "T2", "trunkName": "DR", "concurrentCalls": 3},
        {"id": "T3", "trunkName": "Lab", "concurrentCalls": 5},
    ]
    account = {"id": "CALLS", "accountNumber": "910", "accountName": "Calls", "trunks": trunks, "call_records": records}
    emulator.seed(accounts=[dict(account, **more)])


def test_the_peak_of_each_trunk(player, emulator):
    records = [
        record(ago(hours=3), ("T1", 18, 0), ("T2", 1, 0)),
        record(ago(hours=2), ("T1", 18, 0)),
        record(ago(hours=1), ("T1", 4, 0), ("GONE", 99, 9)),
        record(ago(hours=30), ("T2", 3, 2)),
        record(ago(hours=24 * 7 + 1), ("T1", 20, 0)),
        # A call to a user, and a fax.
        {"startTime": ago(hours=1)},
        {"startTime": ago(hours=1), "applicationData": {"type": "vfax-success"}},
    ]
    seed(emulator, records)
    player.environ["ALIANZA_ACCOUNT_ID"] = "CALLS"
    week, day, one, none, wrong = player.tasks(
        (MODULE, {}),
        {"alianza.sip_trunking." + MODULE: {"days": 1}, "check_mode": True},
        (MODULE, {"trunk_name": "HQ", "days": 8}),
        (MODULE, {"trunk_id": "T9"}),
        (MODULE, {"days": 32}),
    ).results
    dr, hq, lab = week["usage"]
    assert hq == {
        "trunk_name": "HQ",
        "trunk_id": "T1",
        "concurrent_calls": 20,
        "peak_concurrent_calls": 18,
        "peak_at": ago(hours=2)[:19] + "Z",
        "percent": 90,
        "peak_burst_calls": 0,
    }
    assert (dr["peak_concurrent_calls"], dr["percent"], dr["peak_burst_calls"]) == (3, 100, 2)
    assert (lab["peak_concurrent_calls"], lab["peak_at"], lab["percent"]) == (0, None, 0)
    assert week["complete"] and week["notices"] == [] and not week["changed"]
    assert [row["peak_concurrent_calls"] for row in day["usage"]] == [1, 18, 0] and day["usage"][0]["percent"] == 33
    assert [(row["trunk_name"], row["percent"]) for row in one["usage"]] == [("HQ", 100)] and none["usage"] == []
    assert wrong["failed"] and "days is 32" in wrong["msg"] and wrong["failure"]["kind"] == "invalid_input"
    asked = emulator.log("GET", "/cdrsearch$")
    assert len(asked) == 4 and not emulator.writes() and emulator.open_tokens == 0


def test_pages_end_where_the_period_begins(player, emulator):
    recent = [record(ago(minutes=place), ("T1", 1 + place % 7, 0)) for place in range(1, 1100)]
    old = [record(ago(hours=24 * 20, minutes=place), ("T1", 20, 0)) for place in range(3000)]
    seed(emulator, recent + old)
    result = player.one(MODULE, account_id="CALLS", days=30, trunk_name="HQ")
    assert result["usage"][0]["percent"] == 100
    pages = [entry["query"]["firstResultIndex"] for entry in emulator.log("GET", "/cdrsearch$")]
    assert pages == [str(500 * place) for place in range(9)]
    emulator.clear_log()
    result = player.one(MODULE, account_id="CALLS", days=19, trunk_name="HQ")
    assert result["usage"][0]["peak_concurrent_calls"] == 7 and result["complete"]
    # The day more that is asked for holds older records; nothing after the first of them is read.
    assert len(emulator.log("GET", "/cdrsearch$")) == 3


def test_an_answer_that_is_no_page_is_refused(player, emulator):
    seed(emulator, [])
    emulator.fault("status", method="GET", path="/cdrsearch$", status=200, body={"results": None})
    result = player.one(MODULE, account_id="CALLS")
    assert result["failed"] and result["failure"]["kind"] == "invalid_response", result
