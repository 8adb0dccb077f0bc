# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a guide contains: files, commands with the output that they show, and remarks for the test between them.

A remark is a comment of reStructuredText that begins with ``.. test:``. It is about the next code block:

``.. test: skip REASON``                  the commands are not run
``.. test: exit N``                       the last command ends with this code
``.. test: seed NAME``                    the platform has these accounts from here on (estates.py)
``.. test: copy PATH [AS]``               a file of the repository lies in the working directory
``.. test: emulator METHOD PATH JSON``    something happens on the platform, such as a PBX that registers
``.. test: root DIRECTORY``               paths below it lie in the working directory, since a test writes to no /etc
``.. test: shell COMMAND``                something happens on the machine
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_DIRECTIVE = re.compile(r"\.\. code-block:: *(\S+)$")
_REMARK = re.compile(r"\.\. test: (\w+) ?(.*)$")
_OPTION = re.compile(r" +:(\w+): *(.*)$")


@dataclass
class Command:
    """A command, and the output that the guide shows below it; no output shown: none is compared."""

    text: str
    output: str = ""


@dataclass
class Block:
    """A code block: its language, caption and text, the line that it begins in, and the remarks before it."""

    language: str
    line: int
    caption: str = ""
    text: str = ""
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def skipped(self) -> bool:
        """Whether its commands are not run."""
        return any(word == "skip" for word, dummy in self.remarks)

    @property
    def exit_code(self) -> int:
        """What its last command ends with."""
        return next((int(rest) for word, rest in self.remarks if word == "exit"), 0)

    def commands(self) -> list[Command]:
        """The commands of a console block."""
        found: list[Command] = []
        continued = False
        for line in self.text.splitlines():
            if continued:
                found[-1].text += "\n" + line.removeprefix("> ")
            elif line.startswith("$ "):
                found.append(Command(line[2:]))
            elif found:
                found[-1].output += line + "\n"
            continued = bool(found) and not found[-1].output and found[-1].text.endswith("\\")
        return found


def blocks(path: Path) -> Iterator[Block]:
    """Yield the code blocks of a guide, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    remarks: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        remark, directive = _REMARK.match(line), _DIRECTIVE.match(line.strip())
        if remark:
            remarks.append((remark[1], remark[2]))
        elif directive:
            block = Block(directive[1], number + 1, remarks=remarks)
            remarks = []
            _fill(block, lines[number + 1 :], len(line) - len(line.lstrip()))
            yield block
    if remarks:
        yield Block("", len(lines), remarks=remarks)


def _fill(block: Block, lines: list[str], indent: int) -> None:
    """Read the options and the text of a block from the lines after its first."""
    body: list[str] = []
    for line in lines:
        option = _OPTION.match(line)
        if option and not body:
            block.caption = option[2] if option[1] == "caption" else block.caption
        elif line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        elif line.strip() or body:
            body.append(line)
    while body and not body[-1].strip():
        body.pop()
    margin = min((len(line) - len(line.lstrip()) for line in body if line.strip()), default=0)
    block.text = "".join(line[margin:] + "\n" for line in body)
