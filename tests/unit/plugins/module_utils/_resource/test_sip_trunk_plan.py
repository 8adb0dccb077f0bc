# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning one trunk."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import (
    Ambiguous,
    Guarded,
    InvalidInput,
    NotFound,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import sip_trunk
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import sip_trunk_plan as planner
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.forwarding import Rules
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.plan import KNOWN_AFTER_APPLY
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.references import Reference
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.sip_trunk_group import Group
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import State
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.tn_route import Number
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import Trunks

HQ = {
    "id": "T1",
    "trunkName": "HQ",
    "concurrentCalls": 5,
    "sipUsername": "hq-user-1",
    "sipPassword": "hunter2!",
    "callbackNumber": "18015551212",
    "extensionPatterns": ["21XX", "300"],
    "localServicesEnabled": True,
    "maxBurstCalls": 3,
}


def trunks(*wires, lenient=False):
    """Return Trunks of some answers."""
    return Trunks([sip_trunk.from_wire(wire) for wire in wires], lenient=lenient)


def wish(**given):
    """Return a TrunkWish without faults."""
    parsed, faults = planner.parse_wish(given)
    assert not faults
    return parsed


def body(plan):
    """Return the one request body of a plan."""
    assert len(plan.steps) == 1
    return plan.steps[0].body


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"concurrent_calls": 5},
        {"concurrent_calls": "5"},
        {"callback_number": "(801) 555-1212"},
        {"extension_patterns": ["300", "21xx"]},
        {"extension_patterns": ["21XX", "300", "21xx"]},
        {"primary_tn": ""},
        {"max_burst_calls": 3},
        {"port_number": 0},
        {"sip_password": "hunter2!"},
        {"sip_password": "another1", "update_password": "on_create"},
        {"ip_based_auth_enabled": False},
        {"language_tag": ""},
    ],
)
def test_what_is_so_already_needs_no_write(given):
    plan = planner.plan_present(wish(name="HQ", **given), trunks(HQ))
    assert not plan.changed and plan.before == plan.after


@pytest.mark.parametrize(
    "given, sent",
    [
        ({"concurrent_calls": 6}, {"concurrentCalls": 6}),
        ({"callback_number": ""}, {"callbackNumber": None}),
        ({"extension_patterns": []}, {"extensionPatterns": []}),
        ({"extension_patterns": ["21xx"]}, {"extensionPatterns": ["21XX"]}),
        ({"max_burst_calls": 0}, {"maxBurstCalls": None}),
        ({"local_services_enabled": False}, {"localServicesEnabled": False}),
        ({"sip_password": "another1"}, {"sipPassword": "another1"}),
        ({"ip_address": "2001:DB8::1", "port_number": 5070}, {"ipAddress": "2001:db8::1", "portNumber": 5070}),
    ],
)
def test_an_update_sends_only_what_differs(given, sent):
    assert (
        body(
            planner.plan_present(
                wish(name="HQ", concurrent_calls=given.pop("concurrent_calls", 5), **given), trunks(HQ)
            )
        )
        == sent
    )


@pytest.mark.parametrize(
    "given, said",
    [
        ({"concurrent_calls": 0}, "concurrent_calls is 0: give at least 1"),
        ({"concurrent_calls": "many"}, "give a whole number"),
        ({"concurrent_calls": True}, "give a whole number"),
        ({"sip_username": "short"}, "give 8 to 36"),
        ({"sip_username": "has space in it"}, "give 8 to 36"),
        ({"sip_password": "12345"}, "too short"),
        ({"sip_password": ""}, "too short"),
        ({"primary_tn": "555-1212"}, "is not a telephone number"),
        ({"extension_patterns": ["XX21"]}, "a pattern is digits and then wildcards"),
        ({"ip_address": "10.0.0.256"}, "give an IPv4 or IPv6 address"),
        ({"port_number": 70000}, "from 0 to 65535"),
        ({"max_burst_calls": -1}, "at least 0"),
        ({"local_services_enabled": "maybe"}, "give true or false"),
        ({"language_tag": "e"}, "language tag"),
        ({"name": "  "}, "is empty"),
    ],
)
def test_bad_values_are_said(given, said):
    faults = planner.parse_wish(dict({"name": "HQ"}, **given))[1]
    assert len(faults) == 1 and said in faults[0]
    assert "12345" not in faults[0]


