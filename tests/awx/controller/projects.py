# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a project, as AWX sees them after an update: a job template can only name a playbook that is there."""

from __future__ import annotations

import pathlib
import re

from .refusal import Refused

_PLAY = re.compile(r"^\s*?-?\s*?(?:hosts|(ansible\.builtin\.)?import_playbook):\s*?.*?$", re.MULTILINE)
_SKIPPED = {"roles", "tasks", "group_vars", "host_vars"}


def playbooks(folder):
    """Return the playbooks below a folder, relative to it."""
    folder = pathlib.Path(folder)
    found = []
    for path in [*folder.rglob("*.yml"), *folder.rglob("*.yaml")]:
        relative = path.relative_to(folder)
        hidden = any(part in _SKIPPED or part.startswith(".") for part in relative.parent.parts)
        if not hidden and _PLAY.search(path.read_text()):
            found.append(str(relative))
    return sorted(found)


def validate(_store, sent, _existing):
    """Refuse what AWX refuses of a project."""
    if not sent["scm_type"]:
        raise Refused(scm_type="The stand-in knows projects from source control only.")
    if not re.match(r"^(https?|git|ssh|file)://|^[^@\s]+@[^:\s]+:", sent["scm_url"]):
        raise Refused(scm_url="Invalid SCM URL.")


def validate_job_template(store, sent, _existing):
    """Refuse a job template without a project, an inventory or a playbook of the project."""
    if sent["project"] is None:
        raise Refused(project="Job Templates must have a project assigned.")
    if sent["inventory"] is None and not sent["ask_inventory_on_launch"]:
        raise Refused(inventory="You must either set a default value or ask to prompt on launch.")
    if sent["playbook"] not in store.playbooks:
        raise Refused(playbook="Playbook not found for project.")
    project = store.get("projects", sent["project"])
    if (sent["scm_branch"] or sent["ask_scm_branch_on_launch"]) and not project["allow_override"]:
        raise Refused(scm_branch="Project does not allow overriding branch.")
    sent["organization"] = project["organization"]


def validate_inventory_source(store, sent, existing):
    """Refuse an inventory source without the project that its file is in."""
    if sent["source"] == "scm" and sent["source_project"] is None:
        raise Refused(source_project="Project required for scm type sources.")
    if sent["source"] != "scm" and (sent["source_project"] or sent["source_path"]):
        raise Refused(detail="Cannot set source_project source_path if not SCM type.")
    if existing and existing["inventory"] != sent["inventory"]:
        raise Refused(inventory="The inventory of a source cannot be changed.")
    sent["organization"] = store.get("inventories", sent["inventory"])["organization"]
