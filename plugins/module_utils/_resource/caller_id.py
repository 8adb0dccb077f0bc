# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Custom caller IDs of an account, the FROM numbers that calls come from, and which of them shows which. Pure.

Facts: API paths .../siptrunk_2/cid/callerid, .../cid/fromnumber and .../cid/mapping. A FROM number shows one caller ID at
most. A number of the account itself is not custom, and need not be in the list of FROM numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .._common.errors import InvalidResponse
from .._common.kinds import read_number, read_text
from . import from_numbers as spelling

CALLER_ID_WIRE, FROM_NUMBER_WIRE, CUSTOM_WIRE = "customCallerIdNumber", "fromWildcard", "isCustom"
# The three lists of the API.
NUMBERS, FROM_NUMBERS, MAPPINGS = "callerid", "fromnumber", "mapping"
PARTS = (NUMBERS, FROM_NUMBERS, MAPPINGS)


@dataclass(frozen=True)
class FromNumber:
    """A number or wildcard that calls come from.

    Attributes:
        wire: its spelling in the API.
        custom: whether it was created for this purpose; False for a number of the account.
        caller_id: the caller ID that it shows, as 11 digits; None for none.
    """

    wire: str
    custom: bool
    caller_id: str | None = None


@dataclass(frozen=True)
class CallerIds:
    """The caller IDs of an account.

    Attributes:
        numbers: {caller ID as 11 digits: its spelling in the API} of the custom caller IDs.
        from_numbers: {FROM number in its normal form: FromNumber}.
    """

    numbers: Mapping[str, str] = field(default_factory=dict)
    from_numbers: Mapping[str, FromNumber] = field(default_factory=dict)

    @cached_property
    def _showing(self) -> dict[str, list[str]]:
        """{caller ID: the FROM numbers that show it, sorted}."""
        showing: dict[str, list[str]] = {}
        for key, each in sorted(self.from_numbers.items()):
            if each.caller_id:
                showing.setdefault(each.caller_id, []).append(key)
        return showing

    def shown_by(self, caller_id: str) -> list[str]:
        """Return the FROM numbers that show a caller ID, sorted."""
        return list(self._showing.get(caller_id, ()))

    def has(self, caller_id: str) -> bool:
        """Return whether the account has a caller ID: a custom one, or a number of its own that something shows."""
        return caller_id in self.numbers or caller_id in self._showing

    def all(self) -> list[str]:
        """Return every caller ID, sorted."""
        return sorted({*self.numbers, *self._showing})

    def unmapped(self) -> list[str]:
        """Return the custom FROM numbers that show no caller ID, sorted."""
        return sorted(key for key, each in self.from_numbers.items() if each.custom and each.caller_id is None)

    def returned(self, caller_id: str) -> dict[str, Any]:
        """Return a caller ID as results hold it."""
        return {"caller_id": caller_id, "from_numbers": self.shown_by(caller_id)}


def caller_id_of(wire: Mapping[str, Any]) -> str | None:
    """Return the caller ID of an object of the API as 11 digits, None if it has none."""
    return read_number(wire.get(CALLER_ID_WIRE))


def from_number_of(wire: Mapping[str, Any]) -> str | None:
    """Return the FROM number of an object of the API in its normal form, None if it has none."""
    text = read_text(wire.get(FROM_NUMBER_WIRE))
    return spelling.normal(text) if text else None


def checked_list(part: str, answer: Iterable[Any]) -> list[dict[str, Any]]:
    """Return one of the three lists as the API sent it.

    Args:
        part: one of :data:`PARTS`.
        answer: the list.

    Raises:
        InvalidResponse: an entry lacks its number.
    """
    name = CALLER_ID_WIRE if part == NUMBERS else FROM_NUMBER_WIRE
    entries = []
    for wire in answer:
        if not isinstance(wire, dict) or not wire.get(name):
            raise InvalidResponse(
                "The API's list of caller IDs (%s) has an entry without %s: try again, or ask Alianza" % (part, name)
            )
        entries.append(wire)
    return entries


def from_parts(parts: Mapping[str, Iterable[Mapping[str, Any]]]) -> CallerIds:
    """Return the CallerIds of the three lists.

    Args:
        parts: {one of :data:`PARTS`: its list}.
    """
    numbers = {str(caller_id_of(wire)): str(wire[CALLER_ID_WIRE]) for wire in parts[NUMBERS]}
    found: dict[str, FromNumber] = {}
    for wire in parts[FROM_NUMBERS]:
        found[str(from_number_of(wire))] = FromNumber(str(wire[FROM_NUMBER_WIRE]), wire.get(CUSTOM_WIRE) is not False)
    for wire in parts[MAPPINGS]:
        key, caller_id = str(from_number_of(wire)), caller_id_of(wire)
        known = found.get(key)
        if known is not None and caller_id is None:
            continue
        custom = known.custom if known is not None else wire.get(CUSTOM_WIRE) is True
        found[key] = FromNumber(str(wire[FROM_NUMBER_WIRE]), custom, caller_id)
    return CallerIds(numbers, found)
