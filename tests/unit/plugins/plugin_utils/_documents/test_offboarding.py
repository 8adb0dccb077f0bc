# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which trunks go, which rules go with them, and what brings everything back."""

from __future__ import annotations

import datetime
import re

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.offboarding import plan, refusal, remains


def trunk(name):
    """Return a target that is a trunk."""
    return {"reference_type": "SIP_TRUNK", "trunk_name": name}


def by_id(trunk_id):
    """Return a target that is a trunk whose name others have too."""
    return {"reference_type": "SIP_TRUNK", "reference_id": trunk_id}


PHONE = {"reference_type": "TELEPHONE", "reference_id": "18015559999"}
TRUNKS = [
    {"name": "DR", "concurrent_calls": 5, "telephone_numbers": ["18015550010"]},
    {
        "name": "HQ",
        "concurrent_calls": 20,
        "telephone_numbers": ["18015550000-18015550009"],
        "forwarding": {
            "forward_always": dict(trunk("DR"), enabled=False),
            "forward_on_failure": [trunk("DR"), PHONE],
            "forward_on_capacity_exceeded": [PHONE],
        },
    },
    {
        "trunk_id": "T3",
        "concurrent_calls": 1,
        "forwarding": {"forward_on_failure": [by_id("T4")], "forward_on_capacity_exceeded": [trunk("DR"), trunk("HQ")]},
    },
    {"trunk_id": "T4", "concurrent_calls": 1, "forwarding": {"forward_always": dict(by_id("T3"), enabled=True)}},
]
# One has the id of another one as its name.
NAMES = {"T1": "DR", "T2": "HQ", "T3": "Twin", "T4": "Twin", "T5": "T1"}
ACCOUNT = {
    "account_id": "a.b/c",
    "trunks": TRUNKS + [{"name": "T1", "concurrent_calls": 2}],
    "identities": [{"trunk_id": key, "name": name} for key, name in NAMES.items()],
}


def test_rules_of_trunks_that_stay_lose_their_targets_and_get_them_back():
    made = plan(ACCOUNT, ["DR"])
    assert made["fault"] == "" and made["missing"] == [] and made["numbers"] == ["18015550010"]
    assert made["trunks"] == [
        {"name": "HQ", "forwarding": {"forward_always": {}, "forward_on_failure": [PHONE]}},
        {"trunk_id": "T3", "forwarding": {"forward_on_capacity_exceeded": [trunk("HQ")]}},
        {"name": "DR", "state": "absent"},
    ]
    assert made["removed"] == [
        TRUNKS[0],
        {
            "name": "HQ",
            "forwarding": {
                "forward_always": dict(trunk("DR"), enabled=False),
                "forward_on_failure": [trunk("DR"), PHONE],
            },
        },
        {"trunk_id": "T3", "forwarding": {"forward_on_capacity_exceeded": [trunk("DR"), trunk("HQ")]}},
    ]


def test_a_trunk_that_shares_its_name_is_meant_by_its_id_and_comes_back_under_a_name_of_its_own():
    made = plan(ACCOUNT, "T3\n\n Nobody \n")
    assert made["trunks"] == [
        {"trunk_id": "T4", "forwarding": {"forward_always": {}}},
        {"trunk_id": "T3", "state": "absent"},
    ]
    assert made["missing"] == ["Nobody"] and made["removed"] == [
        {"name": "Twin (T3)", "concurrent_calls": 1, "forwarding": TRUNKS[2]["forwarding"]},
        {"trunk_id": "T4", "forwarding": {"forward_always": dict(trunk("Twin (T3)"), enabled=True)}},
    ]


def test_a_trunk_is_meant_by_its_name_or_its_id_and_a_name_comes_first():
    assert plan(ACCOUNT, ["T2"])["trunks"][-1] == {"name": "HQ", "state": "absent"}
    assert plan(ACCOUNT, ["HQ", "T2"]) == plan(ACCOUNT, ["T2"])
    assert plan(ACCOUNT, ["T1"])["trunks"] == [{"name": "T1", "state": "absent"}]


def test_a_name_that_several_have_is_a_fault_with_their_ids():
    made = plan(ACCOUNT, ["Twin", "DR"])
    assert "2 trunks of this account are named 'Twin'" in made["fault"] and "T3, T4" in made["fault"]
    assert made["trunks"] == made["removed"] == made["missing"] == []


def test_the_whole_account_goes_and_no_id_is_needed_to_bring_it_back():
    made = plan(ACCOUNT, [], whole_account=True)
    assert [entry["state"] for entry in made["trunks"]] == ["absent"] * 5
    assert [entry["name"] for entry in made["removed"]] == ["DR", "HQ", "Twin (T3)", "Twin (T4)", "T1"]
    assert made["removed"][:2] == TRUNKS[:2]
    assert made["removed"][2]["forwarding"]["forward_on_failure"] == [trunk("Twin (T4)")]
    assert made["removed"][3]["forwarding"] == {"forward_always": dict(trunk("Twin (T3)"), enabled=True)}
    assert made["numbers"] == ["18015550010", "18015550000-18015550009"]
    assert plan({"trunks": [], "identities": []}, None, whole_account=True)["trunks"] == []


def test_a_target_that_is_gone_is_not_asked_for_again():
    dead = {
        "name": "Old",
        "forwarding": {
            "forward_always": dict(by_id("GONE"), enabled=False),
            "forward_on_failure": [by_id("GONE"), PHONE],
        },
    }
    made = plan({"trunks": [dead], "identities": [{"trunk_id": "T1", "name": "Old"}]}, ["Old"])
    assert made["removed"] == [{"name": "Old", "forwarding": {"forward_on_failure": [PHONE]}}]


