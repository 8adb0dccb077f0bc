# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_account_trunks: an account's whole trunk document in one task."""

from __future__ import annotations

import copy

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.log import per_task, reads

MODULE = "alianza_account_trunks"
FULL = "alianza.sip_trunking." + MODULE
SECRET = "s3cret/pw&1"
LISTS = ["GET siptrunk_2", "GET telephonenumber"]
TRUNKS = [
    {
        "name": "HQ",
        "concurrent_calls": 20,
        "sip_username": "maple-hq",
        "sip_password": SECRET,
        "primary_tn": "801-555-0000",
        "local_services_enabled": True,
        "extension_patterns": ["21xx"],
        "telephone_numbers": ["8015550000", "18015550001-18015550004"],
        "forwarding": {
            "forward_on_failure": [
                {"reference_type": "SIP_TRUNK", "trunk_name": "DR"},
                {"reference_type": "TELEPHONE", "reference_id": "8015559999"},
            ]
        },
    },
    {
        "name": "DR",
        "concurrent_calls": 5,
        "sip_username": "maple-dr",
        "telephone_numbers": ["18015550005"],
        "forwarding": {
            "forward_always": {"reference_type": "SIP_TRUNK", "trunk_name": "HQ", "enabled": False},
            "forward_on_capacity_exceeded": [{"reference_type": "BUSY"}],
        },
    },
    {"name": "Lab", "concurrent_calls": 1, "telephone_numbers": ["18015550006"]},
]


def tn(last):
    """Return a number of the account by its last two digits."""
    return "180155500%02d" % last


def changed_document():
    """Return the document with one change in each of a trunk, its rules, another's numbers, and a password."""
    trunks = copy.deepcopy(TRUNKS)
    trunks[0]["concurrent_calls"] = 25
    trunks[1]["forwarding"]["forward_always"]["enabled"] = True
    trunks[2].update(telephone_numbers=[tn(6), tn(7)], sip_password=SECRET + "2")
    return trunks


def writes(entries):
    """Return {'METHOD path': body} of the writes among log entries, no two of which may be alike."""
    made = [
        ("%s %s" % (entry["method"], entry["path"]), entry["body"]) for entry in entries if entry["method"] != "GET"
    ]
    posts = [("POST %s" % body["trunkName"] if what.startswith("POST") else what, body) for what, body in made]
    assert len(dict(posts)) == len(posts)
    return dict(posts)


def both(**options):
    """Return two tasks of the module: in check mode and for real."""
    return {FULL: options, "check_mode": True}, {FULL: options}


def steps(result):
    """Return (action, resource, name) of a plan; every step has these keys and its changes."""
    for step in result["plan"]:
        assert set(step) >= {"action", "resource", "name", "changes"}
        assert step["changes"] and all(set(change) == {"before", "after"} for change in step["changes"].values())
    return [(step["action"], step["resource"], step["name"]) for step in result["plan"]]


def changes(result, resource, name):
    """Return the changes of one object in a plan, which has it once."""
    (found,) = [step["changes"] for step in result["plan"] if (step["resource"], step["name"]) == (resource, name)]
    return found


def same(predicted, real):
    """Whether check mode told what the real run did."""
    return all(predicted[key] == real[key] for key in ("failed", "changed", "plan", "diff"))


@pytest.fixture(name="ids")
def fixture_ids(account):
    """Returns {name: id} of the account's trunks, afresh at each call."""
    return lambda: {trunk["trunkName"]: trunk["id"] for trunk in account()["trunks"]}


@pytest.fixture(name="held")
def fixture_held(account):
    """Returns {trunk's id: its numbers}, afresh at each call."""
    return lambda: {trunk["id"]: sorted(trunk["telephoneNumbers"]) for trunk in account()["trunks"]}


