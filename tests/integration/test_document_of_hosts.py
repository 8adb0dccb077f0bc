# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunk groups and caller IDs in the variables of hosts: what the playbooks make of them, and what they cost."""

from __future__ import annotations

import json

import pytest
import yaml

CONVERGE, ONBOARD = "alianza.sip_trunking.converge", "alianza.sip_trunking.onboard"
AUDIT, EXPORT = "alianza.sip_trunking.audit", "alianza.sip_trunking.export_account"
SECRET = 'gr0up-s3cret/"pw" &1'
MOBILE = [{"reference_type": "TELEPHONE", "reference_id": "18015559999"}]
TRUNKS = [{"name": "HQ", "concurrent_calls": 10}, {"name": "Annex", "concurrent_calls": 5, "trunk_group_name": "Both"}]
GROUPS = [
    {"name": "Both", "forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}, *MOBILE]},
    {"name": "Spare", "trunks": ["HQ"]},
]
CALLER_IDS = [{"caller_id": "801-555-9990", "from_numbers": ["21xx", "2201"]}, {"caller_id": "18015559991"}]
CID = ["GET siptrunk_2/cid/" + part for part in ("callerid", "fromnumber", "mapping")]
WRITES_OF_CALLER_IDS = [
    *["POST siptrunk_2/cid/callerid"] * 2,
    *["POST siptrunk_2/cid/fromnumber"] * 2,
    *["PUT siptrunk_2/cid/mapping"] * 2,
]
# What an account has that no variable of its host is about.
KEPT = {
    "groups": [{"id": "G1", "name": "Kept"}],
    "caller_ids": ["18015550000"],
    "from_numbers": ["23XX"],
    "mappings": {"23XX": "18015550000"},
}


@pytest.fixture(name="inventory")
def fixture_inventory(player, emulator, tmp_path):
    """Returns the arguments that run a playbook over hosts, of which each is the account of its name in capitals."""
    del player.environ["ALIANZA_ACCOUNT_ID"]

    made = set()

    def write(hosts, **seeded):
        for name in hosts:
            account = {"id": name.upper(), "accountNumber": "N-" + name, "accountName": name}
            if name not in made:
                emulator.seed(accounts=[dict(account, **seeded.get(name, {}))])
                made.add(name)
        path = tmp_path / "inventory.json"
        given = {name: dict({"alianza_account_id": name.upper()}, **variables) for name, variables in hosts.items()}
        path.write_text(json.dumps({"all": {"hosts": given}}))
        return ("-i", str(path))

    return write


def asked(emulator, name):
    """Return the calls to an account, as method and what follows its id, in order, and forget them."""
    found = emulator.log(path="/account/%s(/|$)" % name.upper())
    return ["%s %s" % (entry["method"], entry["path"].partition(name.upper() + "/")[2]) for entry in found]


def members(emulator, name):
    """Return {trunk group of an account: the names of its trunks}."""
    account = emulator.account(name.upper())
    names = {trunk["id"]: trunk["trunkName"] for trunk in account["trunks"]}
    return {group["name"]: [names[each] for each in group["sipTrunksIds"]] for group in account["groups"]}


@pytest.mark.quick
def test_converge_applies_the_lists_and_leaves_those_of_others_alone(player, emulator, inventory):
    """What a host has no variable for is not read, also where the variable is blank."""
    kept = dict(KEPT, trunks=[{"id": "T1", "trunkName": "HQ", "concurrentCalls": 10}])
    hosts = inventory(
        {
            "grouped": {
                "alianza_trunks": TRUNKS,
                "alianza_trunk_groups": GROUPS,
                "alianza_caller_ids": "{{ site_caller_ids }}",
                "site_caller_ids": CALLER_IDS,
            },
            "plain": {"alianza_trunks": TRUNKS[:1]},
            "blank": {"alianza_trunks": TRUNKS[:1], "alianza_trunk_groups": "", "alianza_caller_ids": " "},
            "text": {
                "alianza_trunks": json.dumps(TRUNKS),
                "alianza_trunk_groups": json.dumps(GROUPS),
                "alianza_caller_ids": json.dumps(CALLER_IDS),
            },
        },
        plain=kept,
        blank=json.loads(json.dumps(kept).replace("T1", "T2").replace("G1", "G2")),
    )
    predicted = player.playbook(CONVERGE, *hosts, check=True, diff=True)
    assert predicted.code == 0 and not emulator.writes(), predicted.output
    assert "2 of 4 accounts match their documents" in predicted.output and "Differ: grouped, text" in predicted.output
    emulator.clear_log()
    made = player.playbook(CONVERGE, *hosts, diff=True)
    assert made.code == 0, made.output
    plans = [[event["result"] for event in run.events if "plan" in event["result"]] for run in (predicted, made)]
    assert [(each["plan"], each["diff"]) for each in plans[0]] == [(each["plan"], each["diff"]) for each in plans[1]]
    for name in ("grouped", "text"):
        assert members(emulator, name) == {"Both": ["Annex"], "Spare": ["HQ"]}
        written = [call for call in asked(emulator, name) if not call.startswith("GET")]
        assert written[:4] == ["POST siptrunk_2"] * 2 + ["POST siptrunkgroup"] * 2
        assert sorted(written[4:]) == WRITES_OF_CALLER_IDS
        assert emulator.account(name.upper())["mappings"] == {"21XX": "18015559990", "2201": "18015559990"}
    assert asked(emulator, "plain") == asked(emulator, "blank") == ["GET siptrunk_2"]
    emulator.clear_log()
    again = player.playbook(CONVERGE, *hosts)
    assert again.code == 0 and "4 of 4 accounts match their documents" in again.output, again.output
    assert sorted(asked(emulator, "grouped")) == ["GET siptrunk_2", *CID, "GET siptrunkgroup"]
    assert not emulator.writes() and emulator.open_tokens == 0

    # An empty list is a document without groups: prune deletes them, and only of hosts that --limit selects.
    bare = [{"name": "HQ", "trunk_group_name": ""}, {"name": "Annex", "trunk_group_name": ""}]
    (player.folder / "bare.json").write_text(json.dumps({"alianza_trunks": bare, "alianza_trunk_groups": []}))
    pruned = player.playbook(
        CONVERGE, *hosts, "--limit", "grouped", "-e", "@bare.json", "-e", "alianza_prune=all", diff=True
    )
    assert pruned.code == 0 and members(emulator, "grouped") == {}, pruned.output
    assert members(emulator, "text") == {"Both": ["Annex"], "Spare": ["HQ"]} and emulator.open_tokens == 0


def test_an_audit_finds_what_differs_from_the_lists_of_a_host(player, emulator, inventory):
    """Also what they do not list; an account without the variables is neither read nor compared for them."""
    trunks = [{"id": "T1", "trunkName": "HQ", "concurrentCalls": 10, "registered": True}]
    hosts = inventory(
        {
            "drifted": {
                "alianza_trunks": TRUNKS[:1],
                "alianza_trunk_groups": [{"name": "Old", "state": "absent"}, {"name": "New", "trunks": []}],
                "trunk_audit_caller_ids": [{"caller_id": "18015550000", "from_numbers": ["24XX"]}],
            },
            "plain": {"alianza_trunks": TRUNKS[:1], "alianza_trunk_groups": "", "alianza_caller_ids": ""},
            "faulty": {"alianza_trunks": TRUNKS[:1], "alianza_trunk_groups": "{{ nowhere }}"},
            "alone": {"alianza_caller_ids": CALLER_IDS},
        },
        drifted=dict(KEPT, trunks=trunks, groups=[*KEPT["groups"], {"id": "G9", "name": "Old"}]),
        plain=json.loads(json.dumps(dict(KEPT, trunks=trunks)).replace("T1", "T2").replace("G1", "G2")),
    )
    played = player.playbook(AUDIT, *hosts, "-e", "trunk_audit_directory=%s" % (player.folder / "audit"))
    assert played.code == 0 and not emulator.writes(), played.output
    report = json.loads((player.folder / "audit" / "audit.json").read_text())
    rows = {row["host"]: row for row in report["accounts"]}
    assert {host: row["conformity"] for host, row in rows.items()} == {
        "drifted": "drifted",
        "plain": "in_line",
        "faulty": "document_faulty",
        "alone": "document_faulty",
    }
    assert [(step["resource"], step["action"], step["trunk"], step["name"]) for step in rows["drifted"]["drift"]] == [
        ("sip_trunk_group", "create", None, "New"),
        ("caller_id", "update", None, "18015550000"),
        ("sip_trunk_group", "delete", None, "Old"),
        ("sip_trunk_group", "unlisted", None, "Kept"),
    ]
    assert rows["drifted"]["drift"][1]["told"] == [
        {"what": "FROM numbers that differ", "platform": "23XX", "document": "24XX"}
    ]
    assert "has no nowhere" in rows["faulty"]["reason"] and "give it alianza_trunks too" in rows["alone"]["reason"]
    page = (player.folder / "audit" / "audit.html").read_text()
    assert (
        "Missing on the platform: trunk group New" in page and "<b>trunk group Kept</b> is not in the document" in page
    )
    cells = [
        line for line in (player.folder / "audit" / "audit.csv").read_text().splitlines() if "trunk group Kept" in line
    ]
    assert len(cells) == 1 and "caller ID 18015550000: FROM numbers not in the document 23XX" in cells[0]
    assert not [call for call in asked(emulator, "plain") if "group" in call or "cid" in call]
    assert len([call for call in asked(emulator, "drifted") if "group" in call or "cid" in call]) == 4


def test_faulty_groups_are_refused_by_name_and_place_before_any_write(player, emulator, inventory):
    """A list that is defined and cannot be filled in is never taken for one that is not given."""
    secret = "gr0up-s3cret"
    cases = {
        "unfilled": (
            [{"name": "Both", "trunks": ["{{ nowhere }}"]}],
            "Host unfilled, trunk group 'Both': its trunks could not be filled in, 'nowhere' is undefined",
        ),
        "elsewhere": ("{{ site_groups }}", "Host elsewhere has no site_groups: give it the trunk groups"),
        "scalar": (5, "its alianza_trunk_groups is a number and no list: give a list of trunk groups"),
        "entries": (["Both"], "entry 1 of its alianza_trunk_groups is text and no mapping: give each trunk group"),
        "prose": ("Both", "its alianza_trunk_groups is text and no list"),
        "unknown": (
            [{"name": "Both", "trunk": [secret]}],
            "trunk group 'Both': it has no key 'trunk': did you mean trunks",
        ),
    }
    hosts = {
        name: {"alianza_trunks": TRUNKS[:1], "alianza_trunk_groups": given} for name, (given, said) in cases.items()
    }
    hosts["misspelt"] = {"alianza_trunks": TRUNKS[:1], "alianza_trunk_group": GROUPS}
    hosts["alone"] = {"alianza_trunk_groups": GROUPS}
    expected = {name: said for name, (given, said) in cases.items()}
    expected["misspelt"] = "Host misspelt has no alianza_trunk_groups, but alianza_trunk_group: correct the name"
    expected["alone"] = "Host alone has no alianza_trunks: give it the trunks of the account"
    played = player.playbook(CONVERGE, *inventory(hosts))
    found = {event["host"]: event["result"]["msg"] for event in played.events if event["outcome"] == "failed"}
    assert set(found) == set(expected), played.output
    for name, said in expected.items():
        assert said in found[name], (name, found[name])
    assert secret not in played.output and not emulator.writes() and emulator.open_tokens == 0


def test_onboarding_writes_groups_before_rules_and_caller_ids_last(player, emulator, inventory):
    """Check mode predicts the same changes, an account that matches is only read, and the password of a trunk stays hidden."""
    trunks = [
        dict(TRUNKS[0], forwarding={"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Annex"}]}),
        dict(TRUNKS[1], sip_password=SECRET, telephone_numbers=["18015550001"]),
    ]
    plain = dict(KEPT, trunks=[{"id": "T1", "trunkName": "HQ", "concurrentCalls": 10}])
    hosts = inventory(
        {
            "grouped": {
                "alianza_trunks": trunks,
                "alianza_trunk_groups": GROUPS,
                # A variable of the role comes before the shared one.
                "sip_trunk_onboarding_caller_ids": CALLER_IDS,
                "alianza_caller_ids": [],
            },
            "plain": {"alianza_trunks": TRUNKS[:1], "alianza_trunk_groups": "", "sip_trunk_onboarding_caller_ids": ""},
        },
        grouped={"telephone_numbers": ["18015550001"]},
        plain=plain,
    )
    predicted = player.playbook(ONBOARD, *hosts, check=True, diff=True)
    assert predicted.code == 0 and not emulator.writes(), predicted.output
    assert "create trunk group 'Both': trunks Annex" in predicted.output
    emulator.clear_log()
    made = player.playbook(ONBOARD, *hosts, diff=True, verbosity=3)
    assert made.code == 0 and predicted.changes() == made.changes() > 0, made.output
    written = [call for call in asked(emulator, "grouped") if not call.startswith("GET")]
    assert written[:6] == [
        *["POST siptrunk_2"] * 2,
        *["POST siptrunkgroup"] * 2,
        "PUT siptrunk_2/%s/forward" % emulator.trunk("GROUPED", "HQ")["id"],
        "PATCH telephonenumber/18015550001",
    ]
    assert sorted(written[6:]) == WRITES_OF_CALLER_IDS
    assert members(emulator, "grouped") == {"Both": ["Annex"], "Spare": ["HQ"]}
    diffs = [
        [
            item["diff"]
            for event in run.events
            for item in event["result"].get("results", ())
            if "sip_trunk_group" in item
        ]
        for run in (predicted, made)
    ]
    assert diffs[0] == diffs[1] and len(diffs[0]) == 2, diffs
    assert not [call for call in asked(emulator, "plain") if "group" in call or "cid" in call]
    for run in (predicted, made):
        assert SECRET not in run.output + json.dumps(run.events) and json.dumps(SECRET)[1:-1] not in run.output
    emulator.clear_log()
    again = player.playbook(ONBOARD, *hosts)
    assert again.code == 0 and again.changes() == 0 and not emulator.writes(), again.output
    reads = [call for call in asked(emulator, "grouped") if "registrationstatus" not in call and "forward" not in call]
    assert sorted(reads) == ["GET siptrunk_2", *CID, "GET siptrunkgroup", "GET telephonenumber"]
    assert emulator.open_tokens == 0


