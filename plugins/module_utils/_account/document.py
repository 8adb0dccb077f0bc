# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of an account: every trunk with its rules and its numbers, and what is wrong with it by itself. Pure.

It knows nothing of trunks, forwarding or numbers: their parsers do. What it adds is what can only be seen from above: a
name given twice, a number on two trunks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .._common.errors import AlianzaError
from .._common.numbers import expand
from .._resource import forwarding_plan, sip_trunk_plan

# What an entry may say of a trunk that is not to be there.
_OF_ABSENT = ("state", "name", "trunk_name", "trunk_id", "update_password")


@dataclass
class Entry:
    """One trunk of the document; a key that was left out is None.

    Attributes:
        wish: the TrunkWish.
        rules: the RulesWish, or None.
        numbers: list of 11-digit numbers, or None.
    """

    wish: object
    rules: object = None
    numbers: list | None = None

    @property
    def label(self):
        """The trunk in words."""
        return self.wish.name or self.wish.trunk_id

    def found(self, trunks):
        """Return the account's trunk that is meant, None where it is to be created or cannot be told."""
        try:
            return trunks.by_id.get(self.wish.trunk_id) if self.wish.trunk_id else trunks.named(self.wish.name)
        except AlianzaError:
            return None


@dataclass
class Document:
    """The wanted state of an account.

    Attributes:
        entries: one Entry for each trunk that is to be there.
        absent: one Entry for each trunk that is not to be there.
        faults: what is wrong with it by itself, one sentence each.
    """

    entries: list = field(default_factory=list)
    absent: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def wants_numbers(self):
        """Whether any trunk says which numbers it has."""
        return any(entry.numbers is not None for entry in self.entries)


def parse_document(given):
    """Return the Document of a list of trunks, with everything that is wrong with it by itself."""
    document = Document()
    owners, names = {}, {}
    for place, item in enumerate(given, 1):
        entry, faults = _parse_entry(item)
        label = "trunk '%s'" % entry.label if entry.label else "trunk number %d" % place
        document.faults.extend("%s: %s" % (label, fault) for fault in faults)
        (document.absent if item.get("state") == "absent" else document.entries).append(entry)
        for identity in (("name", entry.wish.name), ("id", entry.wish.trunk_id)):
            if identity[1]:
                names.setdefault(identity, []).append(str(place))
        for number in entry.numbers or ():
            owners.setdefault(number, []).append(label)
    document.faults.extend(
        "the %s '%s' is given to %d trunks (numbers %s of the list): give each trunk once"
        % (identity[0], identity[1], len(places), ", ".join(places))
        for identity, places in names.items()
        if len(places) > 1
    )
    document.faults.extend(
        "%s is on %s: a number rings at one trunk" % (number, " and ".join(labels))
        for number, labels in owners.items()
        if len(labels) > 1
    )
    return document


def _parse_entry(item):
    wish, faults = sip_trunk_plan.parse_wish(item)
    rules = numbers = None
    if item.get("forwarding"):
        rules, bad = forwarding_plan.parse_wish(item["forwarding"])
        faults.extend("forwarding: %s" % fault for fault in bad)
        if rules == forwarding_plan.RulesWish():
            rules = None
    if item.get("telephone_numbers") is not None:
        numbers, bad = expand(item["telephone_numbers"])
        faults.extend("telephone_numbers: %s" % fault for fault in bad)
    if item.get("state") == "absent":
        given = sorted(option for option, value in item.items() if value is not None and option not in _OF_ABSENT)
        faults.extend(["state: absent removes the trunk: leave out %s" % ", ".join(given)] if given else [])
    return Entry(wish, rules, numbers), faults
