# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_tn_route: where telephone numbers ring, one number or thousands."""

from __future__ import annotations

import collections

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.log import per_task, reads

MODULE = "alianza_tn_route"
FULL = "alianza.sip_trunking." + MODULE
UNKNOWN_YET = "(known after apply)"
LISTS = ["GET siptrunk_2", "GET telephonenumber"]
KINDS = (
    "invalid_input",
    "authentication",
    "not_found",
    "ambiguous",
    "guarded",
    "refused",
    "rate_limited",
    "server",
    "network",
    "timeout",
    "invalid_response",
    "not_applied",
    "partial",
)


def tn(last):
    """Return a number of the account by its last two digits."""
    return "180155513%02d" % last


def tns(*lasts):
    """Return numbers of the account by their last two digits."""
    return [tn(last) for last in lasts]


@pytest.fixture(name="plant")
def fixture_plant(emulator, player):
    """Seeds the account that the tasks are about: two trunks and forty numbers, some of them routed as the test says."""

    def plant(routed=None, numbers="18015551300-18015551339", more=()):
        emulator.seed(
            accounts=[
                {
                    "id": "TN",
                    "accountNumber": "400",
                    "accountName": "Numbers",
                    "trunks": [{"id": "T1", "trunkName": "HQ"}, {"id": "T2", "trunkName": "DR"}, *more],
                    "telephone_numbers": [
                        numbers,
                        *(
                            {"phoneNumber": number, "referenceType": kind, "referenceId": key}
                            for number, (kind, key) in (routed or {}).items()
                        ),
                    ],
                }
            ]
        )
        player.environ["ALIANZA_ACCOUNT_ID"] = "TN"

    return plant


@pytest.fixture(name="rings_at")
def fixture_rings_at(emulator):
    """Returns where every routed number of the account rings: {number: (type, id)}."""
    return lambda: {
        number["phoneNumber"]: (number["referenceType"], number["referenceId"])
        for number in emulator.account("TN")["telephone_numbers"]
        if "referenceType" in number
    }


def patched(entries):
    """Return {number: (type, id)} of the writes among log entries, which have to be PATCHes of two fields, one a number."""
    writes = [entry for entry in entries if entry["method"] != "GET"]
    assert all(
        entry["method"] == "PATCH" and set(entry["body"]) == {"referenceType", "referenceId"} for entry in writes
    )
    moves = {
        entry["path"].rpartition("/")[2]: (entry["body"]["referenceType"], entry["body"]["referenceId"])
        for entry in writes
    }
    assert len(moves) == len(writes)
    return moves


def told(result):
    """Return what a result says of the numbers."""
    return {
        key: result[key] for key in ("changed", "routed", "unrouted", "unchanged", "moved", "failed_numbers", "diff")
    }


def sure(played):
    """Return the results of a play in which nothing failed."""
    assert not any(result["failed"] for result in played.results), played.output
    return played.results


@pytest.mark.quick
def test_route_same_again_exclusive_and_absent(player, emulator, plant, rings_at):
    plant({tn(10): ("SIP_TRUNK", "T2"), tn(11): ("SIP_TRUNK", "T2")})
    route = {
        "trunk_name": "HQ",
        "telephone_numbers": [
            "+1 (801) 555-1300",
            "801-555-1301",
            "8015551302",
            18015551303,
            "18015551304-18015551306",
            "801.555.1300",
        ],
    }
    exclusive = {"trunk_id": "T1", "telephone_numbers": ["18015551300-18015551302", tn(7)], "exclusive": True}
    absent = {"trunk_name": "HQ", "telephone_numbers": tns(0, 10, 20), "state": "absent"}
    anywhere = {"telephone_numbers": tns(1, 10, 20), "state": "absent"}
    results = sure(
        player.tasks(
            {FULL: route, "check_mode": True},
            (MODULE, route),
            (MODULE, route),
            {FULL: exclusive, "check_mode": True},
            (MODULE, exclusive),
            {FULL: absent, "check_mode": True},
            (MODULE, absent),
            (MODULE, absent),
            (MODULE, anywhere),
        )
    )
    tasks, hq, nowhere = per_task(emulator), ("SIP_TRUNK", "T1"), (None, None)
    assert [result["changed"] for result in results] == [True, True, False, True, True, True, True, False, True]
    assert [patched(entries) for entries in tasks] == [
        {},
        dict.fromkeys(tns(0, 1, 2, 3, 4, 5, 6), hq),
        {},
        {},
        dict({tn(7): hq}, **dict.fromkeys(tns(3, 4, 5, 6), nowhere)),
        {},
        {tn(0): nowhere},
        {},
        dict.fromkeys(tns(1, 10), nowhere),
    ]
    assert all(reads(entries) == LISTS for entries in tasks[:5])
    assert all(set(reads(entries)) <= set(LISTS) for entries in tasks[5:])
    assert emulator.logins == 9 and emulator.open_tokens == 0
    assert rings_at() == {tn(2): hq, tn(7): hq, tn(11): ("SIP_TRUNK", "T2")}

    for predicted, real in ((0, 1), (3, 4), (5, 6)):
        assert told(results[predicted]) == told(results[real])
    for place, routed, unrouted, unchanged in (
        (1, tns(0, 1, 2, 3, 4, 5, 6), [], []),
        (2, [], [], tns(0, 1, 2, 3, 4, 5, 6)),
        (4, tns(7), tns(3, 4, 5, 6), tns(0, 1, 2)),
        (6, [], tns(0), tns(10, 20)),
        (7, [], [], tns(0, 10, 20)),
        (8, [], tns(1, 10), tns(20)),
    ):
        result = results[place]
        assert [sorted(result[key]) for key in ("routed", "unrouted", "unchanged")] == [routed, unrouted, unchanged]
        assert result["moved"] == [] and result["failed_numbers"] == []
    assert (
        results[4]["diff"]["before"] != results[4]["diff"]["after"]
        and results[7]["diff"]["before"] == results[7]["diff"]["after"]
    )


