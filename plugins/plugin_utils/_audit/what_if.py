# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a user asks about the failure of trunks, and the answer as a table for a terminal. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._common.numbers import expand
from .._base.choice import chosen_names
from . import words

# What a user gives in place of names, without regard to case, commas and blanks.
_EACH = ("all of one at a time", "all one at a time", "one at a time")
# The worst comes first.
_ORDER = ("lost", "loop", "busy", "forwarded", "answered")
_HEADINGS = ("Result", "Numbers", "Calls go to", "Call paths", "Way")
_LABELS = {
    "forward_always": "all calls",
    "forward_on_failure": "on failure",
    "forward_on_capacity_exceeded": "when full",
}


def selection(unavailable: Any, full: Any = None, numbers: Any = None) -> dict[str, Any]:
    """Return what a user assumes, as options of alianza_call_flow_info.

    Args:
        unavailable: names or IDs as text with one a line or commas, or as a list; ``one at a time`` for every trunk alone; or nothing.
        full: names or IDs in the same forms.
        numbers: telephone numbers and ranges in the same forms.

    Returns:
        ``unavailable_trunks``, ``full_trunks``, ``telephone_numbers`` (empty for all), ``one_at_a_time``, and ``fault``, a text that is
        empty if nothing is wrong. The name of a trunk may still be several with commas between them, which only the account shows.
    """
    chosen: dict[str, Any] = {"one_at_a_time": False}
    faults = []
    for option, given in (("unavailable_trunks", unavailable), ("full_trunks", full), ("telephone_numbers", numbers)):
        chosen[option] = []
        try:
            chosen[option] = [name.strip() for name in chosen_names(given)]
        except ValueError as error:
            faults.append("what_if_%s %s" % (option, error))
    names = chosen["unavailable_trunks"]
    if len(names) == 1 and " ".join(names[0].casefold().replace(",", " ").split()) in _EACH:
        chosen.update(unavailable_trunks=[], one_at_a_time=True)
    entries = [part.strip() for line in chosen["telephone_numbers"] for part in line.split(",")]
    chosen.update(telephone_numbers=list(filter(None, entries)), fault=". ".join(faults))
    return chosen


def table(flow: Mapping[str, Any], assumed: Mapping[str, Any]) -> list[str]:
    """Return the lines that say where calls go.

    Args:
        flow: the result of alianza_call_flow_info.
        assumed: what :func:`selection` returned.
    """
    if assumed["one_at_a_time"]:
        return _each(flow["outages"])
    lines = [_heading(assumed), _paths(flow["call_paths"]), *_rows(flow["call_flows"])]
    lost = flow["lost_numbers"]
    lines.append("Lost: %s" % _numbers(lost) if lost else "No number is lost")
    return lines


def _heading(assumed: Mapping[str, Any]) -> str:
    parts = [
        "%s %s" % (", ".join(map(_plain, assumed[option])), state)
        for option, state in (("unavailable_trunks", "unavailable"), ("full_trunks", "full"))
        if assumed[option]
    ]
    return "With %s:" % " and ".join(parts) if parts else "Now:"


def _paths(paths: Mapping[str, int]) -> str:
    return "%d of %s left" % (paths["left"], words.counted(paths["before"], "call path", "call paths"))


def _each(outages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines on every trunk failing alone: all of them in a table, then where calls go without each."""
    if not outages:
        return ["The account has no trunks"]
    outages = sorted(outages, key=lambda outage: (-_count(outage["lost_numbers"]), -_count(outage["busy_numbers"])))
    rows = [
        (
            _plain(outage["trunk_name"]),
            "%d of %d" % (outage["call_paths"]["left"], outage["call_paths"]["before"]),
            str(_count(outage["lost_numbers"])),
            str(_count(outage["busy_numbers"])),
            str(sum(_count(flow["telephone_numbers"]) for flow in outage["call_flows"])),
        )
        for outage in outages
    ]
    lines = _aligned(("Trunk that fails", "Call paths left", "Lost", "Busy", "Go another way"), rows)
    for outage in outages:
        if outage["call_flows"]:
            lines += ["", "With %s unavailable:" % _plain(outage["trunk_name"]), *_rows(outage["call_flows"])]
    return lines


def _rows(flows: Iterable[Mapping[str, Any]]) -> list[str]:
    ordered = sorted(flows, key=lambda flow: _ORDER.index(flow["result"]))
    if not ordered:
        return ["The account has no telephone numbers"]
    lines = _aligned(
        _HEADINGS,
        [
            (
                flow["result"].upper() if flow["result"] in ("lost", "loop") else flow["result"],
                _numbers(flow["telephone_numbers"]),
                _plain(goes_to(flow)),
                "-" if flow["call_paths"] is None else str(flow["call_paths"]),
                _plain(way(flow)),
            )
            for flow in ordered
        ],
    )
    notes = dict.fromkeys(note for flow in ordered for note in flow["notes"])
    return lines + ["Note: %s" % _plain(note) for note in notes]


def goes_to(flow: Mapping[str, Any]) -> str:
    """Return where the calls of a flow end, in words."""
    if flow["destination"]:
        return words.destination(flow["destination"])
    return "busy tone (unrouted)" if flow["result"] == "busy" else "nobody"


def way(flow: Mapping[str, Any]) -> str:
    """Return the trunks that the calls of a flow come to, in words."""
    return ", then ".join(
        "%s %s%s"
        % (
            step["trunk_name"] or step["trunk_id"],
            step["result"] if step["trunk_name"] else "does not exist",
            " (%s)" % _LABELS[step["rule"]] if step["rule"] else "",
        )
        for step in flow["steps"]
    )


def label(rule: str | None) -> str:
    """Return what an arrow says that leaves a trunk by a rule."""
    return _LABELS[rule] if rule else "next attempt"


def _count(folded: Sequence[str]) -> int:
    return len(expand(folded)[0])


def _numbers(folded: Sequence[str]) -> str:
    count = _count(folded)
    return words.ranges(folded) if count == 1 else "%s (%d)" % (words.ranges(folded), count)


def _plain(text: str) -> str:
    """Return a text that stays in one line of a terminal and moves no cursor."""
    return "".join(char if unicodedata.category(char)[0] != "C" else "?" for char in str(text))


def _aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(headings, *rows)]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in [headings, *rows]]
