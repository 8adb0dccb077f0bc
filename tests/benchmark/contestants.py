# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The four that do the same jobs, and how each is started."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .jobs import ACCOUNT_ID, Job

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[1]
# The default of the modules' option of that name.
CONCURRENCY = 8


@dataclass(frozen=True)
class Contestant:
    """Somebody who does the jobs.

    Attributes:
        key: its name in the results, and the beginning of its playbooks' names.
        title: it in words.
        parts: by the job's key, the two sizes that it is measured at when the whole job would take too long.
        plain: it talks to the API by itself, so that it is told the trunks in the API's words.
    """

    key: str
    title: str
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)
    plain: bool = False

    def command(self, job: Job, folder: Path) -> list[str]:
        """Return the command that does the job; what it is told goes into a file in the folder."""
        told = {
            "account_id": ACCOUNT_ID,
            "trunks": [trunk.plain() if self.plain else trunk.options() for trunk in job.trunks],
        }
        if self is not BARE and job.book == "route":
            told = {"account_id": ACCOUNT_ID, "trunk_name": job.trunks[0].name, "numbers": list(job.trunks[0].numbers)}
        path = folder / "job.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        if self is BARE:
            return [sys.executable, str(HERE / "bare.py"), str(path), str(CONCURRENCY)]
        return [*playbook(f"{self.key}_{job.book}"), "--extra-vars", f"@{path}"]


BARE = Contestant("bare", f"bare requests script, {CONCURRENCY} threads: the limit", plain=True)
COLLECTION = Contestant("collection", "this collection, one task")
MODULES = Contestant("modules", "its single modules in loops", {"a": (5, 15), "b": (1, 3), "c": (1, 3)})
URI = Contestant("uri", "ansible.builtin.uri in loops", {"a": (5, 15), "b": (1, 2), "c": (2, 8)}, plain=True)


def playbook(name: str) -> list[str]:
    """Return the command that runs one of the playbooks here."""
    return [
        str(Path(sys.executable).parent / "ansible-playbook"),
        "--inventory",
        "localhost,",
        str(HERE / f"playbooks/{name}.yml"),
    ]


def environment(folder: Path, url: str, username: str, password: str) -> dict[str, str]:
    """Return the environment of all contestants: this checkout as the collection, the emulated API, nothing of the caller's.

    Args:
        folder: for Ansible's own files.
        url: where the API listens.
        username, password: its login.
    """
    link = folder / "tree/ansible_collections/alianza/sip_trunking"
    if not link.is_symlink():
        link.parent.mkdir(parents=True)
        link.symlink_to(REPO)
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("ANSIBLE_", "ALIANZA_", "PYTHON")) and not key.lower().endswith("_proxy")
    }
    env.update(
        PATH=os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)]),
        LC_ALL="C.UTF-8",
        TMPDIR=str(folder),
        ALIANZA_API_URL=url,
        ALIANZA_USERNAME=username,
        ALIANZA_PASSWORD=password,
        # Pipelining and the rest as we recommend them.
        ANSIBLE_CONFIG=str(REPO / "docs/examples/ansible.cfg"),
        ANSIBLE_COLLECTIONS_PATH=str(folder / "tree"),
        ANSIBLE_HOME=str(folder / "ansible"),
        ANSIBLE_REMOTE_TEMP=str(folder / "ansible/tmp"),
        ANSIBLE_NOCOLOR="1",
    )
    return env
