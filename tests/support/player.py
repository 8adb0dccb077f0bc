# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running real modules through ansible-playbook, and looking at what came back and what went over the wire."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The plugins and the start hook in there speed Ansible up and record its results; its README says how.
INTEGRATION = ROOT / "tests" / "integration"
COLLECTION = "alianza.sip_trunking."
# See sitecustomize.py in tests/integration/start.
COMPILED = ROOT / ".cache" / "compiled"
# See packed.py in tests/integration/callback_plugins; each process of the tests has its own.
PACKED = tempfile.TemporaryDirectory(prefix="packed-")


@dataclass
class Played:
    """What came of one run of ansible-playbook.

    Attributes:
        code: its exit code.
        output: everything it printed.
        events: the tasks' results, in order: outcome, host, task, result.
    """

    code: int
    output: str
    events: list

    @property
    def results(self):
        """The results of all tasks, in order; each says under ``failed`` whether its task failed."""
        return [dict(event["result"], failed=event["outcome"] in ("failed", "unreachable")) for event in self.events]

    def changes(self):
        """How many changes the recap counts, of all hosts; a run without a recap is an error."""
        counts = re.findall(r"^\S.* : ok=\d+ +changed=(\d+) ", self.output, re.MULTILINE)
        assert counts, self.output
        return sum(map(int, counts))

    def warnings(self):
        """The warnings of all tasks in one text."""
        return "\n".join(str(warning) for result in self.results for warning in result.get("warnings") or ())


