# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every job template under ansible-runner against the emulator: credential from the environment, survey answers, no secret left."""

from __future__ import annotations

import json
import shutil

import pytest

from ansible_collections.alianza.sip_trunking.tests.awx.jobs import Launch, Runner
from ansible_collections.alianza.sip_trunking.tests.awx.settings import PASSWORD
from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, leaks
from ansible_collections.alianza.sip_trunking.tests.support.player import Player

SIP_PASSWORD = "s1p\"\\/ <ü&%+;>'S"
ACCOUNTS = ["10021", "10022", "10023", "10024", "10025", "10026", "10027"]
HANDOVER = [
    {
        "name": "Register with the new password",
        "ansible.builtin.uri": {
            "url": "{{ lookup('env', 'ALIANZA_API_URL') }}/_emulator/registration",
            "method": "PUT",
            "body_format": "json",
            "body": {"account_id": "ID-10021", "trunk_id": "{{ credential_rotation_trunk_id }}", "registered": True},
        },
        "when": "not ansible_check_mode",
    }
]


@pytest.fixture(name="runner")
def fixture_runner(first, emulator, tmp_path):
    """Seven accounts, each with a trunk and a document that is in line with it."""
    emulator.seed(
        accounts=[
            {
                "id": "ID-" + number,
                "accountNumber": number,
                "accountName": "Customer " + number,
                "telephone_numbers": [_number(number)],
                "trunks": [
                    {
                        "id": "T-" + number,
                        "trunkName": "HQ",
                        "concurrentCalls": 5,
                        "sipPassword": SIP_PASSWORD,
                        "registered": number == "10021",
                        "lockedOut": number == "10022",
                    }
                ],
            }
            for number in ACCOUNTS
        ]
    )
    runner = Runner(tmp_path, first[2], emulator.url, Player(tmp_path, {}).tree())
    for number in ACCOUNTS:
        runner.document(number, alianza_trunks=[{"name": "HQ", "concurrent_calls": 5, "telephone_numbers": []}])
    (runner.project / "handover.yml").write_text(json.dumps(HANDOVER))
    return runner


def _number(account):
    return "1801555%04d" % (int(account) - 10000)


def assert_clean(runner, done, *more):
    """Nothing that the job leaves holds a secret.

    ansible-runner keeps the environment of its command in the file ``command``; AWX takes the values of credentials out of that.
    """
    secrets = {
        "password": PASSWORD,
        "SIP password": SIP_PASSWORD,
        **{"more %d" % place: one for place, one in enumerate(more)},
    }
    left = {path: text for path, text in files(done.folder).items() if not path.endswith("/command")}
    assert len(left) > 5
    left.update(files(runner.state))
    left.update(files(runner.project))
    assert leaks(secrets, left) == []


def test_onboard(runner, emulator):
    runner.document(
        "10021",
        alianza_trunks=[
            {"name": "HQ", "concurrent_calls": 9, "telephone_numbers": [_number("10021")]},
            {"name": "DR", "concurrent_calls": 2},
        ],
    )
    done = runner.run(Launch("Alianza: onboard", limit="10021"))
    assert done.code == 0, done.output
    assert {trunk["trunkName"]: trunk["concurrentCalls"] for trunk in emulator.account("ID-10021")["trunks"]} == {
        "HQ": 9,
        "DR": 2,
    }
    assert emulator.number(_number("10021"))["referenceId"] == "T-10021"
    assert emulator.open_tokens == 0
    assert_clean(runner, done)


def test_converge_as_a_plan_and_then_for_real(runner, emulator):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    planned = runner.run(Launch("Alianza: converge", job_type="check"))
    assert planned.code == 0, planned.output
    # The first host has the comparison of all, and the one that differs has its plan.
    assert emulator.writes() == [] and planned.hosts == {min(ACCOUNTS), "10022"}
    assert "concurrent_calls" in planned.output
    done = runner.run(Launch("Alianza: converge", {"alianza_prune": "numbers"}, job_id=8))
    assert done.code == 0, done.output
    assert len(emulator.writes()) == 1 and emulator.trunk("ID-10022", "HQ")["concurrentCalls"] == 9
    assert emulator.open_tokens == 0
    assert_clean(runner, planned)
    assert_clean(runner, done)


def test_audit(runner, emulator):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    done = runner.run(Launch("Alianza: audit"))
    assert done.code == 0, done.output
    assert done.artifacts["trunk_audit"]["drifted"] == ["10022"]
    assert done.artifacts["trunk_audit"]["totals"]["accounts"] == 7
    report = json.loads((runner.state / "audits" / "7" / "audit.json").read_text())
    assert report["totals"]["accounts"] == 7
    assert emulator.writes() == [] and emulator.open_tokens == 0
    assert_clean(runner, done)


def test_audit_that_fails_has_its_artifact_too(runner):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    done = runner.run(Launch("Alianza: audit", {"trunk_audit_fail_on_drift": "true"}, limit="10022"))
    assert done.code != 0 and done.artifacts["trunk_audit"]["drifted"] == ["10022"], done.output


