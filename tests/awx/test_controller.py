# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-in of AWX refuses what AWX refuses."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.awx.controller import surveys
from ansible_collections.alianza.sip_trunking.tests.awx.controller.refusal import Refused
from ansible_collections.alianza.sip_trunking.tests.awx.controller.store import Store

QUESTION = {"type": "text", "question_name": "Which?", "variable": "which", "required": False, "default": ""}
JOB = {"name": "job", "inventory": 2, "project": 3, "playbook": "site.yml"}


@pytest.fixture(name="store")
def fixture_store():
    """An organization (1), an inventory (2), a project (3) and a job template (4) with a survey."""
    store = Store(["site.yml"])
    store.save("organizations", {"name": "one"})
    store.save("inventories", {"name": "inventory", "organization": 1})
    store.save(
        "projects", {"name": "project", "scm_type": "git", "scm_url": "https://git.example.net/x", "organization": 1}
    )
    store.save("job_templates", dict(JOB, survey_enabled=True, ask_limit_on_launch=True))
    store.set_survey(4, {"name": "", "description": "", "spec": [QUESTION]})
    return store


def kind(fields=(), env=None, **more):
    """Return a credential type as it is sent."""
    inputs = {"fields": [dict({"label": "x"}, **field) for field in fields], "required": []}
    return dict({"name": "kind", "kind": "cloud", "inputs": inputs, "injectors": {"env": env or {}}}, **more)


@pytest.mark.parametrize(
    "endpoint, sent, where",
    [
        ("credential_types", kind([{"id": "a"}], {"ANSIBLE_CONFIG": "x"}), "injectors"),
        ("credential_types", kind([{"id": "a"}], {"JOB_ID": "x"}), "injectors"),
        ("credential_types", kind([{"id": "a"}], {"X": "{{ b }}"}), "injectors"),
        ("credential_types", kind([{"id": "a"}], {"X": "ü"}), "injectors"),
        ("credential_types", kind([{"id": "a"}], {"X": "{{ a"}), "injectors"),
        ("credential_types", kind([{"id": "tower"}]), "inputs"),
        ("credential_types", kind([{"id": "a"}, {"id": "a"}]), "inputs"),
        ("credential_types", kind([{"id": "a", "type": "boolean", "secret": True}]), "inputs"),
        ("credential_types", kind([{"id": "a", "type": "integer"}]), "inputs"),
        ("credential_types", kind([{"id": "a", "unknown": 1}]), "inputs"),
        ("credential_types", kind(kind="ssh"), "kind"),
        ("job_templates", dict(JOB, name="other", unknown=1), "unknown"),
        ("job_templates", dict(JOB, name="other", playbook="none.yml"), "playbook"),
        ("job_templates", dict(JOB, name="other", project=None), "project"),
        ("job_templates", dict(JOB, name="other", inventory=None), "inventory"),
        ("job_templates", dict(JOB, name="other", inventory=99), "inventory"),
        ("job_templates", dict(JOB, name="other", job_slice_count=-1), "job_slice_count"),
        ("job_templates", dict(JOB, name="other", forks="5"), "forks"),
        ("job_templates", dict(JOB, name="other", ask_scm_branch_on_launch=True), "scm_branch"),
        ("inventories", {"name": "inventory", "organization": 1}, "__all__"),
        ("inventories", {"name": "other"}, "organization"),
        ("inventory_sources", {"name": "source", "inventory": 2, "source": "scm"}, "source_project"),
        ("workflow_job_templates", {"name": "w", "ask_forks_on_launch": True}, "ask_forks_on_launch"),
        ("schedules", {"name": "s", "unified_job_template": 4, "rrule": "RRULE:FREQ=DAILY;INTERVAL=1"}, "rrule"),
        (
            "schedules",
            {"name": "s", "unified_job_template": 4, "rrule": "DTSTART:20260101T050000Z RRULE:FREQ=DAILY"},
            "rrule",
        ),
    ],
)
def test_it_refuses(store, endpoint, sent, where):
    with pytest.raises(Refused) as refused:
        store.save(endpoint, sent)
    assert where in refused.value.errors


@pytest.mark.parametrize(
    "prompts, where",
    [
        ({"job_type": "check"}, "job_type"),
        ({"job_slice_count": 2}, "job_slice_count"),
        ({"extra_data": {"other": "x"}}, "extra_data"),
        ({"extra_data": {"which": True}}, "extra_data"),
        ({"limit": "some", "extra_data": {"which": "x"}}, ""),
    ],
)
def test_a_node_may_set_what_its_template_asks_for(store, prompts, where):
    workflow = store.save("workflow_job_templates", {"name": "w", "organization": 1})
    node = dict(prompts, workflow_job_template=workflow["id"], unified_job_template=4, identifier="n")
    if where:
        with pytest.raises(Refused) as refused:
            store.save("workflow_job_template_nodes", node)
        assert where in refused.value.errors
    else:
        assert store.save("workflow_job_template_nodes", node)["limit"] == "some"


@pytest.mark.parametrize(
    "change",
    [
        {"min": ""},
        {"max": "10"},
        {"type": "number"},
        {"required": "yes"},
        {"default": 5},
        {"type": "integer", "default": "5"},
        {"type": "multiplechoice"},
        {"type": "multiplechoice", "choices": ["a", "b"], "default": "c"},
        {"hidden": True},
        {"variable": None},
    ],
)
def test_it_refuses_a_question(change):
    with pytest.raises(Refused):
        surveys.validate({"name": "", "description": "", "spec": [dict(QUESTION, **change)]})


@pytest.mark.parametrize("spec", [{"name": "", "spec": [QUESTION]}, {"name": "", "description": "", "spec": []}])
def test_it_refuses_a_survey(spec):
    with pytest.raises(Refused):
        surveys.validate(spec)


@pytest.mark.parametrize(
    "question, answer, accepted",
    [
        ({}, "", True),
        ({"min": 1}, "", False),
        ({"max": 2}, "abc", False),
        ({}, 5, False),
        ({"type": "integer"}, 5, True),
        ({"type": "integer"}, "", False),
        ({"type": "multiplechoice", "choices": ["a"]}, "", False),
        ({"type": "multiplechoice", "choices": "a\nb"}, "b", True),
    ],
)
def test_which_answers_are_taken(question, answer, accepted):
    assert (surveys.answer_errors({"spec": [dict(QUESTION, **question)]}, {"which": answer}) == []) is accepted
