# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows the guide to testing in a folder that has nothing but the built collection: a first run, an export, a Molecule scenario.

The commands and the output that they have to print are those of the guide. Two things differ: the collection is installed from the
archive, and the emulator listens at a port that is free. Run with the collection on PYTHONPATH and ansible-core on PATH.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ansible_collections.alianza.sip_trunking.tests.docs.comparison import missing
from ansible_collections.alianza.sip_trunking.tests.docs.guides import Command, blocks

REPO = Path(__file__).resolve().parents[1]
GUIDE = REPO / "docs/docsite/rst/guide_testing.rst"
INSTALL = "collection install alianza.sip_trunking "
PORT = "18265"
# How long a program in the background may take until it says that it is ready, in seconds.
READY = 120
_NOT_INHERITED = ("ALIANZA_", "ANSIBLE_", "MOLECULE_", "PYTHON", "VIRTUAL_ENV")


class Shell:
    """One bash that all commands of the guide are typed into.

    Args:
        folder: where it starts.
        transcript: the file that gets what the commands print.
        port: where the emulator is to listen.
    """

    def __init__(self, folder: Path, transcript: Path, port: str) -> None:
        self._transcript = transcript
        self._typed = 0
        environ = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_INHERITED)}
        environ.update(EMULATOR_PORT=port, NO_COLOR="1", ANSIBLE_NOCOLOR="1", COLUMNS="160")
        with open(transcript, "wb") as output:
            self._process = subprocess.Popen(
                ["bash"],
                cwd=folder,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def type(self, command: str) -> tuple[int, str]:
        """Run a command; return its exit code and what was printed until its end."""
        self._typed += 1
        mark = f"command-{self._typed}-ended-with"
        before = len(self.printed())
        self._process.stdin.write(f"{{ {command}\n}} </dev/null; printf '\\n%s %s\\n' {mark} $?\n")
        self._process.stdin.flush()
        while True:
            printed, found, code = self.printed()[before:].rpartition(f"\n{mark} ")
            if found and code.endswith("\n"):
                return int(code), printed
            if self._process.poll() is not None:
                raise SystemExit(f"bash ended after: {command}\n{self.printed()[before:]}")
            time.sleep(0.1)

    def printed(self) -> str:
        """Everything that was printed so far."""
        return self._transcript.read_text(encoding="utf-8", errors="replace")

    def end(self) -> None:
        """End the shell and what it left running."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()


def main() -> int:
    """Build the collection into a new folder, and follow the guide there."""
    port = os.environ.get("EMULATOR_PORT", PORT)
    # A short path, so that no output is wrapped.
    with tempfile.TemporaryDirectory(prefix="fresh-") as place:
        folder = Path(place) / "work"
        folder.mkdir()
        subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", folder, REPO], check=True)
        (archive,) = folder.iterdir()
        shell = Shell(folder, Path(place) / "transcript", port)
        try:
            for block in blocks(GUIDE):
                if block.caption and block.language != "console":
                    (folder / block.caption).write_text(block.text, encoding="utf-8")
                if block.language == "console":
                    for command in block.commands():
                        follow(shell, command, archive.name, port)
        finally:
            shell.end()
    return 0


def follow(shell: Shell, command: Command, archive: str, port: str) -> None:
    """Type a command and compare what it prints; raises SystemExit if it fails or prints something else."""
    text = command.text.replace(INSTALL, f"collection install --offline {archive} ").replace(PORT, port)
    wanted = command.output.replace(PORT, port)
    start = time.monotonic()
    before = len(shell.printed())
    code, printed = shell.type(text)
    if text.endswith("&"):
        while wanted not in printed and time.monotonic() - start < READY:
            time.sleep(0.1)
            printed = shell.printed()[before:]
        lacking = "" if wanted in printed else wanted
    else:
        lacking = missing(wanted, printed) if wanted.strip() else ""
    print(f"{time.monotonic() - start:6.1f} s  $ {text}", flush=True)
    if code or lacking:
        raise SystemExit(
            f"It ended with code {code}" + (f", and did not print: {lacking}" * bool(lacking)) + f"\n{printed}"
        )


if __name__ == "__main__":
    sys.exit(main())
