# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_trunk_forwarding: where a trunk sends calls that it does not take."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.log import calls, per_task

MODULE = "alianza_trunk_forwarding"
UNKNOWN_YET = "(known after apply)"
LOOK = ["GET siptrunk_2", "GET siptrunk_2/T1/forward"]
RULES = {
    "forward_always": {"reference_type": "TELEPHONE", "reference_id": "801-555-9999"},
    "forward_on_failure": [
        {"reference_type": "SIP_TRUNK", "trunk_name": "DR"},
        {"reference_type": "VOICEMAIL", "reference_id": "vm-1"},
        {"reference_type": "BUSY"},
    ],
    "forward_on_capacity_exceeded": [
        {"reference_type": "SIP_TRUNK", "reference_id": "T3"},
        {"reference_type": "END_USER", "reference_id": "eu-1"},
        {"reference_type": "IVR", "reference_id": "ivr-1"},
        {"reference_type": "AUTO_ATTENDANT", "reference_id": "aa-1"},
    ],
}
ALWAYS = {"referenceType": "TELEPHONE", "referenceId": "18015559999", "enabled": False}
FAILURE = [
    {"referenceType": "SIP_TRUNK", "referenceId": "T2"},
    {"referenceType": "VOICEMAIL", "referenceId": "vm-1"},
    {"referenceType": "BUSY"},
]
CAPACITY = [
    {"referenceType": "SIP_TRUNK", "referenceId": "T3"},
    {"referenceType": "END_USER", "referenceId": "eu-1"},
    {"referenceType": "IVR", "referenceId": "ivr-1"},
    {"referenceType": "AUTO_ATTENDANT", "referenceId": "aa-1"},
]


@pytest.fixture(name="plant")
def fixture_plant(emulator, player):
    """Seeds the account that the tasks are about: three trunks, with the rules that the test gives."""

    def plant(forwards=None, more=()):
        emulator.seed(
            accounts=[
                {
                    "id": "FWD",
                    "accountNumber": "300",
                    "accountName": "Forwarding",
                    "forwards": forwards or {},
                    "trunks": [
                        {"id": "T1", "trunkName": "HQ"},
                        {"id": "T2", "trunkName": "DR"},
                        {"id": "T3", "trunkName": "Spare"},
                        *more,
                    ],
                }
            ]
        )
        player.environ["ALIANZA_ACCOUNT_ID"] = "FWD"

    return plant


@pytest.fixture(name="rules")
def fixture_rules(emulator):
    """Returns the rules of a trunk as the platform holds them, afresh at each call."""
    return lambda name="HQ": emulator.trunk("FWD", name)["forward"]


def puts(emulator):
    """Return the bodies of all writes, which have to be PUTs of rules of trunk HQ."""
    writes = emulator.writes()
    assert all(entry["method"] == "PUT" and entry["path"].endswith("/siptrunk_2/T1/forward") for entry in writes)
    return [entry["body"] for entry in writes]


def check(options, **more):
    """Return a task of the module in check mode."""
    return dict({"alianza.sip_trunking." + MODULE: options, "check_mode": True}, **more)


def pairs(targets):
    """Return (reference_type, reference_id) of returned targets."""
    return [(target["reference_type"], target.get("reference_id")) for target in targets]


