# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning where telephone numbers ring: how to get a set of them to one destination. Pure.

Facts: user guide, "Route Inbound Calls to SIP Trunk"; API path .../account/{accountId}/telephonenumber. A number
without a destination rings busy. Nothing here ever deletes a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .plan import Plan, Step, change
from .references import SIP_TRUNK, Reference
from .tn_route import _origin


@dataclass(frozen=True)
class Move:
    """One number on its way: from where, and to where (None is nowhere)."""

    number: str
    origin: Reference | None
    target: Reference | None


@dataclass
class RouteStep(Step):
    """Send numbers to one destination, and take others away from it.

    Attributes:
        moves: one write each.
    """

    moves: list = field(default_factory=list)
    resource = "tn_route"
    phase = "numbers"


@dataclass
class RouteWish:
    """What a user wants of a set of numbers.

    Attributes:
        numbers: 11 digits each, no number twice.
        target: the Reference they are to ring at; for ``absent`` the one they are taken from, None for any.
        label: the name of the destination, for the plan and its diff.
        absent: take them away instead.
        exclusive: numbers that ring at the target and are not in ``numbers`` are taken away.
        reroute: numbers that ring elsewhere may be taken from there.
        claimed: numbers that another destination of the same plan takes; ``exclusive`` leaves them to it.
    """

    numbers: list
    target: Reference | None
    label: str
    absent: bool = False
    exclusive: bool = False
    reroute: bool = True
    claimed: frozenset = frozenset()


def unknown_numbers(wanted, numbers):
    """Return the wanted numbers that the account's list does not hold."""
    return [number for number in wanted if number not in numbers]


def plan_routes(wish, numbers, trunks=None):
    """Return (Plan, faults): the writes for numbers that are not where they are wanted.

    Args:
        wish: the RouteWish; all its numbers are on the account.
        numbers: {11 digits: Number} of the account.
        trunks: the account's Trunks, to say names instead of ids; None when they were not read.

    The plan's facts hold ``routed``, ``unrouted``, ``unchanged`` and ``moved``.
    """
    moves, unchanged = [], []
    for number in wish.numbers:
        origin = _origin(numbers[number], trunks)
        if wish.absent:
            leaves = origin is not None and wish.target in (None, origin)
            target = None if leaves else origin
        else:
            target = wish.target
        if target == origin:
            unchanged.append(number)
        else:
            moves.append(Move(number, origin, target))
    if wish.exclusive:
        kept = wish.claimed.union(wish.numbers)
        moves.extend(
            Move(number, wish.target, None) for number in sorted(held(numbers, wish.target)) if number not in kept
        )
    taken = [move for move in moves if move.origin is not None and move.target is not None]
    faults, warnings = [], []
    if not wish.reroute and taken:
        faults.append(
            "reroute is false, and %s: set reroute: true to take them from there, or leave them out"
            % "; ".join("%s goes to %s" % (move.number, move.origin.described()) for move in taken)
        )
    others = [move for move in taken if move.origin.reference_type != SIP_TRUNK]
    if others:
        warnings.append(
            "Taken from what is not a trunk: %s"
            % ", ".join("%s from %s" % (move.number, move.origin.described()) for move in others)
        )
    plan = Plan(
        [_step(wish, moves, numbers, trunks)] if moves else [],
        {move.number: _shown(move.origin) for move in moves},
        {move.number: _shown(move.target) for move in moves},
        wish.label,
        warnings,
        {
            "routed": [move.number for move in moves if move.target is not None],
            "unrouted": [move.number for move in moves if move.target is None],
            "unchanged": unchanged,
            "moved": [{"telephone_number": move.number, "from": move.origin.returned()} for move in taken],
        },
    )
    return plan, faults


def held(numbers, target):
    """Return the numbers that ring at the target."""
    return [number for number, each in numbers.items() if each.reference == target]


def dangling(wanted, numbers, trunks):
    """Return those of the wanted numbers that ring at a trunk which does not exist."""
    return [
        number
        for number in wanted
        if numbers[number].reference is not None
        and numbers[number].reference.reference_type == SIP_TRUNK
        and numbers[number].reference.reference_id not in trunks.by_id
    ]


def _shown(reference):
    return None if reference is None else reference.shown()


def _step(wish, moves, numbers, trunks):
    """Return the step of the destination; its numbers before and after are those that ring there."""
    if wish.target is None:
        before = sorted(move.number for move in moves)
        after = []
    else:
        before = sorted(held(numbers, wish.target))
        gone = {move.number for move in moves if move.target is None} | wish.claimed.difference(wish.numbers)
        come = {move.number for move in moves if move.target is not None}
        after = sorted((set(before) - gone) | come)
    action = "create" if not before else "delete" if not after else "update"
    return RouteStep(action, wish.label, {"telephone_numbers": change(before, after)}, moves)