@pytest.mark.quick
def test_onboard_an_empty_account_whose_trunks_fail_over_to_each_other(player, emulator, ids, held):
    again = {FULL: {"trunks": TRUNKS}}
    played = player.tasks(*both(trunks=TRUNKS), again, *both(trunks=changed_document()))
    predicted, made, converged, planned, changed = played.results
    assert not any(result["failed"] for result in played.results), played.output
    assert [result["changed"] for result in played.results] == [True, True, False, True, True]
    assert same(predicted, made) and same(planned, changed)
    for result, carried in ((predicted, 20), (made, 20), (converged, 20), (planned, 25), (changed, 25)):
        smaller, alone, unrouted = result["warnings"]
        assert [notice["kind"] for notice in result["notices"]] == [
            "failover_smaller",
            "no_failover",
            "unrouted_numbers",
        ]
        assert "'HQ' (%d) to 'DR' (5)" % carried in smaller and "No failover" in alone and "'HQ'" not in alone
        assert "'Lab'" in alone if result in (predicted, made) else "'Lab'" not in alone
        assert "are unrouted: %s-%s" % (tn(8 if carried == 25 else 7), tn(19)) in unrouted
    assert emulator.logins == 5 and emulator.open_tokens == 0

    order = [("create", "sip_trunk", name) for name in ("HQ", "DR", "Lab")]
    order += [("create", "trunk_forwarding", name) for name in ("HQ", "DR")]
    order += [("create", "tn_route", name) for name in ("HQ", "DR", "Lab")]
    assert steps(made) == order
    assert changes(made, "sip_trunk", "HQ")["concurrent_calls"] == {"before": None, "after": 20}
    assert changes(made, "sip_trunk", "HQ")["primary_tn"] == {"before": None, "after": tn(0)}
    assert changes(made, "sip_trunk", "Lab")["sip_password"]["after"] == "(generated)"
    assert changes(made, "trunk_forwarding", "HQ") == {
        "forward_on_failure": {
            "before": None,
            "after": [
                {"reference_type": "SIP_TRUNK", "trunk_name": "DR"},
                {"reference_type": "TELEPHONE", "reference_id": "18015559999"},
            ],
        }
    }
    assert changes(made, "tn_route", "HQ") == {
        "telephone_numbers": {"before": [], "after": [tn(last) for last in range(5)]}
    }

    checked, onboarding, third, looked, last = per_task(emulator)
    hq, dr, lab = (ids()[name] for name in ("HQ", "DR", "Lab"))
    assert reads(checked) == reads(onboarding) == LISTS and not writes(checked) and not writes(looked)
    kinds = [
        "%s %s" % (entry["method"], entry["path"].partition("/")[0]) for entry in onboarding if entry["method"] != "GET"
    ]
    assert kinds == ["POST siptrunk_2"] * 3 + ["PUT siptrunk_2"] * 2 + ["PATCH telephonenumber"] * 7
    written = writes(onboarding)
    assert written["PUT siptrunk_2/%s/forward" % hq] == {
        "forwardOnFailure": [
            {"referenceType": "SIP_TRUNK", "referenceId": dr},
            {"referenceType": "TELEPHONE", "referenceId": "18015559999"},
        ],
        "forwardOnCapacityExceeded": [],
    }
    assert written["PUT siptrunk_2/%s/forward" % dr]["forwardAlways"] == {
        "referenceType": "SIP_TRUNK",
        "referenceId": hq,
        "enabled": False,
    }
    assert written["PATCH telephonenumber/" + tn(0)] == {"referenceType": "SIP_TRUNK", "referenceId": hq}
    assert written["POST HQ"]["sipPassword"] == SECRET and written["POST DR"]["concurrentCalls"] == 5

    forwards = sorted("GET siptrunk_2/%s/forward" % trunk_id for trunk_id in (hq, dr))
    assert converged["plan"] == [] and not writes(third)
    assert reads(third) == reads(looked) == reads(last) == sorted(LISTS + forwards)

    assert steps(changed) == [
        ("update", "sip_trunk", "HQ"),
        ("update", "sip_trunk", "Lab"),
        ("update", "trunk_forwarding", "DR"),
        ("update", "tn_route", "Lab"),
    ]
    assert changes(changed, "sip_trunk", "HQ") == {"concurrent_calls": {"before": 20, "after": 25}}
    assert list(changes(changed, "sip_trunk", "Lab")) == ["sip_password"]
    assert changes(changed, "tn_route", "Lab") == {"telephone_numbers": {"before": [tn(6)], "after": [tn(6), tn(7)]}}
    assert writes(last) == {
        "PATCH siptrunk_2/" + hq: {"concurrentCalls": 25},
        "PATCH siptrunk_2/" + lab: {"sipPassword": SECRET + "2"},
        "PUT siptrunk_2/%s/forward" % dr: {
            "forwardAlways": {"referenceType": "SIP_TRUNK", "referenceId": hq, "enabled": True},
            "forwardOnFailure": [],
            "forwardOnCapacityExceeded": [{"referenceType": "BUSY"}],
        },
        "PATCH telephonenumber/" + tn(7): {"referenceType": "SIP_TRUNK", "referenceId": lab},
    }
    assert held() == {hq: [tn(last) for last in range(5)], dr: [tn(5)], lab: [tn(6), tn(7)]}
    assert emulator.trunk("ACCOUNT_1", "Lab")["sipPassword"] == SECRET + "2"
    assert SECRET not in str(played.results) and emulator.trunk("ACCOUNT_1", "DR")["sipPassword"] not in played.output


