# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role sip_trunk_onboarding and its playbooks, run as users run them: an inventory and ALIANZA_* variables."""

from __future__ import annotations

import json

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._module import argspec
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.sip_trunk_fields import FIELDS

SECRET = 's3cret/"pw" &1'
ONBOARD, CONVERGE = "alianza.sip_trunking.onboard", "alianza.sip_trunking.converge"
NUMBERS = ["1801555%04d" % place for place in range(6)]
DENTAL = {
    "alianza_account_id": "ACCOUNT_1",
    "alianza_trunks": [
        {
            "name": "Main St",
            "concurrent_calls": 6,
            "sip_password": SECRET,
            "telephone_numbers": ["18015550000-18015550002"],
            "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Backup"}]},
        },
        {"name": "Backup", "concurrent_calls": 2, "telephone_numbers": ["801-555-0003"]},
    ],
}
MILL = {"alianza_account_number": "500", "alianza_trunks": [{"name": "Mill", "concurrent_calls": 3}]}


@pytest.fixture(name="inventory")
def fixture_inventory(player, emulator, tmp_path):
    """Returns the arguments that run a playbook over some hosts; the account comes from their variables alone."""
    emulator.seed(accounts=[{"id": "MILL", "accountNumber": "500", "accountName": "Mill"}])
    del player.environ["ALIANZA_ACCOUNT_ID"]

    def write(**hosts):
        path = tmp_path / "inventory.json"
        path.write_text(
            json.dumps({"all": {"hosts": {name.replace("_", "-"): variables for name, variables in hosts.items()}}})
        )
        return ("-i", str(path))

    return write


def messages(played):
    """Return everything that the play's tasks say."""
    return json.dumps([result.get("msg", "") for result in played.results])


@pytest.mark.quick
def test_onboarding_two_customers_and_again(player, emulator, inventory):
    hosts = inventory(dental=DENTAL, mill=MILL)
    predicted = player.playbook(ONBOARD, *hosts, check=True, diff=True)
    assert predicted.code == 0 and not emulator.writes(), predicted.output
    real = player.playbook(ONBOARD, *hosts, diff=True, verbosity=3)
    assert real.code == 0, real.output
    plans = [
        [(event["host"], event["result"]["plan"]) for event in played.events if "plan" in event["result"]]
        for played in (predicted, real)
    ]
    assert sorted(plans[0], key=str) == sorted(plans[1], key=str) and len(plans[0]) == 2
    assert sorted(entry["method"] for entry in emulator.writes()) == ["PATCH"] * 4 + ["POST"] * 3 + ["PUT"]
    assert {trunk["trunkName"]: trunk["telephoneNumbers"] for trunk in emulator.account("ACCOUNT_1")["trunks"]} == {
        "Main St": NUMBERS[:3],
        "Backup": NUMBERS[3:4],
    }
    assert emulator.trunk("ACCOUNT_1", "Main St")["sipPassword"] == SECRET
    emulator.clear_log()
    emulator.registration("ACCOUNT_1", "Main St", registered=True)
    again = player.playbook(ONBOARD, *hosts)
    assert again.code == 0 and not emulator.writes() and "changed=0" in again.output and "changed=1" not in again.output
    report = [line for result in again.results for line in result.get("msg", []) if isinstance(result.get("msg"), list)]
    assert any("Main St" in line and " registered" in line and "not registered" not in line for line in report), report
    assert any("Backup" in line and "not registered" in line for line in report), report
    logins = [entry["path"].rpartition("/")[2] for entry in emulator.log() if "authorize" in entry["path"]]
    assert sorted(logins) == ["authorize", "logout"] and emulator.open_tokens == 0
    for played in (predicted, real, again):
        text = played.output + json.dumps(played.events)
        assert (
            SECRET not in text
            and json.dumps(SECRET)[1:-1] not in text
            and player.environ["ALIANZA_PASSWORD"] not in text
        )


