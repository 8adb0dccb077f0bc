# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The caller IDs of a document: how they are parsed, and what is wrong with them by themselves. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._common.given import checked
from .._common.numbers import listed
from .._resource import caller_id_plan
from .._resource.caller_id_plan import CallerIdWish
from . import document_fields
from .entries import Listing, Parsed, parse_list


def parse_caller_ids(given: Any) -> Listing[CallerIdWish]:
    """Return the Listing of a document's caller IDs.

    Args:
        given: the list as the user gave it; also as text, in JSON.
    """
    listing = parse_list(given, "caller_ids", "caller ID", _parse_entry)
    shown: dict[str, list[str]] = {}
    for wish in listing.present:
        for number in wish.from_numbers or ():
            shown.setdefault(number, []).append(wish.caller_id)
    by_caller_ids: dict[tuple[str, ...], list[str]] = {}
    for number, caller_ids in shown.items():
        if len(set(caller_ids)) > 1:
            by_caller_ids.setdefault(tuple(caller_ids), []).append(number)
    listing.faults.extend(
        "%s would show the caller IDs %s: a FROM number shows one caller ID, so list it with one of them"
        % (listed(numbers), " and ".join(caller_ids))
        for caller_ids, numbers in by_caller_ids.items()
    )
    return listing


def _parse_entry(item: Mapping[Any, Any]) -> Parsed[CallerIdWish]:
    given, malformed = checked(document_fields.CALLER_ID, item, "it")
    wish, faults = caller_id_plan.parse_wish(given, bool(malformed) and item.get("caller_id") is not None)
    if wish.absent and wish.from_numbers is not None:
        faults.append("state: absent deletes the caller ID: leave out from_numbers")
    return Parsed(wish, given["state"], malformed, faults, {"number": wish.caller_id or None})
