# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of an account: every trunk with its rules and its numbers, and what is wrong with it by itself. Pure.

It knows nothing of trunks, forwarding or numbers: their parsers do. What it adds is what can only be seen from above: a
name given twice, a number on two trunks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .._common.given import checked
from .._common.numbers import expand, listed
from .._resource import forwarding_plan, sip_trunk_plan
from .._resource.caller_id_plan import CallerIdWish
from .._resource.sip_trunk import Trunk
from .._resource.trunks import Trunks
from . import document_fields
from .document_caller_ids import parse_caller_ids
from .document_groups import GroupEntry, parse_groups
from .entries import Listing, Parsed, parse_list

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
        return self.wish.found(trunks)


@dataclass
class Document:
    """The wanted state of an account.

    Attributes:
        entries: one Entry for each trunk with state: present.
        absent: one Entry for each trunk with state: absent.
        faults: what is wrong with it by itself, one sentence each.
        malformed: whether a key or a type is wrong, so that it is not known what the document means.
        groups: the Listing of its trunk groups; None if it says nothing about groups.
        caller_ids: the Listing of its caller IDs likewise.
    """

    entries: list[Entry] = field(default_factory=list)
    absent: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    malformed: bool = False
    groups: Listing[GroupEntry] | None = None
    caller_ids: Listing[CallerIdWish] | None = None

    def wants_groups(self) -> bool:
        """Whether the account's trunk groups are needed to plan it."""
        return self.groups is not None or any(entry.wish.group_name for entry in self.entries)

    def wants_numbers(self) -> bool:
        """Whether any entry lists telephone numbers."""
        return any(entry.numbers is not None for entry in self.entries)

    def claimed_numbers(self) -> frozenset[str]:
        """Return the numbers that the document gives to a trunk."""
        return frozenset(number for entry in self.entries for number in entry.numbers or ())


def parse_document(given: Any, trunk_groups: Any = None, caller_ids: Any = None) -> Document:
    """Return the Document of a list of trunks, with everything that is wrong with it by itself.

    Args:
        given: the list of trunks as the user gave it; also as text, in JSON.
        trunk_groups: the list of trunk groups likewise; None if the document says nothing about them.
        caller_ids: the list of caller IDs likewise.
    """
    listing = parse_list(given, "trunks", "trunk", _parse_entry)
    document = Document(listing.present, listing.absent, listing.faults, listing.malformed)
    document.groups = None if trunk_groups is None else parse_groups(trunk_groups)
    document.caller_ids = None if caller_ids is None else parse_caller_ids(caller_ids)
    for further in (document.groups, document.caller_ids):
        if further is not None:
            document.faults.extend(further.faults)
            document.malformed = document.malformed or further.malformed
    owners: dict[tuple[str, ...], list[str]] = {}
    labels_of: dict[str, list[str]] = {}
    for label, entry in listing.labels:
        for number in entry.numbers or ():
            labels_of.setdefault(number, []).append(label)
    for number, labels in labels_of.items():
        owners.setdefault(tuple(labels), []).append(number)
    document.faults.extend(
        "%s %s on %s: list %s on one of them"
        % (
            (listed(numbers), "is", " and ".join(labels), "it")
            if len(numbers) == 1
            else (listed(numbers), "are", " and ".join(labels), "them")
        )
        for labels, numbers in owners.items()
        if len(labels) > 1
    )
    return document


def _parse_entry(item: Mapping[Any, Any]) -> Parsed[Entry]:
    """Return the Parsed entry of one trunk."""
    given, malformed = checked(document_fields.TRUNK, item, "it")
    identified = any(item.get(key) is not None for key in ("name", "trunk_name", "trunk_id"))
    wish, faults = sip_trunk_plan.parse_wish(given, identified and bool(malformed))
    rules: forwarding_plan.RulesWish | None = None
    numbers: list[str] | None = None
    if given.get("forwarding"):
        rules, bad = forwarding_plan.parse_wish(given["forwarding"])
        faults.extend("forwarding: %s" % fault for fault in bad)
        if rules == forwarding_plan.RulesWish():
            rules = None
    if given.get("telephone_numbers") is not None:
        numbers, bad = expand(given["telephone_numbers"])
        faults.extend("telephone_numbers: %s" % fault for fault in bad)
    if given["state"] == "absent":
        left_in = sorted(option for option in given if option not in _KEYS_OF_ABSENT)
        faults.extend(["state: absent deletes the trunk: leave out %s" % ", ".join(left_in)] if left_in else [])
    return Parsed(
        Entry(wish, rules, numbers), given["state"], malformed, faults, {"name": wish.name, "id": wish.trunk_id}
    )
