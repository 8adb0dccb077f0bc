# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where the calls of an account's trunks go, as SVG. Pure.

A trunk is a lane: the trunk on the left, and to its right a line for each of its rules with a box for each attempt. Shapes
and words say what a box or a line means, and not colours alone. Sizes are set here, colours by the page: every shape has a
class, and no style of its own.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import words

BOX, TALL = 144, 44
# The arrow from the trunk has a label, those between attempts have none.
FIRST, NEXT = 80, 28
LINE, LANE = 56, 72
# More attempts than this continue below, and more lanes in another picture, which fits a phone and a page.
ACROSS, LANES = 3, 6
MARGIN, PADDING = 2, 10
# Of the font; bold letters are a little wider.
SIZE, BOLD, SMALL = 13, 14, 11
GLYPHS = {
    "registered": "\u25cf",
    "unregistered": "\u25cb",
    "locked_out": "\u25a0",
    "by_address": "\u25c6",
    "gone": "\u00d7",
}
_Trunk = Mapping[str, Any]
_ORDER = ("always", "failure", "full", "off")
_LABELS = {"always": "all calls", "failure": "on failure", "full": "when full", "off": "switched off"}


@dataclass(frozen=True)
class Box:
    """One box.

    Attributes:
        name: in its first line.
        note: in its second one.
        state: its class, one of GLYPHS or empty.
    """

    name: str
    note: str = ""
    state: str = ""


def pictures(account: Mapping[str, Any], key: str) -> list[str]:
    """Return the pictures of an account, in their order; none if it has no trunks.

    Args:
        account: an account of ``audit.json``.
        key: prefix that makes the IDs of their elements unique on the page.
    """
    trunks = [trunk for trunk in account["trunks"] if trunk["presence"] != "document_only"]
    lanes = [(trunk, _lines(trunk, account["trunks"])) for trunk in trunks]
    across = max((_across(lines) for dummy, lines in lanes), default=1)
    parts = [lanes[start : start + LANES] for start in range(0, len(lanes), LANES)]
    return [_picture(account, part, across, "%s-%d" % (key, place)) for place, part in enumerate(parts, 1)]


def _lines(trunk: _Trunk, trunks: Sequence[_Trunk]) -> dict[str, list[Box]]:
    """Return {kind: boxes} of a trunk's rules, in the order in which they are drawn."""
    rules = trunk["forwarding"]
    always = rules["forward_always"]
    lines = {
        "always": [always] if always.get("enabled") else [],
        "failure": rules["forward_on_failure"],
        "full": rules["forward_on_capacity_exceeded"],
        "off": [always] if always and not always.get("enabled") else [],
    }
    return {kind: [_target(each, trunks) for each in lines[kind]] for kind in _ORDER if lines[kind]}


def _target(target: Mapping[str, Any], trunks: Sequence[_Trunk]) -> Box:
    kind, key = target["reference_type"], target.get("reference_id")
    if kind == "SIP_TRUNK":
        name = target.get("trunk_name")
        for trunk in trunks:
            if trunk["trunk_id"] and (trunk["trunk_id"] == key if key else trunk["name"] == name):
                return _box(trunk)
        return Box(str(name or key), "does not exist", "gone")
    if kind == "TELEPHONE":
        return Box(str(key), "telephone")
    name = words.destination({"reference_type": kind})
    return Box(str(key) if key else name.capitalize(), name if key else "")


def _box(trunk: _Trunk) -> Box:
    return Box(trunk["name"], trunk["registration"].replace("_", " "), trunk["registration"])


def _across(lines: Mapping[str, Sequence[Box]]) -> int:
    """Return how many boxes are side by side."""
    return min(max(map(len, lines.values()), default=1), ACROSS)


def _picture(
    account: Mapping[str, Any], lanes: Iterable[tuple[_Trunk, dict[str, list[Box]]]], across: int, key: str
) -> str:
    parts, descriptions, top = [], [], MARGIN
    width = BOX + FIRST + across * (BOX + NEXT) - NEXT + 2 * MARGIN
    for trunk, lines in lanes:
        drawing, height = _lane(trunk, lines)
        parts.append('<g transform="translate(%d %d)">%s</g>' % (MARGIN, top, drawing))
        descriptions.append(_described(trunk, lines))
        top += height
    height = top - (LANE - TALL) + MARGIN
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chain across%(across)d" role="img" aria-labelledby="%(key)st %(key)sd"'
        ' viewBox="0 0 %(width)d %(height)d" width="%(width)d" height="%(height)d">'
        '<title id="%(key)st">%(title)s</title><desc id="%(key)sd">%(description)s</desc>%(parts)s</svg>'
    ) % {
        "key": key,
        "across": across,
        "width": width,
        "height": height,
        "parts": "".join(parts),
        "description": _xml(" ".join(descriptions)),
        "title": _xml("Where calls to the trunks of %s go" % account["host"]),
    }


