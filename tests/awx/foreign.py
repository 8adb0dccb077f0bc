# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection awx.awx, which is on no package index by itself: the last release of the package ansible that has it."""

from __future__ import annotations

import fcntl
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "ansible==13.8.0"
PLACE = ROOT / ".cache" / "awx"
MEMBERS = "ansible_collections/awx/awx/"


def awx_awx():
    """Return the folder that holds ansible_collections/awx/awx; downloads it if it is not there.

    Raises:
        RuntimeError: with what pip says.
    """
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (PLACE / MEMBERS / "MANIFEST.json").exists():
            _download()
    return PLACE


def _download():
    with tempfile.TemporaryDirectory(dir=PLACE) as scratch:
        done = subprocess.run(
            # Of the package one collection is used, which runs on every supported Python; the package itself does not install there.
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--ignore-requires-python"),
                *("--dest", scratch, PACKAGE),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError("awx.awx could not be got: pip download %s: %s" % (PACKAGE, done.stderr.strip()))
        (wheel,) = pathlib.Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(scratch, [name for name in packed.namelist() if name.startswith(MEMBERS)])
        shutil.rmtree(PLACE / MEMBERS, ignore_errors=True)
        (PLACE / MEMBERS).parent.mkdir(parents=True, exist_ok=True)
        (pathlib.Path(scratch) / MEMBERS).rename(PLACE / MEMBERS)


if __name__ == "__main__":
    print(awx_awx())
