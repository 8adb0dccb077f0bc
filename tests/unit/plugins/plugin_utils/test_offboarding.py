# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which trunks go, which rules go with them, and what brings everything back."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._offboarding import plan


def trunk(name):
    """Return a target that is a trunk."""
    return {"reference_type": "SIP_TRUNK", "trunk_name": name}


PHONE = {"reference_type": "TELEPHONE", "reference_id": "18015559999"}
ACCOUNT = [
    {"name": "DR", "concurrent_calls": 5, "telephone_numbers": ["18015550010"]},
    {"name": "HQ", "concurrent_calls": 20, "telephone_numbers": ["18015550000-18015550009"], "forwarding": {
        "forward_always": dict(trunk("DR"), enabled=False), "forward_on_failure": [trunk("DR"), PHONE], "forward_on_capacity_exceeded": [PHONE]}},
    {"trunk_id": "T3", "concurrent_calls": 1, "forwarding": {"forward_on_capacity_exceeded": [trunk("DR"), trunk("HQ")]}},
    {"trunk_id": "T4", "concurrent_calls": 1, "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "reference_id": "T3"}]}},
]


def test_rules_of_trunks_that_stay_lose_their_targets_and_get_them_back():
    made = plan(ACCOUNT, ["DR"])
    assert made["fault"] == "" and made["missing"] == [] and made["numbers"] == ["18015550010"]
    assert made["trunks"] == [
        {"name": "HQ", "forwarding": {"forward_always": {}, "forward_on_failure": [PHONE]}},
        {"trunk_id": "T3", "forwarding": {"forward_on_capacity_exceeded": [trunk("HQ")]}},
        {"name": "DR", "state": "absent"}]
    assert made["removed"] == [
        ACCOUNT[0],
        {"name": "HQ", "forwarding": {"forward_always": dict(trunk("DR"), enabled=False), "forward_on_failure": [trunk("DR"), PHONE]}},
        {"trunk_id": "T3", "forwarding": {"forward_on_capacity_exceeded": [trunk("DR"), trunk("HQ")]}}]


def test_a_trunk_that_shares_its_name_is_meant_by_its_id():
    made = plan(ACCOUNT, "T3\n\n Nobody \n")
    assert made["trunks"] == [{"trunk_id": "T4", "forwarding": {"forward_on_failure": []}}, {"trunk_id": "T3", "state": "absent"}]
    assert made["missing"] == ["Nobody"] and made["removed"][0] == ACCOUNT[2]


def test_the_whole_account_goes_as_it_is():
    made = plan(ACCOUNT, [], whole_account=True)
    assert [entry["state"] for entry in made["trunks"]] == ["absent"] * 4 and made["removed"] == ACCOUNT
    assert made["numbers"] == ["18015550010", "18015550000-18015550009"]
    assert plan([], None, whole_account=True)["trunks"] == []


@pytest.mark.parametrize("chosen, whole_account", [([], False), ("", False), (None, False), (["DR"], True), ({"name": "DR"}, False)])
def test_a_choice_has_to_be_made_and_only_one(chosen, whole_account):
    made = plan(ACCOUNT, chosen, whole_account)
    assert made["fault"] and made["trunks"] == made["removed"] == []
