# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning forwarding rules."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import (
    forwarding,
    forwarding_plan,
    sip_trunk,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.forwarding_wire import body_of
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import TrunkRef, Trunks

TRUNKS = Trunks(
    [sip_trunk.from_wire({"id": "T%d" % place, "trunkName": name}) for place, name in enumerate(("HQ", "DR", "Lab"), 1)]
)
HQ = TrunkRef("HQ", "T1")
CELL = {"reference_type": "TELEPHONE", "reference_id": "801-555-9999"}
TO_DR = {"reference_type": "SIP_TRUNK", "trunk_name": "DR"}
WIRE = {
    "forwardAlways": {"referenceType": "TELEPHONE", "referenceId": "18015550000", "enabled": False},
    "forwardOnFailure": [
        {"referenceType": "SIP_TRUNK", "referenceId": "T2"},
        {"referenceType": "VOICEMAIL", "referenceId": "V"},
    ],
}


def plan(given, wire=None, source=HQ, trunks=TRUNKS):
    """Return (Plan, faults) of options against an answer."""
    wish, faults = forwarding_plan.parse_wish(given)
    if faults:
        return None, faults
    return forwarding_plan.plan_rules(wish, source, forwarding.from_wire(wire or {}), trunks)


def written(given, wire=None):
    """Return the body of the one PUT."""
    made, faults = plan(given, wire)
    assert not faults and len(made.steps) == 1
    return body_of(made.steps[0].rules)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"forward_always": {"enabled": False}},
        {"forward_on_capacity_exceeded": []},
        {"forward_always": {"reference_type": "TELEPHONE", "reference_id": "(801) 555-0000"}},
        {"forward_on_failure": [TO_DR, {"reference_type": "VOICE_MAIL", "reference_id": "V"}]},
        {
            "forward_on_failure": [
                {"reference_type": "SIP_TRUNK", "reference_id": "T2", "trunk_name": "DR"},
                {"reference_type": "VOICEMAIL", "reference_id": "V"},
            ]
        },
    ],
)
def test_what_is_so_already_needs_no_write(given):
    made, faults = plan(given, WIRE)
    assert not faults and not made.changed and made.before == made.after


def test_a_section_that_is_left_out_is_sent_as_it_is():
    assert written({"forward_on_capacity_exceeded": [CELL]}, WIRE) == {
        "forwardAlways": {"referenceType": "TELEPHONE", "referenceId": "18015550000", "enabled": False},
        "forwardOnFailure": [
            {"referenceType": "SIP_TRUNK", "referenceId": "T2"},
            {"referenceType": "VOICEMAIL", "referenceId": "V"},
        ],
        "forwardOnCapacityExceeded": [{"referenceType": "TELEPHONE", "referenceId": "18015559999"}],
    }


def test_the_order_of_attempts_counts():
    assert [
        each["referenceType"]
        for each in written(
            {"forward_on_failure": [{"reference_type": "VOICE_MAIL", "reference_id": "V"}, TO_DR]}, WIRE
        )["forwardOnFailure"]
    ] == ["VOICEMAIL", "SIP_TRUNK"]


@pytest.mark.parametrize(
    "given, target, enabled",
    [
        ({"enabled": True}, "18015550000", True),
        (dict(CELL), "18015559999", False),
        (dict(CELL, enabled=True), "18015559999", True),
    ],
)
def test_the_switch_and_the_target_of_forward_always(given, target, enabled):
    always = written({"forward_always": given}, WIRE)["forwardAlways"]
    assert (always["referenceId"], always["enabled"]) == (target, enabled)


def test_a_new_target_starts_switched_off_and_clearing_takes_it_away():
    assert written({"forward_always": dict(CELL)})["forwardAlways"]["enabled"] is False
    assert "forwardAlways" not in written({"forward_always": {}}, WIRE)
    assert written({"forward_on_failure": []}, WIRE)["forwardOnFailure"] == []
    assert not plan({"forward_always": {"enabled": False}})[0].changed


