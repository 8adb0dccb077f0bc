# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every job template of the data runs, with the answers that its survey demands and blank ones otherwise, and no secret is left."""

from __future__ import annotations

import json
import shutil

import pytest

from ansible_collections.alianza.sip_trunking.tests.awx.estate import SIP_PASSWORD, assert_clean, number
from ansible_collections.alianza.sip_trunking.tests.awx.jobs import Launch
from ansible_collections.alianza.sip_trunking.tests.awx.rulebook import started

# {name of a template without its prefix: function}. A function gets the runner, the emulator, and what launches the template with the
# answers that are demanded: launch({variable: answer}, limit=...).
RUNS = {}


def run_of(name):
    """Return a decorator for the function that runs a template."""

    def keep(function):
        RUNS[name] = function
        return function

    return keep


def test_every_template_has_a_run(first):
    templates = first[2].objects["job_templates"].values()
    assert {"Alianza: " + name for name in RUNS} == {template["name"] for template in templates}


@run_of("onboard")
def _onboard(runner, emulator, launch):
    trunks = [
        {"name": "HQ", "concurrent_calls": 9, "telephone_numbers": [number("10021")]},
        {"name": "DR", "concurrent_calls": 2},
    ]
    runner.document("10021", alianza_trunks=trunks)
    launch(limit="10021")
    made = {trunk["trunkName"]: trunk["concurrentCalls"] for trunk in emulator.account("ID-10021")["trunks"]}
    assert made == {"HQ": 9, "DR": 2}
    assert emulator.number(number("10021"))["referenceId"] == "T-10021"


@run_of("converge")
def _converge(runner, emulator, launch):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    launch()
    assert len(emulator.writes()) == 1 and emulator.trunk("ID-10022", "HQ")["concurrentCalls"] == 9


@run_of("audit")
def _audit(runner, emulator, launch):
    runner.document("10022", alianza_trunks=[{"name": "HQ", "concurrent_calls": 9}])
    done = launch()
    outcome = done.artifacts["trunk_audit"]
    assert outcome["drifted"] == ["10022"] and outcome["totals"]["accounts"] == 7
    folder = runner.state / "audits" / "7"
    assert outcome["directory"] == str(folder)
    report = json.loads((folder / "audit.json").read_text())
    assert report["totals"]["accounts"] == 7 and report["usage_days"] is None
    assert emulator.writes() == []


@run_of("merge audits")
def _merge_audits(runner, emulator, launch):
    """As the second node of the workflow, with the artifact of the first one; and by hand, with the directory."""
    artifacts = launch(template="audit", workflow_job_id=100).artifacts
    launch(variables=artifacts, workflow_job_id=100)
    page = runner.state / "audits" / "all" / "audit.html"
    assert page.exists()
    page.unlink()
    launch({"alianza_audit_reports": str(runner.state / "audits" / "100")})
    assert page.exists() and emulator.writes() == []


@run_of("export accounts")
def _export(runner, emulator, launch):
    launch(limit="10021")
    assert "HQ" in (runner.state / "exported" / "10021.yml").read_text()
    assert emulator.writes() == []


@run_of("what if")
def _what_if(_runner, emulator, launch):
    assert "Now:" in launch(limit="10021").output
    assert "With HQ unavailable:" in launch({"what_if_unavailable_trunks": "HQ\n"}, limit="10021").output
    assert emulator.writes() == []


@run_of("divert")
def _divert(runner, emulator, launch):
    launch({"trunk_diversion_target": "801-555-9999"}, limit="10021")
    diverted = emulator.account("ID-10021")["trunks"][0]["forward"]["forwardAlways"]
    assert (diverted["enabled"], diverted["referenceId"]) == (True, "18015559999")
    assert list((runner.state / "diversions").glob("*.yml"))


@run_of("restore")
def _restore(_runner, emulator, launch):
    launch({"trunk_diversion_target": "801-555-9999"}, template="divert", limit="10021")
    launch(limit="10021")
    assert not (emulator.account("ID-10021")["trunks"][0]["forward"].get("forwardAlways") or {}).get("enabled")