@pytest.fixture(name="grown")
def fixture_grown(emulator, player):
    """An account that has been in use: two trunks with rules and numbers."""
    to_dr = {"referenceType": "SIP_TRUNK", "referenceId": "T2"}
    routed = [
        {"phoneNumber": tn(last), "referenceType": "SIP_TRUNK", "referenceId": trunk_id}
        for last, trunk_id in ((20, "T1"), (21, "T1"), (22, "T2"), (23, "T2"))
    ]
    elsewhere = {"phoneNumber": tn(25), "referenceType": "END_USER", "referenceId": "eu-1"}
    emulator.seed(
        accounts=[
            {
                "id": "GROWN",
                "accountNumber": "500",
                "accountName": "Grown",
                "trunks": [
                    {"id": "T1", "trunkName": "HQ", "concurrentCalls": 10, "primaryTn": tn(20), "maxBurstCalls": 3},
                    {"id": "T2", "trunkName": "DR", "concurrentCalls": 10},
                ],
                "forwards": {
                    "T1": {"forwardOnFailure": [to_dr], "forwardOnCapacityExceeded": [{"referenceType": "BUSY"}]}
                },
                "telephone_numbers": ["%s-%s" % (tn(20), tn(29)), *routed, elsewhere],
            }
        ]
    )
    player.environ["ALIANZA_ACCOUNT_ID"] = "GROWN"
    return lambda: emulator.account("GROWN")


