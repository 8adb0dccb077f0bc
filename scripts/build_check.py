# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the collection, installs it offline into an empty folder, and tries the installed copy.

Run by a Python whose virtual environment holds ansible-core and requests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

# pylint: disable=wrong-import-position
from checks.workspace import CACHE, COLLECTION, REPO, files

NAME = ".".join(COLLECTION.parts[1:])
DIST = CACHE / "dist"
INSTALLED = CACHE / "installed"
BIN = Path(sys.executable).parent

# Made by the build, not files of the checkout.
GENERATED = {"MANIFEST.json", "FILES.json"}
# Files that document plugins, one each -> type of plugin in ansible-doc's words.
DOCUMENTED = {
    "plugins/modules/*.py": "module",
    "plugins/lookup/*.py": "lookup",
    "plugins/inventory/*.py": "inventory",
    # A file of code holds several filters.
    "plugins/filter/*.yml": "filter",
}


def main() -> int:
    """Do all of it; the first fault ends it with one sentence."""
    for folder in (DIST, INSTALLED):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    run("ansible-galaxy", "collection", "build", "--output-path", str(DIST), str(REPO))
    archive = next(DIST.glob("*.tar.gz"))
    check_contents(archive)
    run("ansible-galaxy", "collection", "install", "--offline", str(archive), "--collections-path", str(INSTALLED))
    for pattern, kind in DOCUMENTED.items():
        check_documentation(pattern, kind)
    for role in sorted((REPO / "roles").glob("*/meta/argument_specs.yml")):
        document("role", [role.parts[-3]])
    if (REPO / "plugins/modules/alianza_account_info.py").exists():
        check_module()
    return 0


def check_contents(archive: Path) -> None:
    """Refuse files that git does not know: leftovers, caches, credentials."""
    with tarfile.open(archive) as tar:
        packed = {member.name for member in tar if not member.isdir()}
    stray = packed - GENERATED - {str(path) for path in files()}
    if stray:
        fail(f"build_ignore in galaxy.yml misses {len(stray)} files: {', '.join(sorted(stray)[:10])}")
    missing = {str(path) for path in files() if path.parts[0] in ("plugins", "roles", "playbooks", "meta")} - packed
    if missing:
        fail(f"build_ignore in galaxy.yml leaves out {', '.join(sorted(missing)[:10])}")
    print(f"{archive.name}: {len(packed)} files")


def check_documentation(pattern: str, kind: str) -> None:
    """Have ansible-doc read every plugin of a kind."""
    names = [path.stem for path in sorted(REPO.glob(pattern)) if path.stem != "__init__"]
    if names:
        document(kind, names)


def document(kind: str, names: list[str]) -> None:
    """Have ansible-doc read some; it leaves out the ones that it cannot."""
    full = [f"{NAME}.{name}" for name in names]
    found = json.loads(run("ansible-doc", "--json", "--type", kind, *full))
    missing = [name for name in full if not found.get(name)]
    if missing:
        fail(f"ansible-doc shows nothing for the {kind} {', '.join(missing)}")
    print(f"ansible-doc: {len(full)} of type {kind}")


def check_module() -> None:
    """Start a module of the installed copy: with nobody listening it has to fail in our words, without a traceback."""
    arguments = {
        "api_url": "http://127.0.0.1:9",
        "auth_token": "none",
        "partition_id": "none",
        "retries": 0,
        "timeout": 5,
    }
    output = run(
        "ansible",
        "localhost",
        "--connection",
        "local",
        "--module-name",
        f"{NAME}.alianza_account_info",
        "--args",
        json.dumps(arguments),
        "--extra-vars",
        json.dumps({"ansible_python_interpreter": sys.executable}),
        may_fail=True,
    )
    if '"failure"' not in output or "network" not in output or "Traceback" in output:
        fail(f"the installed alianza_account_info did not report a dead server properly:\n{output}")
    print("the installed copy runs")


def run(command: str, *arguments: str, may_fail: bool = False) -> str:
    """Run a command of the virtual environment on the installed copy; return what it printed."""
    env = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(INSTALLED)}
    env.pop("PYTHONPATH", None)
    answer = subprocess.run(
        [str(BIN / command), *arguments], cwd=DIST, env=env, text=True, capture_output=True, check=False
    )
    if answer.returncode and not may_fail:
        fail(f"{command} {' '.join(arguments)}: code {answer.returncode}\n{answer.stdout}{answer.stderr}")
    return answer.stdout if not may_fail else answer.stdout + answer.stderr


def fail(message: str) -> None:
    """Say what is wrong and end."""
    sys.exit(f"build check: {message}")


if __name__ == "__main__":
    sys.exit(main())
