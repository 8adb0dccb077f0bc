# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook awx_setup with the real modules of awx.awx: everything is accepted, and a second run changes nothing."""

from __future__ import annotations

import shutil

import pytest

from ansible_collections.alianza.sip_trunking.tests.awx.controller import surveys
from ansible_collections.alianza.sip_trunking.tests.awx.controller.notifications import render
from ansible_collections.alianza.sip_trunking.tests.awx.settings import PASSWORD, TOKEN, USERNAME


def test_everything_is_accepted_and_no_secret_shown(first, ready):
    played, log, store = first
    assert PASSWORD not in played.output and TOKEN not in played.output
    assert "plugin load" not in played.output
    assert [entry for entry in log if entry.status >= 400] == []
    assert {name: len(each) for name, each in store.objects.items()} == {
        "organizations": 1,
        "credential_types": 1,
        "credentials": 1,
        "execution_environments": 1,
        "notification_templates": 1,
        "projects": 1,
        "inventories": 1,
        "inventory_sources": 1,
        "job_templates": 10,
        "workflow_job_templates": 1,
        "workflow_job_template_nodes": 4,
        "workflow_approval_templates": 1,
        "schedules": 2,
    }
    credential = ready.named("credentials", "Alianza API")
    assert credential["inputs"] == {"username": USERNAME, "password": PASSWORD}
    (source,) = store.objects["inventory_sources"].values()
    assert source["credential"] == credential["id"] and source["source_path"] == "inventory/alianza_accounts.yml"
    for template in store.objects["job_templates"].values():
        assert store.linked("job_templates", template["id"], "credentials") == [credential["id"]]
        assert template["survey_enabled"] and store.surveys[template["id"]]["spec"]
    assert ready.named("job_templates", "Alianza: converge")["job_slice_count"] == 3
    assert _chain(ready) == ["refresh", "plan", "approve", "apply"]


@pytest.mark.parametrize("check", [False, True])
def test_a_second_run_changes_nothing(setup, ready, check):
    again = setup(check=check)
    assert again.code == 0, again.output
    assert ready.writes() == [] and " changed=0 " in again.output, again.output
    assert len(ready.log) > 50


# Data that a test does not need: each object is a module that starts.
NO_JOBS = {"controller_templates": [], "controller_workflows": [], "controller_schedules": []}
ONLY_LOGIN = dict(NO_JOBS, controller_projects=[], controller_inventories=[], controller_inventory_sources=[])


def _chain(controller):
    """Return the identifiers of the workflow's nodes, one after the other, and check what they run."""
    nodes = controller.store.objects["workflow_job_template_nodes"]
    targets = {key: controller.store.linked("workflow_job_template_nodes", key, "success_nodes") for key in nodes}
    (first,) = set(nodes) - {key for linked in targets.values() for key in linked}
    chain = [first]
    while targets[chain[-1]]:
        (following,) = targets[chain[-1]]
        chain.append(following)
    refresh, plan, approve, apply = (nodes[key] for key in chain)
    template = controller.store.find_template
    assert template(refresh["unified_job_template"])["source"] == "scm"
    assert (plan["job_type"], apply["job_type"]) == ("check", "run")
    assert template(plan["unified_job_template"]) is template(apply["unified_job_template"])
    assert template(approve["unified_job_template"])["timeout"] == 86400
    return [nodes[key]["identifier"] for key in chain]


def test_a_change_is_one_write_and_a_check_shows_it_first(setup, ready):
    changed = {"awx_setup_forks": 7, "awx_setup_audit_rrule": "DTSTART:20260101T040000Z RRULE:FREQ=DAILY;INTERVAL=1"}
    checked = setup(check=True, controller_workflows=[], **changed)
    assert checked.code == 0 and ready.writes() == []
    assert " changed=2 " in checked.output, checked.output
    assert setup(controller_workflows=[], **changed).code == 0
    assert sorted({(entry.method, entry.path.split("/")[3]) for entry in ready.writes()}) == [
        ("PATCH", "job_templates"),
        ("PATCH", "schedules"),
    ]
    assert {each["forks"] for each in ready.store.objects["job_templates"].values()} == {7}


