# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Caller IDs while the API, or the line to it, fails: nothing is lost, and a rerun finishes.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    HERE,
    accounts,
    control,
    fault,
    kind,
    play,
    sent,
)

MODULE = "alianza_caller_id"
MAIN, OTHER = "18015550000", "18015550001"
SHOW = (MODULE, {"account_id": HERE, "caller_id": MAIN, "from_numbers": ["21XX", "2200"], "concurrency": 1})
ONLY = (MODULE, {"account_id": HERE, "caller_id": MAIN, "from_numbers": ["2200"], "exclusive": True})
ABSENT = (MODULE, {"account_id": HERE, "caller_id": MAIN, "state": "absent"})
MAPPED = {"caller_ids": [MAIN], "from_numbers": ["21XX", "2200"], "mappings": {"21XX": MAIN, "2200": MAIN}}
CREATES = {
    # account: (fault, the first task's failure, how many numbers it did not write)
    "ID_RESET_AFTER": (("POST", "callerid", "reset", {"when": "after"}), None, 0),
    "ID_RESET_BEFORE": (("POST", "callerid", "reset", {"when": "before"}), None, 0),
    "ID_GARBAGE": (("POST", "callerid", "garbage", {"when": "after"}), None, 0),
    "ID_OTHER": (("POST", "callerid", "other_object", {}), None, 0),
    "ID_BUSY": (("POST", "callerid", "status", {"status": 503, "times": 2}), "server", 2),
    "ID_REFUSED": (("POST", "callerid", "status", {"status": 403}), "refused", 2),
    "FROM_RESET_AFTER": (("POST", "fromnumber", "reset", {"when": "after"}), None, 0),
    "FROM_ERROR_AFTER": (("POST", "fromnumber", "status", {"status": 500, "when": "after"}), None, 0),
    "FROM_REFUSED": (("POST", "fromnumber", "status", {"status": 403, "skip": 1}), "partial", 1),
    "MAP_GARBAGE": (("PUT", "mapping", "garbage", {"when": "after"}), None, 0),
    "MAP_EMPTY": (("PUT", "mapping", "status", {"status": 204, "when": "after"}), None, 0),
    "MAP_REFUSED": (("PUT", "mapping", "status", {"status": 400}), "partial", 1),
    "MAP_REFUSED_ALL": (("PUT", "mapping", "status", {"status": 400, "times": 2}), "refused", 2),
}


def state(emulator, name):
    """Return (caller IDs, FROM numbers, mappings) of an account."""
    account = emulator.account(name)
    return account["caller_ids"], account["from_numbers"], account["mappings"]


def test_a_fault_while_creating_loses_nothing_and_a_rerun_finishes(player, emulator):
    accounts(emulator, *CREATES)
    for name, ((method, last, action, fields), dummy, dummy) in CREATES.items():
        fault(emulator, name, method, "cid/" + last, action, **fields)
    results = play(player, list(CREATES), SHOW, SHOW, SHOW)
    for name, (dummy, failure, left) in CREATES.items():
        first, second, third = results[name]
        assert kind(first) == failure, (name, first.get("msg"))
        assert len(first["failed_from_numbers"]) == left and len(first["mapped"]) == 2 - left, (name, first)
        assert first["from_numbers"] == sorted(first["mapped"]), name
        # What came about is what the diff of the failed task shows, and the second task begins with.
        assert second["diff"]["before"].get("from_numbers", []) == first["from_numbers"], name
        assert kind(second) is None and second["changed"] is (failure is not None), (name, second)
        assert kind(third) is None and not third["changed"], name
        ids, numbers, mappings = state(emulator, name)
        assert ids == [MAIN] and sorted(numbers) == ["21XX", "2200"] and len(numbers) == 2, (name, numbers)
        assert mappings == {"21XX": MAIN, "2200": MAIN}, name
    assert "nothing" not in results["ID_BUSY"][0]["msg"] and "not known" in results["ID_BUSY"][0]["msg"]
    assert (
        results["FROM_REFUSED"][0]["changed"]
        and results["MAP_REFUSED_ALL"][0]["changed"]
        and not results["ID_REFUSED"][0]["changed"]
    )
    assert "not attempted" in results["ID_REFUSED"][0]["failed_from_numbers"][0]["msg"]
    assert len(sent(emulator, "ID_RESET_AFTER", "POST", "callerid")) == 1
    assert len(sent(emulator, "ID_RESET_BEFORE", "POST", "callerid")) == 2
    assert emulator.open_tokens == 0


def test_a_list_that_lags_hides_nothing_that_was_created(player, emulator):
    accounts(emulator, "LATE")
    emulator.set(list_lag_reads=2)
    fault(emulator, "LATE", "POST", "cid/callerid", "reset", when="after")
    fault(emulator, "LATE", "POST", "cid/fromnumber", "reset", when="after")
    results = play(player, ["LATE"], SHOW)["LATE"]
    assert kind(results[0]) is None and state(emulator, "LATE") == (
        [MAIN],
        ["21XX", "2200"],
        {"21XX": MAIN, "2200": MAIN},
    ), results


