# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning the caller IDs of a document: which are written, and which are deleted. Pure.

It has no rules of its own about one caller ID, which are in its planner.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from .._common.notices import Notice
from .._resource.caller_id import CallerIds
from .._resource.caller_id_plan import CallerIdWish, plan_caller_id
from .._resource.plan import Plan
from .entries import Listing
from .export import caller_id_entry_of


@dataclass
class CallerIdsPlan:
    """What becomes of the caller IDs of a document.

    Attributes:
        plans: the Plan of each caller ID that is written or deleted.
        removed: what is taken away, as a document that can be applied again.
        notices: what the user should know.
    """

    plans: list[Plan] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def to_delete(listing: Listing[CallerIdWish], actual: CallerIds) -> tuple[list[str], list[str]]:
    """Return (caller IDs that are not in the document, others that are not and are kept, since they could not be brought back), sorted.

    Args:
        listing: the caller IDs of the document.
        actual: the account's CallerIds.
    """
    known = {wish.caller_id for wish in [*listing.present, *listing.absent]}
    unlisted = [each for each in actual.all() if each not in known]
    kept = [each for each in unlisted if caller_id_entry_of(each, ())[0] is None]
    return [each for each in unlisted if each not in kept], kept


def plan_caller_ids(
    listing: Listing[CallerIdWish], actual: CallerIds, exclusive: bool, everything: bool
) -> CallerIdsPlan:
    """Return the CallerIdsPlan of a document.

    Args:
        listing: the caller IDs of the document.
        actual: the account's CallerIds.
        exclusive: whether FROM numbers that are not listed with a caller ID of the document show it no longer.
        everything: whether caller IDs that are not in the document are deleted.
    """
    made = CallerIdsPlan()
    claimed = frozenset(number for wish in listing.present for number in wish.from_numbers or ())
    present = [replace(wish, exclusive=exclusive and wish.from_numbers is not None) for wish in listing.present]
    unlisted, kept = to_delete(listing, actual) if everything else ([], [])
    made.notices.extend(
        Notice(
            "left_out",
            each,
            "Caller ID '%s' is kept, since it is no telephone number and cannot be listed: delete it in the portal if it is to go"
            % each,
        )
        for each in kept
    )
    for wish in [*present, *listing.absent, *(CallerIdWish(each, absent=True) for each in unlisted)]:
        plan = plan_caller_id(wish, actual, claimed)
        made.plans.append(plan)
        gone = wish.absent and actual.has(wish.caller_id)
        if gone or plan.facts["unmapped"]:
            entry, left_out = caller_id_entry_of(wish.caller_id, plan.facts["unmapped"])
            made.notices.extend(left_out)
            made.removed.extend([entry] if entry else [])
    made.removed.sort(key=lambda entry: str(entry["caller_id"]))
    return made
