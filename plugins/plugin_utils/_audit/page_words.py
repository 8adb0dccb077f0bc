# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the page says of an account: its problems, each in one sentence that begins with the problem. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import words
from .drift import differences
from .health import is_diverted
from .states import DOCUMENT_FAULTY, DOCUMENT_ONLY, DOWN, DRIFTED, LOCKED_OUT, NOT_AUDITED, UNREGISTERED

LABELS = {
    "down": "down",
    "degraded": "degraded",
    "diverted": "diverted",
    "ok": "ok",
    "not_audited": "not audited",
    "document_faulty": "document faulty",
    "drifted": "drifted",
    "no_document": "no document",
    "in_line": "in line",
}
UNKNOWN = "not known"
# More names than this are counted instead of listed.
_NAMED = 3


def label(condition: str | None) -> str:
    """Return a health or a conformity in words."""
    return UNKNOWN if condition is None else LABELS.get(condition, condition.replace("_", " "))


def number(count: int) -> str:
    """Return a count with separators of thousands."""
    return "{:,}".format(count)


def ranges(told: Mapping[str, Any]) -> str:
    """Return the numbers of a trunk, or those in stock, as one text.

    Args:
        told: {count, ranges}.
    """
    return words.ranges(told["ranges"])


def platform_trunks(account: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the trunks of an account that the platform has."""
    return [trunk for trunk in account["trunks"] if trunk["presence"] != DOCUMENT_ONLY]


def problems(account: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with an account, the worst first: whether calls arrive, and then what differs from the document."""
    return [*_of_health(account), *_of_conformity(account)]


def _of_health(account: Mapping[str, Any]) -> Iterator[str]:
    trunks = platform_trunks(account)
    silent = [trunk["name"] for trunk in trunks if trunk["registration"] == UNREGISTERED]
    locked = [trunk["name"] for trunk in trunks if trunk["registration"] == LOCKED_OUT]
    down = account["health"] == DOWN
    if down:
        yield "No trunk is registered: %s" % _names([trunk["name"] for trunk in trunks])
    if locked:
        yield "Locked out: %s" % _names(locked)
    if silent and not down:
        yield "Not registered: %s" % _names(silent)
    lost = account.get("lost_numbers") or {"count": 0}
    if lost["count"]:
        yield "Calls to %s are lost: %s" % (words.counted(lost["count"], "number", "numbers"), ranges(lost))
    for trunk in trunks:
        if is_diverted(trunk):
            always = trunk["forwarding"]["forward_always"]
            yield "All calls of %s are diverted to %s" % (trunk["name"], words.destination(always))


def _of_conformity(account: Mapping[str, Any]) -> Iterator[str]:
    state = account["conformity"]
    if state == NOT_AUDITED:
        yield "Not audited: %s" % account["reason"]
    elif state == DOCUMENT_FAULTY:
        yield "Document faulty: %s" % account["reason"]
    elif state == DRIFTED and account["drift"]:
        yield step_sentence(account["drift"][0])
        more = sum(map(differences, account["drift"])) - 1
        if more > 0:
            yield words.counted(more, "more difference", "more differences")


_STEPS = {
    "create": "Missing on the platform",
    "delete": "Still on the platform, with state: absent in the document",
    "unlisted": "Not in the document",
}


def step_sentence(step: Mapping[str, Any]) -> str:
    """Return one step of the drift with the first of its differences."""
    if words.is_object(step["resource"]) and step["action"] in _STEPS:
        return "%s: %s %s" % (_STEPS[step["action"]], words.noun(step), step["trunk"] or step["name"])
    if not step["told"]:
        return "%s %s" % (words.subject(step), step["finding"])
    sides = step["told"][0]
    return "%s: %s on the platform, %s in the document (%s)" % (
        sides["what"],
        sides["platform"],
        sides["document"],
        words.subject(step),
    )


def _names(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (" and %d more" % more if more > 0 else "")