def test_all_bad_values_are_said_at_once():
    assert len(planner.parse_wish({"name": "HQ", "concurrent_calls": 0, "primary_tn": "1", "ip_address": "x"})[1]) == 3


def test_a_create_needs_its_call_paths_and_makes_up_credentials():
    with pytest.raises(InvalidInput, match="creating it needs concurrent_calls"):
        planner.plan_present(wish(name="New"), trunks(HQ))
    plan = planner.plan_present(
        wish(name="New", concurrent_calls=2, callback_number="", extension_patterns=[]), trunks(HQ)
    )
    assert body(plan) == {"trunkName": "New", "concurrentCalls": 2}
    assert plan.steps[0].generate == ("sip_username", "sip_password")
    assert plan.after == {
        "name": "New",
        "concurrent_calls": 2,
        "sip_username": "(generated)",
        "sip_password": "(generated)",
    }


def test_no_plan_shows_a_password():
    made = planner.plan_present(wish(name="New", concurrent_calls=2, sip_password="hunter2!"), trunks())
    changed = planner.plan_present(wish(name="HQ", sip_password="another1"), trunks(HQ))
    for plan in (made, changed):
        text = str((plan.diff(), [step.public() for step in plan.steps], plan.steps, plan.notices))
        assert "hunter2!" not in text and "another1" not in text and "sip_password" in text


def test_an_unreadable_password_is_written_each_time_and_said():
    for unreadable in ({"sipPassword": None}, {"sipPassword": "********"}):
        plan = planner.plan_present(wish(name="HQ", sip_password="hunter2!"), trunks(dict(HQ, **unreadable)))
        assert body(plan) == {"sipPassword": "hunter2!"} and "on_create" in plan.notices[0].msg
        assert [(notice.kind, notice.subject) for notice in plan.notices] == [("password_unreadable", "HQ")]
        assert not planner.plan_present(
            wish(name="HQ", sip_password="x" * 6, update_password="on_create"), trunks(dict(HQ, **unreadable))
        ).changed


def test_rename():
    other = dict(HQ, id="T2", trunkName="DR")
    assert body(planner.plan_present(wish(name="New", trunk_id="T1"), trunks(HQ, other))) == {"trunkName": "New"}
    with pytest.raises(InvalidInput, match="in use by trunk T2"):
        planner.plan_present(wish(name="DR", trunk_id="T1"), trunks(HQ, other))
    with pytest.raises(InvalidInput, match="several trunks have that name"):
        planner.plan_present(wish(name="DR", trunk_id="T1"), trunks(HQ, other, dict(other, id="T3")))
    with pytest.raises(NotFound, match="id T9"):
        planner.plan_present(wish(name="HQ", trunk_id="T9"), trunks(HQ))


def test_two_trunks_of_one_name_are_listed():
    with pytest.raises(Ambiguous, match="T1, T2"):
        planner.plan_present(wish(name="HQ", concurrent_calls=1), trunks(HQ, dict(HQ, id="T2")))


def planned(name, *wires, **given):
    """Return the Plan of a trunk."""
    return planner.plan_present(wish(name=name, **given), trunks(*wires))


OWN = dict(
    HQ, callingPlans=[{"id": "P1", "referenceType": "SIP_TRUNK", "referenceId": "T1", "callingPlanProductId": "C"}]
)
SHARING = dict(OWN, id="T2", trunkName="Annex")


def test_a_calling_plan_is_set_up_when_a_trunk_is_created():
    new = {"concurrent_calls": 1}
    assert body(planned("N", **new, calling_plan_product_id="C"))["newCppId"] == "C"
    plan = planned("N", OWN, **new, setup_calling_plan={"type": "shared", "trunk_name": "HQ"})
    assert plan.steps[0].setup == {"callingPlanType": "SHARED_CALLING_PLAN", "referenceId": "T1"}
    assert plan.after["setup_calling_plan"] == "that of trunk 'HQ'" and "setupCallingPlan" not in body(plan)
    plan = planned("N", **new, setup_calling_plan={"type": "new"}, calling_plan_product_id="C")
    assert plan.steps[0].setup == {"callingPlanType": "NEW_CALLING_PLAN"} and body(plan)["newCppId"] == "C"
    assert planned("N", **new).steps[0].setup == {}


