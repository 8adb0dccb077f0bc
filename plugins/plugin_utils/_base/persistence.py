# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Whether a directory is gone when the job ends: jobs of AWX run in containers that are thrown away.

A snapshot that says how to undo a change must not be kept there. What decides is pure; `surroundings` reads what it needs.
"""

from __future__ import annotations

import os
import re
from typing import Any, Mapping

from ansible.module_utils.parsing.convert_bool import boolean

from ...module_utils._common.errors import InvalidInput

# The variable by which users say what cannot be found out.
VARIABLE = "alianza_state_is_ephemeral"
# What jobs of AWX and Automation Platform have in their environment, and what container engines and Kubernetes leave.
_JOB_VARIABLES = ("AWX_HOST", "JOB_ID")
_CONTAINER_FILES = ("/.dockerenv", "/run/.containerenv")
_CONTAINER_VARIABLE = "KUBERNETES_SERVICE_HOST"
# Every execution environment has it. It is the job's own folder: mounted, and deleted with the job.
_RUNNER = "/runner"
# File systems that live in memory or in a layer of the container.
_VOLATILE = {"tmpfs", "ramfs", "overlay", "aufs", "fuse.fuse-overlayfs"}
# A volume of a pod that ends with the pod.
_EMPTY_DIR = "kubernetes.io~empty-dir"


def surroundings() -> dict[str, Any]:
    """Return what `why_lost` needs to know: the environment, which marks of containers are there, and what is mounted."""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as lines:
            mounts = lines.read()
    except OSError:
        # No Linux, and so no execution environment.
        mounts = ""
    return {
        "environment": dict(os.environ),
        "files": [path for path in (*_CONTAINER_FILES, _RUNNER) if os.path.exists(path)],
        "mounts": mounts,
    }


def refuse_lost(directory: str, declared: Any, holds: str, variable: str) -> None:
    """Refuse a directory whose files would be lost with the job.

    Args:
        directory: an absolute path; it need not exist.
        declared: the value of alianza_state_is_ephemeral.
        holds: what is kept there, as the subject of a sentence.
        variable: name of the variable that sets the directory.

    Raises:
        InvalidInput: it would be lost, or what is declared is no truth value.
    """
    sentence = loss(directory, declared, holds, variable)
    if sentence:
        raise InvalidInput(sentence)


def loss(directory: str, declared: Any, holds: str, variable: str) -> str:
    """Return a sentence if the files of a directory would be lost with the job, an empty text if not.

    Args:
        directory, declared, holds, variable: as in :func:`refuse_lost`.

    Raises:
        InvalidInput: what is declared is no truth value.
    """
    try:
        reason = why_lost(os.path.realpath(directory), declared, surroundings())
    except ValueError as error:
        raise InvalidInput("%s %s" % (VARIABLE, error)) from None
    if not reason:
        return ""
    return (
        "%s in %s would be lost when the job ends, since %s: set %s to a directory that is mounted into the job's container, or %s to "
        "false if this one stays" % (holds, directory, reason, variable, VARIABLE)
    )


def why_lost(directory: str, declared: Any, around: Mapping[str, Any]) -> str:
    """Return why what is written to a directory would be lost with the job, or an empty text.

    Args:
        directory: an absolute path without links; it need not exist.
        declared: what the user says, as a truth value of Ansible in any spelling; nothing or blank where it has to be found out.
        around: what `surroundings` returned.

    Raises:
        ValueError: what the user says is no truth value; the sentence lacks the variable's name.
    """
    if declared is not None and str(declared).strip():
        try:
            lost = boolean(str(declared).strip())
        except TypeError:
            raise ValueError("has to be true or false") from None
        return "%s says so" % VARIABLE if lost else ""
    if not _job_container(around["environment"], around["files"]):
        return ""
    if _below(directory, _RUNNER):
        return "%s is the job's own folder" % _RUNNER
    point, root, kind = _mount_of(directory, around["mounts"])
    if point == "/":
        return "the job runs in a container, and nothing that stays is mounted there"
    if kind in _VOLATILE:
        return "what is mounted at %s is of type %s and ends with the job" % (point, kind)
    if _EMPTY_DIR in root:
        return "what is mounted at %s is an emptyDir volume and ends with the pod" % point
    return ""


def _job_container(environment: Mapping[str, str], files: Any) -> bool:
    """Return whether this is a container that a job has for itself; other containers may live for years."""
    if all(environment.get(name) for name in _JOB_VARIABLES):
        return True
    contained = any(path in files for path in _CONTAINER_FILES) or bool(environment.get(_CONTAINER_VARIABLE))
    return contained and _RUNNER in files


def _mount_of(directory: str, mounts: str) -> tuple[str, str, str]:
    """Return (mount point, what of the file system is mounted, type of the file system) of the mount that a path is in."""
    best = ("/", "/", "")
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 6:
            continue
        point = _decoded(fields[4])
        # Of two mounts at one point the later one is on top.
        if _below(directory, point) and len(point) >= len(best[0]):
            best = (point, _decoded(fields[3]), after.split(" ")[0])
    return best


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _decoded(path: str) -> str:
    """Return a path of mountinfo; blanks and the like are octal there."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), path)
