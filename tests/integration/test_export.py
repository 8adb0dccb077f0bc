# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_account_trunks_info and the playbook that exports accounts: what is there, as a document that can be applied."""

from __future__ import annotations

import json

import yaml

INFO, APPLY = "alianza_account_trunks_info", "alianza_account_trunks"
EXPORT, CONVERGE = "alianza.sip_trunking.export_account", "alianza.sip_trunking.converge"
HIDING = "Secretive"
SECRET = "exp0rted? never!"
NUMBERS = ["180155500%02d" % last for last in range(20)]
HQ = {"referenceType": "SIP_TRUNK", "referenceId": "T1"}
BUILT_BY_HAND = {
    "id": "HAND",
    "accountNumber": "700",
    "accountName": "By hand",
    "trunks": [
        {
            "id": "T1",
            "trunkName": "HQ",
            "concurrentCalls": 20,
            "sipUsername": "hand-hq-1",
            "sipPassword": SECRET,
            "primaryTn": NUMBERS[0],
            "localServicesEnabled": True,
            "extensionPatterns": ["21xx"],
            "maxBurstCalls": 4,
        },
        {"id": "T2", "trunkName": "DR: \u00fcber {{ 1 }}", "concurrentCalls": 5, "sipUsername": "hand-dr-1"},
    ],
    "forwards": {"T2": {"forwardAlways": dict(HQ, enabled=True), "forwardOnFailure": [HQ, {"referenceType": "BUSY"}]}},
    "telephone_numbers": [
        NUMBERS[19],
        *(dict(HQ, phoneNumber=number) for number in NUMBERS[:9]),
        dict(HQ, phoneNumber=NUMBERS[10], referenceId="T2"),
    ],
}
DOCUMENT = [
    {
        "name": "DR: \u00fcber {{ 1 }}",
        "concurrent_calls": 5,
        "sip_username": "hand-dr-1",
        "telephone_numbers": [NUMBERS[10]],
        "forwarding": {
            "forward_always": {"reference_type": "SIP_TRUNK", "trunk_name": "HQ", "enabled": True},
            "forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}, {"reference_type": "BUSY"}],
        },
    },
    {
        "name": "HQ",
        "concurrent_calls": 20,
        "sip_username": "hand-hq-1",
        "primary_tn": NUMBERS[0],
        "local_services_enabled": True,
        "extension_patterns": ["21XX"],
        "max_burst_calls": 4,
        "telephone_numbers": ["18015550000-18015550008"],
    },
]


def expected(emulator):
    """Return the document of the account, with the calling plans that it was given."""
    plans = [emulator.trunk("HAND", entry["name"])["callingPlans"][-1]["callingPlanProductId"] for entry in DOCUMENT]
    return [dict(entry, calling_plan_product_id=plan) for entry, plan in zip(DOCUMENT, plans, strict=True)]


def test_reading_an_account_and_applying_it_writes_nothing(player, emulator):
    emulator.seed(accounts=[BUILT_BY_HAND])
    apply_it = {"alianza.sip_trunking." + APPLY: {"account_id": "HAND", "trunks": "{{ read.trunks }}", "prune": "all"}}
    played = player.tasks(
        {"alianza.sip_trunking." + INFO: {"account_number": "700"}, "register": "read"},
        apply_it,
        (INFO, {"account_id": "ACCOUNT_1"}),
        (INFO, {"account_id": "ACCOUNT_1", "concurrency": 65}),
        verbosity=3,
    )
    read, applied, empty, refused = played.results
    assert read["trunks"] == expected(emulator) and read["account_id"] == "HAND" and not read["changed"], played.output
    assert read["unrouted_numbers"] == [NUMBERS[19]]
    assert (applied["failed"], applied["changed"], applied["plan"]) == (False, False, []) and not emulator.writes()
    assert (
        empty["trunks"] == []
        and empty["unrouted_numbers"] == ["18015550000-18015550019"]
        and "concurrency is 65" in refused["msg"]
    )
    first = [entry["path"].partition("/HAND/")[2] for entry in emulator.log() if "/HAND/" in entry["path"]][:8]
    calls = ["siptrunk_2", "siptrunk_2/T1/forward", "siptrunk_2/T2/forward", "siptrunkgroup", "telephonenumber"]
    assert sorted(first) == sorted(
        [*calls, *("siptrunk_2/cid/" + part for part in ("callerid", "fromnumber", "mapping"))]
    )
    assert SECRET not in played.output + str(played.events) and emulator.open_tokens == 0


