# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where calls go: cases that people know, and random accounts against a simulator that walks every step."""

from __future__ import annotations

import pytest
from hypothesis import given

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.call_flow import (
    Conditions,
    follow,
    unregistered,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.outages import (
    call_flows,
    outages,
    single_points_of_failure,
)
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to
from ansible_collections.alianza.sip_trunking.tests.support.call_simulator import NUMBERS, accounts, simulate

ONE, TWO, THREE, FOUR = NUMBERS
PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
BUSY = {"referenceType": "BUSY"}
NOTHING = Conditions()


def failing(*trunk_ids):
    """Return Conditions under which trunks are unavailable."""
    return Conditions(frozenset(trunk_ids))


def state_of(drawn):
    """Return the State of a random account."""
    return account(
        {key: {"trunkName": key, "concurrentCalls": 1 + place} for place, key in enumerate(sorted(drawn["trunks"]))},
        drawn["rules"],
        drawn["numbers"],
        registered=drawn["trunks"] - drawn["down"],
    )


@given(accounts())
def test_every_call_goes_where_the_simulator_takes_it(drawn):
    state = state_of(drawn)
    conditions = Conditions(unregistered(state), frozenset(drawn["full"]))
    for number in NUMBERS:
        call, way = simulate(drawn, number), follow(state, state.numbers[number].reference, conditions)
        assert way.result == call.result
        # Each trunk is tried once; the simulator tries again what has failed before.
        assert [(step.trunk_id, step.result) for step in way.steps] == list(dict.fromkeys(call.walked))
        assert (way.destination.wire() if way.destination else None) == (
            {key: value for key, value in call.destination.items() if key != "enabled"} if call.destination else None
        )


@given(accounts())
def test_an_outage_is_the_difference_that_the_simulator_finds(drawn):
    state = state_of(drawn)
    conditions = Conditions(unregistered(state), frozenset(drawn["full"]))
    points = {point["trunk_id"]: point["lost_numbers"] for point in single_points_of_failure(state)}
    for outage in outages(state, conditions):
        key = outage["trunk_id"]
        works = dict(drawn, down=drawn["down"] - {key}, full=drawn["full"] - {key})
        fails = dict(drawn, down=drawn["down"] | {key}, full=drawn["full"] - {key})
        reached = {number for number in NUMBERS if simulate(works, number).result in ("answered", "forwarded")}
        ends = {number: simulate(fails, number).result for number in reached}
        assert _each(outage["lost_numbers"]) == {number for number, end in ends.items() if end in ("lost", "loop")}
        assert _each(outage["busy_numbers"]) == {number for number, end in ends.items() if end == "busy"}
        assert outage["call_paths"] == {"before": _paths(state, works), "left": _paths(state, fails)}
        if not drawn["full"]:
            lost = {number for number, end in ends.items() if end not in ("answered", "forwarded")}
            assert _each(points.get(key, [])) == lost


def _each(folded):
    return {number for number in NUMBERS for part in folded if part[:11] <= number <= part[-11:]}


def _paths(state, drawn):
    """Return the call paths of the trunks at which the simulator's calls ring."""
    calls = [simulate(drawn, number) for number in NUMBERS]
    rung = {call.destination["referenceId"] for call in calls if call.result == "answered"}
    return sum(state.trunks.by_id[key].values["concurrent_calls"] for key in rung)


RULES = {
    "A": {"forwardOnFailure": [to("B"), PHONE], "forwardOnCapacityExceeded": [to("B"), BUSY]},
    "B": {"forwardOnFailure": [to("A")]},
}


@pytest.mark.parametrize(
    ("conditions", "steps", "result"),
    [
        (NOTHING, ["A rings"], "answered"),
        (failing("A"), ["A unavailable", "B rings"], "answered"),
        (failing("A", "B"), ["A unavailable", "B unavailable"], "forwarded"),
        (Conditions(full=frozenset("A")), ["A full", "B rings"], "answered"),
        (Conditions(frozenset("B"), frozenset("A")), ["A full", "B unavailable"], "busy"),
        # What is not registered is not full.
        (Conditions(frozenset("A"), frozenset("A")), ["A unavailable", "B rings"], "answered"),
    ],
)
def test_attempts_in_their_order(conditions, steps, result):
    state = account({"A": "HQ", "B": "DR"}, RULES, {ONE: to("A")})
    way = follow(state, state.numbers[ONE].reference, conditions)
    assert ["%s %s" % (step.trunk_id, step.result) for step in way.steps] == steps and way.result == result


def test_a_loop_and_a_dead_target_are_named():
    rules = {
        "A": {"forwardAlways": dict(to("B"), enabled=True)},
        "B": {"forwardAlways": dict(to("A"), enabled=True)},
        "C": {"forwardOnFailure": [to("GONE")]},
    }
    state = account({"A": "HQ", "B": "DR", "C": "Annex"}, rules, {ONE: to("A"), TWO: to("GONE"), THREE: to("C")})
    result = call_flows(state, failing("C"), NOTHING)
    flows = {flow["telephone_numbers"][0]: flow for flow in result["call_flows"]}
    assert [flows[number]["result"] for number in (ONE, TWO, THREE)] == ["loop", "lost", "lost"]
    assert flows[ONE]["steps"][0] == {
        "trunk_name": "HQ",
        "trunk_id": "A",
        "result": "forwards",
        "rule": "forward_always",
    }
    assert flows[TWO]["steps"] == [{"trunk_name": None, "trunk_id": "GONE", "result": "unavailable", "rule": None}]
    assert [step["rule"] for step in flows[THREE]["steps"]] == ["forward_on_failure", None]
    assert result["lost_numbers"] == ["%s-%s" % (ONE, THREE)] and flows[ONE]["destination"] == {}
    assert result["call_paths"] == {"before": 5, "left": 0}


def test_a_trunk_that_two_attempts_lead_to_is_no_loop():
    rules = {"A": {"forwardOnFailure": [to("B"), to("C")]}, "B": {"forwardOnFailure": [to("D")]}}
    rules["C"] = rules["B"]
    state = account({"A": "HQ", "B": "DR", "C": "Annex", "D": "Lab"}, rules, {ONE: to("A")})
    way = follow(state, state.numbers[ONE].reference, failing("A", "B", "C", "D"))
    assert [step.trunk_id for step in way.steps] == ["A", "B", "D", "C"] and way.result == "lost"


def test_numbers_with_the_same_way_are_together_and_an_unrouted_one_is_busy_but_not_lost():
    state = account({"A": "HQ"}, {}, {ONE: to("A"), TWO: to("A"), THREE: to("A"), FOUR: None})
    result = call_flows(state, NOTHING, NOTHING)
    together, unrouted = result["call_flows"]
    assert together["telephone_numbers"] == ["%s-%s" % (ONE, THREE)] and together["call_paths"] == 5
    assert together["destination"] == {"reference_type": "SIP_TRUNK", "reference_id": "A", "trunk_name": "HQ"}
    assert (unrouted["telephone_numbers"], unrouted["result"], unrouted["destination"]) == ([FOUR], "busy", {})
    assert result["lost_numbers"] == []


def test_call_paths_count_each_trunk_once():
    state = account({"A": "HQ", "B": "DR"}, {"A": {"forwardOnFailure": [to("B")]}}, {ONE: to("A"), TWO: to("B")})
    assert call_flows(state, failing("A"), NOTHING)["call_paths"] == {"before": 10, "left": 5}
    assert call_flows(state, failing("A"), NOTHING, [ONE])["call_paths"] == {"before": 5, "left": 5}


def test_a_trunk_that_is_found_by_its_address_never_registers():
    address = {"trunkName": "HQ", "ipBasedAuthEnabled": True}
    state = account({"A": address, "B": "DR"}, {}, {ONE: to("A")})
    assert unregistered(state) == {"B"}


def test_a_trunk_that_is_down_already_is_a_single_point_of_failure_all_the_same():
    state = account({"A": "HQ", "B": "DR"}, {"B": {"forwardOnFailure": [BUSY]}}, {ONE: to("A"), TWO: to("B")}, "B")
    expected = [
        {"trunk_name": "DR", "trunk_id": "B", "lost_numbers": [TWO]},
        {"trunk_name": "HQ", "trunk_id": "A", "lost_numbers": [ONE]},
    ]
    assert single_points_of_failure(state) == expected


def test_a_failover_that_is_not_registered_counts_only_with_the_registration():
    state = account({"A": "HQ", "B": "DR"}, {"A": {"forwardOnFailure": [to("B")]}}, {ONE: to("A")}, "A")
    assert [point["trunk_name"] for point in single_points_of_failure(state)] == ["HQ"]
    assert single_points_of_failure(state, use_registration=False) == []


def test_rules_of_a_group_are_noted_beside_those_of_the_trunk():
    group = {"name": "All sites", "sipTrunksIds": ["A"], "unreachableForward": [to("B"), PHONE]}
    state = account({"A": "HQ", "B": "DR"}, {}, {ONE: to("A"), TWO: to("B")}, groups=[group])
    first, second = call_flows(state, failing("A"), NOTHING)["call_flows"]
    assert first["result"] == "lost" and second["notes"] == []
    (note,) = first["notes"]
    assert "'HQ'" in note and "'All sites'" in note and "trunk 'DR', then TELEPHONE 18015559999" in note
    # An audit does not read the groups for this alone, and says so.
    unread = account({"A": {"trunkName": "HQ", "sipTrunkGroupId": "G1"}}, {}, {ONE: to("A")}, groups=None)
    (flow,) = call_flows(unread, failing("A"), NOTHING)["call_flows"]
    assert (
        len(flow["notes"]) == 1 and "'HQ' is in a trunk group, whose forwarding rules were not read" in flow["notes"][0]
    )
