# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes other than creates that fail, or that the API accepts without carrying them out.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    CALLBACK,
    DELETE,
    DIVERT,
    HERE,
    ROUTE,
    TRUNKS,
    accounts,
    control,
    fault,
    for_hosts,
    kind,
    numbers,
    play,
    routed,
    sent,
)

WRITES = {
    # account: (module and options, method, end of path, action, fields, what is sent from the write on)
    "PATCH_BUSY": (*CALLBACK, "PATCH", "T1", "status", {"status": 503}, "PATCH PATCH"),
    "PATCH_RESET": (*CALLBACK, "PATCH", "T1", "reset", {"when": "after"}, "PATCH PATCH"),
    "PATCH_GARBAGE": (*CALLBACK, "PATCH", "T1", "garbage", {"when": "after"}, "PATCH GET"),
    "PUT_RESET": (*DIVERT, "PUT", "forward", "reset", {"when": "after"}, "PUT PUT"),
    "NUMBER_RESET": (*ROUTE, "PATCH", "18015550000", "reset", {}, "PATCH PATCH"),
    "NUMBER_LIST": (
        *ROUTE,
        "PATCH",
        "18015550000",
        "status",
        {"status": 200, "body": [], "when": "after"},
        "PATCH GET",
    ),
    "DELETE_LOST": (*DELETE, "DELETE", "T2", "reset", {"when": "after"}, "DELETE DELETE GET"),
    "DELETE_BUSY": (*DELETE, "DELETE", "T2", "status", {"status": 503}, "DELETE DELETE GET"),
}


def test_writes_other_than_creates_are_repeated_until_they_are_taken(player, emulator):
    accounts(emulator, *WRITES, trunks=TRUNKS, telephone_numbers=["18015550000"])
    tasks = {}
    for name, (module, options, method, last, action, fields, dummy) in WRITES.items():
        fault(emulator, name, method, last, action, **fields)
        tasks.setdefault(str((module, options)), (module, options, []))[2].append(name)
    results = play(
        player,
        list(WRITES),
        *(for_hosts(names, module, dict(options, account_id=HERE)) for module, options, names in tasks.values()),
    )
    for name, (module, options, method, last, dummy, dummy, requests) in WRITES.items():
        (result,) = results[name]
        assert not result["failed"] and result["changed"], (name, result.get("msg"))
        log = [entry["method"] for entry in emulator.log(path="/account/%s/" % name)]
        assert log[log.index(method) :] == requests.split(), name
        trunks = {trunk["id"]: trunk for trunk in emulator.account(name)["trunks"]}
        assert (trunks["T1"]["callbackNumber"] == "18015550002") is (options is CALLBACK[1]), name
        assert bool(trunks["T1"]["forward"]) is (options is DIVERT[1]), name
        assert bool(routed(emulator, name)) is (options is ROUTE[1]), name
        assert ("T2" not in trunks) is (options is DELETE[1]), name
    assert [entry["status"] for entry in emulator.log("DELETE", "/account/DELETE_LOST/")] == [None, 404]


def test_a_write_whose_answer_cannot_be_read_is_not_taken_for_done(player, emulator):
    """The answers are garbage and nothing was written: the object itself shows that, also by a field that it lacks."""
    accounts(
        emulator,
        "TRUNK",
        "RULES",
        "NUMBER",
        trunks=[{"id": "T1", "trunkName": "HQ"}, {"id": "T2", "trunkName": "DR"}],
        telephone_numbers=["18015550000"],
    )
    fault(emulator, "TRUNK", "PATCH", "T1", "garbage", times=None)
    fault(emulator, "RULES", "PUT", "forward", "garbage", times=None)
    fault(emulator, "NUMBER", "PATCH", "18015550000", "garbage", times=None)
    results = play(
        player,
        ["TRUNK", "RULES", "NUMBER"],
        *(
            for_hosts([name], module, dict(options, account_id=HERE))
            for name, (module, options) in (("TRUNK", CALLBACK), ("RULES", DIVERT), ("NUMBER", ROUTE))
        ),
    )
    for name in results:
        trunk = emulator.trunk(name, "HQ")
        assert "callbackNumber" not in trunk and not trunk["forward"] and not routed(emulator, name)
    assert {name: kind(result[0]) for name, result in results.items()} == dict.fromkeys(results, "not_applied"), results


