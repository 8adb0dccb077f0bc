# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunk groups in the document of an account, and trunks that name their group."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

MODULE = "alianza_account_trunks"
INFO = "alianza_account_trunks_info"
MOBILE = [{"reference_type": "TELEPHONE", "reference_id": "18015559999"}]
TRUNKS = [{"name": "HQ", "concurrent_calls": 10}, {"name": "Annex", "concurrent_calls": 5, "trunk_group_name": "Both"}]
GROUP = {"name": "Both", "forward_on_failure": MOBILE}


@pytest.fixture(name="plant")
def fixture_plant(emulator, player):
    """Seeds the account of the tasks with what the test gives."""

    def plant(**parts):
        emulator.seed(accounts=[dict({"id": "GRP", "accountNumber": "1", "accountName": "G"}, **parts)])
        player.environ["ALIANZA_ACCOUNT_ID"] = "GRP"

    return plant


def calls(emulator):
    """Return 'METHOD what' of each call below the account, and forget them."""
    made = [
        "%s %s" % (entry["method"], entry["path"].partition("/account/GRP/")[2]) for entry in emulator.log(path="/GRP/")
    ]
    emulator.clear_log()
    return made


@pytest.mark.quick
def test_an_empty_account_gets_its_groups_and_keeps_them(player, emulator, plant):
    """A group that the document has is one write with its trunks, whether it lists them or they name it."""
    plant()
    document = {"trunks": TRUNKS, "trunk_groups": [GROUP]}
    played = player.tasks(
        {COLLECTION + MODULE: document, "check_mode": True},
        (MODULE, document),
        (MODULE, document),
        {COLLECTION + INFO: {}, "register": "read"},
        (MODULE, {"trunks": "{{ read.trunks }}", "trunk_groups": "{{ read.trunk_groups }}", "prune": "all"}),
        (MODULE, {"trunks": [], "trunk_groups": "", "advice": False}),
    )
    assert not any(result["failed"] for result in played.results), played.output
    planned, made, again, read, fed_back, blank = played.results
    assert planned["plan"] == made["plan"] and planned["diff"] == made["diff"]
    steps = [(step["action"], step["resource"], step["name"]) for step in made["plan"]]
    assert steps == [
        ("create", "sip_trunk", "HQ"),
        ("create", "sip_trunk", "Annex"),
        ("create", "sip_trunk_group", "Both"),
    ]
    assert made["plan"][2]["changes"]["trunks"] == {"before": None, "after": ["Annex"]}
    assert made["summary"][2].startswith("create trunk group 'Both': trunks Annex")
    assert not again["changed"] and not fed_back["changed"] and not blank["changed"]
    # The group's failover is the trunk's too.
    unsafe = [notice["msg"] for notice in made["notices"] if notice["kind"] == "no_failover"]
    assert unsafe and "'HQ'" in unsafe[0] and "'Annex'" not in unsafe[0]
    assert read["trunk_groups"] == [{"name": "Both", "trunks": ["Annex"], "forward_on_failure": MOBILE}]
    assert all("sip_trunk_group_id" not in trunk for trunk in read["trunks"])
    assert [entry["method"] for entry in emulator.writes()] == ["POST"] * 3 and emulator.open_tokens == 0


def test_what_groups_cost(player, emulator, plant):
    """A document without groups costs no call for them; one with groups costs one read, and one write for each that differs."""
    plant(
        trunks=[{"id": "T1", "trunkName": "HQ", "sipTrunkGroupId": "G1"}, {"id": "T2", "trunkName": "DR"}],
        groups=[{"id": "G1", "name": "North", "sipTrunksIds": ["HQ"]}, {"id": "G2", "name": "South"}],
    )
    assert not player.one(MODULE, trunks=[{"name": "HQ"}], prune="numbers")["changed"]
    assert calls(emulator) == ["GET siptrunk_2"]
    assert not player.one(MODULE, trunks=[{"name": "HQ", "trunk_group_name": "North"}])["changed"]
    assert sorted(calls(emulator)) == ["GET siptrunk_2", "GET siptrunkgroup"]
    moved = player.one(MODULE, trunks=[{"name": "HQ", "trunk_group_name": "South"}, {"name": "DR"}])
    assert [step["changes"] for step in moved["plan"]] == [{"sip_trunk_group_id": {"before": "G1", "after": "G2"}}]
    assert calls(emulator)[2:] == ["PATCH siptrunk_2/T1"]
    both = [{"name": "North", "trunks": ["DR"]}, {"name": "South", "forward_on_failure": MOBILE}]
    assert player.one(MODULE, trunks=[{"name": "HQ"}], trunk_groups=both)["changed"]
    assert sorted(calls(emulator)[2:]) == ["PUT siptrunkgroup/G1", "PUT siptrunkgroup/G2"]
    members = {group["name"]: group["sipTrunksIds"] for group in emulator.account("GRP")["groups"]}
    assert members == {"North": ["T2"], "South": ["T1"]}
    # A trunk that goes elsewhere is not taken back by the write of its old group.
    third = [{"name": "North", "forward_on_failure": MOBILE}]
    away = player.one(MODULE, trunks=[{"name": "DR", "trunk_group_name": "South"}], trunk_groups=third)
    assert [step["resource"] for step in away["plan"]] == ["sip_trunk", "sip_trunk_group"]
    members = {group["name"]: group["sipTrunksIds"] for group in emulator.account("GRP")["groups"]}
    assert members == {"North": [], "South": ["T1", "T2"]}


