# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The calls of an account as SVG: a lane for each set of numbers, with what has failed dimmed. Pure.

A lane leads from the numbers over the trunks that their calls come to, in the order of attempts, to where they end. Words say
what failed, and not the dimming alone. Shapes have the classes of :mod:`.picture`, and the page its colours; a picture that
stands alone brings a style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._common.numbers import expand
from . import words
from .picture import BOX, FIRST, LINE, MARGIN, NEXT, TALL, Box, _arrow, _boxed, _xml
from .printable import printable
from .what_if import goes_to, label, way

_FAILED = ("unavailable", "full")
_STYLE = (
    "<style>.chain{font:13px sans-serif;fill:#1d2733}.chain rect{fill:#fff;stroke:#5b6773}.chain .own text:first-of-type"
    "{font-weight:600}.chain .note,.chain .on{font-size:11px;fill:#5b6773}.chain .on{text-anchor:middle}.chain .registered rect"
    "{stroke:#1f7a3d}.chain .gone rect{stroke:#b3261e;stroke-dasharray:2 3}.chain .way{fill:none;stroke:#5b6773;stroke-width:1.3}"
    ".chain .tip{fill:#5b6773}.chain .failed rect,.chain .failed path{opacity:.42}.chain .failed text{fill:#5b6773}</style>"
)


def picture(flow: Mapping[str, Any], key: str, title: str, alone: bool = False) -> str:
    """Return the picture of where calls go; empty text if the account has no numbers.

    Args:
        flow: the result of alianza_call_flow_info, or one of its ``outages``.
        key: prefix that makes the IDs of its elements unique on the page.
        title: what it shows.
        alone: whether it is a file of its own, and no part of a page.
    """
    flows = printable(flow["call_flows"])
    if not flows:
        return ""
    lanes = [_lane(each) for each in flows]
    width = max(width for dummy, width in lanes) + 2 * MARGIN
    height = len(lanes) * LINE - (LINE - TALL) + 2 * MARGIN
    drawn = "".join(
        '<g transform="translate(%d %d)">%s</g>' % (MARGIN, MARGIN + place * LINE, drawing)
        for place, (drawing, dummy) in enumerate(lanes)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chain flow" role="img" aria-labelledby="%(key)st %(key)sd"'
        ' viewBox="0 0 %(width)d %(height)d" width="%(width)d" height="%(height)d"><title id="%(key)st">%(title)s</title>'
        '<desc id="%(key)sd">%(description)s</desc>%(style)s%(drawn)s</svg>'
    ) % {
        "key": _xml(key),
        "width": width,
        "height": height,
        "title": _xml(printable(title)),
        "description": _xml(" ".join(map(_described, flows))),
        "style": _STYLE if alone else "",
        "drawn": drawn,
    }


def _described(flow: Mapping[str, Any]) -> str:
    steps = way(flow)
    return "%s: %s%s (%s)." % (
        words.ranges(flow["telephone_numbers"]),
        steps + "; " if steps else "",
        goes_to(flow),
        flow["result"],
    )


def _lane(flow: Mapping[str, Any]) -> tuple[str, int]:
    """Return (drawing, width) of one flow."""
    numbers = flow["telephone_numbers"]
    count = len(expand(numbers)[0])
    first = numbers[0].partition("-")[0]
    named = Box(first) if count == 1 else Box(words.counted(count, "number", "numbers"), "from %s" % first)
    parts = [_boxed(named, 0, 0, "own")]
    left, rule = BOX, None
    for place, step in enumerate(flow["steps"]):
        failed = step["result"] in _FAILED
        note = step["result"] if step["trunk_name"] else "does not exist"
        box = Box(
            step["trunk_name"] or str(step["trunk_id"]),
            note,
            "registered" if step["result"] == "rings" else "" if step["trunk_name"] else "gone",
        )
        drawing, left = _next(box, left, label(rule) if place else "")
        parts.append('<g class="failed dim">%s</g>' % drawing if failed else drawing)
        rule = step["rule"]
    if flow["result"] != "answered":
        unrouted = flow["result"] == "busy" and not flow["destination"]
        name, note = ("busy tone", "unrouted") if unrouted else (goes_to(flow), flow["result"])
        box = Box(name, note, "gone" if flow["result"] in ("lost", "loop") else "")
        on = label(rule) if flow["steps"] and flow["destination"] else ""
        drawing, left = _next(box, left, on)
        parts.append(drawing)
    return "".join(parts), left


def _next(box: Box, left: int, on: str) -> tuple[str, int]:
    """Return (drawing, right edge) of an arrow with its label, and the box that it leads to."""
    gap, middle = FIRST if on else NEXT, TALL // 2
    parts = [_arrow("M%d %dH%d" % (left, middle, left + gap), left + gap, middle)]
    if on:
        parts.append('<text class="on" x="%d" y="%d">%s</text>' % (left + gap // 2 - 3, middle - 6, on))
    parts.append(_boxed(box, left + gap, 0))
    return "".join(parts), left + gap + BOX
