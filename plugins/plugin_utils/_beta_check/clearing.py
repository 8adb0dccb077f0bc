# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Whether null cleared something, seen from what the collection sent next. Pure.

Where null does not clear, the collection tries another way at once: an empty text or 0 for a field of a trunk, another call for
the destination of a number.
"""

from __future__ import annotations

from collections.abc import Sequence

from .calls import Call

CLEARS, IGNORED = "clears", "is ignored"


def trunk_null(made: Sequence[Call]) -> str:
    """Return what null did to the optional fields of a trunk; the fields by name if it did different things."""
    by_outcome: dict[str, list[str]] = {}
    for place, call in enumerate(made):
        if call.about != "trunk" or call.method != "PATCH" or not isinstance(call.sent, dict):
            continue
        for wire in [wire for wire, value in call.sent.items() if value is None]:
            by_outcome.setdefault(_trunk_field(call, wire, made[place + 1 :]), []).append(wire)
    if len(by_outcome) == 1:
        return next(iter(by_outcome))
    return "; ".join(
        "%s: %s" % (outcome, ", ".join(sorted(set(wires)))) for outcome, wires in sorted(by_outcome.items())
    )


def _trunk_field(call: Call, wire: str, later: Sequence[Call]) -> str:
    if not call.ok:
        return "is refused (HTTP %d)" % call.status
    for each in later:
        if each.about == "trunk" and each.method == "PATCH" and each.subject == call.subject:
            again = isinstance(each.sent, dict) and wire in each.sent and each.sent[wire] in ("", 0)
            return IGNORED if again else CLEARS
    return CLEARS


def number_null(made: Sequence[Call]) -> str:
    """Return what null did to the destination of a number, and which way was taken instead."""
    for place, call in enumerate(made):
        if call.about != "number" or call.method != "PATCH" or not isinstance(call.sent, dict):
            continue
        if call.sent.get("referenceType", "") is not None:
            continue
        ways = [each for each in made[place + 1 :] if each.subject == call.subject and each.method == "PUT"]
        if call.ok and not ways:
            return CLEARS
        outcome = IGNORED if call.ok else "is refused (HTTP %d)" % call.status
        if any(way.about == "number" for way in ways):
            return outcome + "; PUT of the whole number was needed"
        return outcome + ("; PUT of the destination clears" if ways else "")
    return ""
