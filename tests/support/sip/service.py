# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program in the background, started and stopped as a service of a machine is: by its folder, from whatever process.

python service.py FOLDER start|stop|kill|restart
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys

if __name__ == "__main__":
    # Run by its path it is in no package.
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
    from waiting import wait_until
else:
    from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

# How long a program may take to end before it is killed.
END_SECONDS = 15


class Service:
    """A program, known by what is in its folder: how it is started, its process id, its log.

    Attributes:
        folder: that folder.
        control: the start of a command line that takes start, stop, kill or restart; for playbooks.
    """

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.control = [sys.executable, str(pathlib.Path(__file__).resolve()), str(self.folder)]
        self._child = None

    def define(self, command, **environ):
        """Say how it is started: a command line, and its whole environment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "service.json").write_text(json.dumps({"command": command, "environ": environ}))

    @property
    def running(self):
        """Whether it runs. A process that only waits to be buried does not, nor does another one that has got its number."""
        try:
            # A process that has just been started has no command line for a moment.
            if self._child is not None and self._child.poll() is None and self._child.pid == self._pid():
                return True
            arguments = pathlib.Path("/proc/%d/cmdline" % self._pid()).read_bytes()
        except (OSError, ValueError):
            return False
        return arguments.split(b"\0")[:-1] == [os.fsencode(part) for part in self._defined()["command"]]

    def start(self):
        """Start it; raises RuntimeError if it runs."""
        if self.running:
            raise RuntimeError("%s runs already" % self.folder)
        defined = self._defined()
        with open(self.folder / "log", "ab") as log:
            self._child = subprocess.Popen(  # pylint: disable=consider-using-with
                defined["command"],
                cwd=self.folder,
                env=defined["environ"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        (self.folder / "pid").write_text(str(self._child.pid))

    def stop(self):
        """Ask it to end, and wait until it has; what is left after that is killed."""
        if self.running:
            os.kill(self._pid(), signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                wait_until(lambda: not self.running, "%s ends" % self.folder, END_SECONDS)
        self.kill()

    def kill(self):
        """End it at once, and whatever it started."""
        with contextlib.suppress(OSError, ValueError):
            os.killpg(self._pid(), signal.SIGKILL)
        wait_until(lambda: not self.running, "%s dies" % self.folder)
        (self.folder / "pid").unlink(missing_ok=True)

    def restart(self):
        """Stop it if it runs, and start it."""
        self.stop()
        self.start()

    def log(self):
        """Return what it has printed so far."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _pid(self):
        return int((self.folder / "pid").read_text())

    def _defined(self):
        return json.loads((self.folder / "service.json").read_text())


def main():
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("verb", choices=["start", "stop", "kill", "restart"])
    options = parser.parse_args()
    getattr(Service(options.folder), options.verb)()


if __name__ == "__main__":
    main()