def test_exported_files_are_host_variables_that_make_a_wiped_account_again(player, emulator, tmp_path):
    emulator.seed(accounts=[BUILT_BY_HAND])
    del player.environ["ALIANZA_ACCOUNT_ID"]
    hosts = tmp_path / "hosts.json"
    hosts.write_text(
        json.dumps(
            {
                "all": {
                    "hosts": {
                        "by-hand": {"alianza_account_id": "HAND", "alianza_account_number": "700"},
                        "maple": {"alianza_account_number": "100200"},
                    }
                }
            }
        )
    )
    target = tmp_path / "host_vars"
    # It is below the directory in which the command runs, whatever a shell has said about it.
    player.environ["PWD"] = "/somewhere/else"
    options = ("-i", str(hosts), "-e", "alianza_export_directory=host_vars")
    checked = player.playbook(EXPORT, *options, check=True, diff=True)
    assert checked.code == 0 and not target.exists(), checked.output
    # Where the command runs counts, not what its parent once said of that.
    exported = player.playbook(
        EXPORT, *options[:-1], "alianza_export_directory=host_vars", environ={"PWD": "/nonexistent"}
    )
    assert exported.code == 0 and sorted(path.name for path in target.iterdir()) == ["by-hand.yml", "maple.yml"], (
        exported.output
    )
    text = (target / "by-hand.yml").read_text()
    assert "- name: !unsafe 'DR: " in text and text.count("!unsafe") == 1
    assert yaml.safe_load(text.replace("!unsafe", "")) == {
        "alianza_account_id": "HAND",
        "alianza_trunks": expected(emulator),
    }
    assert SECRET not in text + exported.output + checked.output
    assert "- 18015550000-18015550008" in text and (target / "by-hand.yml").stat().st_mode & 0o777 == 0o600
    assert text.index("name: HQ") < text.index("concurrent_calls: 20") < text.index("extension_patterns:")
    assert yaml.safe_load((target / "maple.yml").read_text()) == {
        "alianza_account_id": "ACCOUNT_1",
        "alianza_trunks": [],
    }
    assert not emulator.writes()

    hosts.write_text(json.dumps({"all": {"hosts": {"by-hand": {}}}}))
    emulator.reset()
    emulator.seed(
        accounts=[{"id": "HAND", "accountNumber": "700", "accountName": "By hand", "telephone_numbers": NUMBERS}]
    )
    assert target.stat().st_mode & 0o777 == 0o700
    target.chmod(0o755)
    made = player.playbook(CONVERGE, "-i", str(hosts))
    assert made.code == 0, made.output
    again = player.playbook(EXPORT, *options)
    assert again.code == 0 and (target / "by-hand.yml").read_text() == text and again.changes() == 0
    assert target.stat().st_mode & 0o777 == 0o755


def test_an_export_stays_in_its_directory_and_holds_nothing_hidden(player, emulator, tmp_path):
    """A name of a host may be anything, and a trunk may be called like the password."""
    del player.environ["ALIANZA_ACCOUNT_ID"]
    del player.environ["ALIANZA_PASSWORD"]
    token = emulator.sessions.login(emulator.username, emulator.password).token
    trunks = [{"id": "T1", "trunkName": "HQ " + HIDING}]
    emulator.seed(
        accounts=[dict(BUILT_BY_HAND), {"id": "HID", "accountNumber": "9", "accountName": "H", "trunks": trunks}]
    )
    hosts = {
        "../../escaped": {"alianza_account_id": "HAND"},
        "hidden": {"alianza_account_id": "HID", "alianza_password": HIDING, "alianza_username": "u"},
    }
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts, "vars": {"alianza_auth_token": token}}}))
    played = player.playbook(
        EXPORT, "-i", str(inventory), "-e", "alianza_export_directory=%s" % (tmp_path / "a" / "b" / "out")
    )
    assert "Ansible has hidden a part of what the account holds (alianza_trunks 1 name)" in played.output, played.output
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*escaped*.yml")]
    assert len(written) == 1 and written[0].startswith("a/b/out/-"), written
    offboard = player.playbook(
        "alianza.sip_trunking.offboard",
        *("-i", str(inventory), "--limit", "hidden", "-e", "sip_trunk_offboarding_whole_account=true"),
        environ={"HOME": str(tmp_path)},
    )
    assert offboard.code != 0 and "Ansible has hidden a part" in offboard.output, offboard.output
    assert not emulator.writes()


def test_a_wrong_password_is_tried_once(player, emulator, tmp_path):
    emulator.seed(accounts=[BUILT_BY_HAND])
    del player.environ["ALIANZA_ACCOUNT_ID"]
    inventory = tmp_path / "inventory.json"
    hosts = {"by-hand": {"alianza_account_id": "HAND"}, "maple": {"alianza_account_number": "100200"}}
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    refused = player.playbook(EXPORT, "-i", str(inventory), environ={"ALIANZA_PASSWORD": "wrong"})
    assert refused.code != 0 and not (tmp_path / "exported").exists(), refused.output
    assert [(entry["method"], entry["status"]) for entry in emulator.log()] == [("POST", 401)]


def test_an_export_that_would_be_lost_with_the_job_is_not_made(player, emulator, tmp_path):
    del player.environ["ALIANZA_ACCOUNT_ID"]
    inventory = tmp_path / "inventory.json"
    variables = {"alianza_account_id": "ACCOUNT_1", "alianza_state_is_ephemeral": True}
    inventory.write_text(json.dumps({"all": {"hosts": {"maple": variables}}}))
    refused = player.playbook(EXPORT, "-i", str(inventory))
    assert refused.code != 0 and "set alianza_export_directory to a directory that is mounted" in refused.output
    assert emulator.log() == [] and not (tmp_path / "exported").exists()


def test_a_login_that_may_not_read_caller_ids_exports_without_them(player, emulator, tmp_path):
    """Also if the answer is a boolean; a blank one is no answer."""
    emulator.seed(accounts=[BUILT_BY_HAND])
    del player.environ["ALIANZA_ACCOUNT_ID"]
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"by-hand": {"alianza_account_id": "HAND"}}}}))
    emulator.fault("status", path="/cid/", status=403, times=None)
    place = {"alianza_export_directory": str(tmp_path)}
    for answers, left_out in (
        (dict(place, alianza_export_caller_ids=" "), False),
        (dict(place, alianza_export_caller_ids=False), True),
    ):
        played = player.playbook(EXPORT, "-i", str(inventory), "-e", json.dumps(answers))
        assert (played.code == 0) is left_out is (tmp_path / "by-hand.yml").exists(), played.output
        assert ("caller_ids: false leaves them out" in " ".join(played.output.split())) is not left_out
    assert "alianza_caller_ids" not in (tmp_path / "by-hand.yml").read_text() and emulator.open_tokens == 0
