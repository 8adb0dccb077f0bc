# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The words of an audit: options, destinations, and what differs. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ...module_utils._account import document_fields
from ...module_utils._common.fields import labels
from ...module_utils._common.numbers import fold
from ...module_utils._resource.from_numbers import folded
from .._base.document_parts import PARTS, TRUNKS

WHAT = labels(document_fields.SHOWN)
NOTHING = "none"
# What plans have in place of a value that the API did not return.
UNREADABLE = "(not readable)"
_KINDS = {"BUSY": "busy tone", "VOICE_MAIL": "voice mail", "IVR": "IVR", "END_USER": "user"}
_SWITCH: dict[Any, str] = {True: " (on)", False: " (off)"}
# What plans have in place of a value that is secret, or not known yet.
_HIDDEN = re.compile(r"\((generated|hidden|new|not readable|known after apply)\)\Z")
_NOUNS = {part.resource: part.noun for part in PARTS.values()}
# Options that are sets of numbers, of which only what differs is shown.
_SETS = {"telephone_numbers": ("Numbers", fold), "from_numbers": ("FROM numbers", folded)}
_DIFFER = {what + " that differ": what for what, dummy in _SETS.values()}
# More ranges than this are counted instead of listed.
_LISTED = 12


def destination(target: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """Return a destination in a few words.

    Args:
        target: {reference_type, trunk_name or reference_id}.
        names: {ID: name} of the trunks of the account, for targets that are given by ID.
    """
    kind, key = str(target.get("reference_type")), target.get("reference_id")
    if kind == "SIP_TRUNK":
        return "trunk %s" % (target.get("trunk_name") or (names or {}).get(str(key)) or key)
    if kind == "TELEPHONE":
        return str(key)
    return " ".join(filter(None, (_KINDS.get(kind) or kind.lower().replace("_", " "), key)))


def value(setting: Any) -> str:
    """Return the value of an option in words."""
    if setting in (None, "", [], {}):
        return NOTHING
    if isinstance(setting, bool):
        return "yes" if setting else "no"
    if isinstance(setting, list):
        return (
            ", then ".join(map(destination, setting)) if isinstance(setting[0], dict) else ", ".join(map(str, setting))
        )
    if isinstance(setting, dict):
        return destination(setting) + _SWITCH.get(setting.get("enabled"), "")
    return str(setting)


def ranges(numbers: Sequence[str]) -> str:
    """Return numbers and ranges as one text, which ends with a count if there are many."""
    more = len(numbers) - _LISTED
    return ", ".join(numbers[:_LISTED]) + (" and %d more" % more if more > 0 else "")


def compared(option: str, before: Any, after: Any) -> dict[str, str] | None:
    """Return {what, platform, document} of an option that differs, None if there is nothing to show.

    Args:
        option: its name.
        before: its value on the platform; of telephone_numbers, each number.
        after: its value in the document.
    """
    what = WHAT.get(option, option)
    if option in _SETS:
        here, wanted = set(before or ()), set(after or ())
        sides = (ranges(as_ranges(option, numbers)) for numbers in (here - wanted, wanted - here))
        return _sides(_SETS[option][0] + " that differ", *sides)
    if option == "sip_password":
        return None if before is None else _sides(what, "(not shown)", "another one (not shown)")
    if before is None and (option == "name" or _HIDDEN.match(str(after))):
        return None
    return _sides(what, value(before), value(after))


def is_set(option: str) -> bool:
    """Return whether an option is a set of numbers, which are shown as ranges."""
    return option in _SETS


def as_ranges(option: str, numbers: Collection[str]) -> list[str]:
    """Return the numbers of such an option sorted, with ranges."""
    return _SETS[option][1](numbers)


def _sides(what: str, platform: str, document: str) -> dict[str, str]:
    return {"what": what, "platform": platform or NOTHING, "document": document or NOTHING}


def forwarding(rules: Mapping[str, Any]) -> str:
    """Return the forwarding rules of a trunk in one line, empty text if it has none.

    Args:
        rules: {section: what it holds}.
    """
    return "; ".join("%s: %s" % (WHAT[section].lower(), value(held)) for section, held in rules.items() if held)


_OF_OBJECTS = {
    "create": "is not on the platform",
    "update": "is not as in the document",
    "delete": "is on the platform, and the document says state: absent",
    "unlisted": "is not in the document",
}
FINDINGS: dict[tuple[str, str | None], str] = {
    **{(part.resource, action): phrase for part in PARTS.values() for action, phrase in _OF_OBJECTS.items()},
    ("trunk_forwarding", None): "has other forwarding rules than in the document",
    ("tn_route", None): "has other numbers than in the document",
}


def finding(resource: str, action: str) -> str:
    """Return how an object differs, as a phrase that follows the trunk's name."""
    return FINDINGS.get((resource, action)) or FINDINGS[(resource, None)]


def is_object(resource: str) -> bool:
    """Return whether a step is about a whole object, which one side may not have, and not about a part of a trunk."""
    return resource in _NOUNS


def noun(step: Mapping[str, Any]) -> str:
    """Return what the object of a step of the drift is."""
    return _NOUNS.get(step["resource"], TRUNKS.noun)


def subject(step: Mapping[str, Any]) -> str:
    """Return the object of a step of the drift: a trunk by its name alone, any other with its noun."""
    return step["trunk"] if step["trunk"] is not None else "%s %s" % (noun(step), step["name"])


def sentence(step: Mapping[str, Any], most: int | None = None) -> str:
    """Return one step of the drift as a line of text.

    Args:
        step: the step.
        most: how many of its differences are named; None for all.
    """
    if not step["told"] or step["action"] != "update" and is_object(step["resource"]):
        return "%s %s" % (subject(step), step["finding"])
    return "%s: %s" % (
        subject(step),
        "; ".join((_differing if sides["what"] in _DIFFER else _compared)(sides) for sides in step["told"][:most]),
    )


def _compared(sides: Mapping[str, str]) -> str:
    return "%s %s on the platform, %s in the document" % (_within(sides["what"]), sides["platform"], sides["document"])


def _differing(sides: Mapping[str, str]) -> str:
    what = _within(_DIFFER[sides["what"]])
    missing = (("not in the document", sides["platform"]), ("not on the platform", sides["document"]))
    return ", ".join("%s %s %s" % (what, where, numbers) for where, numbers in missing if numbers != NOTHING)


def _within(what: str) -> str:
    """Return a label as it is written within a sentence."""
    return what if what[:2].isupper() else what[0].lower() + what[1:]


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return "%d %s" % (count, one if count == 1 else many)
