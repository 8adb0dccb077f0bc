# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as AWX starts them: a private data directory made from what was set up, for ansible-runner, the engine of its jobs."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

from ansible_collections.alianza.sip_trunking.tests.awx.controller import surveys
from ansible_collections.alianza.sip_trunking.tests.awx.controller.credential_types import environment
from ansible_collections.alianza.sip_trunking.tests.awx.settings import PROJECT

BIN = pathlib.Path(sys.executable).parent
# Where the data says that state is kept. The tests have a folder in its place, as a mount would put one there.
MOUNTED = "/srv/alianza"


@dataclass
class Done:
    """What came of a job.

    Attributes:
        code: the exit code of ansible-playbook.
        output: its output.
        events: the events that ansible-runner wrote, in order.
        folder: the folder of the artifacts.
    """

    code: int
    output: str
    events: list
    folder: pathlib.Path

    @property
    def artifacts(self):
        """The artifacts that AWX keeps of the job: what set_stats gave."""
        (stats,) = [event for event in self.events if event["event"] == "playbook_on_stats"]
        return stats["event_data"].get("artifact_data") or {}

    @property
    def hosts(self):
        """The hosts that had a task."""
        return {host for event in self.events if (host := event.get("event_data", {}).get("host"))}


@dataclass
class Launch:
    """What a person gives when a job template is launched.

    Attributes:
        template: the name of the job template.
        answers: {variable: answer}; a question that is not in it is answered as the form has it: its default, or blank.
        limit: the hosts.
        job_type: run or check.
        variables: variables beside the survey: of a template that asks for them, or those that a workflow hands over.
        piece: (number, count) of a slice.
        job_id: the job's id.
        workflow_job_id: the id of the workflow job that the job is a part of, 0 for none. Slices are parts of one of their own.
    """

    template: str
    answers: dict = field(default_factory=dict)
    limit: str = ""
    job_type: str = "run"
    variables: dict = field(default_factory=dict)
    piece: tuple = (1, 1)
    job_id: int = 7
    workflow_job_id: int = 0


class Runner:
    """Runs jobs from what is stored in a controller.

    Args:
        folder: a scratch folder.
        store: what was set up.
        api_url: the platform.
        tree: the folder of collections.
    """

    def __init__(self, folder, store, api_url, tree):
        self.folder = pathlib.Path(folder)
        self.store = store
        self.state = self.folder / "state"
        self.state.mkdir()
        (kind,) = store.objects["credential_types"].values()
        (credential,) = store.objects["credentials"].values()
        self.injected = environment(kind, dict(credential["inputs"], api_url=api_url))
        self._base = {
            "ANSIBLE_COLLECTIONS_PATH": str(tree),
            "AWX_HOST": "https://awx.example.net",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
        }
        # AWX clones the repository of the project; documents of customers are in it.
        self.project = self.folder / "repository"
        shutil.copytree(PROJECT, self.project)
        shutil.rmtree(self.project / "inventory" / "host_vars")

    def document(self, host, **variables):
        """Put the document of an account into the repository."""
        folder = self.project / "inventory" / "host_vars"
        folder.mkdir(exist_ok=True)
        (folder / (host + ".yml")).write_text(json.dumps(variables))

    def inventory(self):
        """Return what an update of the inventory source finds: {host: variables}."""
        (source,) = self.store.objects["inventory_sources"].values()
        done = subprocess.run(
            [BIN / "ansible-inventory", "-i", source["source_path"], "--list", "--export"],
            cwd=self.project,
            env=dict(os.environ, **self._base, **self.injected, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="True"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["_meta"]["hostvars"]

    def prepare(self, launch):
        """Make the private data directory of a job; return (its folder, the playbook)."""
        (template,) = [each for each in self.store.objects["job_templates"].values() if each["name"] == launch.template]
        assert launch.workflow_job_id or not launch.variables or template["ask_variables_on_launch"], launch
        assert not launch.limit or template["ask_limit_on_launch"], launch
        folder = self.folder / ("job_%d" % launch.job_id)
        for name in ("env", "inventory"):
            (folder / name).mkdir(parents=True)
        shutil.copytree(self.project, folder / "project")
        number, count = launch.piece
        hosts = self.inventory()
        sliced = {name: hosts[name] for name in sorted(hosts)[number - 1 :: count]}
        (folder / "inventory" / "hosts.json").write_text(json.dumps({"all": {"hosts": sliced}}))
        variables = dict(json.loads(template["extra_vars"] or "{}"), **self._answers(template, launch))
        variables.update(launch.variables)
        variables.update(awx_job_id=launch.job_id, awx_job_template_name=launch.template)
        if launch.workflow_job_id:
            variables["awx_workflow_job_id"] = launch.workflow_job_id
        # A test's folder stays, whatever this machine is.
        variables["alianza_state_is_ephemeral"] = False
        _write(folder / "env" / "extravars", self._moved(variables))
        _write(folder / "env" / "envvars", dict(self._base, JOB_ID=str(launch.job_id), **self.injected))
        words = ["--forks", str(template["forks"]), *(["--limit", launch.limit] if launch.limit else [])]
        words += ["--check"] * (launch.job_type == "check") + ["--diff"] * template["diff_mode"] + ["-vvv"]
        (folder / "env" / "cmdline").write_text(" ".join(words))
        return folder, template["playbook"]

    def _answers(self, template, launch):
        """Return the answers to a survey as the form sends them."""
        spec = self.store.surveys[template["id"]] if template["survey_enabled"] else {"spec": []}
        answers = {question["variable"]: question.get("default", "") for question in spec["spec"]}
        answers.update(launch.answers)
        assert surveys.answer_errors(spec, answers) == []
        return answers

    def _moved(self, value):
        return json.loads(json.dumps(value).replace(MOUNTED, str(self.state)))

    def run(self, launch):
        """Run a job to its end and return what is Done."""
        folder, playbook = self.prepare(launch)
        self._program("run", str(folder), "-p", playbook, "--ident", str(launch.job_id))
        return _done(folder / "artifacts" / str(launch.job_id))

    def run_elsewhere(self, launch):
        """Run a job the way it reaches another node: transmitted as a stream, worked off, and its results processed."""
        folder, playbook = self.prepare(launch)
        there, back = self.folder / "node", self.folder / "back"
        there.mkdir()
        back.mkdir()
        ident = str(launch.job_id)
        sent = self._program("transmit", str(folder), "-p", playbook, "--ident", ident, check=True).stdout
        # The other node has nothing of this one.
        shutil.rmtree(folder)
        worked = self._program("worker", "--private-data-dir", str(there), given=sent, check=True).stdout
        self._program("process", str(back), "--ident", ident, given=worked)
        return _done(back / "artifacts" / ident)

    def _program(self, *words, given=None, check=False):
        done = subprocess.run(
            [BIN / "ansible-runner", *words],
            input=given,
            env=dict(os.environ, **self._base, PATH="%s:%s" % (BIN, os.environ["PATH"])),
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return done


def _write(path, data):
    path.write_text(json.dumps(data))


def _done(folder):
    events = [json.loads(path.read_text()) for path in (folder / "job_events").glob("*.json")]
    return Done(
        int((folder / "rc").read_text()),
        (folder / "stdout").read_text()
        if (folder / "stdout").exists()
        else "".join(event["stdout"] for event in events),
        sorted(events, key=lambda event: event["counter"]),
        folder,
    )