def test_the_trunk_module_takes_the_name_of_a_group(player, emulator, plant):
    plant(trunks=[{"id": "T1", "trunkName": "HQ"}], groups=[{"id": "G1", "name": "North"}])
    one = "alianza_sip_trunk"
    played = player.tasks(
        {COLLECTION + one: {"name": "HQ", "trunk_group_name": "North"}, "check_mode": True},
        (one, {"name": "HQ", "trunk_group_name": "North"}),
        (one, {"name": "HQ", "trunk_group_name": "North", "sip_trunk_group_id": "G1"}),
        (one, {"name": "HQ", "trunk_group_name": ""}),
        (one, {"name": "HQ", "trunk_group_name": "north"}),
        (one, {"name": "HQ", "trunk_group_name": "North", "sip_trunk_group_id": "G9"}),
        {COLLECTION + one: {"name": "HQ", "trunk_group_name": "Later"}, "check_mode": True},
    )
    planned, made, again, cleared, missing, other, later = played.results
    assert planned["sip_trunk"] == made["sip_trunk"] and made["sip_trunk"]["sip_trunk_group_id"] == "G1"
    assert not again["changed"] and cleared["sip_trunk"]["sip_trunk_group_id"] is None
    assert missing["failure"]["kind"] == "not_found" and "did you mean 'North'" in missing["msg"]
    assert other["failure"]["kind"] == "invalid_input" and "another group" in other["msg"]
    assert later["changed"] and [notice["kind"] for notice in later["notices"]] == ["expected_group"]
    assert [entry["body"] for entry in emulator.writes()] == [{"sipTrunkGroupId": "G1"}, {"sipTrunkGroupId": None}]


def test_faults_of_groups_are_said_together_before_any_write(player, emulator, plant):
    plant(trunks=[{"id": "T1", "trunkName": "HQ"}], groups=[{"id": "G1", "name": "North"}])
    trunks = [
        {"name": "HQ", "trunk_group_name": "Gone"},
        {"name": "New", "concurrent_calls": 1, "trunk_group_name": "North"},
        {"name": "Old", "state": "absent"},
        {"name": "Torn", "concurrent_calls": 1, "trunk_group_name": "South", "sip_trunk_group_id": "G1"},
    ]
    groups = [
        {"name": "North", "trunks": ["HQ", "Nowhere"], "forward_on_failure": [{"trunk_name": "Lost"}]},
        {"name": "South", "trunks": ["HQ"]},
        {"name": "Gone", "state": "absent", "trunks": []},
        {"name": "south"},
    ]
    result = player.one(MODULE, trunks=trunks, trunk_groups=groups)
    assert result["failure"]["kind"] == "invalid_input"
    for words in (
        "trunk group 'Gone': state: absent deletes the trunk group: leave out trunks",
        "trunk 'HQ' is in the trunks of the trunk groups 'North' and 'South'",
        "trunk 'HQ' is in the trunks of trunk group 'North', and its own entry says otherwise",
        "trunk 'New' names the trunk group 'North', whose trunks do not hold it",
        "trunks entry 2 of trunk group 'North': The account has no trunk with the name 'Nowhere'",
        "forward_on_failure entry 1 of trunk group 'North': The account has no trunk with the name 'Lost'",
        "The new names 'South' and 'south' differ only by case",
        "trunk 'Torn' has the name and the ID of two different trunk groups",
    ):
        assert words in result["msg"], (words, result["msg"])
    unknown = player.one(MODULE, trunks=[], trunk_groups=[{"name": "North", "trunk": ["HQ"]}])
    assert "trunk group 'North': it has no key 'trunk': did you mean trunks?" in unknown["msg"]
    assert not emulator.writes() and emulator.open_tokens == 0


