# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How an account differs from its trunk document. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._common.numbers import fold
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
    plan: Mapping[str, Any], trunks: Sequence[Mapping[str, Any]], document: Document, unlisted: bool
) -> list[dict[str, Any]]:
    """Return the steps that would make the account what its document says, and the trunks that the document does not have.

    Args:
        plan: the result of alianza_account_trunks in check mode.
        trunks: the account's trunks, as rows of the report.
        document: the trunk document.
        unlisted: whether trunks that are not in the document are drift.
    """
    # A trunk that the document finds by its ID and renames is reported under the name that it has.
    names = {
        _label(entry): trunk["name"] for trunk in trunks for entry in [entry_of(document, trunk)] if entry is not None
    }
    steps = [
        _step(step, names.get(step["name"], step["name"]))
        for step in map(_comparable, plan.get("plan") or ())
        if step is not None
    ]
    if unlisted:
        steps.extend(_unlisted(trunk) for trunk in trunks if trunk["presence"] == PLATFORM_ONLY)
    return steps


def differences(step: Mapping[str, Any]) -> int:
    """Return how many differences a step stands for; a trunk that only one side has is one."""
    return len(step["told"]) if step["action"] == "update" or step["resource"] != "sip_trunk" else 1


def _label(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or entry.get("trunk_name") or entry.get("trunk_id"))


def _comparable(step: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a step without options that could not be compared, None if nothing is left.

    A password that the API does not return is written on every run, with a notice. Whether it differs is not known.
    """
    kept = {option: each for option, each in step["changes"].items() if each["before"] != words.UNREADABLE}
    return dict(step, changes=kept) if kept or not step["changes"] else None


def _step(step: Mapping[str, Any], name: str) -> dict[str, Any]:
    told = [words.compared(option, each["before"], each["after"]) for option, each in step["changes"].items()]
    deleted = (step["resource"], step["action"]) == ("sip_trunk", "delete")
    return {
        "resource": step["resource"],
        "action": step["action"],
        "trunk": name,
        "finding": words.finding(step["resource"], step["action"]),
        "changes": {option: _folded(option, each) for option, each in step["changes"].items()},
        "told": [] if deleted else [each for each in told if each],
    }


def _unlisted(trunk: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "resource": "sip_trunk",
        "action": "unlisted",
        "trunk": trunk["name"],
        "finding": words.finding("sip_trunk", "unlisted"),
        "changes": {},
        "told": [],
    }


def _folded(option: str, change: dict[str, Any]) -> dict[str, Any]:
    if option != "telephone_numbers":
        return change
    return {side: fold(change[side] or ()) for side in ("before", "after")}
