# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating a trunk while the API, or the line to it, fails: the one request that must not be repeated blindly.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    HQ,
    accounts,
    fault,
    kind,
    play,
    sent,
)
from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

LIST_IS_GONE = ("GET", "siptrunk_2", "reset", {"skip": 1, "times": 2})
CREATES = {
    # account: (faults, the first task's failure, the requests of the first task after its first look at the list)
    "RESET_AFTER": ([("POST", "siptrunk_2", "reset", {"when": "after"})], None, "POST GET"),
    "HANG_AFTER": ([("POST", "siptrunk_2", "hang", {"when": "after", "seconds": 600})], None, "POST GET"),
    "ERROR_AFTER": ([("POST", "siptrunk_2", "status", {"when": "after", "status": 500})], None, "POST GET"),
    "GARBAGE_AFTER": ([("POST", "siptrunk_2", "garbage", {"when": "after"})], None, "POST GET"),
    "BUSY_BEFORE": ([("POST", "siptrunk_2", "status", {"status": 503})], None, "POST GET GET POST"),
    "LOST_TWICE": (
        [("POST", "siptrunk_2", "reset", {}), ("POST", "siptrunk_2", "reset", {"when": "after"})],
        None,
        "POST GET GET POST GET",
    ),
    "LIST_GONE": ([("POST", "siptrunk_2", "reset", {"when": "after"}), LIST_IS_GONE], "network", "POST GET GET"),
    "BUSY_TWICE": (
        [("POST", "siptrunk_2", "status", {"status": 503, "times": 2})],
        "server",
        "POST GET GET POST GET GET",
    ),
    "WORD": ([("POST", "siptrunk_2", "status", {"status": 500, "body": "ErrorGettingAccount"})], "refused", "POST"),
}


def test_a_lost_answer_to_a_create_leaves_exactly_one_trunk(player, emulator):
    accounts(emulator, *CREATES)
    for name, (faults, dummy, dummy) in CREATES.items():
        for method, last, action, fields in faults:
            fault(emulator, name, method, last, action, **fields)
    patient = dict(HQ, timeout="{{ 5 if inventory_hostname == 'HANG_AFTER' else 60 }}")
    first = {COLLECTION + "alianza_sip_trunk": patient, "register": "first"}
    rerun = {COLLECTION + "alianza_sip_trunk": HQ, "when": "first is failed"}
    results = play(player, list(CREATES), first, rerun)
    for name, (faults, failure, requests) in CREATES.items():
        trunks = emulator.account(name)["trunks"]
        assert [trunk["trunkName"] for trunk in trunks] == ["HQ"], name
        log = ["%s" % entry["method"] for entry in emulator.log(path="/account/%s/" % name)]
        assert log[: 1 + len(requests.split())] == ["GET"] + requests.split(), name
        made = results[name][0]
        assert kind(made) == failure, (name, made.get("msg"))
        if failure is None:
            assert len(results[name]) == 1 and len(log) == 1 + len(requests.split()), (name, log)
        else:
            assert len(results[name]) == 2 and not results[name][1]["failed"], (name, results[name])
            assert results[name][1]["changed"] is (name != "LIST_GONE"), name
        trunk = results[name][-1]["sip_trunk"]
        assert (trunk["trunk_id"], trunk["sip_username"]) == (trunks[0]["id"], trunks[0]["sipUsername"]), name
        bodies = [entry["body"] for entry in emulator.log("POST", "/account/%s/" % name)]
        # A second POST has the same credentials as the first.
        assert failure or all(body["sipPassword"] == trunks[0]["sipPassword"] for body in bodies), name
        assert results[name][0]["changed"] is (failure is None), name
    assert "whether the trunk was created is not known" in results["BUSY_TWICE"][0]["msg"]
    assert emulator.open_tokens == 0


def test_a_create_that_is_told_already_exists_accepts_its_own_trunk_and_no_other(player, emulator):
    """The list is late, so a trunk that was created is not in it yet, and the second POST is refused."""
    accounts(emulator, "LOST", "EMPTY")
    accounts(emulator, "OTHERS", trunks=[{"id": "T1", "trunkName": "HQ", "concurrentCalls": 5}])
    emulator.set(list_lag_reads=2)
    fault(emulator, "LOST", "POST", "siptrunk_2", "reset", when="after")
    fault(emulator, "EMPTY", "POST", "siptrunk_2", "status", status=204, when="after")
    fault(emulator, "OTHERS", "GET", "siptrunk_2", "status", status=200, body=[])
    fault(emulator, "OTHERS", "POST", "siptrunk_2", "reset")
    results = play(player, ["LOST", "EMPTY", "OTHERS"], ("alianza_sip_trunk", HQ), ("alianza_sip_trunk", HQ))
    assert [kind(results[name][0]) for name in ("LOST", "EMPTY", "OTHERS")] == [None, "invalid_response", "refused"], (
        results
    )
    for name in results:
        assert kind(results[name][1]) is None and not results[name][1]["changed"], name
        assert len(emulator.account(name)["trunks"]) == 1
    assert results["LOST"][0]["changed"]
    assert [entry["status"] for entry in emulator.log("POST", "/account/LOST/")] == [None, 400]
    assert results["LOST"][0]["sip_trunk"]["trunk_id"] == emulator.account("LOST")["trunks"][0]["id"]
    assert "does not show it" in results["EMPTY"][0]["msg"] and len(sent(emulator, "EMPTY", "POST")) == 1
    assert "already exists" in results["OTHERS"][0]["msg"] and emulator.account("OTHERS")["trunks"][0]["id"] == "T1"