def test_reroute(player, emulator, plant, rings_at):
    plant({tn(1): ("SIP_TRUNK", "T2"), tn(2): ("END_USER", "eu-1"), tn(3): ("SIP_TRUNK", "T1")})
    route = {"trunk_name": "HQ", "telephone_numbers": tns(0, 1, 2, 3)}
    played = player.tasks(
        (MODULE, dict(route, reroute=False)),
        {FULL: route, "check_mode": True},
        (MODULE, route),
        (MODULE, dict(route, reroute=False)),
    )
    refused, predicted, real, again = played.results
    assert refused["failed"] and refused["failure"]["kind"] == "guarded"
    assert all(text in refused["msg"] for text in (tn(1), "DR", tn(2), "eu-1"))
    assert tn(0) not in refused["msg"] and tn(3) not in refused["msg"]
    assert [(guard["kind"], guard["subject"]) for guard in refused["guards"]] == [("reroute", "HQ")]
    assert [patched(entries) for entries in per_task(emulator)] == [
        {},
        {},
        dict.fromkeys(tns(0, 1, 2), ("SIP_TRUNK", "T1")),
        {},
    ]
    assert not predicted["failed"] and not real["failed"] and told(predicted) == told(real)
    assert sorted(real["routed"]) == tns(0, 1, 2) and real["unchanged"] == [tn(3)]
    moved = {each["telephone_number"]: each["from"] for each in real["moved"]}
    assert len(real["moved"]) == 2 and sorted(moved) == tns(1, 2)
    assert (moved[tn(1)]["reference_type"], moved[tn(1)]["reference_id"]) == ("SIP_TRUNK", "T2")
    assert (moved[tn(2)]["reference_type"], moved[tn(2)]["reference_id"]) == ("END_USER", "eu-1")
    for result in (predicted, real):
        assert len(result["warnings"]) == 1 and tn(2) in result["warnings"][0] and tn(1) not in result["warnings"][0]
        assert [(notice["kind"], notice["subject"]) for notice in result["notices"]] == [("taken_from", "HQ")]
    assert again["notices"] == []
    assert (again["failed"], again["changed"]) == (False, False)
    assert rings_at() == dict.fromkeys(tns(0, 1, 2, 3), ("SIP_TRUNK", "T1"))


def test_every_bad_number_is_named_in_one_error_before_any_write(player, emulator, plant):
    """Malformed ones and those that are not on the account."""
    plant()
    bad = [
        "555-1212",
        "28015551300",
        "18015551300-1399",
        "18015551310-18015551300",
        "18015550000-18015560000",
        "no number",
    ]
    missing = ["18019990000", "18019990001"]
    played = player.tasks(
        (MODULE, {"trunk_name": "HQ", "telephone_numbers": [tn(0), *bad]}),
        (MODULE, {"trunk_name": "HQ", "telephone_numbers": [tn(0), *missing]}),
        (MODULE, {"telephone_numbers": [tn(0), *missing], "state": "absent"}),
        {FULL: {"trunk_name": "HQ", "telephone_numbers": [tn(0), *bad, *missing]}, "check_mode": True},
        (MODULE, {"trunk_name": "HQ", "telephone_numbers": [tn(0), *bad, *missing]}),
    )
    assert not emulator.writes()
    for result, named in zip(played.results, (bad, missing, missing, bad + missing, bad + missing), strict=True):
        assert result["failed"] and result["failure"]["kind"] == "invalid_input"
        assert [text for text in named if text not in result["msg"]] == []
    assert "10000" in played.results[0]["msg"]


