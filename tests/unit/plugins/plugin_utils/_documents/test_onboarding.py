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
    assert work["places"] == {"trunk": [0], "forwarding": [0], "numbers": [0]}


def test_a_module_gets_only_what_the_plan_has_a_step_for():
    work = onboarding(DOCUMENT, plan(("tn_route", "DR"), ("sip_trunk", "HQ")))
    assert work["places"] == {"trunk": [0], "forwarding": [], "numbers": [1]}
    assert onboarding(DOCUMENT, plan())["places"] == {"trunk": [], "forwarding": [], "numbers": []}


def test_a_step_for_a_name_that_the_document_does_not_have_may_be_any_trunk():
    work = onboarding(DOCUMENT, plan(("trunk_forwarding", "Name of T3"), ("sip_trunk", "HQ")))
    assert work["places"] == {"trunk": [0], "forwarding": [0, 2], "numbers": []}
    assert work["forwarding"][2] == {"trunk_id": "T3", "forward_on_failure": [{"reference_type": "BUSY"}]}


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
    refuse_deletes(DOCUMENT)
    with pytest.raises(InvalidInput, match="this role deletes nothing"):
        refuse_deletes([*DOCUMENT, {"name": "Old", "state": "absent"}])