@pytest.mark.quick
def test_create_same_again_fed_back_one_section_clear_absent(player, emulator, plant, rules):
    """The platform answers with the other spelling of voice mail, too."""
    plant()
    emulator.set(voicemail_spelling="VOICEMAIL")
    options = dict(RULES, trunk_name="HQ")
    same = {
        "trunk_id": "T1",
        "forward_always": {"reference_type": "TELEPHONE", "reference_id": "+1 (801) 555-9999", "enabled": False},
        "forward_on_failure": [
            {"reference_type": "SIP_TRUNK", "reference_id": "T2"},
            {"reference_type": "VOICE_MAIL", "reference_id": "vm-1"},
            {"reference_type": "BUSY"},
        ],
    }
    sections = ("forward_always", "forward_on_failure", "forward_on_capacity_exceeded")
    fed_back = {key: "{{ made.forwarding.%s }}" % key for key in ("trunk_id", "trunk_name", *sections)}
    turned = {"trunk_name": "HQ", "forward_on_capacity_exceeded": RULES["forward_on_capacity_exceeded"][::-1]}
    cleared = {"trunk_name": "HQ", "forward_on_failure": [], "forward_always": {}}
    absent = {"trunk_name": "HQ", "state": "absent"}
    played = player.tasks(
        check(options),
        {"alianza.sip_trunking." + MODULE: options, "register": "made"},
        (MODULE, same),
        (MODULE, fed_back),
        check(turned),
        (MODULE, turned),
        (MODULE, cleared),
        check(absent),
        (MODULE, absent),
        (MODULE, absent),
    )
    results, tasks = played.results, per_task(emulator)
    assert [(result["failed"], result["changed"]) for result in results] == [
        (False, changed) for changed in (True, True, False, False, True, True, True, True, True, False)
    ], played.output
    written = [LOOK + ["PUT siptrunk_2/T1/forward"] * real for real in (0, 1, 0, 0, 0, 1, 1, 0, 1, 0)]
    assert [calls(entries) for entries in tasks] == written
    assert puts(emulator) == [
        {"forwardAlways": ALWAYS, "forwardOnFailure": FAILURE, "forwardOnCapacityExceeded": CAPACITY},
        {"forwardAlways": ALWAYS, "forwardOnFailure": FAILURE, "forwardOnCapacityExceeded": CAPACITY[::-1]},
        {"forwardOnFailure": [], "forwardOnCapacityExceeded": CAPACITY[::-1]},
        {"forwardOnFailure": [], "forwardOnCapacityExceeded": []},
    ]
    assert rules() == {} and emulator.open_tokens == 0

    for predicted, real in ((0, 1), (4, 5), (7, 8)):
        assert results[predicted]["forwarding"] == results[real]["forwarding"]
        assert results[predicted]["diff"] == results[real]["diff"]
    made = results[1]["forwarding"]
    assert made == results[2]["forwarding"] == results[3]["forwarding"]
    assert (made["trunk_id"], made["trunk_name"]) == ("T1", "HQ")
    assert made["forward_always"] == {"reference_type": "TELEPHONE", "reference_id": "18015559999", "enabled": False}
    assert pairs(made["forward_on_failure"]) == [("SIP_TRUNK", "T2"), ("VOICE_MAIL", "vm-1"), ("BUSY", None)]
    assert pairs(made["forward_on_capacity_exceeded"]) == [
        ("SIP_TRUNK", "T3"),
        ("END_USER", "eu-1"),
        ("IVR", "ivr-1"),
        ("AUTO_ATTENDANT", "aa-1"),
    ]
    assert (
        results[1]["diff"]["before"] != results[1]["diff"]["after"]
        and not results[2]["diff"]["before"] != results[2]["diff"]["after"]
    )
    assert [results[8]["forwarding"][section] for section in sections] == [{}, [], []]


def test_the_switch_of_forward_always(player, emulator, plant, rules):
    keep = [{"referenceType": "BUSY"}]
    plant({"HQ": {"forwardAlways": ALWAYS, "forwardOnFailure": keep}})
    user = {"reference_type": "END_USER", "reference_id": "eu-1"}
    steps = [
        ({"enabled": True}, True, ("TELEPHONE", "18015559999", True)),
        ({"enabled": True}, False, ("TELEPHONE", "18015559999", True)),
        (user, True, ("END_USER", "eu-1", True)),
        ({"enabled": False}, True, ("END_USER", "eu-1", False)),
        ({"reference_type": "SIP_TRUNK", "trunk_name": "DR"}, True, ("SIP_TRUNK", "T2", False)),
        (dict(user, enabled=True), True, ("END_USER", "eu-1", True)),
        ({}, True, None),
        ({}, False, None),
        ({"enabled": False}, False, None),
    ]
    played = player.tasks(
        *((MODULE, {"trunk_name": "HQ", "forward_always": given}) for given, changed, after in steps),
        (MODULE, {"trunk_name": "HQ", "forward_always": {"enabled": True}}),
    )
    *results, refused = played.results
    assert [(result["failed"], result["changed"]) for result in results] == [
        (False, changed) for given, changed, after in steps
    ]
    wanted = [after for given, changed, after in steps if changed]
    bodies = puts(emulator)
    assert [tuple(body["forwardAlways"].values()) if "forwardAlways" in body else None for body in bodies] == wanted
    assert all(body["forwardOnFailure"] == keep and body["forwardOnCapacityExceeded"] == [] for body in bodies)
    for result, (given, changed, after) in zip(results, steps, strict=True):
        said = result["forwarding"]["forward_always"]
        assert (said["reference_type"], said["reference_id"], said["enabled"]) == after if after else said == {}
    assert rules() == {"forwardOnFailure": keep}
    assert refused["failed"] and refused["failure"]["kind"] == "invalid_input" and "no target" in refused["msg"]