def test_other_refusals_say_what_is_wrong_before_anything_is_written(player, emulator, plant):
    plant(more=[{"id": "W1", "trunkName": "Twin"}, {"id": "W2", "trunkName": "Twin"}])
    refused = [
        (
            {"trunk_name": "HQ", "reference_type": "END_USER", "reference_id": "eu-1"},
            "invalid_input",
            "both a trunk and a reference",
        ),
        ({}, "invalid_input", "no destination"),
        ({"trunk_name": "HQ", "exclusive": True, "state": "absent"}, "invalid_input", "exclusive"),
        ({"reference_type": "TELEPHONE", "reference_id": "5551212"}, "invalid_input", "'5551212'"),
        ({"trunk_name": "HQ", "concurrency": 0}, "invalid_input", "concurrency"),
        ({"trunk_id": UNKNOWN_YET}, "invalid_input", UNKNOWN_YET),
        ({"trunk_name": "HQ", "trunk_id": "T2"}, "invalid_input", "named 'DR', not 'HQ'"),
        ({"trunk_name": "Twin"}, "ambiguous", "W1, W2"),
        ({"trunk_name": "Nobody"}, "not_found", "'Nobody'"),
        ({"reference_type": "SIP_TRUNK", "reference_id": "T9"}, "not_found", "T9"),
    ]
    played = player.tasks(*((MODULE, dict(options, telephone_numbers=[tn(0)])) for options, kind, said in refused))
    assert not emulator.writes() and emulator.open_tokens == 0
    for result, (options, kind, said) in zip(played.results, refused, strict=True):
        assert result["failed"] and said in result["msg"] and "Traceback" not in str(result), options
        assert set(result["failure"]) == {"kind", "status", "messages", "method", "path"}
    assert [result["failure"]["kind"] for result in played.results] == [kind for options, kind, said in refused]


def test_five_hundred_numbers_are_one_list_and_one_write_each(player, emulator, plant, rings_at):
    """A range may hold ten thousand."""
    plant(numbers="18015550000-18015559999")
    # Of the 500 and of the 30 writes, the first ones wait for each other.
    emulator.fault("gather", method="PATCH", times=8, seconds=60)
    emulator.fault("gather", method="PATCH", times=2, skip=500 - 8, seconds=60)
    route = {"trunk_name": "HQ", "telephone_numbers": ["18015551000-18015551499"]}
    some = {"telephone_numbers": ["18015551000-18015551029"], "state": "absent", "concurrency": 2}
    most = {"trunk_name": "DR", "telephone_numbers": ["18015550000-18015559999"], "state": "absent"}
    routed, again, cleared, left = sure(player.tasks((MODULE, route), (MODULE, route), (MODULE, some), (MODULE, most)))
    tasks = per_task(emulator)
    hq = ("SIP_TRUNK", "T1")
    assert len(routed["routed"]) == len(patched(tasks[0])) == 500 and set(patched(tasks[0]).values()) == {hq}
    assert reads(tasks[0]) == reads(tasks[1]) == LISTS and reads(tasks[2]) == ["GET telephonenumber"]
    assert tasks[0][-1]["method"] == "PATCH" and tasks[0][2]["method"] == "PATCH"
    assert all(entry["query"] == {"limitedData": "true"} for entry in tasks[0] if entry["path"] == "telephonenumber")
    assert not again["changed"] and not patched(tasks[1]) and len(again["unchanged"]) == 500
    for entries, bound in ((tasks[0], 8), (tasks[2], 2)):
        writes = [entry for entry in entries if entry["method"] == "PATCH"]
        assert max(entry["in_flight"] for entry in writes) == bound
        assert len({entry["connection"] for entry in writes}) == bound
    assert len(cleared["unrouted"]) == 30 and len(rings_at()) == 470
    assert (
        not left["changed"] and len(left["unchanged"]) == 10000 and reads(tasks[3]) == LISTS and not patched(tasks[3])
    )
    assert emulator.logins == 4 and emulator.open_tokens == 0