def _described(trunk: _Trunk, lines: Mapping[str, Sequence[Box]]) -> str:
    """Return a lane in words."""
    rules = ["%s: %s" % (_LABELS[kind], ", then ".join(map(_named, boxes))) for kind, boxes in lines.items()]
    return "%s (%s): %s." % (trunk["name"], trunk["registration"].replace("_", " "), "; ".join(rules) or "no failover")


def _named(box: Box) -> str:
    return "%s (%s)" % (box.name, box.note) if box.note else box.name


def _lane(trunk: _Trunk, lines: Mapping[str, Sequence[Box]]) -> tuple[str, int]:
    """Return (drawing, height) of one trunk."""
    diverted = "always" in lines
    parts, top, row = [], 0, 0
    for kind, boxes in lines.items():
        dimmed = " dim" if kind == "off" or diverted and kind != "always" else ""
        drawing, rows = _line(kind, boxes, row, top)
        parts.append('<g class="%s%s">%s</g>' % (kind, dimmed, drawing))
        row += 1
        top += rows * LINE
    if not lines:
        parts.append('<text class="none" x="%d" y="%d">no failover</text>' % (BOX + 16, TALL // 2 + 4))
    # The trunk comes last, over the ends of its lines.
    parts.append(_boxed(_box(trunk), 0, 0, "own"))
    return "".join(parts), max(top, LINE) - LINE + LANE


def _line(kind: str, boxes: Sequence[Box], row: int, top: int) -> tuple[str, int]:
    """Return (drawing, rows) of one rule: the path from the trunk, its label, its boxes and the arrows between them."""
    first, middle = BOX + FIRST, top + TALL // 2
    start = "M%d %dH%d" % (BOX, middle, first) if row == 0 else "M%d %dV%dH%d" % (16 + 12 * row, TALL, middle, first)
    parts = [
        _arrow(start, first, middle),
        '<text class="on" x="%d" y="%d">%s</text>' % (BOX + FIRST // 2 - 3, middle - 6, _LABELS[kind]),
    ]
    rows = 0
    for place, box in enumerate(boxes):
        column, line = place % ACROSS, place // ACROSS
        left, high = first + column * (BOX + NEXT), top + line * LINE
        if column:
            parts.append(_arrow("M%d %dH%d" % (left - NEXT, high + TALL // 2, left), left, high + TALL // 2))
        elif line:
            parts.append(
                _arrow(
                    "M%d %dv7H%dV%dH%d"
                    % (
                        first + (ACROSS - 1) * (BOX + NEXT) + BOX // 2,
                        high - LINE + TALL,
                        first - 20,
                        high + TALL // 2,
                        first,
                    ),
                    first,
                    high + TALL // 2,
                )
            )
        parts.append(_boxed(box, left, high, number=place + 1 if len(boxes) > 1 else None))
        rows = line + 1
    return "".join(parts), rows


def _arrow(path: str, tip: int, middle: int) -> str:
    return '<path class="way" d="%s"/><path class="tip" d="M%d %dl-8 -4v8z"/>' % (path, tip, middle)


def _boxed(box: Box, left: int, top: int, more: str = "", number: int | None = None) -> str:
    """Return one box; a name that is too long for it is cut, and complete in its title."""
    width = BOX - 2 * PADDING
    name = _cut(box.name, width, BOLD if more else SIZE)
    note = " ".join(filter(None, ("%d." % number if number else "", GLYPHS.get(box.state, ""), box.note)))
    kind = " ".join(filter(None, ("box", more, box.state)))
    return (
        '<g class="%s" transform="translate(%d %d)">%s<rect width="%d" height="%d" rx="6"/><text x="%d" y="%d">%s</text>%s</g>'
        % (
            kind,
            left,
            top,
            "" if name == box.name else "<title>%s</title>" % _xml(box.name),
            BOX,
            TALL,
            PADDING,
            18 if note else 27,
            _xml(name),
            '<text class="note" x="%d" y="35">%s</text>' % (PADDING, _xml(_cut(note, width, SMALL))) if note else "",
        )
    )


def _cut(text: str, width: int, size: int) -> str:
    """Return a text that is no wider than a box, in a font of which only typical proportions are known."""
    if _measured(text, size) <= width:
        return text
    while text and _measured(text + "\u2026", size) > width:
        text = text[:-1]
    return text.rstrip() + "\u2026"


def _measured(text: str, size: int) -> float:
    return size * sum(map(_em, text))


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if char in "iljtfrI.,:;'|!()[]{} /\\-":
        return 0.36
    if char in "mwMW@%&" or char.isupper():
        return 0.78 if char.isupper() and char not in "MW" else 0.92
    return 0.6


def _xml(text: str) -> str:
    return html.escape(text)
