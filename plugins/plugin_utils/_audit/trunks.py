# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunks of an account as rows of the report. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...module_utils._common.numbers import expand
from .drift import Document, entry_of
from .states import BOTH, BY_ADDRESS, DOCUMENT_ONLY, LOCKED_OUT, PLATFORM_ONLY, REGISTERED, UNREGISTERED

_SECTIONS = ("forward_always", "forward_on_failure", "forward_on_capacity_exceeded")


def trunks_on_platform(
    registration: Mapping[str, Any],
    actual: Mapping[str, Any],
    document: Document | None,
    points: Sequence[Mapping[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Return a row for each trunk of the platform.

    Args:
        registration: the result of alianza_sip_trunk_info with the registration.
        actual: the result of alianza_account_trunks_info.
        document: the trunk document, None if nothing was compared with one.
        points: {trunk_id, lost_numbers} of the trunks whose failure alone would lose calls, None if that is not known.
    """
    entries = _entries(actual)
    lost = None if points is None else {point["trunk_id"]: point["lost_numbers"] for point in points}
    return [_row(trunk, entries(trunk), document, lost) for trunk in registration.get("sip_trunks") or ()]


def trunk_in_document(name: str) -> dict[str, Any]:
    """Return the row of a trunk that only the document has."""
    return {
        "name": name,
        "trunk_id": None,
        "presence": DOCUMENT_ONLY,
        "registration": None,
        "concurrent_calls": None,
        "telephone_numbers": counted_numbers(()),
        "forwarding": _forwarding({}),
        "single_point_of_failure": None,
        "lost_numbers": counted_numbers(()),
        "usage": None,
    }


def counted_numbers(entries: Sequence[str]) -> dict[str, Any]:
    """Return {count, ranges} of telephone numbers and ranges of them."""
    return {"count": len(expand(entries)[0]), "ranges": list(entries)}


def _entries(actual: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """Return a function from a trunk to its entry in the account's document; trunks that share a name have an ID there."""
    entries: Sequence[Mapping[str, Any]] = actual.get("trunks") or ()
    by_id = {entry["trunk_id"]: entry for entry in entries if entry.get("trunk_id")}
    by_name = {entry["name"]: entry for entry in entries if entry.get("name")}
    return lambda trunk: by_id.get(trunk["trunk_id"]) or by_name.get(trunk["name"]) or {}


def _row(
    trunk: Mapping[str, Any],
    entry: Mapping[str, Any],
    document: Document | None,
    lost: Mapping[str, Sequence[str]] | None,
) -> dict[str, Any]:
    presence = None if document is None else PLATFORM_ONLY if entry_of(document, trunk) is None else BOTH
    return {
        "name": trunk["name"],
        "trunk_id": trunk["trunk_id"],
        "presence": presence,
        "registration": _registration(trunk),
        "concurrent_calls": trunk.get("concurrent_calls"),
        "telephone_numbers": counted_numbers(entry.get("telephone_numbers") or ()),
        "forwarding": _forwarding(entry.get("forwarding") or {}),
        "single_point_of_failure": None if lost is None else trunk["trunk_id"] in lost,
        "lost_numbers": counted_numbers((lost or {}).get(trunk["trunk_id"], ())),
        "usage": None,
    }


def _registration(trunk: Mapping[str, Any]) -> str:
    status = trunk.get("registration") or {}
    if status.get("locked_out"):
        return LOCKED_OUT
    if status.get("registered"):
        return REGISTERED
    return BY_ADDRESS if trunk.get("ip_based_auth_enabled") else UNREGISTERED


def _forwarding(rules: Mapping[str, Any]) -> dict[str, Any]:
    return {section: rules.get(section) or ({} if section == "forward_always" else []) for section in _SECTIONS}
