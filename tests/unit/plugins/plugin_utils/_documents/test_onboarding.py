# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trunk document as options of modules, and the table of trunks."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.onboarding import (
    onboarding,
    onboarding_report,
    refuse_deletes,
)

RULES = {"forward_on_failure": [{"reference_type": "BUSY"}], "forward_always": None}
DOCUMENT = [
    {
        "name": "HQ",
        "any_option": "00",
        "sip_username": None,
        "telephone_numbers": ["1"],
        "forwarding": RULES,
        "state": "present",
    },
    {"trunk_name": "DR", "concurrent_calls": 5, "telephone_numbers": []},
    {"trunk_id": "T3", "concurrent_calls": 1, "forwarding": RULES},
    {"name": "Lab", "forwarding": {}},
]


def plan(*steps):
    """Return a plan with (resource, name) steps."""
    return {"plan": [{"resource": resource, "name": name, "action": "update"} for resource, name in steps]}


def test_every_option_reaches_its_module_whatever_its_name():
    work = onboarding(
        DOCUMENT, plan(*((resource, "HQ") for resource in ("sip_trunk", "trunk_forwarding", "tn_route"))), False
    )
    assert work["labels"] == ["HQ", "DR", "T3", "Lab"]
    assert work["trunk"] == [{"name": "HQ", "any_option": "00"}, {}, {}, {}]
    assert work["forwarding"] == [{"trunk_name": "HQ", "forward_on_failure": [{"reference_type": "BUSY"}]}, {}, {}, {}]
    assert work["numbers"] == [{"trunk_name": "HQ", "telephone_numbers": ["1"], "reroute": False}, {}, {}, {}]
    assert work["places"] == {"trunk": [0], "group": [], "forwarding": [0], "numbers": [0]}


def test_a_module_gets_only_what_the_plan_has_a_step_for():
    work = onboarding(DOCUMENT, plan(("tn_route", "DR"), ("sip_trunk", "HQ")))
    assert work["places"] == {"trunk": [0], "group": [], "forwarding": [], "numbers": [1]}
    assert onboarding(DOCUMENT, plan())["places"] == dict.fromkeys(("trunk", "group", "forwarding", "numbers"), [])


def test_a_step_for_a_name_that_the_document_does_not_have_may_be_any_trunk():
    work = onboarding(DOCUMENT, plan(("trunk_forwarding", "Name of T3"), ("sip_trunk", "HQ")))
    assert work["places"] == {"trunk": [0], "group": [], "forwarding": [0, 2], "numbers": []}
    assert work["forwarding"][2] == {"trunk_id": "T3", "forward_on_failure": [{"reference_type": "BUSY"}]}


GROUPS = [
    {"name": "North", "trunks": ["HQ"], "forward_on_failure": [], "forward_always": None, "state": "present"},
    {"name": "South", "group_id": "G2"},
    {"group_id": "G3", "forward_on_failure": []},
]
MEMBERS = [
    {"name": "HQ", "concurrent_calls": 1, "trunk_group_name": "North"},
    {"name": "DR", "sip_trunk_group_id": "G2"},
    {"name": "Lab", "trunk_group_name": "Name of G3"},
    {"name": "Far", "trunk_group_name": "Elsewhere"},
]


def grouped(*groups, trunks=()):
    """Return a plan with steps for trunk groups, (name, changes) each, and for trunks by their names."""
    made = plan(*(("sip_trunk", name) for name in trunks))
    made["plan"] += [
        {"resource": "sip_trunk_group", "name": name, "action": "update", "changes": changes}
        for name, changes in groups
    ]
    return made


def test_a_group_is_written_with_the_trunks_that_the_plan_puts_into_it():
    joined = {"trunks": {"before": None, "after": ["Annex", "HQ"]}}
    work = onboarding(MEMBERS, grouped(("North", joined), ("South", {}), trunks=["HQ", "Far"]), True, GROUPS)
    assert work["group"] == [
        {"name": "North", "trunks": ["Annex", "HQ"], "forward_on_failure": []},
        {"name": "South", "group_id": "G2"},
        {},
    ]
    assert work["places"]["group"] == [0, 1] and work["group_labels"] == ["North", "South", "G3"]
    # The group takes its trunk, so that the trunk needs no group which may not be there yet.
    assert work["trunk"] == [{"name": "HQ", "concurrent_calls": 1}, {}, {}, MEMBERS[3]]
    emptied = onboarding(MEMBERS, grouped(("North", {"trunks": {"before": ["HQ"], "after": None}})), True, GROUPS)
    assert emptied["group"][0]["trunks"] == []


def test_groups_that_are_given_by_their_id_alone_may_have_any_step():
    """Of several such groups the plan does not say which is which; a trunk that names one is put into it by itself."""
    work = onboarding(MEMBERS, grouped(("Name of G3", {})), True, GROUPS)
    assert work["group"] == [{}, {}, GROUPS[2]]
    assert work["trunk"] == [{}, {}, MEMBERS[2], MEMBERS[3]]
    assert onboarding(MEMBERS, grouped(), True, GROUPS)["places"]["group"] == []


def test_caller_ids_are_all_given_if_the_plan_has_a_step_for_one():
    """The plan names them in one spelling, and the document in any."""
    caller_ids = [{"caller_id": "801-555-0001"}, {"caller_id": "18015550002"}]
    work = onboarding(DOCUMENT, plan(("caller_id", "18015550001")), True, None, caller_ids)
    assert work["caller_ids"] == caller_ids and work["places"]["trunk"] == []
    assert onboarding(DOCUMENT, plan(("sip_trunk", "HQ")), True, None, caller_ids)["caller_ids"] == []
    assert onboarding(DOCUMENT, plan(), True, None, "")["caller_ids"] == []


@pytest.mark.parametrize("none", [None, "", []])
def test_a_document_without_groups_leaves_a_trunk_its_group(none):
    work = onboarding(MEMBERS, grouped(trunks=["HQ"]), True, none)
    assert work["trunk"][0] == MEMBERS[0] and work["group"] == work["group_labels"] == work["places"]["group"] == []


def test_the_report_is_a_table_with_trunks_that_do_not_exist_yet():
    found = [
        {
            "name": name,
            "concurrent_calls": calls,
            "telephone_numbers": ["1", "2"],
            "registration": {"registered": registered, "locked_out": locked_out},
        }
        for name, calls, registered, locked_out in (
            ("HQ", 20, True, False),
            ("A long name", 5, False, False),
            ("Lab", 1, False, True),
        )
    ]
    assert onboarding_report(found, [{"name": "HQ"}, {"name": "New"}, {"trunk_id": "T3"}]) == [
        "Trunk        Registration    Call paths  Numbers",
        "HQ           registered              20        2",
        "A long name  not registered           5        2",
        "Lab          locked out               1        2",
        "New          not there yet            -        -",
    ]
    assert onboarding_report([], []) == ["The account has no trunks"]


def test_a_document_that_deletes_trunks_is_refused():
    kept = {"trunks": DOCUMENT, "trunk_groups": [{"name": "North"}]}
    refuse_deletes(kept)
    old = {"name": "Old", "state": "absent"}
    with pytest.raises(InvalidInput, match="has trunks with state: absent, and this role deletes nothing"):
        refuse_deletes(dict(kept, trunks=[*DOCUMENT, old]))
    with pytest.raises(InvalidInput, match="has trunk groups with state: absent"):
        refuse_deletes(dict(kept, trunk_groups=[old]))