@pytest.mark.parametrize(
    "chosen, whole_account",
    [
        ([], False),
        ("", False),
        (None, False),
        (["DR"], True),
        ({"name": "DR"}, False),
        ([{"name": "DR"}], False),
        (True, False),
    ],
)
def test_a_choice_has_to_be_made_and_only_one(chosen, whole_account):
    made = plan(ACCOUNT, chosen, whole_account)
    assert made["fault"] and made["trunks"] == made["removed"] == []


def test_a_number_is_a_name():
    assert plan(ACCOUNT, 2024)["missing"] == ["2024"]


def test_what_is_missing_is_said_with_what_there_is():
    made = plan(ACCOUNT, ["Nobody", "DR"])
    assert made["missing_note"] == (
        "Not on the account, so nothing to remove: Nobody. Check the names: before this run its trunks were DR, HQ, Twin, Twin, T1"
    )
    assert plan(ACCOUNT, ["DR"])["missing_note"] == ""


def test_the_files_of_an_account_have_a_name_and_a_pattern():
    made = plan(ACCOUNT, ["DR"])
    name = datetime.datetime(2026, 1, 2, 3, 4, 5).strftime(made["file_name"])
    assert name == "a_b_c-20260102T030405Z.yml" and re.search(made["file_pattern"], name)
    for other in ("xa_b_c-20260102T030405Z.yml", "a_b_c-d-20260102T030405Z.yml", "a_b_c-20260102T030405Zxyml"):
        assert not re.search(made["file_pattern"], other)


def test_a_refusal_names_the_variable_of_the_role():
    guards = [
        {"kind": "registered", "subject": "HQ", "msg": "HQ is registered", "remedy": "stop its PBX"},
        {"kind": "group_forwards", "subject": "DR", "msg": "a group forwards to DR", "remedy": "change it"},
    ]
    guarded = {"failure": {"kind": "guarded"}, "msg": "set force: true", "guards": guards}
    assert refusal(guarded) == (
        "HQ is registered: stop its PBX, or set sip_trunk_offboarding_force: true; "
        "a group forwards to DR: change it, or set sip_trunk_offboarding_force: true"
    )
    other = {"failure": {"kind": "network"}, "msg": "The API cannot be reached", "guards": []}
    assert refusal(other) == "The API cannot be reached" and refusal({"plan": []}) == ""


def test_what_remains_is_said_in_one_sentence():
    numbers = [
        {"telephone_number": "1", "reference_type": "SIP_TRUNK"},
        {"telephone_number": "2", "reference_type": None},
    ]
    assert remains({"summary": ["delete trunk HQ"]}, numbers).endswith(
        "still shows steps to do: delete trunk HQ; unroute 1"
    )
    assert remains({}, numbers).endswith(": unroute 1")


GROUPS = [
    {"name": "North", "trunks": ["DR", "HQ"], "forward_on_failure": [trunk("DR"), PHONE]},
    {"group_id": "G2", "trunks": [{"trunk_id": "T3"}, "T1"], "forward_always": dict(by_id("T4"), enabled=False)},
    {"name": "South", "trunks": []},
]
CALLER_IDS = [{"caller_id": "18015550000", "from_numbers": ["21XX"]}]


def test_groups_that_stay_lose_a_trunk_and_it_comes_back_into_its_group():
    """It names the group itself, so that trunks which joined it meanwhile stay."""
    account = dict(ACCOUNT, trunk_groups=GROUPS, caller_ids=CALLER_IDS)
    made = plan(account, ["DR"])
    assert made["trunk_groups"] == [{"name": "North", "trunks": ["HQ"], "forward_on_failure": [PHONE]}]
    assert made["removed_trunk_groups"] == [{"name": "North", "forward_on_failure": [trunk("DR"), PHONE]}]
    assert made["removed"][0] == dict(TRUNKS[0], trunk_group_name="North") and made["caller_ids"] == []
    shared = plan(account, "T3\nT4")
    assert shared["trunk_groups"] == [{"group_id": "G2", "trunks": ["T1"], "forward_always": {}}]
    assert shared["removed_trunk_groups"] == [
        {"group_id": "G2", "forward_always": dict(trunk("Twin (T4)"), enabled=False)}
    ]
    assert [entry.get("sip_trunk_group_id") for entry in shared["removed"]] == ["G2", None]
    # Leaving a group is a change of the group alone, and what it was is with the trunk.
    alone = plan(account, ["T1"])
    assert alone["trunk_groups"] == [{"group_id": "G2", "trunks": [{"trunk_id": "T3"}]}]
    assert alone["removed_trunk_groups"] == [] and alone["removed"][0]["sip_trunk_group_id"] == "G2"


def test_groups_and_caller_ids_go_with_the_whole_account():
    """What they held is in the plan of the module, which says under which names trunks come back."""
    made = plan(dict(ACCOUNT, trunk_groups=GROUPS, caller_ids=CALLER_IDS), None, whole_account=True)
    assert made["trunk_groups"] == [
        {"name": "North", "state": "absent"},
        {"group_id": "G2", "state": "absent"},
        {"name": "South", "state": "absent"},
    ]
    assert made["caller_ids"] == [{"caller_id": "18015550000", "state": "absent"}]
    assert made["removed_trunk_groups"] == [] and "trunk_group_name" not in made["removed"][0]
    nothing = plan(dict(ACCOUNT, trunk_groups=None, caller_ids=None), None, whole_account=True)
    assert nothing["trunk_groups"] == nothing["caller_ids"] == []