def test_refusals_say_what_is_wrong_before_anything_is_written(player, emulator, plant):
    plant(more=[{"id": "W1", "trunkName": "Twin"}, {"id": "W2", "trunkName": "Twin"}])
    fine = {"forward_on_capacity_exceeded": [{"reference_type": "BUSY"}]}
    trunk = {"reference_type": "SIP_TRUNK"}
    refused = [
        (
            {
                "trunk_name": "HQ",
                "forward_always": {"reference_type": "BUSY", "reference_id": "x"},
                "forward_on_failure": [
                    {"reference_type": "TELEPHONE", "reference_id": "5551212"},
                    {"reference_type": "FAX", "reference_id": "f"},
                    {"reference_type": "END_USER"},
                    {"reference_type": "IVR", "trunk_name": "DR"},
                    trunk,
                ],
            },
            "invalid_input",
            (
                "BUSY",
                "'5551212' is not a telephone number",
                "FAX",
                "END_USER without a reference_id",
                "trunk_name goes with SIP_TRUNK",
                "SIP_TRUNK without a reference_id or a trunk_name",
                "6 faults",
            ),
        ),
        (
            dict(
                fine,
                trunk_name="HQ",
                forward_always=dict(trunk, trunk_name="HQ"),
                forward_on_failure=[
                    dict(trunk, reference_id="T1"),
                    dict(trunk, trunk_name="DR"),
                    dict(trunk, reference_id="T2"),
                    {"reference_type": "BUSY"},
                    {"reference_type": "BUSY"},
                    dict(trunk, trunk_name="Nobody"),
                    dict(trunk, reference_id="T9"),
                    dict(trunk, trunk_name="Twin"),
                ],
            ),
            "invalid_input",
            (
                "forward_always of trunk 'HQ' forwards to the trunk itself",
                "entry 1 of trunk 'HQ' forwards to the trunk itself",
                "entry 3 of trunk 'HQ' repeats trunk 'DR'",
                "entry 5 of trunk 'HQ' repeats BUSY",
                "'Nobody'",
                "T9",
                "W1, W2",
            ),
        ),
        (
            dict(fine, trunk_name="HQ", forward_on_failure=[dict(trunk, trunk_name="Nobody")]),
            "not_found",
            ("'Nobody'",),
        ),
        (dict(fine, trunk_name="Nobody"), "not_found", ("'Nobody'",)),
        (dict(fine, trunk_id="T9"), "not_found", ("T9",)),
        (dict(fine, trunk_name="Twin"), "ambiguous", ("W1, W2",)),
        (dict(fine, trunk_name="HQ", trunk_id="T2"), "invalid_input", ("named 'DR', not 'HQ'",)),
        (dict(fine, trunk_id=UNKNOWN_YET), "invalid_input", (UNKNOWN_YET,)),
        (fine, "invalid_input", ("trunk_name or trunk_id",)),
    ]
    played = player.tasks(*((MODULE, options) for options, kind, said in refused))
    assert not emulator.writes() and emulator.open_tokens == 0
    for result, (options, kind, said) in zip(played.results, refused, strict=True):
        assert result["failed"], options
        assert [text for text in said if text not in result["msg"]] == []
        assert "Traceback" not in str(result)
    assert [result["failure"]["kind"] for result in played.results] == [kind for options, kind, said in refused]


