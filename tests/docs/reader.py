# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does what a guide says: writes its files, types its commands, in an empty directory in front of the emulator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.alianza.sip_trunking.tests.docs.estates import ESTATES, PASSWORD, USERNAME
from ansible_collections.alianza.sip_trunking.tests.docs.guides import Block, Command, blocks
from ansible_collections.alianza.sip_trunking.tests.support.player import COMPILED, INTEGRATION, PACKED, ROOT

# Programs that a guide needs and a test machine lacks: an ssh that stays on this machine, and a PBX that can be restarted.
PROGRAMS = {
    "ssh": '#!/bin/sh\nfor command; do :; done\nexec /bin/sh -c "$command"\n',
    "asterisk": "#!/bin/sh\nexit 0\n",
}
_NOT_INHERITED = ("ALIANZA_", "ANSIBLE_", "CONTROLLER_", "TOWER_")


@dataclass
class Typed:
    """A command that was run: the block that it is in, its exit code, and what it printed."""

    block: Block
    command: Command
    code: int
    printed: str
    expected_code: int


class Reader:
    """Follows one guide.

    Args:
        folder: an empty folder; its ``home`` becomes the home directory, its ``work`` the working directory.
        emulator: the platform.
    """

    def __init__(self, folder: Path, emulator) -> None:
        self._emulator = emulator
        self._work, self._home, self._state = folder / "work", folder / "home", folder / "environment"
        for made in (self._work, self._home):
            made.mkdir()
        for name, text in PROGRAMS.items():
            program = folder / "programs" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(text, encoding="utf-8")
            program.chmod(0o755)
        link = folder / "tree/ansible_collections/alianza/sip_trunking"
        link.parent.mkdir(parents=True)
        link.symlink_to(ROOT)
        COMPILED.mkdir(parents=True, exist_ok=True)
        self._roots: list[str] = []
        self._environ = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_INHERITED)}
        self._environ.update(
            HOME=str(self._home),
            PATH="%s:%s:%s" % (Path(sys.executable).parent, folder / "programs", os.environ["PATH"]),
            ALIANZA_API_URL=emulator.url,
            ALIANZA_USERNAME=USERNAME,
            ALIANZA_PASSWORD=PASSWORD,
            ANSIBLE_COLLECTIONS_PATH=str(folder / "tree"),
            ANSIBLE_CALLBACK_PLUGINS=str(INTEGRATION / "callback_plugins"),
            ANSIBLE_CALLBACKS_ENABLED="packed",
            ANSIBLE_NOCOLOR="1",
            ANSIBLE_SSH_TRANSFER_METHOD="piped",
            ANSIBLE_HOME=str(folder / "ansible"),
            PACKED_MODULES=PACKED.name,
            PYTHONPATH=str(INTEGRATION / "start"),
            COMPILED_MODULES=str(COMPILED),
            COLUMNS="120",
            LC_ALL="C.UTF-8",
        )

    def follow(self, guide: Path) -> Iterator[Typed]:
        """Yield the commands of a guide, each after it was run."""
        for block in blocks(guide):
            for word, rest in block.remarks:
                self._heed(word, rest)
            if block.caption and block.language != "console":
                path = self._work / block.caption
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(self._inside(block.text), encoding="utf-8")
            if block.language != "console" or block.skipped:
                continue
            commands = block.commands()
            for command in commands:
                code, printed = self._type(command.text)
                yield Typed(block, command, code, printed, block.exit_code if command is commands[-1] else 0)

    def _heed(self, word: str, rest: str) -> None:
        """Do what a remark says."""
        if word == "seed":
            self._emulator.seed(accounts=ESTATES[rest])
        elif word == "copy":
            source, dummy, target = rest.partition(" ")
            target_path = self._work / (target or Path(source).name)
            target_path.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, target_path)
        elif word == "emulator":
            method, path, body = rest.split(" ", 2)
            request = urllib.request.Request(
                "%s/_emulator%s" % (self._emulator.url, path), json.dumps(json.loads(body)).encode(), method=method
            )
            request.add_header("Content-Type", "application/json")
            with urllib.request.urlopen(request, timeout=10):
                pass
        elif word == "shell":
            code, printed = self._type(rest)
            assert code == 0, printed
        elif word == "root":
            self._roots.append(rest)
            (self._work / rest.lstrip("/")).mkdir(parents=True)
        else:
            assert word in ("skip", "exit"), "unknown remark: %s" % word

    def _inside(self, text: str) -> str:
        """Put the system's directories that a guide writes to below the working directory."""
        for root in self._roots:
            text = text.replace(root, str(self._work / root.lstrip("/")))
        return text

    def _type(self, command: str) -> tuple[int, str]:
        """Run a command with what the ones before it exported; return its exit code and all that it printed."""
        script = "%s\ncode=$?\nenv -0 > '%s'\nexit $code" % (self._inside(command), self._state)
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self._work,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        if self._state.exists():
            pairs = (pair.split("=", 1) for pair in self._state.read_text(encoding="utf-8").split("\0") if "=" in pair)
            self._environ = dict(pairs)
        printed = done.stdout
        for root in self._roots:
            printed = printed.replace(str(self._work / root.lstrip("/")), root)
        printed = printed.replace("%s/" % self._work, "").replace(str(self._home), "~")
        return done.returncode, printed