def test_a_field_that_was_not_taken_is_named_after_one_more_look(player, emulator):
    busy = {"T1": {"forwardOnFailure": [{"referenceType": "BUSY"}]}}
    accounts(
        emulator,
        "ONE",
        "TWO",
        "NUMBER",
        "RULES",
        "NEW",
        telephone_numbers=["18015550000"],
        forwards=busy,
        trunks=[dict(TRUNKS[0], languageTag="de-DE"), TRUNKS[1]],
    )
    emulator.set(ignored_fields=["callbackNumber", "languageTag", "referenceType", "referenceId", "forwardOnFailure"])
    fault(emulator, "RULES", "PUT", "forward", "status", when="after", status=200, body=busy["T1"])
    two = dict(CALLBACK[1], language_tag="en-US", concurrent_calls=7)
    new = {"name": "New", "concurrent_calls": 1, "callback_number": "18015550002"}
    results = play(
        player,
        ["ONE", "TWO", "NUMBER", "RULES", "NEW"],
        *(
            for_hosts([name], module, dict(options, account_id=HERE))
            for name, (module, options) in (
                ("ONE", CALLBACK),
                ("TWO", ("alianza_sip_trunk", two)),
                ("NUMBER", ROUTE),
                ("RULES", DIVERT),
                ("NEW", ("alianza_sip_trunk", new)),
            )
        ),
    )
    assert {name: kind(result[0]) for name, result in results.items() if name != "NEW"} == dict.fromkeys(
        ("ONE", "TWO", "NUMBER", "RULES"), "not_applied"
    ), results
    assert "callback_number" in results["ONE"][0]["msg"] and "language_tag" not in results["ONE"][0]["msg"]
    assert (
        "callback_number and language_tag" in results["TWO"][0]["msg"]
        and "concurrent_calls" not in results["TWO"][0]["msg"]
    )
    assert "18015550000" in results["NUMBER"][0]["msg"] and numbers(results["NUMBER"][0]) == ["18015550000"]
    assert "forward_on_failure" in results["RULES"][0]["msg"]
    for name, write, look in (
        ("ONE", "PATCH T1", "GET T1"),
        ("TWO", "PATCH T1", "GET T1"),
        ("RULES", "PUT forward", "GET forward"),
        ("NUMBER", "PATCH 18015550000", "GET 18015550000"),
    ):
        log = sent(emulator, name)
        written = log[log.index(write) :]
        assert written[0] == write and len(written) > 1 and set(written[1:]) == {look}, name
        assert not routed(emulator, name) and emulator.trunk(name, "HQ")["callbackNumber"] == "18015550001", name
        assert emulator.trunk(name, "HQ")["forward"] == busy["T1"], name
    assert emulator.trunk("TWO", "HQ")["concurrentCalls"] == 7
    assert results["TWO"][0]["changed"]
    # Of a new trunk, whose answer lacks the field altogether, at least the rest is there, once.
    assert len(emulator.account("NEW")["trunks"]) == 3