def test_onboarding_that_failed_at_a_group_is_finished_by_the_next_run(player, emulator, inventory):
    document = {"alianza_trunks": TRUNKS, "alianza_trunk_groups": GROUPS, "alianza_caller_ids": CALLER_IDS}
    hosts = inventory({"grouped": document})
    emulator.fault("status", method="POST", path="siptrunkgroup$", status=400, times=1)
    failed = player.playbook(ONBOARD, *hosts)
    assert failed.code != 0 and emulator.open_tokens == 0, failed.output
    assert "Both" in json.dumps([event["result"] for event in failed.events if event["outcome"] == "failed"])
    # The other group does not depend on it.
    assert members(emulator, "grouped") == {"Spare": ["HQ"]}
    emulator.clear_log()
    emulator.fault("status", method="PUT", path="cid/mapping", status=400, times=1)
    second = player.playbook(ONBOARD, *hosts)
    assert second.code != 0 and "1 of 2 FROM numbers" in second.output and emulator.open_tokens == 0, second.output
    assert members(emulator, "grouped") == {"Both": ["Annex"], "Spare": ["HQ"]}
    emulator.clear_log()
    rerun = player.playbook(ONBOARD, *hosts)
    assert rerun.code == 0 and emulator.account("GROUPED")["mappings"] == {
        "21XX": "18015559990",
        "2201": "18015559990",
    }, rerun.output
    assert [(entry["method"], entry["path"].rpartition("/")[2]) for entry in emulator.writes()] == [("PUT", "mapping")]

    # Moving a trunk between groups of the document is one write for each group.
    moved = [dict(GROUPS[0], trunks=["HQ", "Annex"], forward_on_failure=MOBILE), dict(GROUPS[1], trunks=[])]
    bare = [{"name": "HQ"}, {"name": "Annex"}]
    hosts = inventory({"grouped": {"alianza_trunks": bare, "alianza_trunk_groups": moved}})
    second = player.playbook(ONBOARD, *hosts)
    assert second.code == 0 and members(emulator, "grouped") == {"Both": ["HQ", "Annex"], "Spare": []}, second.output
    deleting = player.playbook(
        ONBOARD, *hosts, "-e", json.dumps({"alianza_trunk_groups": [{"name": "Both", "state": "absent"}]})
    )
    assert (
        deleting.code != 0 and "has trunk groups with state: absent, and this role deletes nothing" in deleting.output
    )


