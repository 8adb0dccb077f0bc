# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual environments under .venv, made once and again when their requirements change."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .workspace import REPO, VENVS

# Runs a command and raises when it fails.
Run = Callable[[list[str]], None]


@dataclass(frozen=True)
class Venv:
    """What to install into one virtual environment."""

    name: str
    requirement_files: tuple[str, ...]
    packages: tuple[str, ...] = ()
    python: str = ""

    @property
    def folder(self) -> Path:
        """Where it is."""
        return VENVS / self.name

    @property
    def ready(self) -> bool:
        """Whether it is there and made from the present requirements."""
        stamp = self.folder / "requirements.sha256"
        return (
            (self.folder / "bin/python").exists()
            and stamp.exists()
            and stamp.read_text(encoding="utf-8") == self._digest()
        )

    def make(self, python: str, run: Run) -> None:
        """Make it anew; one that is half made counts as missing. The caller holds a lock."""
        shutil.rmtree(self.folder, ignore_errors=True)
        run([python, "-m", "venv", str(self.folder)])
        requirements = [part for path in self._files() for part in ("--requirement", str(path))]
        run(
            [
                str(self.folder / "bin/python"),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                # What the tasks compile is in .cache/pycache.
                "--no-compile",
                *self.packages,
                *requirements,
            ]
        )
        (self.folder / "requirements.sha256").write_text(self._digest(), encoding="utf-8")

    def _files(self) -> list[Path]:
        return [path for path in (REPO / name for name in self.requirement_files) if path.exists()]

    def _digest(self) -> str:
        # A moved checkout needs new ones: they hold absolute paths.
        parts = [str(REPO), self.python, *self.packages, *(path.read_text(encoding="utf-8") for path in self._files())]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()
