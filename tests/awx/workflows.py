# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows as AWX runs them: nodes in the order of their links, slices in a workflow job of their own, artifacts handed on."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.awx.controller import surveys
from ansible_collections.alianza.sip_trunking.tests.awx.jobs import Launch

_NODES = "workflow_job_template_nodes"


def run_workflow(runner, name, answers=None, first_id=100, lost=0):
    """Run a workflow of job templates to its end; return {identifier of a node: [what was Done by each of its jobs]}.

    Args:
        runner: runs jobs.
        name: of the workflow.
        answers: to its survey; others are answered as the form has them.
        first_id: the id of the workflow job; its jobs have the next ones.
        lost: number of a slice whose container is gone before it does anything, 0 for none.
    """
    store = runner.store
    (template,) = [each for each in store.objects["workflow_job_templates"].values() if each["name"] == name]
    spec = store.surveys[template["id"]]
    given = {question["variable"]: question.get("default", "") for question in spec["spec"]}
    given.update(answers or {})
    assert surveys.answer_errors(spec, given) == []
    nodes = {key: one for key, one in store.objects[_NODES].items() if one["workflow_job_template"] == template["id"]}
    later = {other for key in nodes for link in _links(store, key).values() for other in link}
    ids = iter(range(first_id, first_id + 100))
    workflow_id = next(ids)
    waiting = [(key, {}) for key in nodes if key not in later]
    jobs = {}
    while waiting:
        key, artifacts = waiting.pop(0)
        node = nodes[key]
        # Of one variable the answer to the workflow counts before an artifact, and that before what the node has.
        variables = dict(node["extra_data"], **artifacts)
        variables.update(given)
        done = _run_node(runner, store.find_template(node["unified_job_template"]), variables, workflow_id, ids, lost)
        jobs[node["identifier"]] = done
        handed = dict(artifacts)
        for each in done:
            handed.update(each.artifacts)
        links = _links(store, key)
        good = all(each.code == 0 for each in done)
        waiting += [
            (other, handed) for other in links["success_nodes" if good else "failure_nodes"] + links["always_nodes"]
        ]
    return jobs


def _links(store, key):
    return {name: store.linked(_NODES, key, name) for name in ("success_nodes", "failure_nodes", "always_nodes")}


def _run_node(runner, template, variables, workflow_id, ids, lost):
    """Run the job of a node, or its slices, of which one may be lost."""
    count = template["job_slice_count"]
    # No slice is empty.
    count = min(count, len(runner.inventory())) if count > 1 else 1
    sliced = count > 1
    # Slices do not know the workflow that they are a part of, but the workflow job that AWX makes of them.
    parent = next(ids) if sliced else workflow_id
    return [
        runner.run(
            Launch(
                template["name"],
                variables=variables,
                piece=(number, count),
                job_id=next(ids),
                workflow_job_id=parent,
            )
        )
        for number in range(1, count + 1)
        if not sliced or number != lost
    ]