def test_some_writes_fail_the_rest_is_done_and_a_rerun_finishes(player, emulator, plant, rings_at):
    plant({tn(5): ("END_USER", "eu-1")})
    emulator.fault(
        "status",
        method="PATCH",
        path=tn(3),
        status=400,
        body={"status": 400, "messages": ["No porting today"], "data": {}},
    )
    emulator.fault("reset", method="PATCH", path=tn(5))
    route = {"trunk_name": "HQ", "telephone_numbers": [tn(0) + "-" + tn(9)], "retries": 0}
    failed, again = player.tasks((MODULE, route), (MODULE, route)).results
    assert failed["failed"] and failed["failure"]["kind"] == "partial" and failed["changed"]
    assert tn(3) in failed["msg"] and tn(5) in failed["msg"] and tn(4) not in failed["msg"]
    assert "No porting today" in failed["msg"]
    assert sorted(each["telephone_number"] for each in failed["failed_numbers"]) == tns(3, 5)
    assert all(each["msg"] for each in failed["failed_numbers"])
    assert sorted(failed["routed"]) == tns(0, 1, 2, 4, 6, 7, 8, 9) and failed["moved"] == []
    assert (again["failed"], again["changed"], sorted(again["routed"])) == (False, True, tns(3, 5))
    assert [each["telephone_number"] for each in again["moved"]] == [tn(5)]
    tasks = per_task(emulator)
    assert collections.Counter(entry["method"] for entry in tasks[0])["PATCH"] == 10 and sorted(
        patched(tasks[1])
    ) == tns(3, 5)
    assert rings_at() == dict.fromkeys(tns(*range(10)), ("SIP_TRUNK", "T1"))


def test_after_twenty_outages_in_a_row_the_rest_is_not_attempted(player, emulator, plant, rings_at):
    plant()
    emulator.fault("reset", method="PATCH", times=10, skip=3)
    emulator.fault("status", method="PATCH", times=None, skip=3, status=503)
    result = player.one(MODULE, trunk_name="HQ", telephone_numbers=[tn(0) + "-" + tn(29)], concurrency=1, retries=0)
    assert result["failed"] and result["failure"]["kind"] in KINDS
    assert len(emulator.log("PATCH")) == 23 and len(rings_at()) == 3
    assert sorted(each["telephone_number"] for each in result["failed_numbers"]) == tns(*range(3, 30))
    said = {each["telephone_number"]: each["msg"] for each in result["failed_numbers"]}
    assert [number for number in said if "not attempted" in said[number]] == tns(*range(23, 30))
    assert all(number in result["msg"] for number in tns(*range(3, 23))) and "not attempted" in result["msg"]
    assert "%s-%s" % (tn(23), tn(29)) in result["msg"]
    assert sorted(result["routed"]) == tns(0, 1, 2)


def test_destinations_that_are_not_a_trunk_by_name(player, emulator, plant, rings_at):
    plant({tn(9): ("END_USER", "eu-9")})
    user = {"reference_type": "END_USER", "reference_id": "eu-9"}
    results = sure(
        player.tasks(
            (MODULE, dict(user, telephone_numbers=tns(0, 1))),
            {FULL: dict(user, telephone_numbers=tns(0), exclusive=True), "check_mode": True},
            (MODULE, dict(user, telephone_numbers=tns(0), exclusive=True)),
            (MODULE, {"reference_type": "TELEPHONE", "reference_id": "(801) 555-7777", "telephone_numbers": tns(2, 3)}),
            (MODULE, {"reference_type": "TELEPHONE", "reference_id": "18015557777", "telephone_numbers": tns(2, 3)}),
            (MODULE, dict(user, telephone_numbers=tns(0, 2), state="absent")),
            (MODULE, {"reference_type": "SIP_TRUNK", "reference_id": "T1", "telephone_numbers": tns(4)}),
        )
    )
    nowhere = (None, None)
    assert [patched(entries) for entries in per_task(emulator)] == [
        dict.fromkeys(tns(0, 1), ("END_USER", "eu-9")),
        {},
        dict.fromkeys(tns(1, 9), nowhere),
        dict.fromkeys(tns(2, 3), ("TELEPHONE", "18015557777")),
        {},
        {tn(0): nowhere},
        {tn(4): ("SIP_TRUNK", "T1")},
    ]
    assert told(results[1]) == told(results[2])
    assert (results[5]["unrouted"], results[5]["unchanged"]) == (tns(0), tns(2))
    assert rings_at() == {
        tn(2): ("TELEPHONE", "18015557777"),
        tn(3): ("TELEPHONE", "18015557777"),
        tn(4): ("SIP_TRUNK", "T1"),
    }


