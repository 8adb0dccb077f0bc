# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing a trunk group while the API, or the line to it, fails.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.faults import HERE, accounts, fault, kind, play, sent
from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

MODULE = "alianza_sip_trunk_group"
CREATES = {
    # account: (faults, the task's failure, the requests of the task after the two lists)
    "RESET_AFTER": ([("POST", "siptrunkgroup", "reset", {"when": "after"})], None, "POST GET"),
    "ERROR_AFTER": ([("POST", "siptrunkgroup", "status", {"when": "after", "status": 500})], None, "POST GET"),
    "GARBAGE_AFTER": ([("POST", "siptrunkgroup", "garbage", {"when": "after"})], None, "POST GET"),
    "EMPTY": ([("POST", "siptrunkgroup", "status", {"when": "after", "status": 204})], None, "POST GET"),
    "BUSY_BEFORE": ([("POST", "siptrunkgroup", "status", {"status": 503})], None, "POST GET GET POST"),
    "LOST_TWICE": (
        [("POST", "siptrunkgroup", "reset", {}), ("POST", "siptrunkgroup", "reset", {"when": "after"})],
        None,
        "POST GET GET POST GET",
    ),
    "BUSY_TWICE": (
        [("POST", "siptrunkgroup", "status", {"status": 503, "times": 2})],
        "server",
        "POST GET GET POST GET GET",
    ),
    "WORD": ([("POST", "siptrunkgroup", "status", {"status": 500, "body": "ErrorGettingAccount"})], "refused", "POST"),
}


def test_a_lost_answer_to_a_create_leaves_exactly_one_group(player, emulator):
    accounts(emulator, *CREATES)
    for name, (faults, dummy, dummy) in CREATES.items():
        for method, last, action, fields in faults:
            fault(emulator, name, method, last, action, **fields)
    options = {"account_id": HERE, "name": "Both", "forward_on_failure": [{"reference_type": "BUSY"}]}
    first = {COLLECTION + MODULE: options, "register": "first"}
    results = play(player, list(CREATES), first, {COLLECTION + MODULE: options, "when": "first is failed"})
    for name, (dummy, failure, requests) in CREATES.items():
        groups = emulator.account(name)["groups"]
        assert [group["name"] for group in groups] == ["Both"], name
        made = results[name][0]
        assert kind(made) == failure, (name, made.get("msg"))
        log = [entry["method"] for entry in emulator.log(path="/account/%s/" % name)][2:]
        assert log[: len(requests.split())] == requests.split(), (name, log)
        last = results[name][-1]
        assert not last["failed"] and last["sip_trunk_group"]["group_id"] == groups[0]["id"], name
        assert groups[0]["unreachableForward"] == [{"referenceType": "BUSY"}], name
    assert "whether the trunk group was created is not known" in results["BUSY_TWICE"][0]["msg"]
    assert emulator.open_tokens == 0


def test_faults_of_changes_and_deletes(player, emulator):
    """A write that the API shows late, does not carry out, or answers oddly; a delete likewise."""
    names = ("RESET", "GARBAGE", "NO_BODY", "IGNORED", "NEVER")
    for name in names:
        accounts(
            emulator,
            name,
            trunks=[{"id": name + "1", "trunkName": "HQ"}],
            groups=[{"id": name + "G", "name": "Both"}],
        )
    put = ("PUT", "siptrunkgroup/[A-Z_]+G")
    fault(emulator, "RESET", *put, "reset", when="after")
    fault(emulator, "GARBAGE", *put, "garbage", when="after")
    fault(emulator, "NO_BODY", *put, "status", when="after", status=204)
    fault(emulator, "IGNORED", *put, "status", status=204)
    fault(emulator, "IGNORED", *put, "status", status=200, body={"id": "IGNOREDG", "name": "Other"})
    fault(emulator, "NEVER", "DELETE", "siptrunkgroup/NEVERG", "status", status=202)
    change = {"account_id": HERE, "name": "Both", "trunks": ["HQ"]}
    delete = {"account_id": HERE, "name": "Both", "state": "absent", "force": True}
    results = play(
        player,
        list(names),
        {COLLECTION + MODULE: change, "when": "inventory_hostname != 'NEVER'"},
        {COLLECTION + MODULE: change, "when": "inventory_hostname == 'IGNORED'"},
        {COLLECTION + MODULE: delete, "when": "inventory_hostname == 'NEVER'"},
    )
    for name in ("RESET", "GARBAGE", "NO_BODY"):
        assert not results[name][0]["failed"] and results[name][0]["changed"], results[name]
        assert emulator.account(name)["groups"][0]["sipTrunksIds"] == [name + "1"]
    # An empty answer counts as taken; one that shows another value is read again.
    assert kind(results["IGNORED"][0]) is None
    assert kind(results["IGNORED"][1]) == "not_applied"
    assert "trunk group 'Both' still has another trunks" in results["IGNORED"][1]["msg"]
    assert kind(results["NEVER"][0]) == "not_applied" and "still shows trunk group 'Both'" in results["NEVER"][0]["msg"]
    assert sent(emulator, "NEVER", "DELETE") == ["DELETE NEVERG"] and emulator.open_tokens == 0