def test_a_failed_run_is_picked_up_where_it_stopped(player, emulator, inventory):
    hosts = inventory(dental=DENTAL)
    emulator.fault("status", method="PATCH", path="telephonenumber/18015550001", status=400, times=None)
    failed = player.playbook(ONBOARD, *hosts)
    assert (
        failed.code != 0
        and "1 of 3 numbers were not written: 18015550001" in failed.output
        and emulator.open_tokens == 0
    )
    assert len(emulator.account("ACCOUNT_1")["trunks"]) == 2
    emulator.clear_faults()
    emulator.clear_log()
    rerun = player.playbook(ONBOARD, *hosts)
    assert rerun.code == 0, rerun.output
    assert [(entry["method"], entry["path"].rpartition("/")[2]) for entry in emulator.writes()] == [
        ("PATCH", "18015550001")
    ]


def test_what_is_wrong_is_told_before_anything_is_written(player, emulator, inventory):
    wrong = dict(
        DENTAL,
        alianza_trunks=[
            {"name": "Main St", "concurrent_calls": 0, "telephone_numbers": ["18019999999"]},
            {"name": "Main St", "concurrent_calls": 1},
        ],
    )
    played = player.playbook(
        ONBOARD, *inventory(dental=wrong, mill=MILL, pbx={"alianza_account_number": "500", "alianza_pbxs": []})
    )
    for said in (
        "concurrent_calls is 0",
        "18019999999",
        "'Main St' is given to 2 trunks",
        "Host pbx is a PBX, it has alianza_pbxs and no alianza_trunks",
    ):
        assert said in messages(played)
    assert played.code != 0 and emulator.open_tokens == 0
    assert emulator.account("ACCOUNT_1")["trunks"] == [] and len(emulator.account("MILL")["trunks"]) == 1


def test_a_refused_login_is_said_to_all_and_asked_once(player, emulator, inventory):
    """Hundreds of hosts would lock the user out. Who has credentials of its own is not held up."""
    right = dict(MILL, alianza_password=player.environ["ALIANZA_PASSWORD"])
    player.environ["ALIANZA_PASSWORD"] = "wrong"
    pbx = {"alianza_account_id": "ACCOUNT_1", "alianza_pbxs": []}
    played = player.playbook(
        ONBOARD,
        *inventory(a_pbx=pbx, dental=DENTAL, other={"alianza_account_id": "OTHER", "alianza_trunks": []}, mill=right),
    )
    said = {
        event["host"]: str(event["result"]["msg"])
        for event in played.events
        if event["outcome"] == "failed" and "msg" in event["result"]
    }
    assert played.code != 0 and "is a PBX" in said.pop("a-pbx") and set(said) == {"dental", "other"}, played.output
    assert all(
        "refused the login as user@example.net (HTTP 401): check username and password" in each
        for each in said.values()
    )
    # The one that differs logs in again for its own tasks.
    assert sorted(entry["status"] for entry in emulator.log() if entry["path"] == "/v2/authorize") == [200, 200, 401]
    assert len(emulator.account("MILL")["trunks"]) == 1 and emulator.open_tokens == 0


@pytest.mark.parametrize("playbook", [ONBOARD, CONVERGE])
def test_hosts_that_are_no_account_or_the_same_one_are_refused(player, emulator, inventory, playbook):
    nobody, pbx = {"alianza_trunks": []}, {"alianza_account_id": "ACCOUNT_1", "alianza_pbxs": []}
    played = player.playbook(
        playbook,
        *inventory(one=DENTAL, two=DENTAL, nobody=nobody, pbx=pbx),
        environ={"ALIANZA_ACCOUNT_ID": "ACCOUNT_1", "ANSIBLE_STRATEGY": "free"},
    )
    failed = {event["host"]: str(event["result"]["msg"]) for event in played.events if event["outcome"] == "failed"}
    assert "one and two have the same" in failed["one"] and "one and two have the same" in failed["two"]
    assert "does not say which account it is" in failed["nobody"] and "Host pbx is a PBX" in failed["pbx"]
    assert not emulator.log()