def test_what_a_document_leaves_out_is_left_alone(player, emulator, grown):
    before = grown()
    unchanged = [
        [],
        [{"name": "HQ"}, {"trunk_id": "T2"}],
        [
            {"name": "HQ", "telephone_numbers": [], "forwarding": {}},
            {"name": "DR", "forwarding": {"forward_on_failure": []}},
        ],
    ]
    played = player.tasks(*((MODULE, {"trunks": trunks}) for trunks in unchanged))
    assert [(result["failed"], result["changed"], result["plan"]) for result in played.results] == [
        (False, False, [])
    ] * 3, played.output
    assert not emulator.writes() and grown() == before

    emulator.clear_log()
    document = [
        {
            "name": "HQ",
            "concurrent_calls": 11,
            "telephone_numbers": [tn(24)],
            "forwarding": {"forward_on_capacity_exceeded": []},
        },
        {
            "trunk_id": "T2",
            "name": "DR 2",
            "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}]},
        },
        {
            "name": "New",
            "concurrent_calls": 1,
            "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "DR 2"}]},
        },
    ]
    played = player.tasks(*both(trunks=document), (MODULE, {"trunks": document}))
    predicted, real, again = played.results
    assert not real["failed"] and same(predicted, real) and (again["failed"], again["changed"]) == (False, False), (
        played.output
    )
    assert steps(real) == [
        ("update", "sip_trunk", "HQ"),
        ("update", "sip_trunk", "DR 2"),
        ("create", "sip_trunk", "New"),
        ("update", "trunk_forwarding", "HQ"),
        ("create", "trunk_forwarding", "DR 2"),
        ("create", "trunk_forwarding", "New"),
        ("update", "tn_route", "HQ"),
    ]
    assert changes(real, "tn_route", "HQ") == {
        "telephone_numbers": {"before": [tn(20), tn(21)], "after": [tn(20), tn(21), tn(24)]}
    }
    assert changes(real, "sip_trunk", "DR 2") == {"name": {"before": "DR", "after": "DR 2"}}
    (new,) = [trunk["id"] for trunk in grown()["trunks"] if trunk["trunkName"] == "New"]
    to_dr = {"referenceType": "SIP_TRUNK", "referenceId": "T2"}
    written = writes(per_task(emulator)[1])
    assert written.pop("POST New")["concurrentCalls"] == 1
    assert written == {
        "PATCH siptrunk_2/T1": {"concurrentCalls": 11},
        "PATCH siptrunk_2/T2": {"trunkName": "DR 2"},
        "PUT siptrunk_2/T1/forward": {"forwardOnFailure": [to_dr], "forwardOnCapacityExceeded": []},
        "PUT siptrunk_2/T2/forward": {
            "forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "T1"}],
            "forwardOnCapacityExceeded": [],
        },
        "PUT siptrunk_2/%s/forward" % new: {"forwardOnFailure": [to_dr], "forwardOnCapacityExceeded": []},
        "PATCH telephonenumber/" + tn(24): {"referenceType": "SIP_TRUNK", "referenceId": "T1"},
    }


def test_numbers_that_change_trunks_and_reroute(player, emulator, grown):
    """The plan tells of each trunk what it holds in the end, also when two trunks swap numbers."""
    swapped = [
        {"name": "HQ", "telephone_numbers": [tn(20), tn(22)]},
        {"name": "DR", "telephone_numbers": [tn(21), tn(23), tn(25)]},
    ]
    played = player.tasks((MODULE, {"trunks": swapped, "reroute": False}), *both(trunks=swapped, advice=False))
    refused, predicted, real = played.results
    assert refused["failure"]["kind"] == "guarded" and [
        last for last in range(20, 30) if tn(last) in refused["msg"]
    ] == [21, 22, 25]
    assert [(guard["kind"], guard["subject"]) for guard in refused["guards"]] == [("reroute", "HQ"), ("reroute", "DR")]
    assert not real["failed"] and same(predicted, real)
    for result in (predicted, real):
        assert len(result["warnings"]) == 1 and tn(25) in result["warnings"][0] and tn(21) not in result["warnings"][0]
    assert [writes(entries) for entries in per_task(emulator)] == [
        {},
        {},
        {
            "PATCH telephonenumber/" + tn(22): {"referenceType": "SIP_TRUNK", "referenceId": "T1"},
            "PATCH telephonenumber/" + tn(21): {"referenceType": "SIP_TRUNK", "referenceId": "T2"},
            "PATCH telephonenumber/" + tn(25): {"referenceType": "SIP_TRUNK", "referenceId": "T2"},
        },
    ]
    assert {trunk["trunkName"]: trunk["telephoneNumbers"] for trunk in grown()["trunks"]} == {
        "HQ": [tn(20), tn(22)],
        "DR": [tn(21), tn(23), tn(25)],
    }
    assert steps(real) == [("update", "tn_route", "HQ"), ("update", "tn_route", "DR")]
    assert changes(real, "tn_route", "HQ") == {
        "telephone_numbers": {"before": [tn(20), tn(21)], "after": [tn(20), tn(22)]}
    }
    assert changes(real, "tn_route", "DR") == {
        "telephone_numbers": {"before": [tn(22), tn(23)], "after": [tn(21), tn(23), tn(25)]}
    }


