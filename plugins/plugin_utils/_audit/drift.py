# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How an account differs from its trunk document. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._base.document_parts import TRUNKS
from . import words
from .states import PLATFORM_ONLY

Document = Sequence[Mapping[str, Any]]


def entry_of(document: Document, trunk: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the document's entry for a trunk of the platform, None if it has none.

    Args:
        document: the trunk document, of which only names and IDs are looked at.
        trunk: a mapping with name and trunk_id.
    """
    for entry in document:
        if entry.get("trunk_id"):
            same = entry["trunk_id"] == trunk["trunk_id"]
        else:
            same = _label(entry) == trunk["name"]
        if same:
            return entry
    return None


def drift(
    plan: Mapping[str, Any],
    trunks: Sequence[Mapping[str, Any]],
    document: Document,
    unlisted: bool,
    others: Mapping[str, Sequence[str]] | None = None,
) -> list[dict[str, Any]]:
    """Return the steps that would make the account what its document says, and what the document does not have.

    Args:
        plan: the result of alianza_account_trunks in check mode.
        trunks: the account's trunks, as rows of the report.
        document: the trunk document.
        unlisted: whether trunks that are not in the document are drift.
        others: {resource: names} of what the account has beside trunks, and the document does not.
    """
    # A trunk that the document finds by its ID and renames is reported under the name that it has.
    names = {
        _label(entry): trunk["name"] for trunk in trunks for entry in [entry_of(document, trunk)] if entry is not None
    }
    steps = [_step(step, names) for step in map(_comparable, plan.get("plan") or ()) if step is not None]
    if unlisted:
        steps.extend(
            _unlisted(TRUNKS.resource, trunk["name"]) for trunk in trunks if trunk["presence"] == PLATFORM_ONLY
        )
    steps.extend(_unlisted(resource, name) for resource, names in (others or {}).items() for name in names)
    return steps


def differences(step: Mapping[str, Any]) -> int:
    """Return how many differences a step stands for; an object that only one side has is one."""
    return len(step["told"]) if step["action"] == "update" or not words.is_object(step["resource"]) else 1


def _label(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or entry.get("trunk_name") or entry.get("trunk_id"))


def _comparable(step: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a step without options that could not be compared, None if nothing is left.

    A password that the API does not return is written on every run, with a notice. Whether it differs is not known.
    """
    kept = {option: each for option, each in step["changes"].items() if each["before"] != words.UNREADABLE}
    return dict(step, changes=kept) if kept or not step["changes"] else None


def _step(step: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    told = [words.compared(option, each["before"], each["after"]) for option, each in step["changes"].items()]
    deleted = words.is_object(step["resource"]) and step["action"] == "delete"
    return {
        "resource": step["resource"],
        "action": step["action"],
        **_named(step["resource"], step["name"], names),
        "finding": words.finding(step["resource"], step["action"]),
        "changes": {option: _folded(option, each) for option, each in step["changes"].items()},
        "told": [] if deleted else [each for each in told if each],
    }


def _named(resource: str, name: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what a step is about: ``trunk``, None where it is no trunk, and ``name``.

    Args:
        resource: the resource of the step.
        name: the name in the plan.
        names: {name in the plan: name on the platform} of trunks.
    """
    if words.is_object(resource) and resource != TRUNKS.resource:
        return {"trunk": None, "name": name}
    return {"trunk": names.get(name, name), "name": names.get(name, name)}


def _unlisted(resource: str, name: str) -> dict[str, Any]:
    return {
        "resource": resource,
        "action": "unlisted",
        **_named(resource, name, {}),
        "finding": words.finding(resource, "unlisted"),
        "changes": {},
        "told": [],
    }


def _folded(option: str, change: dict[str, Any]) -> dict[str, Any]:
    if not words.is_set(option):
        return change
    return {side: words.as_ranges(option, change[side] or ()) for side in ("before", "after")}