def test_without_a_login_the_credential_is_filled_in_by_hand(setup, controller):
    nothing = {"ALIANZA_USERNAME": None, "ALIANZA_PASSWORD": None}
    assert setup(environ=nothing, **ONLY_LOGIN).code == 0
    credential = controller.named("credentials", "Alianza API")
    assert credential["inputs"] == {}
    credential["inputs"] = {"username": "by hand", "password": "by hand"}
    controller.log.clear()
    assert setup(environ=nothing, **ONLY_LOGIN).code == 0
    assert controller.writes() == [] and credential["inputs"]["username"] == "by hand"


def test_a_new_password_is_written_when_told(setup, ready):
    changed = {"ALIANZA_PASSWORD": "another"}
    assert setup(environ=changed, **ONLY_LOGIN).code == 0
    assert ready.named("credentials", "Alianza API")["inputs"]["password"] == PASSWORD
    assert setup(environ=changed, awx_setup_update_secrets=True, **ONLY_LOGIN).code == 0
    assert ready.named("credentials", "Alianza API")["inputs"]["password"] == "another"


@pytest.mark.parametrize(
    "variables, said",
    [
        ({"awx_setup_project_url": ""}, "awx_setup_project_url is empty"),
        ({"awx_setup_state_directory": ""}, "awx_setup_state_directory is empty"),
        ({"awx_setup_state_directory": "state"}, "give an absolute path"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_asked(setup, controller, variables, said):
    played = setup(**variables)
    assert played.code != 0 and said in played.output
    assert controller.log == []


def test_optional_things_are_left_out(setup, controller):
    played = setup(
        awx_setup_execution_environment_image="",
        awx_setup_notification_type="",
        awx_setup_audit_rrule="",
        awx_setup_inventory_rrule="",
        controller_workflows=[],
    )
    assert played.code == 0, played.output
    objects = controller.store.objects
    assert not objects["execution_environments"] and not objects["notification_templates"] and not objects["schedules"]
    assert all(each["execution_environment"] is None for each in objects["job_templates"].values())


def test_the_modules_of_automation_platform_serve_as_well(setup, ready, foreign, tmp_path):
    """ansible.controller is not to be had here; it is the same code under another name."""
    place = tmp_path / "platform" / "ansible_collections" / "ansible"
    place.mkdir(parents=True)
    shutil.copytree(foreign / "ansible_collections" / "awx" / "awx", place / "controller")
    played = setup(
        awx_setup_collection="ansible.controller",
        environ={"ANSIBLE_COLLECTIONS_PATH": "%s:%s" % (tmp_path / "tree", tmp_path / "platform")},
        **ONLY_LOGIN,
    )
    assert played.code == 0, played.output
    assert ready.writes() == [] and len(ready.log) > 5


AUDITED = {
    "totals": {"accounts": 40},
    "drifted": ["maple-dental"],
    "not_audited": [],
    "attention": ["maple-dental", "wasatch"],
}
DONE = {"id": 7, "name": "Alianza: audit", "status": "failed"}


@pytest.mark.parametrize(
    "kind, configuration",
    [
        ("webhook", {"url": "https://chat.example.net/hook"}),
        ("slack", {"token": "s3cret-token", "channels": ["voice"]}),
        (
            "email",
            {"host": "mail.example.net", "port": 25, "sender": "awx@example.net", "recipients": ["voice@example.net"]},
        ),
    ],
)
def test_a_notification_says_what_the_audit_found(setup, controller, kind, configuration):
    played = setup(awx_setup_notification_type=kind, awx_setup_notification_configuration=configuration, **ONLY_LOGIN)
    assert played.code == 0 and "s3cret-token" not in played.output, played.output
    messages = controller.named("notification_templates", "Alianza audit")["messages"]
    assert messages["success"] == messages["error"]
    for text in messages["error"].values():
        with_report = render(text, {"job": dict(DONE, artifacts={"trunk_audit": AUDITED}), "url": "https://awx/7"})
        assert "https://awx/7" in with_report and "40" in with_report
        assert "maple-dental" in with_report or "1 of 40 accounts drifted" in with_report
        # A job that is split has a workflow job above it, which has no artifacts.
        for job in (DONE, dict(DONE, artifacts={})):
            assert "failed" in render(text, {"job": job, "url": "https://awx/7"})


def test_surveys_take_their_defaults_and_blank_answers(ready):
    for template in ready.store.objects["job_templates"].values():
        spec = ready.store.surveys[template["id"]]
        answers = {
            question["variable"]: "12345" if question["default"] == "" and question["required"] else question["default"]
            for question in spec["spec"]
        }
        assert surveys.answer_errors(spec, answers) == []