def test_groups_are_pruned_with_guards_and_brought_back(player, emulator, plant):
    """Groups that are not listed go with prune: all, but only if the document has trunk_groups."""
    plant(
        trunks=[{"id": "T1", "trunkName": "HQ"}, {"id": "T2", "trunkName": "DR"}],
        groups=[
            {"id": "G1", "name": "North", "sipTrunksIds": ["HQ"]},
            {
                "id": "G2",
                "name": "South",
                "unreachableForward": [{"referenceType": "SIP_TRUNK", "referenceId": "T1"}],
                "sipTrunksIds": ["DR"],
            },
        ],
    )
    hq = [{"name": "HQ"}]
    untouched = player.one(MODULE, trunks=[{"name": "HQ"}, {"name": "DR"}], prune="all")
    assert not untouched["changed"]
    guarded = player.one(MODULE, trunks=hq, trunk_groups=[{"name": "South"}], prune="all", check=True)
    assert guarded["failure"]["kind"] == "guarded"
    kinds = [guard["kind"] for guard in guarded["guards"]]
    assert kinds == ["members"] and "trunk 'HQ' is in it" in guarded["msg"], guarded["msg"]
    played = player.tasks(
        {COLLECTION + INFO: {}, "register": "before"},
        {
            COLLECTION + MODULE: {"trunks": [], "trunk_groups": [], "prune": "all", "force": True},
            "register": "removed",
        },
        (
            MODULE,
            {"trunks": "{{ removed.removed }}", "trunk_groups": "{{ removed.removed_trunk_groups }}", "force": True},
        ),
        (INFO, {}),
    )
    assert not any(result["failed"] for result in played.results), played.output
    before, removed, dummy, after = played.results
    phases = [(step["action"], step["resource"]) for step in removed["plan"]]
    assert phases == [("delete", "sip_trunk_group")] * 2 + [("delete", "sip_trunk")] * 2
    assert removed["removed_trunk_groups"] == before["trunk_groups"] == after["trunk_groups"]
    assert after["trunks"] == before["trunks"] and emulator.open_tokens == 0
    deletes = [
        entry["path"].rpartition("/account/GRP/")[2] for entry in emulator.writes() if entry["method"] == "DELETE"
    ]
    assert sorted(deletes[:2]) == ["siptrunkgroup/G1", "siptrunkgroup/G2"]


def test_a_trunk_is_not_deleted_while_a_group_forwards_to_it(player, emulator, plant):
    """Also if the write that stops it failed."""
    to_hq = [{"referenceType": "SIP_TRUNK", "referenceId": "T1"}]
    plant(
        trunks=[{"id": "T1", "trunkName": "HQ"}, {"id": "T2", "trunkName": "DR"}],
        groups=[{"id": "G1", "name": "North", "sipTrunksIds": ["DR"], "unreachableForward": to_hq}],
    )
    gone = [{"name": "HQ", "state": "absent"}]
    played = player.tasks(
        (MODULE, {"trunks": gone}),
        (MODULE, {"trunks": gone, "trunk_groups": [{"name": "North", "forward_on_failure": [{"trunk_name": "HQ"}]}]}),
        check=True,
    )
    assert [result["failure"]["kind"] for result in played.results] == ["guarded", "invalid_input"]
    assert "trunk group 'North': it forwards to 'HQ', which state: absent deletes" in played.results[1]["msg"]
    emulator.fault("status", method="PUT", path="siptrunkgroup/G1$", status=400, body={"messages": ["no"]})
    freed = {"trunks": [*gone, {"name": "DR"}], "trunk_groups": [{"name": "North", "forward_on_failure": []}]}
    failed = player.one(MODULE, force=True, **freed)
    assert failed["failed"] and "calls are still sent to it" in failed["msg"], failed["msg"]
    assert [each["resource"] for each in failed["failed_objects"]] == ["sip_trunk_group", "sip_trunk"]
    done = player.one(MODULE, force=True, **freed)
    assert done["changed"] and [trunk["trunkName"] for trunk in emulator.account("GRP")["trunks"]] == ["DR"]
