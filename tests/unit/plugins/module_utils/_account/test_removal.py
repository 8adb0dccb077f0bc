# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pruning takes away, in which order, and what stops it."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_plan as planner
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.document import parse_document
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import Guarded, InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import (
    GROUPS,
    NUMBERS,
    TRUNKS,
    State,
    forward,
    registration,
)
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to

TRUNKS_THERE = {
    "T1": "HQ",
    "T2": "Old",
    "T3": {"trunkName": "Lab", "concurrentCalls": 2, "sipPassword": "hunter2!", "primaryTn": "18015550009"},
}
NUMBERS_THERE = {
    "18015550001": to("T1"),
    "18015550002": to("T1"),
    "18015550003": to("T2"),
    "18015550004": to("T3"),
    "18015550005": None,
}


def plan(state, *trunks, **terms):
    """Return the Plan of a document."""
    return planner.plan_document(parse_document(trunks), state, planner.Terms(**terms))


def steps(made):
    """Return (action, resource, name) of the steps."""
    return [(step.action, step.resource, step.name) for step in made.steps]


def there(**more):
    """Return the account most tests look at: HQ, Old and Lab with numbers, and no rules but those given."""
    return account(TRUNKS_THERE, numbers=NUMBERS_THERE, **more)


def test_nothing_is_pruned_unless_asked():
    made = plan(there(), {"name": "HQ", "telephone_numbers": ["18015550001"]})
    assert not made.steps and made.facts["removed"] == []


def test_numbers_of_listed_trunks_that_say_which_they_have():
    state = there()
    made = plan(state, {"name": "HQ", "telephone_numbers": ["18015550001"]}, {"name": "Old"}, prune="numbers")
    assert steps(made) == [("update", "tn_route", "HQ")]
    assert made.steps[0].changes == {
        "telephone_numbers": {"before": ["18015550001", "18015550002"], "after": ["18015550001"]}
    }
    assert made.facts["removed"] == [{"name": "HQ", "telephone_numbers": ["18015550002"]}]
    swapped = plan(
        state,
        {"name": "HQ", "telephone_numbers": []},
        {"name": "Old", "telephone_numbers": ["18015550001"]},
        prune="numbers",
    )
    assert swapped.facts["removed"] == [
        {"name": "HQ", "telephone_numbers": ["18015550002"]},
        {"name": "Old", "telephone_numbers": ["18015550003"]},
    ]
    assert [
        (move.number, move.target and move.target.reference_id) for step in swapped.steps for move in step.moves
    ] == [("18015550002", None), ("18015550001", "T2"), ("18015550003", None)]


def test_trunks_that_are_not_listed_lose_their_numbers_and_go_last():
    made = plan(
        there(forwards={"T3": {"forwardOnFailure": [to("T2"), {"referenceType": "BUSY"}]}}),
        {"name": "HQ"},
        {"name": "New", "concurrent_calls": 1, "telephone_numbers": ["18015550004"]},
        prune="all",
    )
    assert steps(made) == [
        ("create", "sip_trunk", "New"),
        ("create", "tn_route", "New"),
        ("delete", "tn_route", "Old"),
        ("delete", "sip_trunk", "Lab"),
        ("delete", "sip_trunk", "Old"),
    ]
    assert [step.name for step in made.steps[3].freed_by] == ["New"] and [
        step.name for step in made.steps[4].freed_by
    ] == ["Old"]
    # The number that went to New was not taken away.
    assert made.facts["removed"] == [
        {
            "name": "Lab",
            "concurrent_calls": 2,
            "primary_tn": "18015550009",
            "forwarding": {
                "forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Old"}, {"reference_type": "BUSY"}]
            },
        },
        {"name": "Old", "concurrent_calls": 5, "telephone_numbers": ["18015550003"]},
    ]
    assert made.before["Lab"]["concurrent_calls"] == 2 and "Lab" not in made.after
    assert "hunter2" not in str((made.before, made.after, made.facts, made.notices, made.steps))


def test_what_was_removed_can_be_applied_again():
    removed = plan(there(), {"name": "HQ", "telephone_numbers": []}, prune="all").facts["removed"]
    emptied = account({"T1": "HQ"}, numbers=dict.fromkeys(NUMBERS_THERE))
    assert steps(plan(emptied, *removed)) == [
        ("create", "sip_trunk", "Lab"),
        ("create", "sip_trunk", "Old"),
        ("create", "tn_route", "HQ"),
        ("create", "tn_route", "Lab"),
        ("create", "tn_route", "Old"),
    ]