def test_numbers_of_a_trunk_that_is_gone(player, emulator, plant, rings_at):
    plant(
        {
            tn(0): ("SIP_TRUNK", "GONE"),
            tn(1): ("SIP_TRUNK", "T2"),
            tn(2): ("SIP_TRUNK", "GONE2"),
            tn(3): ("SIP_TRUNK", "GONE3"),
        }
    )
    by_id = {"trunk_id": "GONE", "telephone_numbers": tns(0, 1, 2, 4), "state": "absent"}
    by_both = {"trunk_id": "GONE3", "trunk_name": "Ghost", "telephone_numbers": tns(3), "state": "absent"}
    by_name = {"trunk_name": "Ghost", "telephone_numbers": tns(1, 2, 4), "state": "absent"}
    results = sure(
        player.tasks(
            {FULL: by_id, "check_mode": True},
            (MODULE, by_id),
            {FULL: by_name, "check_mode": True},
            (MODULE, by_name),
            (MODULE, by_both),
        )
    )
    assert [patched(entries) for entries in per_task(emulator)][:4] == [{}, {tn(0): (None, None)}, {}, {}]
    assert told(results[0]) == told(results[1]) and (results[1]["unrouted"], results[1]["unchanged"]) == (
        tns(0),
        tns(1, 2, 4),
    )
    assert told(results[2]) == told(results[3]) and (results[3]["changed"], results[3]["unchanged"]) == (
        False,
        tns(1, 2, 4),
    )
    for result in results[2:4]:
        gone, dangling = result["notices"]
        assert (gone["kind"], dangling["kind"]) == ("gone", "dangling_numbers") and len(result["warnings"]) == 2
        assert tn(2) in dangling["msg"] and tn(1) not in dangling["msg"] and tn(4) not in dangling["msg"]
    assert results[4]["unrouted"] == tns(3)
    assert rings_at() == {tn(1): ("SIP_TRUNK", "T2"), tn(2): ("SIP_TRUNK", "GONE2")}


def test_check_mode_takes_a_trunk_that_a_task_before_would_create(player, emulator, plant):
    plant({tn(1): ("SIP_TRUNK", "T2")})
    played = player.tasks(
        {"alianza.sip_trunking.alianza_sip_trunk": {"name": "New", "concurrent_calls": 1}, "register": "made"},
        (MODULE, {"trunk_name": "New", "telephone_numbers": tns(0, 1)}),
        (MODULE, {"trunk_id": "{{ made.sip_trunk.trunk_id }}", "telephone_numbers": tns(0, 1)}),
        (
            MODULE,
            {
                "trunk_id": "{{ made.sip_trunk.trunk_id }}",
                "trunk_name": "New",
                "telephone_numbers": tns(0),
                "exclusive": True,
            },
        ),
        (MODULE, {"trunk_name": "New", "telephone_numbers": tns(0, 1), "state": "absent"}),
        check=True,
    )
    results = sure(played)[1:]
    assert results[0]["routed"] == results[1]["routed"] == tns(0, 1) and results[2]["routed"] == tns(0)
    assert [[each["telephone_number"] for each in result["moved"]] for result in results] == [[tn(1)], [tn(1)], [], []]
    assert "'New'" in results[0]["warnings"][0]
    assert (results[3]["changed"], results[3]["unchanged"]) == (False, tns(0, 1))
    assert not emulator.writes()


@pytest.mark.parametrize(
    "way, settings",
    [
        ("PUT destination", {"tn_patch_null": "ignored"}),
        ("PUT", {"tn_patch_null": "rejected", "tn_destination_put_clears": False}),
    ],
)
def test_clearing_works_whatever_the_api_takes_for_empty_and_loses_nothing_else(
    player, emulator, plant, rings_at, way, settings
):
    plant(dict.fromkeys(tns(0, 1, 2), ("SIP_TRUNK", "T1")))
    emulator.set(**settings)
    before = emulator.number(tn(0))
    result = player.one(MODULE, telephone_numbers=tns(0, 1), state="absent", concurrency=1)
    assert (
        not result["failed"] and sorted(result["unrouted"]) == tns(0, 1) and rings_at() == {tn(2): ("SIP_TRUNK", "T1")}
    )
    assert emulator.number(tn(0)) == {
        key: value for key, value in before.items() if key not in ("referenceType", "referenceId")
    }
    path = tn(1) + way[len("PUT") :].replace(" ", "/")
    assert emulator.writes()[-1]["method"] == "PUT" and emulator.writes()[-1]["path"].endswith(
        "/telephonenumber/" + path
    )
