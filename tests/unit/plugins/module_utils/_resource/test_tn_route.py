# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning where numbers ring."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidResponse
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import sip_trunk, tn_route, tn_route_plan
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.references import Reference
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import Trunks

TRUNKS = Trunks(
    [sip_trunk.from_wire({"id": "T%d" % place, "trunkName": name}) for place, name in enumerate(("HQ", "DR"), 1)]
)
HQ, DR, IVR = Reference("SIP_TRUNK", "T1", "HQ"), Reference("SIP_TRUNK", "T2", "DR"), Reference("IVR", "I")
ACCOUNT = tn_route.numbers_from_wire(
    [
        {"phoneNumber": "18015550001", "referenceType": "SIP_TRUNK", "referenceId": "T1"},
        {"phoneNumber": "18015550002", "referenceType": "SIP_TRUNK", "referenceId": "T2"},
        {"phoneNumber": "18015550003", "referenceType": "IVR", "referenceId": "I"},
        {"phoneNumber": "18015550004"},
        {"phoneNumber": "18015550005", "referenceType": None, "referenceId": None},
        {"phoneNumber": "18015550006", "referenceType": "SIP_TRUNK", "referenceId": "T9"},
    ]
)
ALL = sorted(ACCOUNT)


def plan(numbers, target, **options):
    """Return the Plan; there must be no faults."""
    made, faults = tn_route_plan.plan_routes(tn_route_plan.RouteWish(numbers, target, "HQ", **options), ACCOUNT, TRUNKS)
    assert not faults
    return made


def last(numbers):
    """Return the last digits of some numbers."""
    return [int(number[-1]) for number in numbers]


def test_only_numbers_that_differ_are_written():
    made = plan(ALL, HQ)
    assert last(made.facts["routed"]) == [2, 3, 4, 5, 6] and last(made.facts["unchanged"]) == [1]
    assert [move.target for move in made.steps[0].moves] == [HQ] * 5
    assert len(made.steps) == 1 and made.steps[0].action == "update"
    assert not plan(["18015550001"], HQ).changed


def test_numbers_that_went_elsewhere_are_told_and_what_is_not_a_trunk_is_warned_about():
    made = plan(ALL, HQ)
    assert [(last([each["telephone_number"]])[0], each["from"].get("trunk_name")) for each in made.facts["moved"]] == [
        (2, "DR"),
        (3, None),
        (6, None),
    ]
    assert made.facts["moved"][1]["from"] == {"reference_type": "IVR", "reference_id": "I"}
    assert (
        [(notice.kind, notice.subject) for notice in made.notices] == [("taken_from", "HQ")]
        and "18015550003 from IVR I" in made.notices[0].msg
        and "18015550002" not in made.notices[0].msg
    )


def test_without_reroute_nothing_is_taken_from_elsewhere():
    guards = tn_route_plan.plan_routes(tn_route_plan.RouteWish(ALL, HQ, "HQ", reroute=False), ACCOUNT, TRUNKS)[1]
    assert [(guard.kind, guard.subject) for guard in guards] == [("reroute", "HQ")]
    assert (
        "18015550002 to trunk 'DR'" in guards[0].msg
        and "18015550003 to IVR I" in guards[0].msg
        and "18015550004" not in guards[0].msg
    )
    free = ["18015550001", "18015550004", "18015550005"]
    assert not tn_route_plan.plan_routes(tn_route_plan.RouteWish(free, HQ, "HQ", reroute=False), ACCOUNT, TRUNKS)[1]


def test_exclusive_takes_the_others_away_but_not_what_another_destination_takes():
    made = plan(["18015550004"], HQ, exclusive=True)
    assert last(made.facts["routed"]) == [4] and last(made.facts["unrouted"]) == [1]
    kept = plan(["18015550004"], HQ, exclusive=True, claimed=frozenset(["18015550001"]))
    assert kept.facts["unrouted"] == []
    emptied = plan([], HQ, exclusive=True)
    assert last(emptied.facts["unrouted"]) == [1] and emptied.steps[0].action == "delete"


@pytest.mark.parametrize(
    "target, cleared", [(HQ, [1]), (DR, [2]), (IVR, [3]), (None, [1, 2, 3, 6]), (Reference("SIP_TRUNK", "T9"), [6])]
)
def test_absent_clears_only_what_rings_there(target, cleared):
    made = plan(ALL, target, absent=True)
    assert last(made.facts["unrouted"]) == cleared and not made.facts["routed"] and not made.facts["moved"]
    assert all(move.target is None for step in made.steps for move in step.moves)


def test_a_trunk_to_come_is_known_by_its_name():
    made = plan(["18015550004"], Reference("SIP_TRUNK", None, "New"))
    assert made.after == {"18015550004": {"reference_type": "SIP_TRUNK", "trunk_name": "New"}} and made.before == {
        "18015550004": None
    }
    assert made.steps[0].action == "create" and made.steps[0].moves[0].target.with_id({"New": "T7"}).wire() == {
        "referenceType": "SIP_TRUNK",
        "referenceId": "T7",
    }


def test_numbers_at_a_trunk_that_is_gone():
    assert tn_route_plan.dangling(ALL, ACCOUNT, TRUNKS) == ["18015550006"]


@pytest.mark.parametrize(
    "target, answer, wrong",
    [
        (HQ, {"phoneNumber": "1", "referenceType": "SIP_TRUNK", "referenceId": "T1"}, False),
        (HQ, {"phoneNumber": "1", "referenceType": "SIP_TRUNK", "referenceId": "T2"}, True),
        (HQ, {"phoneNumber": "1"}, True),
        (HQ, {}, False),
        (None, {}, False),
        (None, {"phoneNumber": "1", "referenceType": None}, False),
        (None, {"phoneNumber": "1", "referenceType": "SIP_TRUNK", "referenceId": "T1"}, True),
    ],
)
def test_what_an_answer_did_not_take(target, answer, wrong):
    assert tn_route.not_taken(tn_route_plan.Move("1", None, target), answer) is wrong


def test_a_list_of_another_shape_is_refused():
    for answer in (["x"], [{}], [{"phoneNumber": None}]):
        with pytest.raises(InvalidResponse):
            tn_route.numbers_from_wire(answer)
