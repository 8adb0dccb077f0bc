# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning one caller ID: which FROM numbers show it. Pure.

Facts: API paths .../siptrunk_2/cid. A FROM number shows one caller ID at most, so that showing another one takes it from the
first. Deleting a caller ID ends its mappings. A custom FROM number holds nothing but itself: it is created when it is needed,
and deleted with its mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from . import from_numbers
from .caller_id import CallerIds
from .caller_id_fields import CALLER_ID
from .plan import Plan, Step, change


@dataclass(frozen=True)
class Mapped:
    """One FROM number that is to show another caller ID, or none.

    Attributes:
        from_number: in its normal form.
        wire: the spelling to send.
        origin: the caller ID that it shows now, None for none.
        target: the caller ID that it is to show, None for none.
        create: whether it has to be created first.
        delete: whether it is deleted, which ends its mapping too.
    """

    from_number: str
    wire: str
    origin: str | None
    target: str | None
    create: bool = False
    delete: bool = False


@dataclass
class CallerIdStep(Step):
    """Create, change or delete one caller ID and its mappings.

    Attributes:
        wire: the caller ID in the spelling to send.
        moves: the FROM numbers to write.
    """

    wire: str = ""
    moves: list[Mapped] = field(default_factory=list)
    resource: ClassVar[str] = "caller_id"
    default_phase: ClassVar[str] = "caller_ids"


@dataclass
class CallerIdWish:
    """What a user wants of one caller ID.

    Attributes:
        caller_id: 11 digits.
        from_numbers: the FROM numbers that are to show it, in their normal form; None if they were not given.
        absent: they are to show it no longer, and the caller ID is deleted once none does.
        exclusive: no others are to show it.
    """

    caller_id: str
    from_numbers: list[str] | None = None
    absent: bool = False
    exclusive: bool = False


def parse_wish(given: Mapping[str, Any], malformed: bool = False) -> tuple[CallerIdWish, list[str]]:
    """Return (CallerIdWish, faults) from a module's options or one caller ID of a document.

    Args:
        given: {option: value}; ``from_numbers`` as the user gave it.
        malformed: whether the caller ID is not among them because its type is wrong, which was reported.
    """
    faults: list[str] = []
    caller_id: str | None = None
    try:
        caller_id = CALLER_ID.parse(given.get("caller_id") or "")
    except ValueError as error:
        faults.append("caller_id %s" % error)
    numbers: list[str] | None = None
    if given.get("from_numbers") is not None:
        numbers, bad = from_numbers.parse(given["from_numbers"])
        faults.extend(bad)
    wish = CallerIdWish(caller_id or "", numbers, given.get("state") == "absent", bool(given.get("exclusive")))
    if not caller_id and not malformed and not faults:
        faults.append("caller_id is missing: give the telephone number that calls show")
    if wish.exclusive and wish.absent:
        faults.append("exclusive does not go with state: absent: leave it out")
    elif wish.exclusive and numbers is None:
        faults.append("exclusive needs from_numbers: give them, or [] if no number is to show the caller ID")
    return wish, faults


def plan_caller_id(wish: CallerIdWish, actual: CallerIds, claimed: frozenset[str] = frozenset()) -> Plan:
    """Return the Plan that makes the caller ID what the user wants.

    Args:
        wish: the CallerIdWish.
        actual: the account's CallerIds.
        claimed: FROM numbers that another caller ID of the same plan takes; they are left to it.

    The plan's facts hold ``mapped``, ``unmapped``, ``unchanged`` and ``moved``, and ``moves``, which are the writes.
    """
    before = actual.shown_by(wish.caller_id)
    if wish.absent:
        return _plan_absent(wish, actual, before, claimed)
    wanted = wish.from_numbers or []
    showing = set(before)
    moves = [_shown(number, wish.caller_id, actual) for number in wanted if number not in showing]
    kept = showing.difference(claimed).union(showing.intersection(wanted))
    if wish.exclusive:
        moves.extend(_hidden(number, actual) for number in sorted(kept.difference(wanted)))
        kept &= set(wanted)
    # A number of the account need not be in the list of caller IDs as long as something shows it.
    action = "update" if wish.caller_id in actual.numbers or kept else "create"
    unchanged = [number for number in wanted if number in showing]
    return _plan(wish, actual, action, moves, before, unchanged, claimed)


def _plan_absent(wish: CallerIdWish, actual: CallerIds, before: list[str], claimed: frozenset[str]) -> Plan:
    """Return the Plan that ends mappings, and deletes the caller ID if none is left."""
    listed = None if wish.from_numbers is None else set(wish.from_numbers)
    leaving = [number for number in before if listed is None or number in listed]
    deletes = wish.caller_id in actual.numbers and set(before) <= {*leaving, *claimed}
    moves = [_hidden(number, actual) for number in leaving if number not in claimed]
    unchanged = [number for number in wish.from_numbers or () if number not in set(before)]
    return _plan(wish, actual, "delete" if deletes else "update", moves, before, unchanged, claimed)


def _shown(number: str, caller_id: str, actual: CallerIds) -> Mapped:
    known = actual.from_numbers.get(number)
    if known is None:
        return Mapped(number, number, None, caller_id, create=True)
    return Mapped(number, known.wire, known.caller_id, caller_id)


def _hidden(number: str, actual: CallerIds) -> Mapped:
    known = actual.from_numbers[number]
    return Mapped(number, known.wire, known.caller_id, None, delete=known.custom)


def _plan(
    wish: CallerIdWish,
    actual: CallerIds,
    action: str,
    moves: list[Mapped],
    before: list[str],
    unchanged: list[str],
    claimed: frozenset[str],
) -> Plan:
    """Return the Plan of some moves; its facts are what comes of them."""
    mapped = [move.from_number for move in moves if move.target is not None]
    unmapped = [move.from_number for move in moves if move.target is None]
    # Another caller ID takes what is claimed and not wanted here.
    taken = claimed.difference(wish.from_numbers or ())
    after = sorted({*before, *mapped} - {*unmapped, *taken})
    changes = {}
    if action != "update":
        present = action == "create"
        changes["caller_id"] = change(None if present else wish.caller_id, wish.caller_id if present else None)
    if moves:
        changes["from_numbers"] = change(before, after)
    # Deleting a caller ID ends the mappings of the account's own numbers too.
    writes = [move for move in moves if action != "delete" or move.delete]
    step = CallerIdStep(action, wish.caller_id, changes, actual.numbers.get(wish.caller_id, wish.caller_id), writes)
    exists = actual.has(wish.caller_id)
    return Plan(
        [step] if changes else [],
        {"caller_id": wish.caller_id, "from_numbers": before} if exists else {},
        {"caller_id": wish.caller_id, "from_numbers": after} if _remains(wish, action, exists) else {},
        wish.caller_id,
        facts={
            "mapped": mapped,
            "unmapped": unmapped,
            "unchanged": unchanged,
            "moves": writes,
            "moved": [
                {"from_number": move.from_number, "from": move.origin}
                for move in moves
                if move.target is not None and move.origin is not None
            ],
        },
    )


def _remains(wish: CallerIdWish, action: str, exists: bool) -> bool:
    return action != "delete" and (exists or not wish.absent)
