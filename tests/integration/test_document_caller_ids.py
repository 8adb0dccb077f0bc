# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Caller IDs in the document of an account."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

MODULE = "alianza_account_trunks"
INFO = "alianza_account_trunks_info"
HQ = [{"name": "HQ", "concurrent_calls": 10}]
NUMBERS = ["18015550001", "18015550002", "18015550003"]
SHOWN, OTHER = "18015559990", "18015559991"
CALLER_IDS = [{"caller_id": "801-555-9990", "from_numbers": ["18015550001-18015550003", "21xx"]}, {"caller_id": OTHER}]


@pytest.fixture(name="plant")
def fixture_plant(emulator, player):
    """Seeds the account of the tasks with what the test gives."""

    def plant(**parts):
        account = dict({"id": "CID", "accountNumber": "1", "accountName": "C", "telephone_numbers": NUMBERS}, **parts)
        emulator.seed(accounts=[account])
        player.environ["ALIANZA_ACCOUNT_ID"] = "CID"

    return plant


def calls(emulator):
    """Return 'METHOD what' of each call below the account, and forget them."""
    made = [
        "%s %s" % (entry["method"], entry["path"].partition("/account/CID/")[2]) for entry in emulator.log(path="/CID/")
    ]
    emulator.clear_log()
    return made


@pytest.mark.quick
def test_an_empty_account_gets_its_caller_ids_and_keeps_them(player, emulator, plant):
    plant()
    document = {"trunks": HQ, "caller_ids": CALLER_IDS}
    played = player.tasks(
        {COLLECTION + MODULE: document, "check_mode": True},
        (MODULE, document),
        (MODULE, document),
        {COLLECTION + INFO: {}, "register": "read"},
        (MODULE, {"trunks": "{{ read.trunks }}", "caller_ids": "{{ read.caller_ids }}", "prune": "all"}),
        (MODULE, {"trunks": [], "caller_ids": " ", "advice": False}),
    )
    assert not any(result["failed"] for result in played.results), played.output
    planned, made, again, read, fed_back, blank = played.results
    assert planned["plan"] == made["plan"] and planned["diff"] == made["diff"]
    assert planned["summary"] == made["summary"]
    assert [(step["action"], step["resource"], step["name"]) for step in made["plan"]] == [
        ("create", "sip_trunk", "HQ"),
        ("create", "caller_id", SHOWN),
        ("create", "caller_id", OTHER),
    ]
    assert made["summary"][1:] == [
        "create caller ID 18015559990: 4 more FROM numbers (18015550001-18015550003, 21XX)",
        "create caller ID 18015559991",
    ]
    assert made["diff"]["after"]["caller ID 18015559990"]["from_numbers"] == ["18015550001-18015550003", "21XX"]
    assert not again["changed"] and not fed_back["changed"] and not blank["changed"]
    assert read["caller_ids"] == [
        {"caller_id": SHOWN, "from_numbers": ["18015550001-18015550003", "21XX"]},
        {"caller_id": OTHER, "from_numbers": []},
    ]
    # A trunk, two caller IDs, and four FROM numbers with a mapping each.
    assert sorted(entry["method"] for entry in emulator.writes()) == ["POST"] * 7 + ["PUT"] * 4
    assert emulator.open_tokens == 0


def test_what_caller_ids_cost(player, emulator, plant):
    """A document without caller IDs costs no call for them; one with caller IDs costs three reads, and a write for each difference."""
    plant(trunks=[{"id": "T1", "trunkName": "HQ"}], caller_ids=[SHOWN], from_numbers=["21XX"], mappings={"21XX": SHOWN})
    assert not player.one(MODULE, trunks=[{"name": "HQ"}], prune="numbers")["changed"]
    assert calls(emulator) == ["GET siptrunk_2"]
    same = [{"caller_id": SHOWN, "from_numbers": ["21XX"]}]
    assert not player.one(MODULE, trunks=[{"name": "HQ"}], caller_ids=same, prune="numbers")["changed"]
    reads = ["GET siptrunk_2"] + ["GET siptrunk_2/cid/" + part for part in ("callerid", "fromnumber", "mapping")]
    assert sorted(calls(emulator)) == reads
    one_more = [{"caller_id": SHOWN, "from_numbers": [NUMBERS[0]]}]
    added = player.one(MODULE, trunks=[{"name": "HQ"}], caller_ids=one_more)
    assert added["plan"][0]["changes"]["from_numbers"] == {"before": ["21XX"], "after": [NUMBERS[0], "21XX"]}
    made = calls(emulator)
    assert [call for call in made if not call.startswith("GET")] == [
        "POST siptrunk_2/cid/fromnumber",
        "PUT siptrunk_2/cid/mapping",
    ]
    player.one(INFO, trunk_groups=False, caller_ids=False)
    assert not [call for call in calls(emulator) if "cid" in call]


