# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A list of a document: its entries, one by one, with everything that is wrong with them by themselves. Pure.

Every list of a document (trunks, trunk groups, caller IDs) is read by this; what an entry holds, its own parser knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, List, Optional, Tuple, TypeVar

from .._common.given import described, structure

E = TypeVar("E")


@dataclass(frozen=True)
class Parsed(Generic[E]):
    """One entry.

    Attributes:
        entry: what its parser made of it.
        state: ``present`` or ``absent``.
        malformed: faults of keys and types.
        faults: faults of values.
        identities: {what it is identified by, in words: the value, or None}, the best one first.
    """

    entry: E
    state: str
    malformed: List[str]
    faults: List[str]
    identities: Mapping[str, Optional[str]]


@dataclass
class Listing(Generic[E]):
    """The entries of a list.

    Attributes:
        present: the entries with state: present.
        absent: those with state: absent.
        labels: (label for messages, entry) of each, in order.
        faults: what is wrong, one sentence each.
        malformed: whether a key or a type is wrong, so that it is not known what the list means.
    """

    present: List[E] = field(default_factory=list)
    absent: List[E] = field(default_factory=list)
    labels: List[Tuple[str, E]] = field(default_factory=list)
    faults: List[str] = field(default_factory=list)
    malformed: bool = False


def parse_list(given: Any, option: str, noun: str, parse: Callable[[Mapping[Any, Any]], Parsed[E]]) -> Listing[E]:
    """Return the Listing of a list.

    Args:
        given: the list as the user gave it; also as text, in JSON.
        option: the option's name.
        noun: what an entry is.
        parse: parses one entry.
    """
    listing: Listing[E] = Listing()
    given = structure(given)
    if not isinstance(given, (list, tuple)):
        remedy = "give a list of %ss" % noun
        if isinstance(given, str):
            remedy += ", JSON, or YAML with the filter from_yaml"
        listing.faults.append("%s is %s: %s" % (option, described(given), remedy))
        listing.malformed = True
        return listing
    places: dict[tuple[str, str], list[str]] = {}
    for place, item in enumerate(given, 1):
        if not isinstance(item, Mapping):
            listing.faults.append("%s number %d is %s: give a dictionary" % (noun, place, described(item)))
            listing.malformed = True
            continue
        parsed = parse(item)
        name = next(filter(None, parsed.identities.values()), None)
        label = "%s '%s'" % (noun, name) if name else "%s number %d" % (noun, place)
        listing.malformed = listing.malformed or bool(parsed.malformed)
        listing.faults.extend("%s: %s" % (label, fault) for fault in parsed.malformed + parsed.faults)
        (listing.absent if parsed.state == "absent" else listing.present).append(parsed.entry)
        listing.labels.append((label, parsed.entry))
        for kind, identity in parsed.identities.items():
            if identity:
                places.setdefault((kind, identity), []).append(str(place))
    listing.faults.extend(
        "the %s '%s' is given to %d %ss (numbers %s of the list): give each %s once"
        % (kind, identity, len(several), noun, ", ".join(several), noun)
        for (kind, identity), several in places.items()
        if len(several) > 1
    )
    return listing