def test_export(runner):
    done = runner.run(Launch("Alianza: export accounts", limit="10021"))
    assert done.code == 0, done.output
    assert "HQ" in (runner.state / "exported" / "10021.yml").read_text()
    assert_clean(runner, done)


def test_divert_and_restore_with_blank_answers(runner, emulator):
    done = runner.run(Launch("Alianza: divert", {"trunk_diversion_target": "801-555-9999"}, limit="10021"))
    assert done.code == 0, done.output
    diverted = emulator.account("ID-10021")["trunks"][0]["forward"]["forwardAlways"]
    assert (diverted["enabled"], diverted["referenceId"]) == (True, "18015559999")
    assert [path.name for path in (runner.state / "diversions").glob("*.yml")]
    assert_clean(runner, done)
    # The container of the first job is gone, and what was in it.
    shutil.rmtree(runner.folder / "job_7")
    back = runner.run(Launch("Alianza: restore", limit="10021", job_id=8))
    assert back.code == 0, back.output
    assert not (emulator.account("ID-10021")["trunks"][0]["forward"].get("forwardAlways") or {}).get("enabled")
    assert_clean(runner, back)


def test_rotate_credentials(runner, emulator):
    answers = {
        "credential_rotation_trunks": "HQ\n",
        "credential_rotation_handover_registers": "true",
        "credential_rotation_settle": 0,
        "credential_rotation_wait_timeout": 5,
    }
    done = runner.run(Launch("Alianza: rotate credentials", answers, limit="10021"))
    assert done.code == 0, done.output
    changed = emulator.trunk("ID-10021", "HQ")["sipPassword"]
    assert changed != SIP_PASSWORD
    assert_clean(runner, done, changed)


def test_rotation_is_refused_while_the_survey_does_not_say_what_a_check_is_worth(runner, emulator):
    answers = {"credential_rotation_trunks": "HQ", "credential_rotation_registration_interval": 60}
    done = runner.run(Launch("Alianza: rotate credentials", answers, limit="10021"))
    assert done.code != 0 and "credential_rotation_settle is 10 s" in done.output, done.output
    assert emulator.writes() == []


def test_what_if(runner, emulator):
    done = runner.run(Launch("Alianza: what if", {"what_if_unavailable_trunks": "HQ\n"}, limit="10021"))
    assert done.code == 0 and "With HQ unavailable:" in done.output, done.output
    now = runner.run(Launch("Alianza: what if", limit="10021", job_id=8))
    assert now.code == 0 and "Now:" in now.output, now.output
    assert emulator.writes() == [] and emulator.open_tokens == 0
    assert_clean(runner, done)


def test_unlock_with_a_blank_answer(runner, emulator):
    done = runner.run(Launch("Alianza: unlock"))
    assert done.code == 0, done.output
    assert [entry["path"].split("/")[-2] for entry in emulator.writes()] == ["T-10022"]
    assert_clean(runner, done)


def test_offboard(runner, emulator):
    done = runner.run(Launch("Alianza: offboard", {"sip_trunk_offboarding_trunks": "HQ"}, limit="10023"))
    assert done.code == 0, done.output
    assert emulator.account("ID-10023")["trunks"] == []
    assert list((runner.state / "offboarded").iterdir())
    assert_clean(runner, done)


def test_offboard_a_whole_account_with_a_blank_answer(runner, emulator):
    done = runner.run(Launch("Alianza: offboard", {"sip_trunk_offboarding_whole_account": "true"}, limit="10024"))
    assert done.code == 0, done.output
    assert emulator.account("ID-10024")["trunks"] == []


def test_a_job_on_another_node(runner, emulator):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    done = runner.run_elsewhere(Launch("Alianza: converge", limit="10022"))
    assert done.code == 0, done.output
    assert emulator.trunk("ID-10022", "HQ")["concurrentCalls"] == 9 and emulator.open_tokens == 0
    assert_clean(runner, done)


def test_three_slices_do_each_account_once(runner, emulator):
    for number in ACCOUNTS:
        runner.document(number, alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    hosts = []
    for number in (1, 2, 3):
        launch = Launch("Alianza: converge", piece=(number, 3), job_id=10 + number)
        done = runner.run(launch)
        assert done.code == 0, done.output
        hosts += done.hosts
    assert sorted(hosts) == ACCOUNTS
    written = [entry["path"].split("/account/")[1].split("/")[0] for entry in emulator.writes()]
    assert sorted(written) == ["ID-" + number for number in ACCOUNTS]


def test_slices_of_an_audit_keep_their_reports_apart(runner):
    for number in (1, 2, 3):
        done = runner.run(Launch("Alianza: audit", piece=(number, 3), job_id=10 + number))
        assert done.code == 0, done.output
    reports = [json.loads(path.read_text()) for path in sorted((runner.state / "audits" / "100").glob("*/audit.json"))]
    assert sorted(account["account_number"] for report in reports for account in report["accounts"]) == ACCOUNTS
