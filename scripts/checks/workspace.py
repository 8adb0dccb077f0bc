# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places in the checkout, the two trees that tools see it through, and the environment they run in."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
VENVS = REPO / ".venv"
CACHE = REPO / ".cache"
LOGS = CACHE / "logs"
LINK_ROOT = CACHE / "tree"
MEASURED = CACHE / "coverage"
COLLECTION = Path("ansible_collections/alianza/sip_trunking")

# Settings of the caller's shell that would change what is tested.
_DROPPED = (
    "ALIANZA_",
    "ANSIBLE_",
    "COVERAGE_",
    "EMULATOR_",
    "MEASURED_",
    "MOLECULE_",
    "PYTEST_",
    "PYTHON",
    "VIRTUAL_ENV",
)


def link_tree() -> Path:
    """Show the checkout as an installed collection, through a symbolic link; return the tree's root."""
    link = LINK_ROOT / COLLECTION
    if not link.is_symlink():
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(os.path.relpath(REPO, link.parent))
    return LINK_ROOT


def copy_tree(name: str) -> Path:
    """Bring a copy of the files that git knows or would add up to date; return the collection's folder in it.

    ansible-test follows no symbolic links, and a copy keeps the linters away from caches and virtual environments.
    """
    target = CACHE / "copies" / name / COLLECTION
    target.mkdir(parents=True, exist_ok=True)
    wanted = set(files())
    for path in sorted(target.rglob("*"), reverse=True):
        relative = path.relative_to(target)
        if relative.parts[0] == ".git" or relative in wanted:
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        else:
            path.unlink()
    for relative in wanted:
        destination = target / relative
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.unlink(missing_ok=True)
        shutil.copy2(REPO / relative, destination, follow_symlinks=False)
    if not (target / ".git").exists():
        # Without a repository of its own the tools would find ours, in which the copy is ignored.
        subprocess.run(["git", "init", "--quiet", str(target)], check=True, stdout=subprocess.DEVNULL)
    return target


def files() -> Iterable[Path]:
    """The checkout's files, relative to its root: tracked, or new and not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout.decode()
    # A tracked file may have been deleted; a nested repository is listed as a folder.
    return [
        Path(name)
        for name in listing.split("\0")
        if name and not (REPO / name).is_dir() and os.path.lexists(REPO / name)
    ]


def environment(venv: str, task: str, path_entries: Iterable[str], collections: Path) -> dict[str, str]:
    """The environment of one task: its virtual environment first on PATH, a home folder of its own."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(_DROPPED)}
    # pyenv's shims answer to names of Pythons that they then do not start.
    inherited = [entry for entry in env.get("PATH", os.defpath).split(os.pathsep) if Path(entry).name != "shims"]
    env["PATH"] = os.pathsep.join([str(VENVS / venv / "bin"), *path_entries, *inherited])
    env["HOME"] = str(home(task))
    env["ANSIBLE_COLLECTIONS_PATH"] = str(collections)
    env["ANSIBLE_NOCOLOR"] = env["NO_COLOR"] = "1"
    env["PYTHONPATH"] = str(collections)
    env["MYPYPATH"] = str(collections)
    env["PYTHONPYCACHEPREFIX"] = str(CACHE / "pycache")
    env["HYPOTHESIS_STORAGE_DIRECTORY"] = str(CACHE / "hypothesis")
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env["EMULATOR_PORT"] = str(_free_port())
    if "UTF" not in (env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "").upper():
        env["LC_ALL"] = "C.UTF-8"
    return env


def _free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measurement(task: str) -> dict[str, str]:
    """Variables that make every Python process of a task note which lines of plugins/ it ran; forget an earlier run's notes.

    Installing coverage makes each Python of the virtual environment start it where COVERAGE_PROCESS_START is set: that of
    pytest, those of ansible-playbook, and those that run a module.
    """
    folder = MEASURED / task
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {
        "COVERAGE_PROCESS_START": str(REPO / ".coveragerc"),
        "MEASURED_CHECKOUT": str(REPO),
        "MEASURED_DATA": str(folder),
    }


def home(task: str) -> Path:
    """A home folder for one task, so that ~/.ansible of the user is neither read nor written.

    pip keeps the user's settings and download cache. Its PIP_* variables go into a file, because
    ansible-test passes none of them on.
    """
    folder = CACHE / "home" / task
    for name, source in ((".pip/pip.conf", ".config/pip/pip.conf"), (".cache/pip", ".cache/pip")):
        link, real = folder / name, Path.home() / source
        link.parent.mkdir(parents=True, exist_ok=True)
        if real.exists() and not link.is_symlink() and not link.exists():
            link.symlink_to(real)
    settings = [
        f"{key[4:].lower().replace('_', '-')} = {' '.join(value.splitlines())}"
        for key, value in os.environ.items()
        if key.startswith("PIP_") and value
    ]
    config = folder / ".config/pip/pip.conf"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.touch(mode=0o600)
    config.write_text("\n".join(["[global]", *settings, ""]), encoding="utf-8")
    return folder


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Keep a second run in the same checkout from doing the same thing at the same time."""
    folder = CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / name, "w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
