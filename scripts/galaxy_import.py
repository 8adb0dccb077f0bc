# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the collection and runs the check with which Galaxy and Automation Hub import it, required tags included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
# ansible-lint is a step of its own, with the project's settings.
SETTINGS = """[galaxy-importer]
CHECK_REQUIRED_TAGS = True
RUN_ANSIBLE_LINT = False
"""


def main() -> int:
    """Build and check; returns the importer's exit code, 1 if it reports an error."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "importer.cfg").write_text(SETTINGS, encoding="utf-8")
        subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", folder, REPO], check=True)
        (archive,) = folder.glob("*.tar.gz")
        done = subprocess.run(
            [sys.executable, "-m", "galaxy_importer.main", archive],
            cwd=folder,
            env={**os.environ, "GALAXY_IMPORTER_CONFIG": str(folder / "importer.cfg")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    print(done.stdout, end="")
    return done.returncode or int("ERROR" in done.stdout)


if __name__ == "__main__":
    sys.exit(main())
