# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning which FROM numbers show a caller ID."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidResponse
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import caller_id, caller_id_plan
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import CALLER_IDS, State

MAIN, SUPPORT, OWN, NEW = "18015550000", "18015550001", "18015551212", "18015559999"
ACTUAL = caller_id.from_parts(
    {
        "callerid": [{"customCallerIdNumber": "+1 801 555 0000"}, {"customCallerIdNumber": SUPPORT}],
        "fromnumber": [{"fromWildcard": each} for each in ("21xx", "2200", "2300")],
        "mapping": [
            {"fromWildcard": "21xx", "customCallerIdNumber": MAIN, "isCustom": True},
            {"fromWildcard": "2200", "customCallerIdNumber": SUPPORT, "isCustom": True},
            {"fromWildcard": "2300", "isCustom": True},
            {"fromWildcard": OWN, "customCallerIdNumber": MAIN, "isCustom": False},
            {"fromWildcard": "18015551213", "customCallerIdNumber": OWN, "isCustom": False},
            {"fromWildcard": "18015551214", "isCustom": False},
        ],
    }
)


def plan(number, *from_numbers, given=True, **options):
    """Return the Plan of a caller ID."""
    wish = caller_id_plan.CallerIdWish(number, list(from_numbers) if given else None, **options)
    return caller_id_plan.plan_caller_id(wish, ACTUAL)


def written(made):
    """Return [(spelling that is sent, caller ID, whether it is created, whether it is deleted)] of a Plan's one step."""
    (step,) = made.steps
    return [(move.wire, move.target, move.create, move.delete) for move in step.moves]


def test_lists_are_one_state():
    assert ACTUAL.all() == [MAIN, SUPPORT, OWN] and ACTUAL.unmapped() == ["2300"]
    assert ACTUAL.shown_by(MAIN) == [OWN, "21XX"]
    assert ACTUAL.returned(SUPPORT) == {"caller_id": SUPPORT, "from_numbers": ["2200"]}


def test_only_what_differs_is_written_in_the_spelling_of_the_api():
    made = plan(MAIN, "21XX", "2200", "2300", "2400", "18015551214")
    assert written(made) == [
        ("2200", MAIN, False, False),
        ("2300", MAIN, False, False),
        ("2400", MAIN, True, False),
        ("18015551214", MAIN, False, False),
    ]
    assert made.steps[0].wire == "+1 801 555 0000" and made.steps[0].action == "update"
    assert made.facts["unchanged"] == ["21XX"] and made.facts["moved"] == [{"from_number": "2200", "from": SUPPORT}]
    assert made.after["from_numbers"] == [OWN, "18015551214", "21XX", "2200", "2300", "2400"]
    assert not plan(MAIN, "21XX", OWN).changed and not plan(MAIN, given=False).changed


def test_exclusive_takes_the_others_away():
    made = plan(MAIN, "2200", exclusive=True)
    assert written(made) == [("2200", MAIN, False, False), (OWN, None, False, False), ("21xx", None, False, True)]
    assert made.facts["unmapped"] == [OWN, "21XX"] and made.after["from_numbers"] == ["2200"]
    assert made.steps[0].changes == {"from_numbers": {"before": [OWN, "21XX"], "after": ["2200"]}}
    assert not plan(MAIN, "21XX", OWN, exclusive=True).changed


def test_a_caller_id_is_created_once():
    made = plan(NEW, "2400")
    assert made.steps[0].action == "create" and made.before == {}
    assert made.after == {"caller_id": NEW, "from_numbers": ["2400"]}
    assert plan(NEW, given=False).steps[0].changes == {"caller_id": {"before": None, "after": NEW}}


def test_a_number_of_the_account_that_something_shows_is_not_created():
    assert not plan(OWN, "18015551213").changed
    # Once nothing shows it any longer it has to be a caller ID of its own.
    assert plan(OWN, "2300", exclusive=True).steps[0].action == "create"


def test_absent_deletes_the_caller_id_which_ends_mappings_of_the_accounts_own_numbers():
    made = plan(MAIN, given=False, absent=True)
    assert made.steps[0].action == "delete" and written(made) == [("21xx", None, False, True)]
    assert made.facts["unmapped"] == [OWN, "21XX"] and made.after == {}
    assert not plan(NEW, given=False, absent=True).changed


def test_absent_with_from_numbers_leaves_the_others_alone():
    made = plan(MAIN, OWN, "2200", absent=True)
    assert made.steps[0].action == "update" and written(made) == [(OWN, None, False, False)]
    assert made.after == {"caller_id": MAIN, "from_numbers": ["21XX"]} and made.facts["unchanged"] == ["2200"]
    assert plan(MAIN, OWN, "21XX", absent=True).steps[0].action == "delete"
    assert not plan(MAIN, absent=True).changed


def test_absent_unmaps_a_number_of_the_account_that_is_no_custom_caller_id():
    made = plan(OWN, given=False, absent=True)
    assert made.steps[0].action == "update" and written(made) == [("18015551213", None, False, False)]


def test_what_another_caller_id_takes_is_left_to_it():
    wish = caller_id_plan.CallerIdWish(MAIN, None, absent=True)
    made = caller_id_plan.plan_caller_id(wish, ACTUAL, frozenset(["21XX"]))
    assert made.steps[0].action == "delete" and written(made) == []
    wish = caller_id_plan.CallerIdWish(MAIN, [OWN], exclusive=True)
    assert not caller_id_plan.plan_caller_id(wish, ACTUAL, frozenset(["21XX"])).changed


@pytest.mark.parametrize(
    "options, fault",
    [
        ({}, "caller_id is missing"),
        ({"caller_id": ""}, "caller_id is missing"),
        ({"caller_id": "555"}, "'555' is not a telephone number"),
        ({"caller_id": MAIN, "from_numbers": ["a"]}, "from_numbers entry 1 is 'a'"),
        ({"caller_id": MAIN, "exclusive": True}, "exclusive needs from_numbers"),
        ({"caller_id": MAIN, "exclusive": True, "state": "absent"}, "exclusive does not go with state: absent"),
    ],
)
def test_what_cannot_be_meant_is_refused(options, fault):
    faults = caller_id_plan.parse_wish(options)[1]
    assert len(faults) == 1 and fault in faults[0]


def test_every_spelling_is_one_caller_id():
    wishes = [caller_id_plan.parse_wish({"caller_id": each}) for each in ("801-555-0000", 18015550000, "+18015550000")]
    assert [(wish.caller_id, faults) for wish, faults in wishes] == [(MAIN, [])] * 3


@pytest.mark.parametrize(
    "part, answer", [("callerid", [{}]), ("fromnumber", ["x"]), ("mapping", [{"fromWildcard": None}])]
)
def test_a_list_of_another_shape_is_refused(part, answer):
    with pytest.raises(InvalidResponse):
        caller_id.checked_list(part, answer)


def test_what_was_not_read_is_not_taken_for_empty():
    state = State()
    state.caller_id_lists["callerid"] = []
    assert [state.has(need) for need in CALLER_IDS] == [True, False, False]
    with pytest.raises(LookupError):
        state.caller_ids.all()
