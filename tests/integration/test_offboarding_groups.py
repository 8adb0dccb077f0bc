# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding an account with trunk groups and caller IDs: what becomes of them, and what brings them back."""

from __future__ import annotations

import json

import pytest
import yaml

OFFBOARD, CONVERGE = "alianza.sip_trunking.offboard", "alianza.sip_trunking.converge"
PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
SITE = {
    "id": "SITE",
    "accountNumber": "500",
    "accountName": "Site",
    "trunks": [
        {"id": "HQ", "trunkName": "HQ", "concurrentCalls": 20},
        {"id": "DR", "trunkName": "DR", "concurrentCalls": 5, "sipTrunkGroupId": "G1"},
        {"id": "LAB", "trunkName": "Lab", "concurrentCalls": 1, "sipTrunkGroupId": "G1"},
    ],
    "groups": [
        {
            "id": "G1",
            "name": "North",
            "sipTrunksIds": ["DR", "LAB"],
            "unreachableForward": [{"referenceType": "SIP_TRUNK", "referenceId": "HQ"}, PHONE],
        },
        {"id": "G2", "name": "Spare"},
    ],
    "caller_ids": ["18015550000"],
    "from_numbers": ["23XX"],
    "mappings": {"23XX": "18015550000"},
}


@pytest.fixture(name="run")
def fixture_run(player, emulator, tmp_path):
    """Seeds an account, and returns what runs the playbook on it, with the role's variables without their prefix."""
    emulator.seed(accounts=[SITE])
    del player.environ["ALIANZA_ACCOUNT_ID"]

    def offboard(check=False, **options):
        given = {"sip_trunk_offboarding_" + name: value for name, value in options.items()}
        given.update(alianza_account_number="500", alianza_offboarding_directory=str(tmp_path / "kept"))
        return player.playbook(OFFBOARD, "-i", "site,", "-e", json.dumps(given), check=check, diff=True)

    return offboard


def groups(emulator):
    """Return {trunk group: (names of its trunks, targets of its rules for a failure)}."""
    account = emulator.account("SITE")
    names = {trunk["id"]: trunk["trunkName"] for trunk in account["trunks"]}
    return {
        group["name"]: (
            sorted(names.get(each, each) for each in group["sipTrunksIds"]),
            [names.get(each["referenceId"], each["referenceId"]) for each in group.get("unreachableForward", ())],
        )
        for group in account["groups"]
    }


def restore(player, tmp_path):
    """Apply the documents that were kept, the newest first."""
    for path in sorted((tmp_path / "kept").iterdir(), reverse=True):
        back = player.playbook(CONVERGE, "-i", "site,", "-e", "@%s" % path)
        assert back.code == 0, back.output
        again = player.playbook(CONVERGE, "-i", "site,", "-e", "@%s" % path)
        assert "1 of 1 accounts match their documents" in again.output, again.output


def test_groups_lose_a_trunk_that_goes_and_get_it_back(player, emulator, run, tmp_path):
    """It needs no force: the rules of groups lose their targets as those of trunks do. Caller IDs are not even read."""
    predicted = run(check=True, trunks="HQ\nDR")
    assert predicted.code == 0 and not emulator.writes(), predicted.output
    real = run(trunks="HQ\nDR")
    assert real.code == 0, real.output
    plans = [next(result["plan"] for result in played.results if "plan" in result) for played in (predicted, real)]
    assert plans[0] == plans[1] and [(step["action"], step["resource"], step["name"]) for step in plans[0]] == [
        ("update", "sip_trunk_group", "North"),
        ("delete", "sip_trunk", "DR"),
        ("delete", "sip_trunk", "HQ"),
    ]
    assert groups(emulator) == {"North": (["Lab"], ["18015559999"]), "Spare": ([], [])}
    assert emulator.account("SITE")["mappings"] == {"23XX": "18015550000"} and not emulator.log(path="/cid/")
    document = yaml.safe_load(next((tmp_path / "kept").iterdir()).read_text())
    assert [entry.get("trunk_group_name") for entry in document["alianza_trunks"]] == ["North", None]
    assert "alianza_caller_ids" not in document and "trunks" not in document["alianza_trunk_groups"][0]
    restore(player, tmp_path)
    assert groups(emulator) == {"North": (["DR", "Lab"], ["HQ", "18015559999"]), "Spare": ([], [])}
    assert emulator.open_tokens == 0


def test_groups_and_caller_ids_go_with_the_whole_account_also_in_two_runs(player, emulator, run, tmp_path):
    """A run that fails at a group keeps the trunks that it has; the next one finishes, and both documents bring all back."""
    before = groups(emulator)
    emulator.fault("status", method="DELETE", path="siptrunkgroup/G1", status=400, times=1)
    failed = run(whole_account=True)
    assert failed.code != 0 and "Run it again to finish" in failed.output, failed.output
    assert "North" in groups(emulator) and emulator.open_tokens == 0
    finished = run(whole_account=True)
    assert finished.code == 0, finished.output
    account = emulator.account("SITE")
    assert account["trunks"] == account["groups"] == account["caller_ids"] == [] and account["mappings"] == {}
    last = yaml.safe_load(max((tmp_path / "kept").iterdir()).read_text())
    assert [group["name"] for group in last["alianza_trunk_groups"]] == ["North"]
    nothing = run(whole_account=True)
    assert nothing.code == 0 and nothing.changes() == 0 and "Nothing was changed" in nothing.output
    restore(player, tmp_path)
    assert groups(emulator) == before and emulator.account("SITE")["mappings"] == {"23XX": "18015550000"}
    assert emulator.open_tokens == 0
