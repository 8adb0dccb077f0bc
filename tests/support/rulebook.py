# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-rulebook with a rulebook of the collection, in the background."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import signal
import sys

from ansible_collections.alianza.sip_trunking.tests.support.player import ROOT
from ansible_collections.alianza.sip_trunking.tests.support.sip.service import Service
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

PROGRAM = pathlib.Path(sys.executable).parent / "ansible-rulebook"
# A Java virtual machine starts, and playbooks run; other jobs of the machine may take most of its time.
PATIENCE = 120


def missing():
    """Return what ansible-rulebook needs and the machine does not have, as a list of names."""
    return [
        name for name, there in (("ansible-rulebook", PROGRAM.exists()), ("Java", shutil.which("java"))) if not there
    ]


class Rulebook(Service):
    """A rulebook that runs.

    Args:
        folder: a folder of its own, which is its home as well.
        name: name of the rulebook.
        environ: the ALIANZA_* variables.
        hosts: {host: its variables} of the inventory.
    """

    def __init__(self, folder, name, environ, hosts):
        super().__init__(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state_file = self.folder / "state" / "watch.json"
        inventory = self.folder / "inventory.json"
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        arguments = ["--rulebook", name, "-i", str(inventory), "--vars", str(self.folder / "vars.yml")]
        self.define(
            [sys.executable, str(PROGRAM), *arguments],
            HOME=str(self.folder),
            PATH=os.pathsep.join([str(PROGRAM.parent), os.environ.get("PATH", os.defpath)]),
            ANSIBLE_COLLECTIONS_PATH=str(ROOT / ".cache" / "tree"),
            ANSIBLE_NOCOLOR="1",
            PYTHONUNBUFFERED="1",
            ANSIBLE_PIPELINING="True",
            LC_ALL="C.UTF-8",
            **environ,
        )

    def begin(self, **variables):
        """Start it with these variables, and return when its first round is over."""
        before = self.state()
        given = {"trunk_watch_interval": 1, "trunk_watch_state_file": str(self.state_file), **variables}
        (self.folder / "vars.yml").write_text(json.dumps(given))
        stamp = self._stamp()
        self.start()
        self.wait(lambda: self._stamp() != stamp, "the first round%s" % (" after a restart" if before else ""))

    def stop(self):
        """Ask it to end, and wait until it has logged out; what is left after that is killed."""
        if self.running:
            os.kill(self._pid(), signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                wait_until(lambda: not self.running, "%s ends" % self.folder, PATIENCE)
        self.kill()

    def state(self):
        """Return what the state file holds, None if there is none."""
        try:
            return json.loads(self.state_file.read_text())
        except FileNotFoundError:
            return None

    def signals(self, trunk_id):
        """Return what the state file says of a trunk: {"down": ..., "locked_out": ..., "outages": ...}."""
        (found,) = [
            account["trunks"][trunk_id]
            for account in self.state()["accounts"].values()
            if trunk_id in account["trunks"]
        ]
        return found

    def wait(self, condition, what):
        """Wait for something while it runs; raises TimeoutError, or RuntimeError with its log if it has ended."""

        def met():
            if not self.running:
                raise RuntimeError("%s: it has ended:\n%s" % (what, self.log()))
            return condition()

        return wait_until(met, what, PATIENCE)

    def _stamp(self):
        return self.state_file.stat().st_mtime_ns if self.state_file.exists() else None
