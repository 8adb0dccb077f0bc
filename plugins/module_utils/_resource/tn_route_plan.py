# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning where telephone numbers are routed: how to get a set of them to one destination. Pure.

Facts: user guide, "Route Inbound Calls to SIP Trunk"; API path .../account/{accountId}/telephonenumber. A number
without a destination rings busy. Nothing here ever deletes a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from .._common.notices import Guard, Notice
from .._common.numbers import listed
from .plan import Plan, Step, change
from .references import SIP_TRUNK, Reference, named
from .sip_trunk import Trunk
from .tn_route import Number
from .trunks import Trunks


@dataclass(frozen=True)
class Move:
    """One number whose destination changes.

    Attributes:
        number: 11 digits.
        origin: its destination now, None when it is unrouted.
        target: its new destination, None when it is to be unrouted.
    """

    number: str
    origin: Reference | None
    target: Reference | None


@dataclass
class RouteStep(Step):
    """Route numbers to one destination, and unroute others from it.

    Attributes:
        moves: one write each.
    """

    moves: list[Move] = field(default_factory=list)
    resource: ClassVar[str] = "tn_route"
    default_phase: ClassVar[str] = "numbers"


@dataclass
class RouteWish:
    """What a user wants of a set of numbers.

    Attributes:
        numbers: 11 digits each, no number twice.
        target: the Reference they are to be routed to; for ``absent`` the one they are unrouted from, None for any.
        label: the name of the destination, for the plan and its diff.
        absent: unroute them instead.
        exclusive: numbers that are routed to the target and are not in ``numbers`` are unrouted.
        reroute: numbers that are routed elsewhere may be taken from there.
        claimed: numbers that another destination of the same plan takes; ``exclusive`` leaves them to it.
    """

    numbers: list[str]
    target: Reference | None
    label: str
    absent: bool = False
    exclusive: bool = False
    reroute: bool = True
    claimed: frozenset[str] = frozenset()


def unknown_numbers(wanted: Iterable[str], numbers: Mapping[str, Number]) -> list[str]:
    """Return the wanted numbers that the account's list does not hold."""
    return [number for number in wanted if number not in numbers]


def plan_routes(
    wish: RouteWish, numbers: Mapping[str, Number], trunks: Trunks[Trunk] | None = None
) -> tuple[Plan, list[Guard]]:
    """Return (Plan, guards): the writes for numbers whose destination is not the wanted one.

    Args:
        wish: the RouteWish; all its numbers are on the account.
        numbers: {11 digits: Number} of the account.
        trunks: the account's Trunks, to show names instead of ids; None when they were not read.

    The plan's facts hold ``routed``, ``unrouted``, ``unchanged`` and ``moved``.
    """
    moves, unchanged = [], []
    for number in wish.numbers:
        origin = numbers[number].reference
        if origin is not None and trunks is not None:
            origin = named(origin, trunks)
        if wish.absent:
            leaves = origin is not None and wish.target in (None, origin)
            target = None if leaves else origin
        else:
            target = wish.target
        if target == origin:
            unchanged.append(number)
        else:
            moves.append(Move(number, origin, target))
    if wish.exclusive and wish.target is not None:
        kept = wish.claimed.union(wish.numbers)
        moves.extend(
            Move(number, wish.target, None) for number in sorted(routed_to(wish.target, numbers)) if number not in kept
        )
    taken = [(move, move.origin) for move in moves if move.origin is not None and move.target is not None]
    guards, notices = [], []
    if not wish.reroute and taken:
        guards.append(
            Guard(
                "reroute",
                wish.label,
                "reroute is false, and numbers for %s are routed elsewhere (%s)"
                % (
                    _target(wish),
                    _by_origin(taken, "to"),
                ),
                "remove them from the list",
            )
        )
    others = [(move, origin) for move, origin in taken if origin.reference_type != SIP_TRUNK]
    if others:
        notices.append(
            Notice(
                "taken_from",
                wish.label,
                "Numbers for %s are taken from destinations that are not trunks: %s"
                % (_target(wish), _by_origin(others, "from")),
            )
        )
    plan = Plan(
        [_step(wish, moves, numbers)] if moves else [],
        {move.number: _shown(move.origin) for move in moves},
        {move.number: _shown(move.target) for move in moves},
        wish.label,
        notices,
        {
            "routed": [move.number for move in moves if move.target is not None],
            "unrouted": [move.number for move in moves if move.target is None],
            "unchanged": unchanged,
            "moved": [{"telephone_number": move.number, "from": origin.returned()} for move, origin in taken],
        },
    )
    return plan, guards


def _target(wish: RouteWish) -> str:
    return "trunk '%s'" % wish.label if wish.target and wish.target.trunk_name else wish.label


def _by_origin(taken: Iterable[tuple[Move, Reference]], preposition: str) -> str:
    """Return the numbers of each origin as ranges, in words."""
    numbers: dict[str, list[str]] = {}
    for move, origin in taken:
        numbers.setdefault(origin.described(), []).append(move.number)
    return ", ".join("%s %s %s" % (listed(each), preposition, origin) for origin, each in numbers.items())


def routed_to(target: Reference, numbers: Mapping[str, Number]) -> list[str]:
    """Return the numbers that are routed to the target."""
    return [number for number, each in numbers.items() if each.reference == target]


def dangling(wanted: Iterable[str], numbers: Mapping[str, Number], trunks: Trunks[Trunk]) -> list[str]:
    """Return those of the wanted numbers that are routed to a trunk which does not exist."""
    return [number for number in wanted if _is_dangling(numbers[number].reference, trunks)]


def _is_dangling(reference: Reference | None, trunks: Trunks[Trunk]) -> bool:
    return (
        reference is not None and reference.reference_type == SIP_TRUNK and reference.reference_id not in trunks.by_id
    )


def _shown(reference: Reference | None) -> dict[str, str] | None:
    return None if reference is None else reference.shown()


def _step(wish: RouteWish, moves: list[Move], numbers: Mapping[str, Number]) -> RouteStep:
    """Return the step of the destination; its numbers before and after are those that are routed to it."""
    if wish.target is None:
        before = sorted(move.number for move in moves)
        after: list[str] = []
    else:
        before = sorted(routed_to(wish.target, numbers))
        gone = {move.number for move in moves if move.target is None} | wish.claimed.difference(wish.numbers)
        come = {move.number for move in moves if move.target is not None}
        after = sorted((set(before) - gone) | come)
    action = "create" if not before else "delete" if not after else "update"
    return RouteStep(action, wish.label, {"telephone_numbers": change(before, after)}, moves)
