# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A plan as lines for people: what is done to which trunk. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .._common.numbers import fold
from .._resource.caller_id_plan import CallerIdStep
from .._resource.from_numbers import folded
from .._resource.plan import Changes, Step
from .._resource.sip_trunk_group_plan import GroupStep
from .._resource.sip_trunk_plan import TrunkStep
from .._resource.tn_route_plan import RouteStep

_EMPTY: tuple[Any, ...] = (None, [], {})


def summary(steps: Sequence[Step]) -> list[str]:
    """Return one line for each step; the changes of steps hold no secrets."""
    return [_line(step, steps) for step in steps]


def _line(step: Step, steps: Iterable[Step]) -> str:
    if isinstance(step, RouteStep):
        return _routes(step)
    if isinstance(step, CallerIdStep):
        return _caller_id(step)
    if isinstance(step, TrunkStep) and step.action == "delete":
        return "delete trunk '%s'%s" % (step.name, _what_goes(step, steps))
    if isinstance(step, GroupStep) and step.action == "delete":
        return "delete trunk group '%s'" % step.name
    subject = "%s '%s'" % ("trunk group" if isinstance(step, GroupStep) else "trunk", step.name)
    if step.resource == "trunk_forwarding":
        subject = "forwarding of " + subject
        if step.action == "delete":
            return "delete %s (%s)" % (subject, _changes(step.changes, "before"))
    changes = (
        step.changes if step.action != "create" else {key: step.changes[key] for key in step.changes if key != "name"}
    )
    return "%s %s: %s" % (step.action, subject, _changes(changes))


def _routes(step: RouteStep) -> str:
    """Return the line of numbers that are routed to a trunk, unrouted from it, or both."""
    come = [move.number for move in step.moves if move.target is not None]
    gone = [move.number for move in step.moves if move.target is None]
    if not come:
        return "unroute numbers from trunk '%s': %s" % (step.name, _counted(gone))
    fewer = ", %s" % _counted(gone, " fewer") if gone else ""
    return "route numbers to trunk '%s': %s%s" % (step.name, _counted(come, " more"), fewer)


def _caller_id(step: CallerIdStep) -> str:
    """Return the line of the FROM numbers that come to show a caller ID, show it no longer, or both."""
    changed = step.changes.get("from_numbers") or {}
    before, after = (set(changed.get(side) or ()) for side in ("before", "after"))
    parts = [
        "%d %s FROM number%s (%s)" % (len(numbers), word, "s" * (len(numbers) != 1), ", ".join(folded(numbers)))
        for word, numbers in (("more", after - before), ("fewer", before - after))
        if numbers
    ]
    return "%s caller ID %s%s" % (step.action, step.name, ": %s" % ", ".join(parts) if parts else "")


def _counted(numbers: Sequence[str], word: str = "") -> str:
    return "%d%s (%s)" % (len(numbers), word, ", ".join(fold(numbers)))


def _what_goes(step: TrunkStep, steps: Iterable[Step]) -> str:
    """Return what a deleted trunk had: its call paths, and the numbers that are unrouted with it."""
    calls = (step.changes.get("concurrent_calls") or {}).get("before") or 0
    numbers = sum(
        move.target is None and move.origin is not None and move.origin.reference_id == step.trunk_id
        for each in steps
        if isinstance(each, RouteStep)
        for move in each.moves
    )
    parts = [
        "%d %s%s" % (count, word, "s" * (count != 1))
        for count, word in ((calls, "call path"), (numbers, "number"))
        if count
    ]
    return " (%s)" % ", ".join(parts) if parts else ""


def _changes(changes: Changes, side: str | None = None) -> str:
    """Return every option that changes; with a side (before or after) only its value there."""
    return ", ".join(
        "%s %s" % (option, _value(each[side]) if side else _change(each["before"], each["after"]))
        for option, each in changes.items()
    )


def _change(before: Any, after: Any) -> str:
    return _value(after) if before in _EMPTY else "%s -> %s" % (_value(before), _value(after))


def _value(value: Any) -> str:
    if value in _EMPTY:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " then ".join(map(_value, value)) if isinstance(value[0], dict) else " ".join(map(str, value))
    if isinstance(value, dict):
        return _target(value) + ("" if "enabled" not in value else " (on)" if value["enabled"] else " (off)")
    return str(value)


def _target(value: dict[str, Any]) -> str:
    """Return a forwarding target as the plan shows it, in words."""
    if value.get("trunk_name"):
        return "trunk '%s'" % value["trunk_name"]
    target = value.get("reference_id")
    return "%s %s" % (value["reference_type"], target) if target else str(value["reference_type"])