def test_trunks_that_share_a_name_are_removed_in_words_that_bring_them_back():
    state = account(
        {"T1": "Twin", "T2": "Twin", "T3": "HQ"},
        numbers={"18015550001": to("T1"), "18015550002": to("T2")},
        forwards={
            "T1": {"forwardAlways": dict(to("T2"), enabled=True)},
            "T2": {"forwardOnFailure": [to("T1"), to("GONE"), to("T3")]},
        },
    )
    both = plan(state, {"name": "HQ"}, prune="all")
    assert both.facts["removed"] == [
        {
            "name": "Twin (T1)",
            "concurrent_calls": 5,
            "telephone_numbers": ["18015550001"],
            "forwarding": {
                "forward_always": {"reference_type": "SIP_TRUNK", "trunk_name": "Twin (T2)", "enabled": True}
            },
        },
        {
            "name": "Twin (T2)",
            "concurrent_calls": 5,
            "telephone_numbers": ["18015550002"],
            "forwarding": {
                "forward_on_failure": [
                    {"reference_type": "SIP_TRUNK", "trunk_name": "Twin (T1)"},
                    {"reference_type": "SIP_TRUNK", "trunk_name": "HQ"},
                ]
            },
        },
    ]
    said = {(notice.kind, notice.subject): notice.msg for notice in both.notices}
    assert set(said) == {
        ("left_out", "Twin"),
        ("name_shared", "Twin"),
        ("no_failover", None),
        ("unrouted_numbers", None),
    }
    shown = "\n".join(notice.text for notice in both.notices)
    assert "'Twin (T1)'" in shown and "'Twin (T2)'" in shown and "trunk GONE, which does not exist" in shown
    emptied = account({"T3": "HQ"}, numbers=dict.fromkeys(("18015550001", "18015550002")))
    assert len(plan(emptied, *both.facts["removed"]).steps) == 6
    # One of them, which the other one does not become when it is brought back; and numbers of one that stays.
    one = plan(state, {"name": "HQ"}, {"trunk_id": "T2"}, prune="all", force=True)
    assert [entry["name"] for entry in one.facts["removed"]] == ["Twin (T1)"]
    stays = plan(state, {"trunk_id": "T2", "telephone_numbers": []}, prune="numbers")
    assert stays.facts["removed"] == [{"trunk_id": "T2", "telephone_numbers": ["18015550002"]}]


def test_only_a_trunk_that_goes_costs_further_reads():
    everything, some = (
        parse_document([{"name": name} for name in ("HQ", "Old", "Lab")]),
        parse_document([{"name": "HQ"}]),
    )
    terms = planner.Terms(prune="all")
    assert planner.needs(some, State(), terms) == [TRUNKS]
    assert planner.needs(everything, there(), terms) == [TRUNKS]
    assert planner.needs(some, there(), planner.Terms(prune="numbers")) == [TRUNKS]
    assert planner.needs(some, there(), terms) == [
        TRUNKS,
        NUMBERS,
        GROUPS,
        *map(forward, ("T1", "T2", "T3")),
        registration("T3"),
        registration("T2"),
    ]


@pytest.mark.parametrize(
    "state, kind, said",
    [
        (there(registered=["T2"]), "registered", "its PBX is registered"),
        (there(forwards={"T1": {"forwardOnFailure": [to("T2")]}}), "forwarded_to", "trunk 'HQ' forwards to it"),
        (
            there(groups=[{"name": "Both", "unreachableForward": [to("T2")]}]),
            "group_forwards",
            "trunk group 'Both' forwards to it",
        ),
    ],
)
def test_a_guard_objects_and_force_turns_it_into_a_notice(state, kind, said):
    kept = ({"name": "HQ"}, {"name": "Lab"})
    with pytest.raises(Guarded) as raised:
        plan(state, *kept, prune="all")
    (guard,) = raised.value.guards
    assert (guard.kind, guard.subject) == (kind, "Old")
    assert guard.msg == "Trunk 'Old' is not in the document, so prune: all deletes it, and %s" % said
    assert raised.value.msg == "%s: %s, or set force: true" % (guard.msg, guard.remedy)
    forced = plan(state, *kept, prune="all", force=True, advice=False)
    assert steps(forced) == [("delete", "tn_route", "Old"), ("delete", "sip_trunk", "Old")]
    (notice,) = forced.notices
    assert (notice.kind, notice.subject, notice.msg) == ("forced", "Old", guard.msg)
    assert notice.text == guard.msg + ". Done because force is true"


def test_the_guard_looks_at_the_account_as_the_document_leaves_it():
    state = there(
        forwards={"T1": {"forwardOnFailure": [to("T2")]}, "T3": {"forwardAlways": dict(to("T2"), enabled=True)}}
    )
    made = plan(state, {"name": "HQ", "forwarding": {"forward_on_failure": []}}, prune="all")
    assert steps(made) == [
        ("delete", "trunk_forwarding", "HQ"),
        ("delete", "tn_route", "Lab"),
        ("delete", "tn_route", "Old"),
        ("delete", "sip_trunk", "Lab"),
        ("delete", "sip_trunk", "Old"),
    ]
    assert [(step.resource, step.name) for step in made.steps[4].freed_by] == [
        ("trunk_forwarding", "HQ"),
        ("tn_route", "Old"),
    ]