def test_caller_ids_are_pruned_and_brought_back(player, emulator, plant):
    """FROM numbers go with prune: numbers, caller IDs with prune: all, and what was removed can be applied again."""
    mappings = {"21XX": SHOWN, "22XX": SHOWN, NUMBERS[0]: OTHER, NUMBERS[1]: OTHER}
    plant(
        trunks=[{"id": "T1", "trunkName": "HQ"}],
        caller_ids=[SHOWN, OTHER],
        from_numbers=["21XX", "22XX"],
        mappings=mappings,
    )
    kept = [{"caller_id": SHOWN, "from_numbers": ["21XX", NUMBERS[0]]}]
    fewer = player.one(MODULE, trunks=[{"name": "HQ"}], caller_ids=kept, prune="numbers", check=True)
    assert [(step["action"], step["name"]) for step in fewer["plan"]] == [("update", SHOWN)]
    assert fewer["removed_caller_ids"] == [{"caller_id": SHOWN, "from_numbers": ["22XX"]}]
    played = player.tasks(
        {COLLECTION + INFO: {}, "register": "before"},
        {
            COLLECTION + MODULE: {"trunks": [{"name": "HQ"}], "caller_ids": kept, "prune": "all"},
            "register": "pruned",
        },
        (INFO, {}),
        (MODULE, {"trunks": [], "caller_ids": "{{ pruned.removed_caller_ids }}"}),
        (MODULE, {"trunks": [], "caller_ids": "{{ before.caller_ids }}"}),
        (INFO, {}),
        {
            COLLECTION + MODULE: {"trunks": [], "caller_ids": [{"caller_id": SHOWN, "state": "absent"}]},
            "register": "gone",
        },
        (MODULE, {"trunks": [], "caller_ids": [{"caller_id": SHOWN, "state": "absent"}]}),
        (INFO, {}),
    )
    assert not any(result["failed"] for result in played.results), played.output
    before, pruned, between, back, rest, after, gone, again, last = played.results
    assert pruned["removed_caller_ids"] == [
        {"caller_id": SHOWN, "from_numbers": ["22XX"]},
        # The other number of it went to the caller ID that is kept.
        {"caller_id": OTHER, "from_numbers": [NUMBERS[1]]},
    ]
    assert pruned["summary"][1] == "delete caller ID 18015559991: 2 fewer FROM numbers (18015550001, 18015550002)"
    assert between["caller_ids"] == [{"caller_id": SHOWN, "from_numbers": [NUMBERS[0], "21XX"]}]
    assert back["changed"] and rest["changed"] and after["caller_ids"] == before["caller_ids"]
    assert gone["removed_caller_ids"] == [{"caller_id": SHOWN, "from_numbers": ["21XX", "22XX"]}]
    assert not again["changed"] and [each["caller_id"] for each in last["caller_ids"]] == [OTHER]


def test_faults_of_caller_ids_are_said_together_before_any_read(player, emulator, plant):
    plant()
    result = player.one(
        MODULE,
        trunks=[{"name": "HQ", "concurrent_calls": 1, "telephone_numbers": ["18015557777"]}],
        caller_ids=[
            {"caller_id": SHOWN, "from_numbers": ["21XX", "8X8"]},
            {"caller_id": OTHER, "from_numbers": ["21xx", 2100]},
            {"caller_id": "801 555 9990"},
            {"caller_id": "12"},
            {"from_numbers": ["2200"]},
            {"caller_id": "18015559992", "state": "absent", "from_numbers": []},
        ],
    )
    assert result["failure"]["kind"] == "invalid_input"
    for words in (
        "caller ID '18015559990': from_numbers entry 2 is '8X8'",
        "caller ID '18015559991': from_numbers entry 2 is the number 2100 and has to be text",
        "the number '18015559990' is given to 2 caller IDs (numbers 1, 3 of the list): give each caller ID once",
        "caller ID number 4: caller_id",
        "caller ID number 5: caller_id is missing",
        "caller ID '18015559992': state: absent deletes the caller ID: leave out from_numbers",
        "21XX would show the caller IDs 18015559990 and 18015559991",
        "18015557777",
    ):
        assert words in result["msg"], (words, result["msg"])
    unknown = player.one(MODULE, trunks=[], caller_ids=[{"caller_id": SHOWN, "from_number": ["21XX"]}, 7])
    assert "caller ID '18015559990': it has no key 'from_number': did you mean from_numbers?" in unknown["msg"]
    assert "caller ID number 2 is the number 7: give a dictionary" in unknown["msg"]
    assert not emulator.writes() and emulator.open_tokens == 0


def test_a_login_that_may_not_read_them_is_told_how_to_leave_them_out(player, emulator, plant):
    plant()
    emulator.fault(
        "status",
        path="/cid/",
        status=403,
    )
    refused = player.one(INFO)
    assert refused["failure"]["kind"] == "refused" and "caller_ids: false leaves them out" in refused["msg"]
    assert not player.one(INFO, caller_ids=False)["failed"]


def test_what_failed_is_named_and_a_rerun_finishes(player, emulator, plant):
    plant()
    document = {"trunks": HQ, "caller_ids": CALLER_IDS}
    emulator.fault("status", path="/cid/mapping", method="PUT", status=400, times=1)
    broken = player.one(MODULE, **document)
    assert broken["failure"]["kind"] == "partial" and "caller_id '18015559990'" in broken["msg"]
    assert [each["resource"] for each in broken["failed_objects"]] == ["caller_id"]
    emulator.clear_faults()
    assert player.one(MODULE, **document)["changed"]
    assert not player.one(MODULE, **document)["changed"]