def test_an_account_given_by_id_and_by_number_is_one_account(player, emulator, inventory):
    by_number = {"alianza_account_number": "100200", "alianza_trunks": []}
    played = player.playbook(
        ONBOARD,
        *inventory(dental=DENTAL, other=by_number, pbx={"alianza_account_number": "100200", "alianza_pbxs": []}),
    )
    assert played.code != 0 and "dental and other are the same account ACCOUNT_1" in messages(played)
    assert not emulator.writes() and emulator.open_tokens == 0


def test_converge_does_the_same_in_one_task(player, emulator, inventory):
    hosts = inventory(dental=DENTAL, mill={"alianza_account_id": "MILL", "alianza_trunks": MILL["alianza_trunks"]})
    predicted = player.playbook(CONVERGE, *hosts, check=True, diff=True)
    assert predicted.code == 0 and not emulator.writes(), predicted.output
    real = player.playbook(CONVERGE, *hosts)
    assert real.code == 0 and len(emulator.writes()) == 8, real.output
    emulator.clear_log()
    again = player.playbook(CONVERGE, *hosts)
    assert again.code == 0 and not emulator.writes() and emulator.open_tokens == 0
    # login, logout; trunks, numbers, one trunk's rules; and trunks
    assert len(emulator.log()) == 2 + 3 + 1


def test_every_option_of_a_trunk_ends_as_converge_leaves_it(player, emulator, inventory):
    samples = {row.option: row.sample for row in FIELDS}
    numbers = [row.option for row in FIELDS if row.kind.format == "telephone-number" and row.kind.type == "str"]
    special = {"name": "Main St", "sip_password": SECRET, "trunk_id": None, "update_password": "always"}
    special.update(setup_calling_plan={"type": "new"}, trunk_group_name="Group")
    special.update(zip(numbers, ["1801556000%d" % place for place in range(len(numbers))], strict=True))
    document = {option: special.get(option, samples.get(option)) for option in argspec.sip_trunk()}
    assert [option for option, value in document.items() if value is None] == ["trunk_id"]
    document.update(
        telephone_numbers=["18015560000-18015560005"], forwarding={"forward_on_failure": [{"reference_type": "BUSY"}]}
    )
    left = []
    for playbook, account in ((ONBOARD, "ONBOARDED"), (CONVERGE, "CONVERGED")):
        emulator.reset()
        group = {"id": samples["sip_trunk_group_id"], "name": "Group"}
        numbers = ["18015560000-18015560009"]
        emulator.seed(
            accounts=[
                {
                    "id": account,
                    "accountNumber": "9",
                    "accountName": "Nine",
                    "groups": [group],
                    "telephone_numbers": numbers,
                }
            ]
        )
        hosts = inventory(dental={"alianza_account_id": account, "alianza_trunks": [document]})
        played = player.playbook(playbook, *hosts)
        assert played.code == 0, played.output
        left.append(emulator.trunk(account, "Main St"))
        emulator.clear_log()
        again = player.playbook(playbook, *hosts)
        assert again.code == 0 and not emulator.writes() and SECRET not in played.output + again.output, again.output
    # Ids are made up anew.
    for trunk in left:
        assert trunk["sipPassword"] == SECRET and len(trunk["telephoneNumbers"]) == 6 and trunk["forward"]
        del trunk["id"], trunk["accountId"]
        trunk["callingPlans"] = [plan["callingPlanProductId"] for plan in trunk["callingPlans"]]
    assert left[0] == left[1]


def test_a_list_that_shows_new_trunks_late_is_waited_for(player, emulator, inventory):
    emulator.set(list_lag_reads=6)
    played = player.playbook(ONBOARD, *inventory(dental=DENTAL))
    assert played.code == 0 and "no trunks at all" not in played.output, played.output
    trunks = {trunk["trunkName"]: len(trunk["telephoneNumbers"]) for trunk in emulator.account("ACCOUNT_1")["trunks"]}
    assert trunks == {"Main St": 3, "Backup": 1} and emulator.open_tokens == 0