def test_empty_and_late_answers_are_fine(player, emulator):
    document = {
        "trunks": [
            {
                "name": "HQ",
                "concurrent_calls": 5,
                "telephone_numbers": ["18015550000-18015550003"],
                "forwarding": {"forward_on_failure": [{"trunk_name": "DR"}]},
            },
            {"name": "DR", "concurrent_calls": 2, "callback_number": ""},
        ]
    }
    later = {
        "trunks": [
            {"name": "HQ", "concurrent_calls": 6, "forwarding": {"forward_on_failure": []}},
            {"name": "DR", "telephone_numbers": ["18015550003"]},
        ]
    }
    names, tasks = {"NO_CONTENT": (204, 0), "ACCEPTED": (202, 0), "LATE": (204, 1)}, []
    accounts(emulator, *names, telephone_numbers=["18015550000-18015550003"])
    for name, (status, lag) in names.items():
        tasks.append(control(emulator, "PUT", "/settings", {"write_status": status, "list_lag_reads": lag}))
        tasks.append(("alianza_account_trunks", dict(document, account_id=name)))
        if not lag:
            tasks += [("alianza_account_trunks", dict(later, account_id=name))] * 2
    results = play(player, ["ALL"], *tasks)["ALL"]
    assert not any(result["failed"] for result in results), results
    assert [result["changed"] for result in results] == [True, True, False] * 2 + [True]
    for name, (dummy, lag) in names.items():
        hq, dr = emulator.trunk(name, "HQ"), emulator.trunk(name, "DR")
        assert hq["concurrentCalls"] == (5 if lag else 6) and len(emulator.account(name)["trunks"]) == 2
        assert sorted(hq["telephoneNumbers"]) == ["1801555000%d" % last for last in range(4 if lag else 3)]
        assert hq["forward"] == (
            {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": dr["id"]}]} if lag else {}
        )
        assert len(sent(emulator, name, "POST")) == 2, name


UNLOCK = ("alianza_trunk_unlock", {"trunk_name": "HQ", "account_id": HERE})
REFUSAL = {"status": 403, "body": {"status": 403, "messages": ["Not for you"]}}
LOCKED = {"status": 200, "body": {"id": "T1", "trunkName": "HQ", "lockedOut": True}}
UNLOCKS = {
    # account: (action, fields, kind, what is sent from the write on, whether the trunk is unlocked)
    "BUSY": ("status", {"status": 503}, None, ["PUT unlock"] * 2, True),
    "RESET": ("reset", {"when": "after"}, None, ["PUT unlock"] * 2, True),
    "GARBAGE": ("garbage", {"when": "after"}, None, ["PUT unlock", "GET registrationstatus"], True),
    "LATE": ("status", dict(LOCKED, when="after"), None, ["PUT unlock", "GET registrationstatus"], True),
    "LOST": ("reset", {"times": None}, "network", ["PUT unlock"] * 2, False),
    "REFUSED": ("status", REFUSAL, "refused", ["PUT unlock"], False),
    "STAYS": ("status", LOCKED, "not_applied", None, False),
    "UNREADABLE": ("garbage", {}, "not_applied", None, False),
}


def test_an_unlock_is_done_when_the_platform_shows_it(player, emulator):
    accounts(emulator, *UNLOCKS, trunks=[{"id": "T1", "trunkName": "HQ", "lockedOut": True}])
    for name, (action, fields, *dummy) in UNLOCKS.items():
        fault(emulator, name, "PUT", "unlock", action, **fields)
    results = play(player, list(UNLOCKS), UNLOCK)
    for name, (dummy, dummy, expected, requests, unlocked) in UNLOCKS.items():
        (result,) = results[name]
        # What the API accepted counts as a change, whatever came of it.
        assert (kind(result), result["changed"]) == (expected, expected in (None, "not_applied")), (name, result)
        assert emulator.trunk(name, "HQ")["lockedOut"] is not unlocked, name
        log = sent(emulator, name)
        log = log[log.index("PUT unlock") :]
        if requests is None:
            # It is looked at more than once before it counts as refused silently, and never written again.
            assert log[0] == "PUT unlock" and len(log) > 2 and set(log[1:]) == {"GET registrationstatus"}, name
            assert "'HQ' is still locked out" in result["msg"], name
        else:
            assert log == requests, name
    assert "Not for you" in results["REFUSED"][0]["msg"]
    assert emulator.open_tokens == 0