def test_taking_away_is_verified_and_comes_before_the_caller_id_goes(player, emulator):
    accounts(emulator, "REFUSED", "FAILS", "LAST", "ONLY", "UNREAD", **MAPPED)
    accounts(emulator, "OWN", caller_ids=[MAIN], telephone_numbers=["18015551000"], mappings={"18015551000": MAIN})
    # Refused after its mapping was ended, too.
    fault(emulator, "FAILS", "DELETE", "fromnumber/2200", "status", status=400, times=2)
    fault(emulator, "LAST", "DELETE", "callerid/.*", "status", status=403)
    fault(emulator, "OWN", "DELETE", "callerid/.*", "status", status=403)
    fault(emulator, "UNREAD", "GET", "cid/fromnumber", "status", status=403, skip=1)
    names = ["REFUSED", "FAILS", "LAST", "OWN", "UNREAD"]
    emulator.set(from_number_deletion="refused_while_mapped")
    results = play(player, names, ABSENT, ABSENT, ABSENT)
    assert [kind(results[name][0]) for name in names] == [None, "partial"] + ["refused"] * 3, results
    assert results["FAILS"][0]["unmapped"] == ["21XX"] and results["FAILS"][0]["from_numbers"] == ["2200"]
    assert results["LAST"][0]["unmapped"] == ["21XX", "2200"] and results["LAST"][0]["from_numbers"] == []
    assert results["OWN"][0]["unmapped"] == [] and results["OWN"][0]["from_numbers"] == ["18015551000"]
    assert results["UNREAD"][0]["unmapped"] == [] and "could not be read" in results["UNREAD"][0]["msg"]
    assert not results["OWN"][0]["changed"] and results["OWN"][1]["unmapped"] == ["18015551000"]
    for name in names:
        assert kind(results[name][1]) is None and not results[name][2]["changed"], name
        assert results[name][1]["changed"] is (name != "REFUSED"), name
        assert state(emulator, name) == ([], [], {}), name
    # The mapping of a number that could not be deleted was there again after the first task.
    order = sent(emulator, "FAILS", "DELETE")
    assert order[-1] == "DELETE %s" % MAIN and order.count("DELETE %s" % MAIN) == 1
    only = play(player, ["ONLY"], ONLY, ONLY)["ONLY"]
    assert only[0]["unmapped"] == ["21XX"] and not only[1]["changed"]
    assert state(emulator, "ONLY") == ([MAIN], ["2200"], {"2200": MAIN})


def test_a_write_that_is_accepted_and_not_carried_out_is_named(player, emulator):
    accounts(emulator, "IGNORED", "NEVER", **MAPPED)
    settings = [
        control(emulator, "PUT", "/settings", {"ignored_fields": ["customCallerIdNumber"], "deletion": "never"}),
        control(emulator, "PUT", "/settings", {"ignored_fields": [], "deletion": "done"}),
    ]
    show = (MODULE, dict(SHOW[1], caller_id="{{ '%s' if inventory_hostname == 'IGNORED' else '%s' }}" % (OTHER, MAIN)))
    show[1]["state"] = "{{ 'present' if inventory_hostname == 'IGNORED' else 'absent' }}"
    del show[1]["concurrency"]
    results = play(player, ["IGNORED", "NEVER"], settings[0], show, settings[1], show, show)
    first = {name: each[0] for name, each in results.items()}
    assert [kind(each) for each in first.values()] == ["not_applied"] * 2, first
    assert "2200 does not show caller ID 18015550001" in first["IGNORED"]["msg"], first["IGNORED"]["msg"]
    assert "its list still shows 21XX" in first["NEVER"]["msg"]
    assert sent(emulator, "NEVER", "DELETE")[:2] in (["DELETE 21XX", "DELETE 2200"], ["DELETE 2200", "DELETE 21XX"])
    for name, each in results.items():
        assert kind(each[1]) is None and each[1]["changed"] and not each[2]["changed"], name
    assert state(emulator, "NEVER") == ([], [], {})
    assert state(emulator, "IGNORED")[2] == {"21XX": OTHER, "2200": OTHER}


def test_an_outage_stops_the_task_and_what_was_not_attempted_is_named(player, emulator):
    accounts(emulator, "DOWN", caller_ids=[MAIN], telephone_numbers=["18015551000-18015551099"])
    fault(emulator, "DOWN", "PUT", "cid/mapping", "status", status=503, skip=5, times=None)
    numbers = {"account_id": HERE, "caller_id": MAIN, "from_numbers": ["18015551000-18015551099"], "concurrency": 1}
    emulator.set(own_numbers_in_mappings=True)
    (first,) = play(player, ["DOWN"], (MODULE, numbers), environ={"ALIANZA_RETRIES": "0"})["DOWN"]
    assert kind(first) == "partial" and len(first["failed_from_numbers"]) == 95 and len(first["mapped"]) == 5
    assert "75 were not attempted" in first["msg"] and "18015551025-18015551099" in first["msg"], first["msg"]
    emulator.clear_faults()
    (second,) = play(player, ["DOWN"], (MODULE, numbers))["DOWN"]
    assert kind(second) is None and len(second["mapped"]) == 95 and len(second["unchanged"]) == 5


def test_wildcards_are_sent_in_the_case_that_the_api_takes(player, emulator):
    accounts(emulator, "LOWER")
    emulator.set(extension_case_accepted="lower")
    results = play(player, ["LOWER"], SHOW, SHOW, ABSENT)["LOWER"]
    assert [kind(each) for each in results] == [None] * 3 and [each["changed"] for each in results] == [
        True,
        False,
        True,
    ]
    assert results[0]["mapped"] == ["21XX", "2200"]
    bodies = [entry["body"]["fromWildcard"] for entry in emulator.log("POST", "cid/fromnumber")]
    assert bodies == ["21XX", "21xx", "2200"] and state(emulator, "LOWER") == ([], [], {})
