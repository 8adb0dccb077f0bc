# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The way of one call through an account: which trunks it comes to, and where it ends. Pure.

Facts: a trunk that forwards always sends every call to its target; otherwise the two lists are attempts in their order, for
a trunk that is not registered and for a trunk that is full; a number without a destination rings busy. A trunk that is found
by its address never registers.

The API's documentation does not say what happens to a call that is forwarded to a trunk which cannot take it. This assumes that
it follows the rules of that trunk first, and then the next attempt of the trunk before; that a trunk is tried once for each
call; and that a forward to a telephone number of the account itself goes where that number is routed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional, Tuple

from .._resource.forwarding import Rules
from .._resource.references import BUSY, SIP_TRUNK, TELEPHONE, Reference
from .._resource.state import State

# How a call ends: at the PBX of a trunk, at a destination that is no trunk, with a busy tone, without any of these, or in a circle.
ANSWERED, FORWARDED, RINGS_BUSY, LOST, LOOP = RESULTS = ("answered", "forwarded", "busy", "lost", "loop")
# What happens to a call at a trunk.
RINGS, UNAVAILABLE, FULL, FORWARDS = STEP_RESULTS = ("rings", "unavailable", "full", "forwards")

# What a call is sent to next; None for a number without a destination.
_Target = Optional[Reference]


@dataclass(frozen=True)
class Conditions:
    """What is assumed about the trunks.

    Attributes:
        unavailable: IDs of the trunks that cannot take calls.
        full: IDs of the trunks that carry as many calls as they can.
    """

    unavailable: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()

    def without(self, trunk_ids: frozenset[str]) -> Conditions:
        """Return the same conditions, but that some trunks work and have call paths left."""
        return Conditions(self.unavailable - trunk_ids, self.full - trunk_ids)

    def failing(self, trunk_id: str) -> Conditions:
        """Return the same conditions, but that one more trunk is unavailable."""
        return Conditions(self.unavailable | {trunk_id}, self.full)


@dataclass(frozen=True)
class Step:
    """A trunk that a call comes to.

    Attributes:
        trunk_id: its ID; None for a target without one.
        result: one of :data:`STEP_RESULTS`.
        rule: the section of its rules that the call follows; None where it follows none.
    """

    trunk_id: str | None
    result: str
    rule: str | None = None


@dataclass(frozen=True)
class Way:
    """The way of a call.

    Attributes:
        steps: the trunks that it comes to, in the order of attempts.
        destination: what takes it, or gives the busy tone; None for nothing.
        result: one of :data:`RESULTS`.
    """

    steps: Tuple[Step, ...]
    destination: Reference | None
    result: str

    @property
    def reaches(self) -> bool:
        """Whether somebody can take the call."""
        return self.result in (ANSWERED, FORWARDED)


@dataclass(frozen=True)
class _Arrival:
    """What happens where a call arrives: it ends with a result, or goes on to other targets.

    Attributes:
        step: the trunk, None if it is none.
        result: how the call ends here; None if it does not.
        attempts: the targets that it is sent to, in their order, until one takes it.
    """

    step: Step | None = None
    result: str | None = None
    attempts: Tuple[_Target, ...] = ()


def unregistered(state: State) -> frozenset[str]:
    """Return the IDs of the trunks that are not registered; a trunk whose registration was not read is not among them."""
    return frozenset(
        trunk.trunk_id
        for trunk in state.trunks.all
        if not trunk.values["ip_based_auth_enabled"]
        and not state.registrations.get(trunk.trunk_id, {"registered": True})["registered"]
    )


def follow(state: State, start: Reference | None, conditions: Conditions) -> Way:
    """Return the way of a call.

    Args:
        state: State of the account, with trunks, numbers and the rules of every trunk.
        start: what the number is routed to; None for an unrouted one.
        conditions: the Conditions.
    """
    steps: list[Step] = []
    tried: set[Reference] = set()
    looped = False
    # What forwards the call at the moment, and the attempts that each of these has left.
    forwarding: dict[Reference | None, Iterator[_Target]] = {None: iter((start,))}
    while forwarding:
        last = next(reversed(forwarding))
        for target in forwarding[last]:
            if target is not None and target in tried:
                looped = looped or target in forwarding
                continue
            arrival = _arrive(state, target, conditions)
            if arrival.step is not None:
                steps.append(arrival.step)
            if arrival.result is not None:
                return Way(tuple(steps), target, arrival.result)
            if target is not None:
                tried.add(target)
                forwarding[target] = iter(arrival.attempts)
            break
        else:
            del forwarding[last]
    return Way(tuple(steps), None, LOOP if looped else LOST)


def _arrive(state: State, target: _Target, conditions: Conditions) -> _Arrival:
    if target is None or target.reference_type == BUSY:
        return _Arrival(result=RINGS_BUSY)
    if target.reference_type == SIP_TRUNK:
        return _arrive_at_trunk(state, target.reference_id, conditions)
    own = state.numbers.get(target.reference_id or "") if target.reference_type == TELEPHONE else None
    if own is not None:
        return _Arrival(attempts=(own.reference,))
    return _Arrival(result=FORWARDED)


def _arrive_at_trunk(state: State, trunk_id: str | None, conditions: Conditions) -> _Arrival:
    if trunk_id is None or trunk_id not in state.trunks.by_id:
        return _Arrival(Step(trunk_id, UNAVAILABLE))
    rules = state.forwards.get(trunk_id) or Rules()
    if rules.enabled and rules.always is not None:
        return _Arrival(Step(trunk_id, FORWARDS, "forward_always"), attempts=(rules.always,))
    for result, trunk_ids, rule in (
        (UNAVAILABLE, conditions.unavailable, "forward_on_failure"),
        (FULL, conditions.full, "forward_on_capacity_exceeded"),
    ):
        if trunk_id in trunk_ids:
            attempts = rules.lists[rule]
            return _Arrival(Step(trunk_id, result, rule if attempts else None), attempts=attempts)
    return _Arrival(Step(trunk_id, RINGS), ANSWERED)
