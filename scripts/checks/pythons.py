# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which Pythons are on this machine, and which ansible-core each end of the supported range gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# The Python 3 minors that the controller may run on, and the oldest ansible-core release for each stretch of them.
CONTROLLER_MINORS = range(10, 15)
OLDEST_CORES = {"2.16": range(10, 13), "2.18": range(11, 14), "2.20": range(12, 15)}
# What ansible-rulebook and its bridge to Java run on.
RULEBOOK_MINORS = range(11, 14)
# ansible-test compiles and imports the modules on older ones too.
_ALL_MINORS = range(8, 15)

_PROBE = """
import json, platform, sys, sysconfig
try:
    import ensurepip, venv
    usable = platform.python_implementation() == "CPython" and not sysconfig.get_config_var("Py_GIL_DISABLED")
except ImportError:
    usable = False
print(json.dumps([list(sys.version_info[:3]), usable and sys.version_info[3] == "final", sys.executable]))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that can make virtual environments."""

    version: tuple[int, int, int]
    path: str

    @property
    def minor(self) -> int:
        """The number after "3."."""
        return self.version[1]

    def __str__(self) -> str:
        return "Python " + ".".join(map(str, self.version))


@dataclass(frozen=True)
class End:
    """One end of the supported range: what to install, on which Python."""

    core: str
    python: Interpreter


def discover() -> list[Interpreter]:
    """One usable Python per minor, lowest first: the running one, those on PATH, those of pyenv."""
    found: dict[int, Interpreter] = {}
    for candidate in _candidates():
        python = _probe(candidate)
        if python and python.minor in _ALL_MINORS:
            found.setdefault(python.minor, python)
    return [found[minor] for minor in sorted(found)]


def choose(pythons: list[Interpreter]) -> dict[str, End]:
    """The oldest and the newest end that these Pythons can run."""
    usable = [python for python in pythons if python.minor in CONTROLLER_MINORS]
    if not usable:
        raise SystemExit(
            "No usable Python 3.%d to 3.%d was found: install one together with its venv module (on Debian: python3-venv)."
            % (CONTROLLER_MINORS[0], CONTROLLER_MINORS[-1])
        )
    core, oldest = next(
        (core, python) for core, minors in OLDEST_CORES.items() for python in usable if python.minor in minors
    )
    return {"oldest": End(f"ansible-core=={core}.*", oldest), "newest": End("ansible-core>=2.16", usable[-1])}


def between(pythons: list[Interpreter]) -> dict[str, End]:
    """The releases of ansible-core above the oldest that have another range of Pythons, each on the highest Python that fits."""
    found = {}
    for core in list(OLDEST_CORES)[1:]:
        usable = [python for python in pythons if python.minor in OLDEST_CORES[core]]
        if usable:
            found[core] = End(f"ansible-core=={core}.*", usable[-1])
    return found


def report(pythons: list[Interpreter], ends: dict[str, End]) -> list[str]:
    """What will be covered, and what is missing for more, one line each."""
    present = {python.minor for python in pythons}
    missing = [f"3.{minor}" for minor in CONTROLLER_MINORS if minor not in present]
    lines = ["Pythons found: " + ", ".join(".".join(map(str, python.version)) for python in pythons)]
    if missing:
        lines.append(f"Not on this machine, so not covered: Python {', '.join(missing)}")
    if not ends["oldest"].core.startswith("ansible-core==" + next(iter(OLDEST_CORES))):
        lines.append(
            f"Not covered: the oldest supported ansible-core needs Python 3.10 to 3.12; {ends['oldest'].core} stands in for it"
        )
    if ends["newest"].python.minor < 12:
        lines.append(
            f"Not covered: the newest ansible-core needs Python 3.12 or later; the newest for {ends['newest'].python} stands in for it"
        )
    return lines


def _candidates() -> list[str]:
    """Paths that may be Pythons, without duplicates."""
    paths = [sys.executable]
    folders = [
        Path(entry)
        for entry in os.environ.get("PATH", os.defpath).split(os.pathsep)
        if entry and Path(entry).name != "shims"
    ]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    folders += sorted(pyenv.glob("*/bin"))
    for folder in folders:
        paths += [str(folder / f"python3.{minor}") for minor in _ALL_MINORS]
        paths.append(str(folder / "python3"))
    return [path for path in dict.fromkeys(paths) if os.access(path, os.X_OK)]


def _probe(path: str) -> Interpreter | None:
    """Ask a Python about itself; None if it does not start or cannot make virtual environments."""
    try:
        answer = subprocess.run(
            [path, "-I", "-c", _PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=20
        ).stdout
        version, usable, executable = json.loads(answer)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(tuple(version), executable) if usable and version[0] == 3 else None