@run_of("rotate credentials")
def _rotate(runner, emulator, launch):
    """With the answers as they are the check waits an hour, which a plan does not; a PBX with a shorter interval waits less."""
    planned = launch({"credential_rotation_trunks": "HQ\n"}, limit="10021", job_type="check")
    assert "'HQ' would get a new password" in planned.output and emulator.writes() == []
    answers = {"credential_rotation_trunks": "HQ\n", "credential_rotation_registration_interval": 1}
    done = launch(answers, limit="10021")
    changed = emulator.trunk("ID-10021", "HQ")["sipPassword"]
    assert changed != SIP_PASSWORD and "10 s and more after the hand-over" in done.output
    assert_clean(runner, done, changed)


@run_of("unlock")
def _unlock(_runner, emulator, launch):
    launch()
    assert [entry["path"].split("/")[-2] for entry in emulator.writes()] == ["T-10022"]


@run_of("offboard")
def _offboard(runner, emulator, launch):
    launch({"sip_trunk_offboarding_trunks": "HQ"}, limit="10023")
    assert emulator.account("ID-10023")["trunks"] == []
    assert list((runner.state / "offboarded").iterdir())


def _event(name, **more):
    return dict({"event": name, "since": "2026-11-26T03:02:00Z", "api_host": "api.alianza.com"}, **more)


TRUNK = {
    "account_id": "ID-10023",
    "account_number": "10023",
    "trunk_id": "T-10023",
    "trunk_name": "HQ",
    "telephone_numbers": 1,
}


@run_of("trunk watch")
def _trunk_watch(runner, emulator, launch):
    """As the rulebook launches it, which gives the hosts of the ruleset as the limit."""
    runner.document("10023", trunk_failover_target="801-555-9999")
    (down,) = started(_event("unregistered", **TRUNK))
    done = launch(variables=down["extra_vars"], limit="all")
    assert emulator.account("ID-10023")["trunks"][0]["forward"]["forwardAlways"]["referenceId"] == "18015559999"
    assert list((runner.state / "diversions").glob("*.yml")) and (runner.state / "watch" / "ledger.json").exists()
    assert done.artifacts["trunk_watch"]["host"] == "10023" and "HQ" in done.artifacts["trunk_watch"]["text"]
    emulator.registration("ID-10023", "HQ", registered=True)
    (up,) = started(_event("registered", **TRUNK))
    launch(variables=up["extra_vars"], limit="all")
    assert not (emulator.account("ID-10023")["trunks"][0]["forward"].get("forwardAlways") or {}).get("enabled")


@run_of("trunk notice")
def _trunk_notice(_runner, emulator, launch):
    (unreachable,) = started(_event("api_unreachable"))
    done = launch(variables=unreachable["extra_vars"], limit="all")
    assert done.artifacts["trunk_watch"]["text"].startswith("The API cannot be read") and emulator.writes() == []


@pytest.mark.parametrize("name", sorted(RUNS))
def test_a_template_runs(name, runner, emulator):
    jobs = []

    def launch(answers=None, template=name, **more):
        done = runner.run(Launch("Alianza: " + template, answers or {}, job_id=7 + len(jobs), **more))
        assert done.code == 0, done.output
        jobs.append(done)
        # The container of the job is gone, and what was in it.
        shutil.rmtree(runner.folder / ("job_%d" % (6 + len(jobs))) / "project")
        return done

    RUNS[name](runner, emulator, launch)
    assert jobs and emulator.open_tokens == 0
    for done in jobs:
        assert_clean(runner, done)


@pytest.mark.parametrize("name", ["unregistered", "registered", "locked_out", "api_unreachable", "api_back"])
def test_what_the_rulebook_starts_is_in_the_data(first, name):
    store = first[2]
    (job,) = started(_event(name))
    (organization,) = store.objects["organizations"].values()
    assert organization["name"] == job["organization"]
    (template,) = [each for each in store.objects["job_templates"].values() if each["name"] == job["name"]]
    assert template["ask_variables_on_launch"] and not template["survey_enabled"] and template["ask_limit_on_launch"]
    assert template["playbook"] == ("trunk_notice.yml" if name.startswith("api_") else "trunk_watch.yml")
    assert job["extra_vars"]["trunk_watch_event"]["event"] == name