def test_an_exported_account_is_as_its_files_say_and_can_be_built_again_from_them(
    player, emulator, inventory, tmp_path
):
    trunks = [
        {"id": "T1", "trunkName": "HQ", "concurrentCalls": 10, "sipTrunkGroupId": "G1"},
        {"id": "T2", "trunkName": "DR", "concurrentCalls": 4},
    ]
    groups = [
        {
            "id": "G1",
            "name": "{{ 7 * 7 }} North",
            "sipTrunksIds": ["T1"],
            "unreachableForward": [{"referenceType": "SIP_TRUNK", "referenceId": "T2"}],
        }
    ]
    seeded = {"trunks": trunks, **dict(KEPT, groups=groups)}
    hosts = inventory({"full": {}, "bare": {}}, full=seeded)
    exported = player.playbook(EXPORT, *hosts, "-e", "alianza_export_directory=host_vars")
    assert exported.code == 0 and not emulator.writes(), exported.output
    assert "trunk_groups" not in (tmp_path / "host_vars" / "bare.yml").read_text()
    document = yaml.safe_load((tmp_path / "host_vars" / "full.yml").read_text().replace("!unsafe", ""))
    assert document["alianza_trunk_groups"] == [
        {
            "name": "{{ 7 * 7 }} North",
            "trunks": ["HQ"],
            "forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "DR"}],
        }
    ]
    assert document["alianza_caller_ids"] == [{"caller_id": "18015550000", "from_numbers": ["23XX"]}]
    same = player.playbook(CONVERGE, *hosts, "-e", "alianza_prune=all")
    assert same.code == 0 and "2 of 2 accounts match their documents" in same.output, same.output
    assert not emulator.writes()

    emulator.reset()
    emulator.seed(accounts=[{"id": "FULL", "accountNumber": "1", "accountName": "Full"}])
    emulator.seed(accounts=[{"id": "BARE", "accountNumber": "2", "accountName": "Bare"}])
    # A calling plan belongs to the account that it was read from.
    path = tmp_path / "host_vars" / "full.yml"
    path.write_text("".join(line for line in path.open() if "calling_plan_product_id" not in line))
    built = player.playbook(CONVERGE, *hosts)
    assert built.code == 0 and members(emulator, "full") == {"{{ 7 * 7 }} North": ["HQ"]}, built.output
    assert emulator.account("FULL")["mappings"] == {"23XX": "18015550000"} and emulator.open_tokens == 0