def test_busy_has_no_id():
    assert written({"forward_on_failure": [{"reference_type": "BUSY"}]})["forwardOnFailure"] == [
        {"referenceType": "BUSY"}
    ]


@pytest.mark.parametrize(
    "given, said",
    [
        ({"forward_always": {"enabled": True}}, "no target"),
        ({"forward_always": {"reference_type": "BUSY", "reference_id": "x"}}, "BUSY, which takes no reference_id"),
        ({"forward_on_failure": [{"reference_type": "IVR"}]}, "without a reference_id"),
        ({"forward_on_failure": [{"reference_id": "x"}]}, "has no reference_type"),
        ({"forward_on_failure": [{"reference_type": "FAX", "reference_id": "x"}]}, "reference_type FAX: give one of"),
        ({"forward_on_failure": [{"reference_type": "TELEPHONE", "reference_id": "911"}]}, "is not a telephone number"),
        ({"forward_on_failure": [{"reference_type": "IVR", "trunk_name": "DR"}]}, "trunk_name goes with SIP_TRUNK"),
        (
            {"forward_on_failure": [TO_DR, CELL, {"reference_type": "SIP_TRUNK", "reference_id": "T2"}]},
            "entry 3 of trunk 'HQ' repeats trunk 'DR'",
        ),
        ({"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}]}, "forwards to the trunk itself"),
        ({"forward_always": {"reference_type": "SIP_TRUNK", "reference_id": "T1"}}, "forwards to the trunk itself"),
        (
            {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Nowhere"}]},
            "no trunk with the name 'Nowhere'",
        ),
        ({"forward_on_failure": [{"reference_type": "SIP_TRUNK", "reference_id": "T9"}]}, "no trunk with the id T9"),
        (
            {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "reference_id": "T3", "trunk_name": "DR"}]},
            "is named 'Lab', not 'DR'",
        ),
    ],
)
def test_what_is_refused(given, said):
    faults = plan(given)[1]
    assert len(faults) == 1 and said in str(faults[0])


def test_a_dead_target_in_place_stays_and_is_warned_about():
    dead = {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "T9"}]}
    kept = {"reference_type": "SIP_TRUNK", "reference_id": "T9"}
    made, faults = plan({"forward_on_failure": [kept]}, dead)
    assert not faults and not made.changed and "T9, which does not exist" in made.notices[0].msg
    assert [(notice.kind, notice.subject) for notice in made.notices] == [("dead_target", "HQ")]
    made, faults = plan({"forward_on_capacity_exceeded": [CELL]}, dead)
    assert not faults and made.changed and "T9" in made.notices[0].msg
    assert plan({"forward_on_capacity_exceeded": [kept]}, dead)[1]
    made, faults = plan({"forward_on_failure": []}, dead)
    assert not faults and not made.notices


def test_check_mode_takes_names_on_trust():
    lenient = TRUNKS.expecting(lenient=True)
    made, faults = plan(
        {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Soon"}]},
        source=TrunkRef("New", None),
        trunks=lenient,
    )
    assert not faults and made.changed
    assert [(notice.kind, notice.subject) for notice in made.notices] == [("expected_trunk", "Soon")]
    assert made.after == {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Soon"}]}
    made, faults = plan({"forward_always": {"enabled": True}}, source=TrunkRef("New", None), trunks=lenient)
    assert not faults and not made.changed
    assert [(notice.kind, notice.subject) for notice in made.notices] == [("expected_rule", "New")]


def test_an_answer_of_another_shape_does_no_harm():
    for wire in (
        {"forwardAlways": None, "forwardOnFailure": None},
        {"forwardAlways": {"enabled": True}},
        {"forwardAlways": {}},
    ):
        assert forwarding.from_wire(wire).empty()


def test_what_was_not_taken():
    rules = forwarding.from_wire(WIRE)
    assert not forwarding.not_taken(rules, {}) and not forwarding.not_taken(rules, WIRE)
    assert forwarding.not_taken(
        rules, {"forwardOnFailure": [], "forwardAlways": dict(WIRE["forwardAlways"], enabled=True)}
    ) == ["forward_always", "forward_on_failure"]
