# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_sip_trunk_group: one group with its trunks and its rules, in one write."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

MODULE = "alianza_sip_trunk_group"
INFO = "alianza_sip_trunk_group_info"
UNKNOWN_YET = "(known after apply)"
TRUNKS = [{"id": "T%d" % place, "trunkName": name} for place, name in enumerate(("HQ", "Annex", "DR"), 1)]
TO_DR = {"referenceType": "SIP_TRUNK", "referenceId": "T3"}
BOTH = {
    "name": "Both",
    "trunks": ["HQ", "T2"],
    "forward_always": {"reference_type": "TELEPHONE", "reference_id": "801-555-9999", "enabled": False},
    "forward_on_failure": [{"trunk_name": "DR"}, {"reference_type": "VOICEMAIL", "reference_id": "vm-1"}],
    "forward_on_capacity_exceeded": [{"reference_type": "BUSY"}],
}


@pytest.fixture(name="plant")
def fixture_plant(emulator, player):
    """Seeds the account of the tasks: three trunks, and what the test gives."""

    def plant(**parts):
        emulator.seed(
            accounts=[dict({"id": "GRP", "accountNumber": "1", "accountName": "G", "trunks": TRUNKS}, **parts)]
        )
        player.environ["ALIANZA_ACCOUNT_ID"] = "GRP"

    return plant


def asked(emulator):
    """Return 'METHOD what' of each call below the account, and forget them."""
    calls = [
        "%s %s" % (entry["method"], entry["path"].partition("/account/GRP/")[2]) for entry in emulator.log(path="/GRP/")
    ]
    emulator.clear_log()
    return calls


def in_check_mode(module, options):
    """Return a task in check mode."""
    return {COLLECTION + module: options, "check_mode": True}


@pytest.mark.quick
def test_create_same_again_fed_back_one_part_rename_and_delete(player, emulator, plant):
    """Check mode says the same as the run, and each run is one write with all of the group."""
    plant()
    emulator.set(voicemail_spelling="VOICE_MAIL")
    played = player.tasks(
        in_check_mode(MODULE, BOTH),
        (MODULE, BOTH),
        in_check_mode(MODULE, BOTH),
        {COLLECTION + INFO: {"name": "Both"}, "register": "read"},
        (MODULE, "{{ read.sip_trunk_groups[0] }}"),
        (MODULE, {"name": "Both", "forward_on_failure": []}),
        (MODULE, {"group_id": "{{ read.sip_trunk_groups[0].group_id }}", "name": "Sites", "trunks": []}),
        in_check_mode(MODULE, {"name": "Sites", "state": "absent"}),
        (MODULE, {"name": "Sites", "state": "absent"}),
        (MODULE, {"name": "Sites", "state": "absent"}),
    )
    results = played.results
    assert not any(result["failed"] for result in results), played.output
    changed = [result["changed"] for result in results]
    assert changed == [True, True, False, False, False, True, True, True, True, False]
    planned, made, again, read, fed_back, cleared, renamed, *deleted = results
    assert planned["sip_trunk_group"]["group_id"] == UNKNOWN_YET
    group = made["sip_trunk_group"]
    assert dict(group, group_id=UNKNOWN_YET) == planned["sip_trunk_group"] and made["diff"] == planned["diff"]
    assert group == again["sip_trunk_group"] == fed_back["sip_trunk_group"] == read["sip_trunk_groups"][0]
    assert group["trunks"] == [{"trunk_id": "T2", "trunk_name": "Annex"}, {"trunk_id": "T1", "trunk_name": "HQ"}]
    assert group["forward_on_failure"] == [
        {"reference_type": "SIP_TRUNK", "reference_id": "T3", "trunk_name": "DR"},
        {"reference_type": "VOICE_MAIL", "reference_id": "vm-1"},
    ]
    assert made["diff"]["before"] == {} and made["diff"]["after"]["trunks"] == ["Annex", "HQ"]
    assert cleared["sip_trunk_group"] == dict(group, forward_on_failure=[])
    assert renamed["sip_trunk_group"] == dict(group, forward_on_failure=[], name="Sites", trunks=[])
    assert [result["sip_trunk_group"] for result in deleted] == [{}, {}, {}]
    posted, *put, removed = emulator.writes()
    assert [entry["method"] for entry in (posted, *put, removed)] == ["POST", "PUT", "PUT", "DELETE"]
    assert posted["body"]["sipTrunksIds"] == ["T2", "T1"] and posted["body"]["unreachableForward"][0] == TO_DR
    assert all(entry["path"].endswith("/siptrunkgroup/%s" % group["group_id"]) for entry in put)
    # What is left out is sent as it is.
    assert put[0]["body"]["sipTrunksIds"] == ["T2", "T1"] and put[0]["body"]["unreachableForward"] == []
    assert put[0]["body"]["unconditionalForward"] == posted["body"]["unconditionalForward"]
    assert put[1]["body"]["name"] == "Sites" and put[1]["body"]["sipTrunksIds"] == []
    assert emulator.account("GRP")["groups"] == [] and emulator.open_tokens == 0


