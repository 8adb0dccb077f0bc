# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where the calls of an account's numbers go, now and while trunks fail or are full. Pure.

Call paths are those of the trunks at which calls ring. Forwards to other destinations take none of them, and calls that a trunk
forwards are assumed to take none of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Dict, List, Optional

from .._common.numbers import fold
from .._resource.forwarding import Rules
from .._resource.references import Reference, named
from .._resource.sip_trunk import Trunk
from .._resource.sip_trunk_group import Group
from .._resource.state import GROUPS, State
from .call_flow import ANSWERED, FORWARDED, LOOP, LOST, RINGS_BUSY, Conditions, Way, follow, unregistered

# What numbers are routed to, None for nothing -> these numbers.
_Routes = Dict[Optional[Reference], List[str]]
_Ways = Dict[Optional[Reference], Way]


def call_flows(
    state: State,
    conditions: Conditions,
    baseline: Conditions,
    numbers: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return where the calls of an account go.

    Args:
        state: State with trunks, numbers and the rules of every trunk; with the trunk groups if a trunk is in one.
        conditions: the Conditions.
        baseline: the Conditions that they are compared with.
        numbers: the telephone numbers; None for all of the account.

    Returns:
        ``call_flows``, ``lost_numbers`` (folded; calls that are lost or loop) and ``call_paths`` {before, left}.
    """
    routes = _routes(state, numbers)
    before, ways = _ways(state, routes, baseline), _ways(state, routes, conditions)
    return {
        "call_flows": _rendered(state, routes, ways),
        "lost_numbers": fold(_numbers(routes, (start for start, way in ways.items() if way.result in (LOST, LOOP)))),
        "call_paths": _compared(state, before, ways),
    }


def outages(state: State, conditions: Conditions, numbers: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Return what happens if one trunk fails, for each trunk of the account by itself, sorted by name.

    The comparison is with the same conditions while that trunk works.

    Args:
        state: as for :func:`call_flows`.
        conditions: the Conditions that hold besides.
        numbers: the telephone numbers; None for all of the account.

    Returns:
        A list of ``trunk_name``, ``trunk_id``, ``call_flows`` of the numbers whose calls go another way then, ``lost_numbers``
        and ``busy_numbers`` (folded; those that nobody takes then, but would while the trunk works), and ``call_paths``.
    """
    routes = _routes(state, numbers)
    return [_outage(state, routes, conditions, trunk) for trunk in state.trunks.in_order()]


def single_points_of_failure(state: State, use_registration: bool = True) -> list[dict[str, Any]]:
    """Return the trunks whose failure alone would leave numbers without anybody who takes their calls, sorted by name.

    Args:
        state: State with trunks, numbers and the rules of every trunk, and with registrations unless they are not used.
        use_registration: whether the other trunks are unavailable while they are not registered. If not, they all work.

    Returns:
        A list of {trunk_name, trunk_id, lost_numbers}; the numbers are folded, and those that ring busy then are among them.
    """
    conditions = Conditions(unregistered(state) if use_registration else frozenset())
    routes = _routes(state, None)
    points = []
    for trunk in state.trunks.in_order():
        before, ways = _both(state, routes, conditions, trunk)
        lost = [start for start, way in ways.items() if before[start].reaches and not way.reaches]
        if lost:
            points.append(
                {
                    "trunk_name": trunk.name,
                    "trunk_id": trunk.trunk_id,
                    "lost_numbers": fold(_numbers(routes, lost)),
                }
            )
    return points


def _routes(state: State, numbers: Collection[str] | None) -> _Routes:
    routes: _Routes = {}
    for number in sorted(state.numbers if numbers is None else numbers):
        routes.setdefault(state.numbers[number].reference, []).append(number)
    return routes


def _ways(state: State, routes: Iterable[Reference | None], conditions: Conditions) -> _Ways:
    return {start: follow(state, start, conditions) for start in routes}


def _both(state: State, routes: _Routes, conditions: Conditions, trunk: Trunk) -> tuple[_Ways, _Ways]:
    """Return the ways while a trunk works, and while it does not."""
    working = conditions.without(frozenset((trunk.trunk_id,)))
    return _ways(state, routes, working), _ways(state, routes, working.failing(trunk.trunk_id))


def _outage(state: State, routes: _Routes, conditions: Conditions, trunk: Trunk) -> dict[str, Any]:
    before, ways = _both(state, routes, conditions, trunk)
    changed = {start: way for start, way in ways.items() if way != before[start]}
    gone = {start: way for start, way in changed.items() if before[start].reaches and not way.reaches}
    return {
        "trunk_name": trunk.name,
        "trunk_id": trunk.trunk_id,
        "call_flows": _rendered(state, routes, changed),
        "lost_numbers": fold(_numbers(routes, (start for start, way in gone.items() if way.result != RINGS_BUSY))),
        "busy_numbers": fold(_numbers(routes, (start for start, way in gone.items() if way.result == RINGS_BUSY))),
        "call_paths": _compared(state, before, ways),
    }


def _numbers(routes: _Routes, starts: Iterable[Reference | None]) -> list[str]:
    return [number for start in starts for number in routes[start]]


def _compared(state: State, before: _Ways, after: _Ways) -> dict[str, int]:
    return {"before": _paths(state, before.values()), "left": _paths(state, after.values())}


def _paths(state: State, ways: Iterable[Way]) -> int:
    """Return the call paths of the trunks at which calls ring, each trunk once."""
    trunks = {way.destination.reference_id for way in ways if way.result == ANSWERED and way.destination is not None}
    return sum(state.trunks.by_id[str(trunk_id)].values["concurrent_calls"] or 0 for trunk_id in trunks)


def _rendered(state: State, routes: _Routes, ways: Mapping[Reference | None, Way]) -> list[dict[str, Any]]:
    """Return the flows as results hold them, numbers with the same way together, in the order of the numbers."""
    together: dict[Way, list[str]] = {}
    for start, way in ways.items():
        together.setdefault(way, []).extend(routes[start])
    flows = sorted(together.items(), key=lambda item: min(item[1]))
    return [dict({"telephone_numbers": fold(numbers)}, **_flow(state, way)) for way, numbers in flows]


def _flow(state: State, way: Way) -> dict[str, Any]:
    destination = named(way.destination, state.trunks)
    trunks = state.trunks.by_id
    return {
        "steps": [
            {
                "trunk_name": trunks[step.trunk_id].name if step.trunk_id in trunks else None,
                "trunk_id": step.trunk_id,
                "result": step.result,
                "rule": step.rule,
            }
            for step in way.steps
        ],
        "destination": {} if destination is None else destination.returned(),
        "result": way.result,
        "call_paths": None if way.result == FORWARDED else _paths(state, (way,)),
        "notes": _notes(state, way),
    }


def _notes(state: State, way: Way) -> list[str]:
    """Return a sentence for each trunk of the way whose group has rules, or may have some, which may win over those of the trunk."""
    groups: tuple[Group, ...] = state.groups if state.has(GROUPS) else ()
    notes = []
    for step in way.steps:
        trunk = state.trunks.by_id.get(step.trunk_id or "")
        if trunk is None:
            continue
        if not state.has(GROUPS) and trunk.values["sip_trunk_group_id"]:
            notes.append(
                "Trunk '%s' is in a trunk group, whose forwarding rules were not read. Alianza does not document which rules take "
                "precedence; this is the way by the rules of the trunk" % trunk.name
            )
        for group in groups:
            member = trunk.trunk_id in group.trunk_ids or trunk.values["sip_trunk_group_id"] == group.group_id
            if member and not group.rules.empty():
                notes.append(
                    "Trunk '%s' is in the trunk group '%s', which has forwarding rules of its own (%s). Alianza does not document "
                    "which rules take precedence; this is the way by the rules of the trunk"
                    % (trunk.name, group.name, _in_words(state, group.rules))
                )
    return notes


def _in_words(state: State, rules: Rules) -> str:
    rules = rules.each(lambda reference: named(reference, state.trunks))
    sections = {"forward_always": (rules.always,) if rules.always is not None else (), **rules.lists}
    return "; ".join(
        "%s%s: %s"
        % (
            section,
            " (off)" if section == "forward_always" and not rules.enabled else "",
            ", then ".join(target.described() for target in targets),
        )
        for section, targets in sections.items()
        if targets
    )