def test_a_plan_of_a_trunk_to_come_is_shared_in_a_step_of_its_own():
    expected = trunks(HQ).expecting(["New"])
    for name, given in (("N", {"concurrent_calls": 1}), ("HQ", {})):
        plan = planner.plan_present(
            wish(name=name, setup_calling_plan={"type": "shared", "trunk_name": "New"}, **given), expected
        )
        step = plan.steps[-1]
        assert step.phase == "calling_plans" and (step.share.name, step.share.trunk_id) == ("New", None)
        assert step.body("T5", "T7") == {
            "referenceType": "SIP_TRUNK",
            "referenceId": "T5",
            "callingPlanType": "SHARED_CALLING_PLAN",
            "callingPlanReferenceId": "T7",
        }


@pytest.mark.parametrize(
    "name, given",
    [
        ("HQ", {"calling_plan_product_id": "C"}),
        ("HQ", {"calling_plan_product_id": ""}),
        ("HQ", {"setup_calling_plan": {"type": "new"}}),
        ("HQ", {"setup_calling_plan": {"type": "new"}, "calling_plan_product_id": "C"}),
        ("Annex", {"setup_calling_plan": {"type": "shared", "trunk_name": "HQ"}}),
        ("Annex", {"setup_calling_plan": {"type": "shared", "trunk_id": "T1"}}),
        ("Annex", {"calling_plan_product_id": "C"}),
        ("Annex", {}),
    ],
)
def test_a_calling_plan_that_is_there_needs_no_write(name, given):
    plan = planned(name, OWN, SHARING, **given)
    assert not plan.changed and plan.before == plan.after and not plan.notices


@pytest.mark.parametrize(
    "name, given, changed, sent",
    [
        (
            "HQ",
            {"calling_plan_product_id": "D"},
            {"calling_plan_product_id": {"before": "C", "after": "D"}},
            {"callingPlanType": "NEW_CALLING_PLAN", "callingPlanProductId": "D"},
        ),
        (
            "HQ",
            {"setup_calling_plan": {"type": "shared", "trunk_name": "DR"}},
            {"setup_calling_plan": {"before": "a plan of its own", "after": "that of trunk 'DR'"}},
            {"callingPlanType": "SHARED_CALLING_PLAN", "callingPlanReferenceId": "T3"},
        ),
        (
            "Annex",
            {"setup_calling_plan": {"type": "new"}},
            {"setup_calling_plan": {"before": "that of trunk 'HQ'", "after": "a plan of its own"}},
            {"callingPlanType": "NEW_CALLING_PLAN", "callingPlanProductId": "C"},
        ),
        (
            "Annex",
            {"calling_plan_product_id": "D"},
            {
                "calling_plan_product_id": {"before": "C", "after": "D"},
                "setup_calling_plan": {"before": "that of trunk 'HQ'", "after": "a plan of its own"},
            },
            {"callingPlanType": "NEW_CALLING_PLAN", "callingPlanProductId": "D"},
        ),
    ],
)
def test_another_calling_plan_is_a_write_of_its_own(name, given, changed, sent):
    plan = planned(name, OWN, SHARING, dict(HQ, id="T3", trunkName="DR"), **given)
    (step,) = plan.steps
    assert step.changes == changed
    share = step.share.trunk_id if step.share else None
    assert step.body("T", share) == {"referenceType": "SIP_TRUNK", "referenceId": "T", **sent}
    assert plan.before != plan.after


@pytest.mark.parametrize(
    "setup, more, fault",
    [
        ({}, {}, "type of setup_calling_plan is missing"),
        ({"type": "shared"}, {}, "has no trunk"),
        ({"type": "new", "trunk_name": "HQ"}, {}, "names a trunk"),
        ({"type": "shared", "trunk_name": "HQ"}, {"calling_plan_product_id": "C"}, "does not go with a shared"),
    ],
)
def test_a_calling_plan_that_cannot_be_meant_is_refused(setup, more, fault):
    faults = planner.parse_wish(dict(more, name="N", setup_calling_plan=setup))[1]
    assert len(faults) == 1 and fault in faults[0]