def test_calls_and_unknown_fields(player, emulator, plant):
    """A converged group costs the two lists, a change one PUT more; what the API may gain is sent back."""
    plant(
        groups=[
            {
                "id": "G1",
                "name": "Both",
                "sipTrunksIds": ["HQ"],
                "unreachableForward": [dict(TO_DR, futureHint="x")],
                "futureThing": {"a": 1},
            }
        ]
    )
    same = {"name": "Both", "trunks": ["HQ"], "forward_on_failure": [{"trunk_name": "DR"}]}
    assert not player.one(MODULE, **same)["changed"]
    assert sorted(asked(emulator)) == ["GET siptrunk_2", "GET siptrunkgroup"]
    done = player.one(MODULE, name="Both", trunks=["HQ", "Annex"])
    assert done["changed"] and done["diff"]["before"]["trunks"] == ["HQ"]
    assert asked(emulator)[-1] == "PUT siptrunkgroup/G1"
    group = emulator.account("GRP")["groups"][0]
    assert group["futureThing"] == {"a": 1} and group["unreachableForward"] == [dict(TO_DR, futureHint="x")]
    assert sorted(group["sipTrunksIds"]) == ["T1", "T2"]


def test_what_is_refused_before_any_write(player, emulator, plant):
    plant(
        groups=[
            {"id": "G1", "name": "North", "sipTrunksIds": ["HQ"]},
            {
                "id": "G2",
                "name": "South",
                "unreachableForward": [{"referenceType": "SIP_TRUNK", "referenceId": "GONE"}],
            },
        ]
    )
    refusals = [
        ({}, "invalid_input", "name or group_id is missing"),
        ({"name": ""}, "invalid_input", "is empty: give the trunk group a name"),
        ({"group_id": "G9"}, "not_found", "no trunk group with the id G9"),
        ({"group_id": "G1", "name": "South"}, "invalid_input", "that name is in use by trunk group G2"),
        ({"name": "north "}, "ambiguous", "differs from it only by case"),
        ({"name": "North", "trunks": ["HQ", "T1"]}, "invalid_input", "trunks entry 2 of trunk group 'North' repeats"),
        ({"name": "North", "trunks": ["Nowhere"]}, "not_found", "no trunk with the name 'Nowhere'"),
        ({"name": "North", "trunks": [5, {}]}, "invalid_input", "trunks entry 1 is the number 5 and has to be text"),
        ({"name": "North", "trunks": [{"name": "HQ"}]}, "invalid_input", "has no key 'name'"),
        (
            {"name": "North", "forward_on_failure": [{"reference_type": "SIP_TRUNK", "reference_id": "GONE"}]},
            "not_found",
            "forward_on_failure entry 1 of trunk group 'North'",
        ),
        (
            {"name": "North", "forward_on_failure": [{"reference_type": "SIP_TRUNK", "reference_id": "G1"}]},
            "invalid_input",
            "forwards to the trunk group itself",
        ),
        ({"name": "North", "forward_on_failure": [{"trunk_name": "HQ"}]}, "guarded", "its own member trunk 'HQ'"),
        ({"name": "North", "forward_always": {"enabled": True}}, "invalid_input", "since it has no target"),
        ({"name": "North", "forward_always": {"enable": True}}, "invalid_input", "did you mean enabled?"),
        ({"name": "North", "state": "absent", "trunks": []}, "invalid_input", "leave out trunks"),
        (
            {"group_id": "(known after apply)"},
            "invalid_input",
            "the placeholder that check mode returns for a trunk group",
        ),
    ]
    played = player.tasks(*((MODULE, options) for options, dummy, dummy in refusals), (MODULE, {"name": "South"}))
    *refused, south = played.results
    for (options, expected, sentence), result in zip(refusals, refused):
        assert result["failed"] and result["failure"]["kind"] == expected, (options, result["msg"])
        assert sentence in result["msg"], (options, result["msg"])
    assert [guard["kind"] for guard in refused[11]["guards"]] == ["forwards_to_member"]
    # A dead target that is in place is only warned about.
    assert not south["failed"] and not south["changed"]
    assert [notice["kind"] for notice in south["notices"]] == ["dead_target"]
    assert not emulator.writes() and emulator.open_tokens == 0


def test_force_writes_rules_to_a_member_and_they_stay(player, emulator, plant):
    plant()
    options = {"name": "North", "trunks": ["HQ", "Annex"], "forward_on_failure": [{"trunk_name": "HQ"}]}
    played = player.tasks((MODULE, options), (MODULE, dict(options, force=True)), (MODULE, options))
    guarded, forced, again = played.results
    assert guarded["failure"]["kind"] == "guarded" and "force: true" in guarded["msg"]
    assert forced["changed"] and [notice["kind"] for notice in forced["notices"]] == ["forced"]
    assert not again["changed"] and [notice["kind"] for notice in again["notices"]] == ["forwards_to_member"]
    assert len(emulator.writes()) == 1


