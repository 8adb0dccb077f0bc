# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads that fail: what is repeated, what is final, and what a failure says.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

import email.utils
import socket
import time

from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    HERE,
    accounts,
    fault,
    kind,
    play,
    sent,
)

READS = {
    # account: (fault, the least seconds until the request was repeated)
    "BUSY": (("status", {"status": 503}), 0),
    "LIMITED": (("status", {"status": 429, "headers": {"Retry-After": "1"}}), 1),
    "LIMITED_DATE": (("status", {"status": 429}), 0),
    "RESET": (("reset", {}), 0),
    "TRUNCATED": (("truncate", {}), 0),
    "GARBAGE": (("garbage", {}), 0),
    "CUT_OFF": (("close_midway", {}), 0),
    # The client's five seconds begin before the request arrives.
    "HANG": (("hang", {"seconds": 600}), 3),
}


def test_reads_are_repeated(player, emulator):
    accounts(emulator, *READS, trunks=[{"id": "T1", "trunkName": "HQ"}])
    for name, ((action, fields), dummy) in READS.items():
        if name == "LIMITED_DATE":
            fields = dict(fields, headers={"Retry-After": email.utils.formatdate(time.time() + 5, usegmt=True)})
            due = time.monotonic() + 5
        fault(emulator, name, "GET", "siptrunk_2", action, **fields)
    results = play(
        player,
        list(READS),
        ("alianza_sip_trunk_info", {"account_id": HERE, "timeout": "{{ 5 if inventory_hostname == 'HANG' else 60 }}"}),
    )
    for name, (dummy, least) in READS.items():
        (result,) = results[name]
        assert not result["failed"], (name, result["msg"])
        assert [trunk["trunk_id"] for trunk in result["sip_trunks"]] == ["T1"]
        asked = [entry["t"] for entry in emulator.log("GET", "/account/%s/" % name)]
        assert len(asked) == 2, name
        assert asked[1] - asked[0] >= least, name
        # A date has whole seconds.
        assert name != "LIMITED_DATE" or asked[1] >= due - 1
    assert emulator.open_tokens == 0


LISTED = ("siptrunk_2", "status")
FINAL = {
    # account: (end of path, action, fields, kind, how often it is asked)
    "SERVER": (*LISTED, {"status": 503}, "server", 2),
    "LIMITED": (*LISTED, {"status": 429, "headers": {"Retry-After": "0"}}, "rate_limited", 2),
    "RESET": ("siptrunk_2", "reset", {}, "network", 2),
    "HANG": ("siptrunk_2", "hang", {"seconds": 600}, "timeout", 2),
    "GARBAGE": ("siptrunk_2", "garbage", {}, "invalid_response", 2),
    "WORD_PASSWORD": (*LISTED, {"status": 500, "body": "ErrorIsPasswordValid"}, "refused", 1),
    "OBJECT": (*LISTED, {"status": 200, "body": {"trunks": []}}, "invalid_response", 1),
    "STRINGS": (*LISTED, {"status": 200, "body": ["T1"]}, "invalid_response", 1),
    "ODD_FIELD": (
        *LISTED,
        {"status": 200, "body": [{"id": "T1", "trunkName": "HQ", "extensionPatterns": 21}]},
        "invalid_response",
        1,
    ),
    "ODD_TARGETS": ("forward", "status", {"status": 200, "body": {"forwardOnFailure": ["T1"]}}, "invalid_response", 1),
}


def test_a_read_that_fails_for_good_is_told_by_its_kind_and_names_the_host(player, emulator):
    accounts(emulator, *FINAL, trunks=[{"id": "T1", "trunkName": "HQ"}])
    for name, (last, action, fields, dummy, dummy) in FINAL.items():
        fault(emulator, name, "GET", last, action, times=None, **fields)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = "http://127.0.0.1:%d" % unused.getsockname()[1]
        results = play(
            player,
            [*FINAL, "DEAD"],
            (
                "alianza_sip_trunk_info",
                {
                    "account_id": HERE,
                    "include": ["forwarding"],
                    "timeout": "{{ 5 if inventory_hostname == 'HANG' else 60 }}",
                    "api_url": "{{ '%s' if inventory_hostname == 'DEAD' else '%s' }}" % (dead, emulator.url),
                },
            ),
        )
    for name, (last, dummy, dummy, expected, times) in FINAL.items():
        (result,) = results[name]
        assert kind(result) == expected, (name, result["msg"])
        assert len(sent(emulator, name, "GET", last)) == times, name
        assert not result["changed"]
        if name not in ("STRINGS", "ODD_FIELD", "ODD_TARGETS"):
            assert emulator.url.partition("//")[2] in result["msg"], (name, result["msg"])
            assert result["failure"]["method"] == "GET" and result["failure"]["path"].endswith("/" + last), name
    assert results["WORD_PASSWORD"][0]["failure"]["messages"] == ["ErrorIsPasswordValid"]
    assert "ErrorIsPasswordValid" in results["WORD_PASSWORD"][0]["msg"]
    assert results["SERVER"][0]["failure"]["status"] == 503 and "(2 attempts)" in results["SERVER"][0]["msg"]
    (result,) = results["DEAD"]
    assert (
        kind(result) == "network" and dead.partition("//")[2] in result["msg"] and result["failure"]["status"] is None
    )
    assert emulator.open_tokens == 0 and not emulator.writes()


def test_a_404_means_absent_for_the_object_only(player, emulator):
    accounts(emulator, "RIGHT", telephone_numbers=["18015550000"])
    tasks = [
        ("alianza_sip_trunk", {"trunk_id": "T9", "state": "absent"}),
        ("alianza_trunk_forwarding", {"trunk_id": "T9", "state": "absent"}),
        ("alianza_tn_route", {"trunk_id": "T9", "telephone_numbers": ["18015550000"], "state": "absent"}),
    ]
    results = play(player, ["RIGHT", "WRONG"], *((module, dict(options, account_id=HERE)) for module, options in tasks))
    assert [(kind(result), result["changed"]) for result in results["RIGHT"]] == [(None, False)] * 3, results["RIGHT"]
    assert [kind(result) for result in results["WRONG"]] == ["not_found"] * 3, results["WRONG"]
    for result in results["WRONG"]:
        assert "has no account WRONG" in result["msg"]
    assert not emulator.writes() and emulator.open_tokens == 0