def test_a_calling_plan_is_shared_with_another_trunk_that_exists():
    for setup, error in (
        ({"trunk_name": "HQ"}, InvalidInput),
        ({"trunk_id": "T1"}, InvalidInput),
        ({"trunk_name": "No"}, NotFound),
    ):
        with pytest.raises(error):
            planned("HQ", OWN, setup_calling_plan=dict(setup, type="shared"))


def guarded_state(lenient=False):
    """An account in which a number, a trunk and a group send calls to HQ."""
    here, other = Reference("SIP_TRUNK", "T1"), dict(HQ, id="T2", trunkName="DR")
    return State(
        trunks=trunks(HQ, other, lenient=lenient),
        numbers={"18015551212": Number(here), "18015551213": Number(None)},
        groups=(Group("All sites", Rules(here, True)),),
        forwards={"T2": Rules(here, True)},
    )


def test_a_delete_is_guarded_and_names_who_sends_calls():
    with pytest.raises(Guarded) as raised:
        planner.plan_absent(wish(name="HQ"), guarded_state(), False)
    assert [(guard.kind, guard.subject) for guard in raised.value.guards] == [
        ("numbers_routed", "HQ"),
        ("forwarded_to", "HQ"),
        ("group_forwards", "HQ"),
    ]
    for named in ("18015551212", "trunk 'DR'", "trunk group 'All sites'", "force: true"):
        assert named in raised.value.msg
    assert "18015551213" not in raised.value.msg
    assert [step.action for step in planner.plan_absent(wish(name="HQ"), guarded_state(), True).steps] == ["delete"]


def test_absent_of_what_is_gone_and_of_pairs_that_do_not_match():
    state = guarded_state()
    assert not planner.plan_absent(wish(name="Gone"), state, False).changed
    assert not planner.plan_absent(wish(trunk_id="T9"), state, False).changed
    with pytest.raises(InvalidInput, match="is named 'HQ', not 'DR'"):
        planner.plan_absent(wish(name="DR", trunk_id="T1"), state, False)
    with pytest.raises(InvalidInput, match="'HQ' is the name of trunk T1"):
        planner.plan_absent(wish(name="HQ", trunk_id="T9"), state, False)


def test_the_placeholder_of_check_mode():
    there = planner.plan_present(wish(name="HQ", trunk_id=KNOWN_AFTER_APPLY), trunks(HQ, lenient=True))
    assert not there.changed
    unseen = planner.plan_present(wish(trunk_id=KNOWN_AFTER_APPLY, concurrent_calls=3), trunks(HQ, lenient=True))
    assert unseen.changed and unseen.after == {"concurrent_calls": 3}
    renamed = planner.plan_present(wish(trunk_id=KNOWN_AFTER_APPLY, name="Soon"), trunks(HQ, lenient=True))
    assert [(step.action, step.name) for step in renamed.steps] == [("update", "Soon")] and renamed.after == {
        "name": "Soon"
    }
    assert planner.plan_absent(wish(trunk_id=KNOWN_AFTER_APPLY), guarded_state(lenient=True), False).changed
    with pytest.raises(InvalidInput, match="placeholder"):
        planner.plan_present(wish(trunk_id=KNOWN_AFTER_APPLY, concurrent_calls=3), trunks(HQ))
    with pytest.raises(InvalidInput, match="placeholder"):
        planner.plan_absent(wish(trunk_id=KNOWN_AFTER_APPLY), guarded_state(), False)


def test_what_an_answer_did_not_take_is_named():
    assert sip_trunk.not_taken({"concurrentCalls": 6, "callbackNumber": None}, HQ) == [
        "concurrent_calls",
        "callback_number",
    ]
    assert not sip_trunk.not_taken(
        {"concurrentCalls": 5, "extensionPatterns": ["300", "21xx"], "primaryTn": "18015550000"}, HQ
    )
    assert not sip_trunk.not_taken({"sipPassword": "another1"}, dict(HQ, sipPassword="******"))
    assert sip_trunk.not_taken({"sipPassword": "another1"}, HQ) == ["sip_password"]
    assert not sip_trunk.not_taken({"newCppId": "C"}, HQ)
