# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The body of the PUT that replaces forwarding rules. Pure.

A PUT replaces all rules, so what this collection does not know, sections and keys of entries, is sent back as it was read,
and so is the spelling of what stays. What cannot be sent back is named, and nothing is written.

Facts: API paths .../siptrunk_2/{sipTrunkId}/forward and .../siptrunkgroup/{groupId}. Voice mail is VOICE_MAIL in the user guide and VOICEMAIL in the current
description of the API.
"""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Mapping

from .forwarding import ALWAYS, LISTS, Rules
from .references import VOICE_MAIL, Reference
from .references import from_wire as reference_from_wire

# The two spellings; a new rule uses the first one, unless the account shows the other one.
SPELLINGS = ("VOICEMAIL", "VOICE_MAIL")
# What an answer says of itself besides the rules.
_IDENTITY = frozenset(("partitionId", "accountId", "sipTrunkId", "sipTrunkGroupId", "id"))


def body_of(rules: Rules, voicemail: str = SPELLINGS[0]) -> dict[str, Any]:
    """Return the body of the PUT that makes the rules of a trunk, or of a trunk group with all else of it, these.

    Args:
        rules: the Rules; their ``wire`` is what was read.
        voicemail: how new rules spell voice mail.
    """
    always = ALWAYS[rules.spelling]
    sections = {names[rules.spelling]: rules.lists[option] for option, names in LISTS.items()}
    body = {key: value for key, value in rules.wire.items() if key not in sections and key not in _IDENTITY | {always}}
    for section, targets in sections.items():
        read = rules.wire.get(section) or ()
        body[section] = [_entry(target, read, voicemail) for target in targets]
    if rules.always is not None:
        read = rules.wire.get(always)
        body[always] = dict(_entry(rules.always, [read] if read else (), voicemail), enabled=rules.enabled)
    return body


def _entry(reference: Reference, read: Iterable[Any], voicemail: str) -> dict[str, Any]:
    """Return a destination as it was read, or as a new one."""
    for wire in read:
        if isinstance(wire, Mapping) and reference_from_wire(wire) == reference:
            return dict(wire)
    entry: dict[str, Any] = dict(reference.wire())
    if reference.reference_type == VOICE_MAIL:
        entry["referenceType"] = voicemail
    return entry


def other_spelling(rules: Rules, voicemail: str) -> str | None:
    """Return the other spelling of voice mail if these rules have new ones that could be refused for it, else None."""
    other = SPELLINGS[1 - SPELLINGS.index(voicemail)]
    return other if body_of(rules, voicemail) != body_of(rules, other) else None


def spelling_of(known: Iterable[Rules]) -> str:
    """Return how an account spells voice mail, as far as its rules show."""
    for rules in known:
        for wire in _entries(rules):
            if isinstance(wire, Mapping) and wire.get("referenceType") in SPELLINGS:
                return str(wire["referenceType"])
    return SPELLINGS[0]


def not_understood(rules: Rules) -> list[str]:
    """Return the places of what was read, stands in a known section and is no destination; it could not be sent back."""
    places = []
    for section_name in (names[rules.spelling] for names in LISTS.values()):
        section = rules.wire.get(section_name)
        section = [] if section is None else section
        if not isinstance(section, list):
            places.append(section_name)
            continue
        for place, wire in enumerate(section, 1):
            if not isinstance(wire, Mapping) or reference_from_wire(wire) is None:
                places.append("%s entry %d" % (section_name, place))
    always = rules.wire.get(ALWAYS[rules.spelling]) or {}
    if not isinstance(always, Mapping) or set(always) - {"enabled"} and reference_from_wire(always) is None:
        places.append(ALWAYS[rules.spelling])
    return places


def _entries(rules: Rules) -> Iterator[Any]:
    yield rules.wire.get(ALWAYS[rules.spelling])
    for names in LISTS.values():
        section = rules.wire.get(names[rules.spelling])
        yield from section if isinstance(section, list) else ()