def test_all_faults_of_a_document_are_told_in_one_message_before_any_write(player, emulator, grown):
    before, trunk = grown(), {"reference_type": "SIP_TRUNK"}
    document = [
        {"name": "Fine", "concurrent_calls": 3, "telephone_numbers": [tn(25)]},
        {
            "name": "HQ",
            "concurrent_calls": 0,
            "sip_username": "x",
            "sip_password": "pw1",
            "primary_tn": "5551212",
            "extension_patterns": ["X1"],
            "telephone_numbers": [tn(26), "555-9", "18019990000"],
            "forwarding": {"forward_on_failure": [dict(trunk, trunk_name="HQ"), dict(trunk, trunk_name="Nobody")]},
        },
        {
            "name": "Lab",
            "telephone_numbers": [tn(26), "18019990001"],
            "forwarding": {"forward_always": {"reference_type": "BUSY", "reference_id": "b"}},
        },
        {"name": "Twice", "concurrent_calls": 1},
        {"name": "Twice", "concurrent_calls": 2},
        {"trunk_id": "T9", "concurrent_calls": 1},
        {"trunk_id": "T2", "name": "Fine"},
        {"concurrent_calls": 4},
    ]
    said = [
        "concurrent_calls is 0",
        "sip_username is 'x'",
        "sip_password is too short",
        "primary_tn holds '5551212'",
        "'X1'",
        "'555-9' is not a telephone number",
        "18019990000",
        "18019990001",
        "forwards to the trunk itself",
        "'Nobody'",
        "BUSY",
        tn(26) + " is on trunk 'HQ' and trunk 'Lab'",
        "'Twice' is given to 2 trunks",
        "T9",
        "'Fine' is given to 2 trunks",
        "needs concurrent_calls",
        "name or trunk_id is missing",
    ]
    played = player.tasks(*both(trunks=document))
    for result in played.results:
        assert result["failed"] and result["failure"]["kind"] == "invalid_input"
        assert [text for text in said if text not in result["msg"]] == []
        assert "pw1" not in result["msg"] and "Traceback" not in str(result)
    assert played.results[0]["msg"] == played.results[1]["msg"]
    assert not emulator.writes() and emulator.open_tokens == 0 and grown() == before


def test_type_faults_and_a_trunk_that_is_meant_twice(player, emulator, grown):
    before = grown()
    documents = [
        [
            {"name": "A", "concurrent_calls": "many"},
            {"name": "B", "port_number": "five-oh", "local_services_enabled": "perhaps"},
            {"name": "C", "concurent_calls": 3},
        ],
        [{"name": "HQ", "concurrent_calls": 3}, {"trunk_id": "T1", "concurrent_calls": 4}],
        [{"trunk_id": "T1", "name": "New HQ"}, {"name": "HQ", "concurrent_calls": 3}],
        [{"name": "HQ", "telephone_numbers": [tn(24)]}, {"name": "DR", "telephone_numbers": ["(801) 555-0024"]}],
        [{"trunk_id": "T1", "name": "DR"}],
    ]
    played = player.tasks(*((MODULE, {"trunks": trunks}) for trunks in documents))
    assert not emulator.writes() and grown() == before
    named = (
        (
            "trunk 'A': concurrent_calls is 'many': give a whole number",
            "trunk 'B': port_number is 'five-oh': give a whole number",
            "trunk 'B': local_services_enabled is 'perhaps': give true or false",
            "trunk 'C': it has no key 'concurent_calls': did you mean concurrent_calls?",
        ),
        ("HQ", "T1"),
        ("HQ", "T1"),
        (tn(24), "HQ", "DR"),
        ("in use by trunk T2",),
    )
    for result, said in zip(played.results, named, strict=True):
        assert result["failed"] and [text for text in said if text not in result["msg"]] == []
        assert "Traceback" not in str(result)