def test_a_dead_target_is_warned_about_where_it_stays_and_refused_where_it_is_new(player, emulator, plant, rules):
    dead, phone = (
        {"referenceType": "SIP_TRUNK", "referenceId": "DEAD"},
        {"referenceType": "TELEPHONE", "referenceId": "18015559999"},
    )
    plant({"HQ": {"forwardOnFailure": [dead, phone]}})
    given = {"reference_type": "SIP_TRUNK", "reference_id": "DEAD"}
    telephone = {"reference_type": "TELEPHONE", "reference_id": "18015559999"}
    played = player.tasks(
        (MODULE, {"trunk_name": "HQ", "forward_on_failure": [given, telephone]}),
        (MODULE, {"trunk_name": "HQ", "forward_on_failure": [telephone, given]}),
        (MODULE, {"trunk_name": "HQ", "forward_on_capacity_exceeded": [{"reference_type": "BUSY"}]}),
        (MODULE, {"trunk_name": "HQ", "forward_on_failure": [given, dict(given, reference_id="DEAD2")]}),
        (MODULE, {"trunk_name": "DR", "forward_on_failure": [given]}),
        (MODULE, {"trunk_name": "HQ", "forward_on_failure": []}),
    )
    results = played.results
    assert [(result["failed"], result.get("changed")) for result in results] == [
        (False, False),
        (False, True),
        (False, True),
        (True, False),
        (True, False),
        (False, True),
    ]
    for result in results[:3]:
        assert len(result["warnings"]) == 1 and "DEAD" in result["warnings"][0]
        assert [notice["kind"] for notice in result["notices"]] == ["dead_target"]
    assert "DEAD2" in results[3]["msg"] and "DEAD" in results[4]["msg"] and "warnings" not in results[5]
    assert puts(emulator) == [
        {"forwardOnFailure": [phone, dead], "forwardOnCapacityExceeded": []},
        {"forwardOnFailure": [phone, dead], "forwardOnCapacityExceeded": [{"referenceType": "BUSY"}]},
        {"forwardOnFailure": [], "forwardOnCapacityExceeded": [{"referenceType": "BUSY"}]},
    ]
    assert rules("DR") == {}


def test_check_mode_takes_trunks_that_a_task_before_would_create(player, emulator, plant):
    plant()
    to_new, to_hq = (
        [{"reference_type": "SIP_TRUNK", "trunk_name": "New"}],
        {"reference_type": "SIP_TRUNK", "trunk_name": "HQ"},
    )
    played = player.tasks(
        {"alianza.sip_trunking.alianza_sip_trunk": {"name": "New", "concurrent_calls": 1}, "register": "made"},
        (MODULE, {"trunk_id": "{{ made.sip_trunk.trunk_id }}", "forward_on_failure": [to_hq]}),
        (MODULE, {"trunk_name": "New", "forward_always": dict(to_hq, enabled=True)}),
        {"alianza.sip_trunking." + MODULE: {"trunk_name": "HQ", "forward_on_failure": to_new}, "register": "planned"},
        (MODULE, {"trunk_name": "HQ", "forward_on_failure": "{{ planned.forwarding.forward_on_failure }}"}),
        (MODULE, {"trunk_name": "New", "forward_on_failure": to_new}),
        (MODULE, {"trunk_name": "HQ", "forward_on_failure": [{"reference_type": "SIP_TRUNK", "reference_id": "T9"}]}),
        check=True,
    )
    results = played.results
    assert [(result["failed"], result.get("changed")) for result in results] == [(False, True)] * 5 + [
        (True, False)
    ] * 2, played.output
    assert results[0]["sip_trunk"]["trunk_id"] == UNKNOWN_YET
    assert all("'New'" in results[place]["warnings"][0] for place in (2, 3, 4))
    assert pairs(results[1]["forwarding"]["forward_on_failure"]) == [("SIP_TRUNK", "T1")]
    assert (
        results[2]["forwarding"]["trunk_id"] == UNKNOWN_YET
        and results[2]["forwarding"]["forward_always"]["enabled"] is True
    )
    assert results[3]["forwarding"] == results[4]["forwarding"] and results[3]["diff"] == results[4]["diff"]
    assert results[3]["diff"]["after"]["forward_on_failure"] == to_new
    assert "itself" in results[5]["msg"] and "T9" in results[6]["msg"]
    assert not emulator.writes()


def test_a_trunk_that_is_gone_has_no_rules(player, emulator, plant):
    plant()
    gone = {"trunk_name": "Gone", "state": "absent"}
    played = player.tasks(check(gone), (MODULE, gone), (MODULE, {"trunk_id": "T9", "state": "absent"}))
    assert [(result["failed"], result["changed"]) for result in played.results] == [(False, False)] * 3
    assert [calls(entries) for entries in per_task(emulator)] == [["GET siptrunk_2"]] * 3
    assert UNKNOWN_YET not in str([result["forwarding"] for result in played.results[1:]])
