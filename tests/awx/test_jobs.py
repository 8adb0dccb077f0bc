# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs under ansible-runner against the emulator: plans, other nodes, slices, and what a workflow makes of them."""

from __future__ import annotations

import json

from ansible_collections.alianza.sip_trunking.tests.awx.estate import ACCOUNTS, assert_clean
from ansible_collections.alianza.sip_trunking.tests.awx.jobs import Launch
from ansible_collections.alianza.sip_trunking.tests.awx.workflows import run_workflow


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


def test_audit_that_fails_has_its_artifact_too(runner):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    done = runner.run(Launch("Alianza: audit", {"trunk_audit_fail_on_drift": "true"}, limit="10022"))
    assert done.code != 0 and done.artifacts["trunk_audit"]["drifted"] == ["10022"], done.output


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
        launch = Launch("Alianza: converge", piece=(number, 3), job_id=10 + number, workflow_job_id=100)
        done = runner.run(launch)
        assert done.code == 0, done.output
        hosts += done.hosts
    assert sorted(hosts) == ACCOUNTS
    written = [entry["path"].split("/account/")[1].split("/")[0] for entry in emulator.writes()]
    assert sorted(written) == ["ID-" + number for number in ACCOUNTS]


def test_an_audit_in_slices_becomes_one_page(runner, emulator):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    jobs = run_workflow(runner, "Alianza: audit all accounts")
    assert [done.code for done in jobs["audit"]] == [0, 0, 0], jobs
    (merged,) = jobs["merge"]
    # The run fails once, for all of them, and after the page is written.
    assert merged.code != 0 and "10022: HQ: call paths 5 on the platform, 9 in the document" in merged.output
    pages = runner.state / "audits" / "all"
    made = json.loads((pages / "audit.json").read_text())
    assert sorted(account["account_number"] for account in made["accounts"]) == ACCOUNTS
    assert len(made["slices"]) == 3 and "audit.html" in {path.name for path in pages.iterdir()}
    outcome = merged.artifacts["trunk_audit"]
    assert outcome["totals"]["accounts"] == 7 and outcome["drifted"] == ["10022"] and outcome["changes"] is None
    assert_clean(runner, merged)

    # The next night the document is right, and a slice leaves no report.
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 5}])
    again = run_workflow(runner, "Alianza: audit all accounts", {"trunk_audit_usage_days": "1"}, first_id=200, lost=2)
    (merged,) = again["merge"]
    assert merged.code != 0 and "10022" not in merged.artifacts["trunk_audit"]["drifted"]
    missing = merged.artifacts["trunk_audit"]["not_audited"]
    assert missing == ACCOUNTS[1::3] and "None of the reports has this host" in merged.output
    made = json.loads((pages / "audit.json").read_text())
    assert made["usage_days"] == 1 and sorted(account["host"] for account in made["accounts"]) == ACCOUNTS
    assert sorted(each["host"] for each in made["changes"]["worse"]) == missing
    assert emulator.writes() == [] and emulator.open_tokens == 0