def test_an_empty_document_prunes_only_by_force():
    with pytest.raises(Guarded) as raised:
        plan(there(), prune="all")
    assert "document is empty" in raised.value.msg and "all 3 trunks" in raised.value.msg
    assert [(guard.kind, guard.subject) for guard in raised.value.guards] == [("empty_document", None)]
    assert len(plan(there(), prune="all", force=True).steps) == 6
    assert not plan(account({}), prune="all").steps and not plan(there(), prune="numbers").steps


@pytest.mark.parametrize("target", [{"trunk_name": "Old"}, {"reference_type": "SIP_TRUNK", "reference_id": "T2"}])
@pytest.mark.parametrize("force", [True, False])
def test_a_document_that_forwards_to_what_it_deletes_contradicts_itself(target, force):
    with pytest.raises(InvalidInput) as raised:
        plan(
            there(),
            {"name": "HQ", "forwarding": {"forward_on_failure": [target]}},
            {"name": "Lab"},
            prune="all",
            force=force,
        )
    assert "trunk 'HQ': it forwards to 'Old', which prune: all deletes" in raised.value.msg


def test_a_trunk_that_is_to_be_absent_goes_whatever_prune_says():
    state = there(forwards={"T1": {"forwardOnFailure": [to("T2"), {"referenceType": "BUSY"}]}})
    to_busy = {"forward_on_failure": [{"reference_type": "BUSY"}]}
    made = plan(
        state,
        {"name": "HQ", "forwarding": to_busy},
        {"name": "Old", "state": "absent"},
        {"name": "Gone", "state": "absent"},
    )
    assert steps(made) == [
        ("update", "trunk_forwarding", "HQ"),
        ("delete", "tn_route", "Old"),
        ("delete", "sip_trunk", "Old"),
    ]
    assert [step.resource for step in made.steps[2].freed_by] == ["trunk_forwarding", "tn_route"]
    assert made.facts["removed"] == [{"name": "Old", "concurrent_calls": 5, "telephone_numbers": ["18015550003"]}]
    assert steps(plan(state, {"name": "HQ"}, {"trunk_id": "T2", "state": "absent"}, prune="all", force=True))[-2:] == [
        ("delete", "sip_trunk", "Lab"),
        ("delete", "sip_trunk", "Old"),
    ]
    # All of them by name is no empty document.
    assert len(plan(there(), *({"name": name, "state": "absent"} for name in ("HQ", "Old", "Lab"))).steps) == 6


def test_what_has_to_be_read_for_a_trunk_that_is_to_be_absent():
    document = parse_document([{"name": "Old", "state": "absent"}])
    assert planner.needs(document, there()) == [
        TRUNKS,
        NUMBERS,
        GROUPS,
        *map(forward, ("T1", "T2", "T3")),
        registration("T2"),
    ]
    assert planner.needs(parse_document([{"name": "Gone", "state": "absent"}]), there()) == [TRUNKS]


@pytest.mark.parametrize(
    "state",
    [
        there(registered=["T2"]),
        there(forwards={"T1": {"forwardOnFailure": [to("T2")]}}),
        there(groups=[{"name": "Both", "unreachableForward": [to("T2")]}]),
    ],
)
def test_the_guards_hold_for_a_trunk_that_is_to_be_absent(state):
    with pytest.raises(Guarded) as raised:
        plan(state, {"name": "Old", "state": "absent"})
    assert raised.value.msg.startswith("Trunk 'Old' has state: absent, and ") and raised.value.msg.endswith(
        "or set force: true"
    )
    forced = plan(state, {"name": "Old", "state": "absent"}, force=True, advice=False)
    assert steps(forced)[-1] == ("delete", "sip_trunk", "Old") and [notice.kind for notice in forced.notices] == [
        "forced"
    ]


@pytest.mark.parametrize(
    "entries, said",
    [
        (
            [{"name": "Old", "state": "absent", "concurrent_calls": 2, "telephone_numbers": []}],
            "leave out concurrent_calls, telephone_numbers",
        ),
        ([{"name": "Old", "trunk_id": "T1", "state": "absent"}], "trunk 'Old': Trunk T1 is named 'HQ', not 'Old'"),
        ([{"name": "Old", "state": "absent"}, {"name": "Old"}], "the name 'Old' is given to 2 trunks"),
        ([{"name": "Old", "state": "absent"}, {"trunk_id": "T2", "state": "absent"}], "are all the trunk T2"),
        (
            [
                {"name": "Old", "state": "absent"},
                {"name": "HQ", "forwarding": {"forward_on_failure": [{"trunk_name": "Old"}]}},
            ],
            "it forwards to 'Old', which state: absent deletes: forward elsewhere than to 'Old'",
        ),
        ([{"state": "absent"}], "name or trunk_id is missing"),
    ],
)
def test_faults_about_trunks_that_are_to_be_absent(entries, said):
    with pytest.raises(InvalidInput) as raised:
        plan(there(), *entries)
    assert said in raised.value.msg