def test_what_does_not_depend_on_a_failed_trunk_is_done_and_a_rerun_finishes(player, emulator, ids, held):
    no = {"status": 400, "messages": ["Not today"], "data": {}}
    emulator.fault("status", method="POST", path="siptrunk_2$", skip=1, status=400, body=no)
    options = {"trunks": TRUNKS, "concurrency": 1}
    played = player.tasks((MODULE, options), (MODULE, options), (MODULE, options))
    failed, rerun, again = played.results
    assert failed["failed"] and failed["failure"]["kind"] == "partial" and failed["changed"]
    assert "Not today" in failed["msg"] and "DR" in failed["msg"] and tn(5) in failed["msg"]
    assert "not attempted" in failed["msg"] and SECRET not in str(failed)
    first, second, third = per_task(emulator)
    hq, dr, lab = (ids()[name] for name in ("HQ", "DR", "Lab"))
    # HQ's rules need DR, DR's own rules and number too; all the rest was done the first time.
    to = {last: "PATCH telephonenumber/" + tn(last) for last in range(7)}
    assert set(writes(first)) == {"POST HQ", "POST DR", "POST Lab"} | {to[last] for last in (0, 1, 2, 3, 4, 6)}
    assert (rerun["failed"], rerun["changed"]) == (False, True)
    assert set(writes(second)) == {"POST DR", "PUT siptrunk_2/%s/forward" % hq, "PUT siptrunk_2/%s/forward" % dr, to[5]}
    assert steps(rerun) == [
        ("create", "sip_trunk", "DR"),
        ("create", "trunk_forwarding", "HQ"),
        ("create", "trunk_forwarding", "DR"),
        ("create", "tn_route", "DR"),
    ]
    assert (again["failed"], again["changed"], writes(third)) == (False, False, {})
    assert held() == {hq: [tn(last) for last in range(5)], dr: [tn(5)], lab: [tn(6)]}


def test_reads_and_writes_run_concurrently_within_a_bound(player, emulator):
    numbers = [tn(0) + "-" + tn(19)]
    emulator.seed(
        accounts=[{"id": "ACCOUNT_2", "accountNumber": "900", "accountName": "Second", "telephone_numbers": numbers}]
    )
    # As many as may be under way at once wait for each other: two lists, then eight of each kind, and for the other account two.
    for method, path, first in (
        ("GET", "(siptrunk_2|telephonenumber)$", 2),
        ("POST", "siptrunk_2$", 8),
        ("PUT", "siptrunk_2/.*/forward$", 8),
        ("PATCH", "telephonenumber/", 8),
    ):
        emulator.fault("gather", method=method, path="/ACCOUNT_1/" + path, times=first, seconds=60)
        emulator.fault("gather", method=method, path="/ACCOUNT_2/" + path, times=2, seconds=60)
    emulator.fault("gather", method="GET", path="/forward$", times=8, seconds=60)
    trunks = [
        {
            "name": "Site %d" % place,
            "concurrent_calls": 1,
            "telephone_numbers": [tn(2 * place), tn(2 * place + 1)],
            "forwarding": {"forward_on_failure": [{"reference_type": "BUSY"}]},
        }
        for place in range(10)
    ]
    played = player.tasks(
        (MODULE, {"trunks": trunks, "account_number": "100200"}),
        (MODULE, {"trunks": trunks, "account_number": "100200"}),
        (MODULE, {"trunks": trunks, "account_id": "ACCOUNT_2", "concurrency": 2}),
    )
    assert not any(result["failed"] for result in played.results), played.output
    assert [result["changed"] for result in played.results] == [True, False, True]
    onboarded, converged, second = per_task(emulator)
    assert [
        {
            method: max(entry["in_flight"] for entry in entries if entry["method"] == method)
            for method in {entry["method"] for entry in entries}
        }
        for entries in (onboarded, converged, second)
    ] == [{"GET": 2, "POST": 8, "PUT": 8, "PATCH": 8}, {"GET": 8}, {"GET": 2, "POST": 2, "PUT": 2, "PATCH": 2}]
    # One more call for the account that is given by its number.
    assert (len(onboarded), len(converged), len(second)) == (1 + 2 + 10 + 10 + 20, 1 + 2 + 10, 2 + 10 + 10 + 20)
