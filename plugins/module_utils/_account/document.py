# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of an account: every trunk with its rules and its numbers, and what is wrong with it by itself. Pure.

It knows nothing of trunks, forwarding or numbers: their parsers do. What it adds is what can only be seen from above: a
name given twice, a number on two trunks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._common.errors import AlianzaError
from .._common.numbers import expand
from .._resource import forwarding_plan, sip_trunk_plan
from .._resource.sip_trunk import Trunk
from .._resource.trunks import Trunks

# The keys that an entry with state: absent may have.
_KEYS_OF_ABSENT = ("state", "name", "trunk_name", "trunk_id", "update_password")


@dataclass
class Entry:
    """One trunk of the document; a key that was left out is None.

    Attributes:
        wish: the TrunkWish.
        rules: the RulesWish, or None.
        numbers: list of 11-digit numbers, or None.
    """

    wish: sip_trunk_plan.TrunkWish
    rules: forwarding_plan.RulesWish | None = None
    numbers: list[str] | None = None

    @property
    def label(self) -> str:
        """The trunk's name, or its id; empty where the entry has neither."""
        return self.wish.name or self.wish.trunk_id or ""

    def found(self, trunks: Trunks[Trunk]) -> Trunk | None:
        """Return the account's trunk of the entry, None where it is to be created or is ambiguous."""
        try:
            return trunks.by_id.get(self.wish.trunk_id) if self.wish.trunk_id else trunks.named(self.wish.name)
        except AlianzaError:
            return None


@dataclass
class Document:
    """The wanted state of an account.

    Attributes:
        entries: one Entry for each trunk with state: present.
        absent: one Entry for each trunk with state: absent.
        faults: what is wrong with it by itself, one sentence each.
    """

    entries: list[Entry] = field(default_factory=list)
    absent: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def wants_numbers(self) -> bool:
        """Whether any entry lists telephone numbers."""
        return any(entry.numbers is not None for entry in self.entries)

    def claimed_numbers(self) -> frozenset[str]:
        """Return the numbers that the document gives to a trunk."""
        return frozenset(number for entry in self.entries for number in entry.numbers or ())


def parse_document(given: Iterable[Mapping[str, Any]]) -> Document:
    """Return the Document of a list of trunks, with everything that is wrong with it by itself."""
    document = Document()
    owners: dict[str, list[str]] = {}
    names: dict[tuple[str, str], list[str]] = {}
    for place, item in enumerate(given, 1):
        entry, faults = _parse_entry(item)
        label = "trunk '%s'" % entry.label if entry.label else "trunk number %d" % place
        document.faults.extend("%s: %s" % (label, fault) for fault in faults)
        (document.absent if item.get("state") == "absent" else document.entries).append(entry)
        for identity in (("name", entry.wish.name), ("id", entry.wish.trunk_id)):
            if identity[1]:
                names.setdefault((identity[0], identity[1]), []).append(str(place))
        for number in entry.numbers or ():
            owners.setdefault(number, []).append(label)
    document.faults.extend(
        "the %s '%s' is given to %d trunks (numbers %s of the list): give each trunk once"
        % (identity[0], identity[1], len(places), ", ".join(places))
        for identity, places in names.items()
        if len(places) > 1
    )
    document.faults.extend(
        "%s is on %s: list it on one of them" % (number, " and ".join(labels))
        for number, labels in owners.items()
        if len(labels) > 1
    )
    return document


def _parse_entry(item: Mapping[str, Any]) -> tuple[Entry, list[str]]:
    wish, faults = sip_trunk_plan.parse_wish(item)
    rules: forwarding_plan.RulesWish | None = None
    numbers: list[str] | None = None
    if item.get("forwarding"):
        rules, bad = forwarding_plan.parse_wish(item["forwarding"])
        faults.extend("forwarding: %s" % fault for fault in bad)
        if rules == forwarding_plan.RulesWish():
            rules = None
    if item.get("telephone_numbers") is not None:
        numbers, bad = expand(item["telephone_numbers"])
        faults.extend("telephone_numbers: %s" % fault for fault in bad)
    if item.get("state") == "absent":
        given = sorted(option for option, value in item.items() if value is not None and option not in _KEYS_OF_ABSENT)
        faults.extend(["state: absent deletes the trunk: leave out %s" % ", ".join(given)] if given else [])
    return Entry(wish, rules, numbers), faults
