# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_sip_trunk_group_info: groups, their members and rules, in one read of each list."""

from __future__ import annotations

MODULE = "alianza_sip_trunk_group_info"
TO_DR = {"referenceType": "SIP_TRUNK", "referenceId": "DR"}
ALWAYS = {"referenceType": "TELEPHONE", "referenceId": "18015559999", "enabled": True}
GROUPS = [
    {
        "id": "G2",
        "name": "South",
        "unconditionalForward": ALWAYS,
        "unreachableForward": [TO_DR, {"referenceType": "BUSY"}],
        "capacityForward": [{"referenceType": "SIP_TRUNK", "referenceId": "GONE"}],
        "sipTrunksIds": ["T2", "T1"],
    },
    {"id": "G1", "name": "North"},
]


def seed(emulator):
    """Seed an account with three trunks, of which two are members of a group."""
    trunks = [{"id": "T%d" % place, "trunkName": name} for place, name in enumerate(("HQ", "Annex", "DR"), 1)]
    emulator.seed(
        accounts=[
            {"id": "GROUPS", "accountNumber": "701", "accountName": "Groups", "trunks": trunks, "groups": GROUPS},
            {"id": "NONE", "accountNumber": "702", "accountName": "None"},
        ]
    )


def test_groups_members_and_rules(player, emulator):
    seed(emulator)
    player.environ["ALIANZA_ACCOUNT_ID"] = "GROUPS"
    played = player.tasks(
        (MODULE, {}),
        {"alianza.sip_trunking." + MODULE: {}, "check_mode": True},
        (MODULE, {"name": "North"}),
        (MODULE, {"group_id": "G2"}),
        (MODULE, {"name": "Nobody"}),
        (MODULE, {"name": "North", "group_id": "G2"}),
        (MODULE, {"account_id": "NONE"}),
        (MODULE, {"account_id": "WRONG"}),
    )
    *results, wrong = played.results
    assert not any(result["failed"] or result["changed"] for result in results), played.output
    everything, in_check_mode, north, south, *none = [result["sip_trunk_groups"] for result in results]
    assert everything == in_check_mode == north + south and none == [[], [], []]
    assert north == [
        {
            "group_id": "G1",
            "name": "North",
            "trunks": [],
            "forward_always": {},
            "forward_on_failure": [],
            "forward_on_capacity_exceeded": [],
        }
    ]
    assert south == [
        {
            "group_id": "G2",
            "name": "South",
            "trunks": [{"trunk_id": "T2", "trunk_name": "Annex"}, {"trunk_id": "T1", "trunk_name": "HQ"}],
            "forward_always": {"reference_type": "TELEPHONE", "reference_id": "18015559999", "enabled": True},
            "forward_on_failure": [
                {"reference_type": "SIP_TRUNK", "reference_id": "T3", "trunk_name": "DR"},
                {"reference_type": "BUSY"},
            ],
            "forward_on_capacity_exceeded": [{"reference_type": "SIP_TRUNK", "reference_id": "GONE"}],
        }
    ]
    assert wrong["failed"] and wrong["failure"]["kind"] == "not_found" and "WRONG" in wrong["msg"]
    asked = [entry["path"].rpartition("/")[2] for entry in emulator.log("GET", "/account/(GROUPS|NONE)/")]
    assert sorted(asked) == ["siptrunk_2"] * 7 + ["siptrunkgroup"] * 7
    assert not emulator.writes() and emulator.open_tokens == 0


def test_a_group_without_an_id_is_an_invalid_answer(player, emulator):
    seed(emulator)
    emulator.fault("status", method="GET", path="/siptrunkgroup$", status=200, body=[{"name": "North"}])
    result = player.one(MODULE, account_id="GROUPS")
    assert result["failed"] and result["failure"]["kind"] == "invalid_response"
    assert "without an id" in result["msg"]
