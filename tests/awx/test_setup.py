# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook awx_setup with the real modules of awx.awx: everything is accepted, and a second run changes nothing."""

from __future__ import annotations

import json
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
        "instance_groups": 0,
        "credential_types": 1,
        "credentials": 1,
        "execution_environments": 1,
        "notification_templates": 2,
        "projects": 1,
        "inventories": 1,
        "inventory_sources": 1,
        "job_templates": 13,
        "workflow_job_templates": 2,
        "workflow_job_template_nodes": 6,
        "workflow_approval_templates": 1,
        "schedules": 2,
    }
    credential = ready.named("credentials", "Alianza API")
    assert credential["inputs"] == {"username": USERNAME, "password": PASSWORD}
    (source,) = store.objects["inventory_sources"].values()
    assert source["credential"] == credential["id"] and source["source_path"] == "inventory/alianza_accounts.yml"
    for template in store.objects["job_templates"].values():
        assert store.linked("job_templates", template["id"], "credentials") == [credential["id"]]
        # A rulebook hands over what it has; people are asked.
        asked = bool(template["survey_enabled"] and store.surveys[template["id"]]["spec"])
        assert asked is not template["ask_variables_on_launch"]
    assert ready.named("job_templates", "Alianza: converge")["job_slice_count"] == 3
    assert _chain(ready) == ["refresh", "plan", "approve", "apply"]
    _assert_audit_of_all(ready)


@pytest.mark.parametrize("check", [False, True])
def test_a_second_run_changes_nothing(setup, ready, check):
    again = setup(check=check)
    assert again.code == 0, again.output
    assert ready.writes() == [] and " changed=0 " in again.output, again.output
    assert len(ready.log) > 50


# Data that a test does not need: each object is a module that starts.
NO_JOBS = {"controller_templates": [], "controller_workflows": [], "controller_schedules": []}
ONLY_LOGIN = dict(NO_JOBS, controller_projects=[], controller_inventories=[], controller_inventory_sources=[])


def _nodes(controller, workflow):
    key = controller.named("workflow_job_templates", workflow)["id"]
    nodes = controller.store.objects["workflow_job_template_nodes"]
    return {number: node for number, node in nodes.items() if node["workflow_job_template"] == key}


def _assert_audit_of_all(controller):
    """The audit runs in slices, whatever comes of them one page is made, and its job sends the notification."""
    store = controller.store
    nodes = _nodes(controller, "Alianza: audit all accounts")
    audit, merge = (next(key for key in nodes if nodes[key]["identifier"] == name) for name in ("audit", "merge"))
    assert store.linked("workflow_job_template_nodes", audit, "always_nodes") == [merge]
    audits, merges = (store.find_template(nodes[key]["unified_job_template"]) for key in (audit, merge))
    assert (audits["job_slice_count"], merges["job_slice_count"]) == (3, 1)
    assert nodes[merge]["extra_data"] == {"trunk_audit_fail_on_drift": "true"} and not nodes[audit]["extra_data"]
    notification = controller.named("notification_templates", "Alianza audit")["id"]
    for event in ("success", "error"):
        link = "notification_templates_" + event
        assert store.linked("job_templates", merges["id"], link) == [notification]
        assert store.linked("job_templates", audits["id"], link) == []
    nightly = controller.named("schedules", "Alianza: nightly audit")
    assert (
        nightly["unified_job_template"]
        == controller.named("workflow_job_templates", "Alianza: audit all accounts")["id"]
    )
    # Both read and write below the directory that outlives the jobs.
    assert json.loads(audits["extra_vars"])["alianza_audit_directory"] == "/srv/alianza/audits"
    assert json.loads(merges["extra_vars"]) == dict.fromkeys(
        ("audit_merge_directory", "audit_merge_previous"), "/srv/alianza/audits/all"
    )


def _chain(controller):
    """Return the identifiers of the workflow's nodes, one after the other, and check what they run."""
    nodes = _nodes(controller, "Alianza: plan, approve, apply")
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


def test_jobs_run_where_the_directory_is_mounted_and_reach_the_pbx(setup, ready):
    """The container group and the credential for the PBX are the user's own."""
    objects = ready.store.objects
    objects["instance_groups"][901] = {"id": 901, "name": "alianza"}
    objects["credential_types"][902] = {"id": 902, "name": "Machine", "kind": "ssh", "inputs": {"fields": []}}
    machine = {"id": 903, "name": "PBX", "credential_type": 902, "organization": None, "inputs": {}}
    objects["credentials"][903] = machine
    played = setup(
        awx_setup_instance_groups=["alianza"],
        awx_setup_handover_credential="PBX",
        **{"controller_" + name: [] for name in "projects inventories inventory_sources workflows schedules".split()},
    )
    assert played.code == 0, played.output
    login = ready.named("credentials", "Alianza API")["id"]
    for template in objects["job_templates"].values():
        wanted = [login, 903] if template["playbook"] == "rotate_credentials.yml" else [login]
        assert ready.store.linked("job_templates", template["id"], "credentials") == wanted
        assert ready.store.linked("job_templates", template["id"], "instance_groups") == [901]


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
    "directory": "/srv/alianza/audits/all",
    "changes": None,
}
COMPARED = dict(AUDITED, changes={"worse": [{"host": "wasatch"}, {"host": "wasatch"}], "fixed": [{"host": "elm"}]})
WATCHED = {"host": "maple-dental", "text": "Trunk HQ of account 10021 is not registered"}
DONE = {"id": 7, "name": "Alianza: merge audits", "status": "failed"}


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
        assert "ew findings" not in with_report
        compared = render(text, {"job": dict(DONE, artifacts={"trunk_audit": COMPARED}), "url": "https://awx/7"})
        assert any(
            words in compared
            for words in (
                "new findings since the page before: 2, fixed: 1",
                "before: wasatch\nFixed: elm",
                '"fixed": [{',
            )
        ), compared
        for job in (DONE, dict(DONE, artifacts={})):
            assert "failed" in render(text, {"job": job, "url": "https://awx/7"})
    watch = controller.named("notification_templates", "Alianza night watch")["messages"]
    for text in watch["error"].values():
        for artifacts, said in (({"trunk_watch": WATCHED}, "not registered"), ({}, "")):
            sent = render(text, {"job": dict(DONE, artifacts=artifacts), "url": "https://awx/7"})
            assert said in sent and "failed" in sent and "https://awx/7" in sent


def test_surveys_take_their_defaults_and_blank_answers(ready):
    for spec in ready.store.surveys.values():
        answers = {
            question["variable"]: "12345" if question["default"] == "" and question["required"] else question["default"]
            for question in spec["spec"]
        }
        assert surveys.answer_errors(spec, answers) == []