class Player:
    """Runs playbooks against one API, as a user would: only ALIANZA_* variables say where.

    Args:
        folder: a scratch folder.
        environ: the ALIANZA_* variables.
        idle: returns whether no request is under way at the API.
    """

    def __init__(self, folder, environ, idle=lambda: True):
        self.folder = pathlib.Path(folder)
        self.environ = dict(environ)
        self.idle = idle
        self._runs = 0

    def tasks(self, *tasks, check=False, diff=True, stop=False, verbosity=0, environ=None, play=None):
        """Run tasks on one host and return what was Played, of at least one task.

        Args:
            tasks: (module, options) pairs, or whole task mappings.
            check: run in check mode.
            diff: run in diff mode.
            stop: stop at the first failure; else failures are ignored, so that one run can show several.
            verbosity: how many -v.
            environ: more environment variables; None as a value takes one away.
            play: more keys of the play.
        """
        listed = []
        for task in tasks:
            if isinstance(task, tuple):
                task = {COLLECTION + task[0]: task[1]}
            listed.append(task if stop else dict(task, ignore_errors=True))
        book = [
            dict(
                {
                    "hosts": "localhost",
                    "connection": "local",
                    "gather_facts": False,
                    "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
                    "tasks": listed,
                },
                **(play or {}),
            )
        ]
        path = self.folder / ("play%d.yml" % self._runs)
        path.write_text(json.dumps(book))
        played = self.playbook(str(path), check=check, diff=diff, verbosity=verbosity, environ=environ)
        assert played.events, "no task ran: %s" % played.output
        return played

    def playbook(self, name, *arguments, check=False, diff=False, verbosity=0, environ=None):
        """Run a playbook by path or by name and return what was Played."""
        flags = ["--check"] * check + ["--diff"] * diff + ["-" + "v" * verbosity] * bool(verbosity)
        return self._start("ansible-playbook", [name, *arguments, *flags], environ)[0]

    def inventory(self, *names, arguments=(), verbosity=0, environ=None):
        """Run ansible-inventory on sources, and return what was Played and what it listed, parsed; an empty list after a failure.

        A source that cannot be parsed makes it fail, unless ``environ`` says otherwise.
        """
        sources = [part for name in names for part in ("-i", str(name))]
        flags = ["-" + "v" * verbosity] * bool(verbosity)
        environ = dict({"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "True"}, **(environ or {}))
        played, listed = self._start("ansible-inventory", [*sources, "--list", *arguments, *flags], environ)
        start = re.search(r"^\{", listed, re.MULTILINE)
        return played, json.loads(listed[start.start() :]) if played.code == 0 and start else {}

    def killed(self, name, *arguments, when):
        """Run a playbook, and kill it and all that it started once ``when()`` is true, which has to come to pass while it runs.

        Returns when the API is done with what it was asked before. The run waits for answers for as long as it takes.
        """
        command, env, record = self._prepared("ansible-playbook", [name, *arguments], {"ALIANZA_TIMEOUT": "600"})
        with subprocess.Popen(
            command, env=env, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:

            def due():
                running = process.poll() is None
                reached = when()
                assert running and process.poll() is None, "it came to its end before it was killed"
                return reached

            try:
                wait_until(due, "the run gets where it is to be killed", seconds=300)
            finally:
                process.kill()
                # Those that it started are sessions of their own, and go on without it.
                _kill_all(b"RECORDER_FILE=%s\0" % os.fsencode(record))
        wait_until(self.idle, "the API is done with what it was asked")

    def _start(self, program, arguments, environ):
        """Run a program of Ansible and return (what was Played, its standard output alone)."""
        command, env, record = self._prepared(program, arguments, environ)
        done = subprocess.run(
            command, env=env, cwd=self.folder, capture_output=True, text=True, timeout=900, check=False
        )
        events = [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []
        return Played(done.returncode, done.stdout + done.stderr, events), done.stdout

    def _prepared(self, program, arguments, environ):
        """Return (command, its environment, the file of its record) of a run."""
        self._runs += 1
        COMPILED.mkdir(parents=True, exist_ok=True)
        record = self.folder / ("record%d.jsonl" % self._runs)
        command = [str(pathlib.Path(sys.executable).parent / program), *arguments]
        env = {key: value for key, value in os.environ.items() if not key.startswith(("ALIANZA_", "ANSIBLE_"))}
        env.update(
            self.environ,
            ANSIBLE_COLLECTIONS_PATH=str(self.tree()),
            ANSIBLE_CALLBACK_PLUGINS=str(INTEGRATION / "callback_plugins"),
            ANSIBLE_CALLBACKS_ENABLED="recorder,packed",
            PACKED_MODULES=PACKED.name,
            ANSIBLE_LOCALHOST_WARNING="False",
            ANSIBLE_INVENTORY_UNPARSED_WARNING="False",
            ANSIBLE_PIPELINING="True",
            ANSIBLE_NOCOLOR="1",
            ANSIBLE_LOCAL_TEMP=str(self.folder / "local"),
            ANSIBLE_HOME=str(self.folder / "home"),
            RECORDER_FILE=str(record),
            PYTHONPATH=str(INTEGRATION / "start"),
            COMPILED_MODULES=str(COMPILED),
            LC_ALL="C.UTF-8",
        )
        for key, value in (environ or {}).items():
            env.pop(key, None) if value is None else env.update({key: value})
        return command, env, record

    def tree(self):
        """Return a folder that holds the collection where Ansible looks for it."""
        place = self.folder / "tree" / "ansible_collections" / "alianza"
        if not place.exists():
            place.mkdir(parents=True)
            (place / "sip_trunking").symlink_to(ROOT)
        return self.folder / "tree"

    def one(self, module, check=False, environ=None, **options):
        """Run one module once and return its result."""
        played = self.tasks((module, options), check=check, environ=environ)
        assert len(played.events) == 1, played.output
        return played.results[0]


def _kill_all(mark):
    """Kill the processes that have something in their environment, until none is left."""
    quiet = 0

    def gone():
        nonlocal quiet
        quiet += 1
        for pid in _with_environment(mark):
            quiet = 0
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # While a process starts a program it shows no environment: once may be too early.
        return quiet > 1

    wait_until(gone, "all that the run started is dead")


def _with_environment(mark):
    """Yield the processes that live and have something in their environment."""
    for place in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes():
                yield int(place.name)
        except OSError:
            pass
