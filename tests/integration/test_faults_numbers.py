# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing many telephone numbers, some of which fail, and the ways to unroute one.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

import itertools
import re

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.numbers import expand
from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    HERE,
    TRUNKS,
    TWENTY,
    accounts,
    control,
    fault,
    kind,
    numbers,
    play,
    routed,
    sent,
)


def test_what_was_not_written_is_named_and_a_rerun_writes_only_that(player, emulator):
    accounts(emulator, "SOME", "REFUSED", "OUTAGE", trunks=TRUNKS, telephone_numbers=["18015550100-18015550159"])
    bad = {"18015550103": 400, "18015550120": 400, "18015550131": 503, "18015550145": 503}
    for number, status in bad.items():
        body = {"status": status, "messages": ["no %s" % number], "data": {}}
        fault(emulator, "SOME", "PATCH", number, "status", status=status, body=body)
    fault(emulator, "REFUSED", "PATCH", "[0-9]+", "status", status=400, times=None)
    fault(emulator, "OUTAGE", "PATCH", "[0-9]+", "status", status=503, skip=10, times=10)
    fault(emulator, "OUTAGE", "PATCH", "[0-9]+", "reset", skip=10, times=None)
    route = (
        "alianza_tn_route",
        {"account_id": HERE, "trunk_name": "HQ", "telephone_numbers": ["18015550100-18015550159"]},
    )
    results = play(
        player,
        ["SOME", "REFUSED", "OUTAGE"],
        route,
        control(emulator, "DELETE", "/faults"),
        route,
        environ={"ALIANZA_RETRIES": "0"},
    )
    every = [str(number) for number in range(18015550100, 18015550160)]
    for name, (first, again) in results.items():
        left = numbers(first)
        assert first["failed"] and sorted(first["routed"] + left) == every, name
        named = expand(re.findall(r"1\d{10}(?:-1\d{10})?", first["msg"]))[0]
        assert set(left) <= set(named), name
        assert not again["failed"] and sorted(again["routed"]) == left and again["failed_numbers"] == [], name
        assert sorted(routed(emulator, name)) == every, name
        log = emulator.log("PATCH", "/account/%s/" % name)
        assert sorted(entry["path"][-11:] for entry in log[-len(left) :]) == left, name
        assert len(sent(emulator, name, "GET", "telephonenumber")) == 2, name

    first = results["SOME"][0]
    assert kind(first) == "partial" and first["changed"] and numbers(first) == list(bad)
    assert len(sent(emulator, "SOME", "PATCH")) == 60 + 4
    for each in first["failed_numbers"]:
        assert "no %s" % each["telephone_number"] in each["msg"]
    assert sorted(first["diff"]["after"]) == sorted(first["routed"])

    first = results["REFUSED"][0]
    assert kind(first) == "refused" and not first["changed"] and len(sent(emulator, "REFUSED", "PATCH")) == 60 + 60

    first = results["OUTAGE"][0]
    assert kind(first) == "partial" and first["changed"] and len(first["routed"]) == 10, first["msg"]
    tried = len(sent(emulator, "OUTAGE", "PATCH")) - 10 - len(numbers(first))
    assert 20 <= tried <= 34, (
        "20 failures in a row; the seven other threads may come late with a success, and with what they had begun"
    )
    skipped = [each for each in first["failed_numbers"] if "not attempted" in each["msg"]]
    assert len(skipped) == 50 - tried and "%d were not attempted" % len(skipped) in first["msg"]


def test_one_odd_answer_among_many_does_not_hide_what_became_of_the_others(player, emulator):
    accounts(emulator, "ODD", trunks=TRUNKS, telephone_numbers=["18015550000-18015550019"])
    fault(
        emulator,
        "ODD",
        "PATCH",
        "18015550007",
        "status",
        status=200,
        times=None,
        body={"phoneNumber": "18015550007", "referenceType": {"type": "SIP_TRUNK"}, "referenceId": ["T1"]},
    )
    (result,) = play(player, ["ODD"], ("alianza_tn_route", TWENTY))["ODD"]
    assert len(routed(emulator, "ODD")) == 19
    assert result["failed"] and numbers(result) == ["18015550007"] and len(result["routed"]) == 19, result["msg"]


CLEARING = {
    # account: (tn_patch_null, tn_destination_put_clears, tn_put_clears, what is sent for the first number, and for each further one);
    # reads in a row, while the write does not show, stand here as one
    "PATCH": ("clears", True, True, "PATCH", "PATCH"),
    "REFUSED": ("rejected", True, True, "PATCH PUT-destination GET", "PUT-destination GET"),
    "IGNORED": ("ignored", True, True, "PATCH GET PUT-destination GET", "PUT-destination GET"),
    "WHOLE": ("rejected", False, True, "PATCH PUT-destination GET PUT", "PUT-destination GET PUT"),
    "STUCK": ("ignored", False, False, "PATCH GET PUT-destination GET PUT GET", None),
}


def test_a_number_is_unrouted_in_whichever_way_the_api_takes_and_the_way_is_learnt(player, emulator):
    ring = [
        {"phoneNumber": "1801555000%d" % last, "referenceType": "SIP_TRUNK", "referenceId": "T1", "canAcceptSMS": True}
        for last in range(4)
    ]
    tasks = []
    for name, (patch, destination, whole, dummy, further) in CLEARING.items():
        accounts(emulator, name, trunks=TRUNKS, telephone_numbers=ring if further else ring[:1])
        tasks.append(
            control(
                emulator,
                "PUT",
                "/settings",
                {"tn_patch_null": patch, "tn_destination_put_clears": destination, "tn_put_clears": whole},
            )
        )
        tasks.append(
            (
                "alianza_tn_route",
                {
                    "account_id": name,
                    "trunk_name": "HQ",
                    "state": "absent",
                    "concurrency": 1,
                    "telephone_numbers": ["18015550000-1801555000%d" % (3 if further else 0)],
                },
            )
        )
    results = dict(zip(CLEARING, play(player, ["ALL"], *tasks)["ALL"], strict=True))
    for name, (dummy, dummy, dummy, first, further) in CLEARING.items():
        before = {each["phoneNumber"]: each for each in ring}
        log = [
            entry["method"] + "-destination" * entry["path"].endswith("destination")
            for entry in emulator.log(path="/account/%s/telephonenumber/" % name)
        ]
        log = [method for method, dummy in itertools.groupby(log)] if "GET" in log else log
        assert log == (first + (" " + further) * 3 if further else first).split(), name
        assert kind(results[name]) == (None if further else "not_applied"), (name, results[name].get("msg"))
        assert bool(routed(emulator, name)) is not bool(further), name
        for number in emulator.account(name)["telephone_numbers"]:
            assert number["canAcceptSMS"] and number["e911Address"] and number["phoneNumber"] in before, name
    assert results["WHOLE"]["unrouted"] == ["18015550000", "18015550001", "18015550002", "18015550003"]
    assert "18015550000" in results["STUCK"]["msg"] and numbers(results["STUCK"]) == ["18015550000"]
    assert not emulator.log("DELETE")