def test_check_mode_assumes_what_earlier_tasks_create(player, emulator, plant):
    plant()
    played = player.tasks(
        ("alianza_sip_trunk", {"name": "New", "concurrent_calls": 1}),
        (MODULE, {"name": "Both", "trunks": ["New"], "forward_on_failure": [{"trunk_name": "Later"}]}),
        (MODULE, {"group_id": UNKNOWN_YET, "name": "Both", "forward_always": {"enabled": True}}),
        (MODULE, {"group_id": UNKNOWN_YET, "name": "Both", "state": "absent"}),
        check=True,
    )
    assert not any(result["failed"] for result in played.results), played.output
    dummy, made, switched, deleted = played.results
    assert made["sip_trunk_group"]["trunks"] == [{"trunk_id": UNKNOWN_YET, "trunk_name": "New"}]
    assert {notice["kind"] for notice in made["notices"]} == {"expected_trunk"}
    assert [notice["kind"] for notice in switched["notices"]] == ["expected_rule"]
    assert deleted["changed"] and not emulator.writes()


def test_a_trunk_that_leaves_another_group(player, emulator, plant):
    plant(groups=[{"id": "G1", "name": "North", "sipTrunksIds": ["HQ", "Annex"]}])
    moved = player.one(MODULE, name="South", trunks=["HQ"])
    assert [notice["kind"] for notice in moved["notices"]] == ["taken_from_group"]
    assert "leaves the trunk group 'North'" in moved["notices"][0]["msg"]
    members = {group["name"]: group["sipTrunksIds"] for group in emulator.account("GRP")["groups"]}
    assert members == {"North": ["T2"], "South": ["T1"]}


def test_a_delete_is_guarded_while_something_points_at_the_group(player, emulator, plant):
    """No destination is documented that means a group, so any that holds its id counts."""
    pointing = {"referenceType": "END_USER", "referenceId": "G1"}
    plant(
        groups=[
            {"id": "G1", "name": "North", "sipTrunksIds": ["HQ", "Annex"]},
            {"id": "G2", "name": "South", "capacityForward": [pointing]},
        ],
        telephone_numbers=[dict(pointing, phoneNumber="18015550000")],
        forwards={"DR": {"forwardOnFailure": [pointing]}},
    )
    absent = {"name": "North", "state": "absent"}
    played = player.tasks(in_check_mode(MODULE, absent), (MODULE, absent))
    for result in played.results:
        assert result["failure"]["kind"] == "guarded" and not result["changed"]
        kinds = [guard["kind"] for guard in result["guards"]]
        assert kinds == ["members"] + ["points_at_group"] * 3, result["msg"]
        for words in (
            "'Annex', 'HQ' are in it",
            "18015550000) is routed to it",
            "trunk 'DR' forwards",
            "group 'South'",
        ):
            assert words in result["msg"]
    assert not emulator.writes()
    asked(emulator)
    forced = player.one(MODULE, force=True, **absent)
    assert forced["changed"] and [group["name"] for group in emulator.account("GRP")["groups"]] == ["South"]
    # The list is read once more, since it alone says that a group is gone.
    calls = asked(emulator)
    assert sorted(calls[:2]) == ["GET siptrunk_2", "GET siptrunkgroup"]
    assert calls[2:] == ["DELETE siptrunkgroup/G1", "GET siptrunkgroup"]


def test_a_deleted_trunk_of_a_group_is_warned_about(player, emulator, plant):
    plant(groups=[{"id": "G1", "name": "North", "sipTrunksIds": ["HQ"]}])
    played = player.tasks(
        in_check_mode("alianza_sip_trunk", {"name": "HQ", "state": "absent"}),
        ("alianza_sip_trunk", {"name": "HQ", "state": "absent", "force": True}),
    )
    for result in played.results:
        assert result["changed"] and [notice["kind"] for notice in result["notices"]] == ["leaves_group"]


def test_the_other_spelling_of_voice_mail_is_tried_once(player, emulator, plant):
    plant()
    emulator.set(voicemail_accepted="VOICE_MAIL")
    rule = [{"reference_type": "VOICE_MAIL", "reference_id": "vm-1"}]
    made = player.one(MODULE, name="Both", forward_on_failure=rule)
    assert made["changed"] and [entry["status"] for entry in emulator.writes()] == [400, 201]
    changed = player.one(MODULE, name="Both", forward_on_capacity_exceeded=rule)
    assert changed["changed"] and emulator.writes()[-1]["body"]["capacityForward"][0]["referenceType"] == "VOICE_MAIL"
    assert len(emulator.writes()) == 3


def test_groups_that_the_login_may_not_see(player, emulator, plant):
    plant()
    emulator.set(groups_refused=True)
    result = player.one(MODULE, name="Both")
    assert result["failed"] and result["failure"]["kind"] == "refused" and result["failure"]["status"] == 403
    assert not emulator.writes() and emulator.open_tokens == 0
