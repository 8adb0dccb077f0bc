# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk groups of a document: how they are parsed, and which trunk is in which group. Pure.

A group may list its trunks, and a trunk may name its group. Both say the same thing, so it is decided here once, and written
once: with the group if the document has the group, else with the trunk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .._common.errors import AlianzaError
from .._common.given import checked
from .._common.notices import Notice
from .._resource import sip_trunk_group_members, sip_trunk_group_wish, sip_trunk_plan
from .._resource.references import Reference
from .._resource.sip_trunk import Trunk
from .._resource.sip_trunk_group import Group, Groups
from .._resource.trunks import Trunks
from . import document_fields
from .entries import Listing, Parsed, parse_list

_KEYS_OF_ABSENT = ("state", "name", "group_id")


@dataclass
class GroupEntry:
    """One trunk group of the document.

    Attributes:
        wish: the GroupWish.
    """

    wish: sip_trunk_group_wish.GroupWish

    @property
    def label(self) -> str:
        """The group's name, or its id."""
        return self.wish.label

    def found(self, groups: Groups) -> Group | None:
        """Return the account's group of the entry, None where it is to be created or is ambiguous."""
        try:
            return groups.by_id.get(self.wish.group_id) if self.wish.group_id else groups.named(self.wish.name)
        except AlianzaError:
            return None


def parse_groups(given: Any) -> Listing[GroupEntry]:
    """Return the Listing of a document's trunk groups.

    Args:
        given: the list as the user gave it; also as text, in JSON.
    """
    return parse_list(given, "trunk_groups", "trunk group", _parse_entry)


def _parse_entry(item: Mapping[Any, Any]) -> Parsed[GroupEntry]:
    given, malformed = checked(document_fields.TRUNK_GROUP, item, "it")
    identified = any(item.get(key) is not None for key in ("name", "group_id"))
    wish, faults = sip_trunk_group_wish.parse_wish(given, identified and bool(malformed))
    if given["state"] == "absent":
        left_in = sorted(option for option in given if option not in _KEYS_OF_ABSENT)
        faults.extend(["state: absent deletes the trunk group: leave out %s" % ", ".join(left_in)] if left_in else [])
    return Parsed(GroupEntry(wish), given["state"], malformed, faults, {"name": wish.name, "id": wish.group_id})


@dataclass
class Memberships:
    """Which trunk is in which group, as the document says it.

    Attributes:
        joining: for each group of the document the References to trunks that name it themselves.
        landing: {id of a trunk that the account has: the place of the group in the document that takes it, or None for another}.
        faults: contradictions, one each.
        notices: what the user should know.
    """

    joining: list[list[Reference]]
    landing: dict[str, int | None] = field(default_factory=dict)
    faults: list[str | AlianzaError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def leaving(self, place: int) -> frozenset[str]:
        """Return the ids of the trunks that are taken elsewhere than to one group of the document."""
        return frozenset(trunk_id for trunk_id, where in self.landing.items() if where != place)


def assign(
    named: Sequence[tuple[sip_trunk_plan.TrunkWish, Reference]],
    listing: Listing[GroupEntry],
    groups: Groups,
    trunks: Trunks[Trunk],
) -> tuple[list[sip_trunk_plan.TrunkWish], Memberships]:
    """Return (wishes, Memberships): the wishes of trunks with their group resolved, or without it if the group says it.

    Args:
        named: the wish of each trunk of the document, and the Reference to it.
        listing: the trunk groups of the document.
        groups: the account's Groups.
        trunks: the account's Trunks as they will be.
    """
    made = Memberships([[] for dummy in listing.present])
    listed = _listed(listing, trunks, made)
    find = _finder(listing, groups)
    wishes = []
    for wish, reference in named:
        wanted = wish.group_name if wish.group_name is not None else wish.values.get(sip_trunk_plan.GROUP_OPTION, ...)
        owner = listed.get(reference)
        place = find(wish) if wanted not in (..., None, "") else None
        if wanted is ...:
            wishes.append(wish)
            continue
        if owner is not None and owner != place:
            made.faults.append(
                "trunk '%s' is in the trunks of trunk group '%s', and its own entry says otherwise: correct one of the two"
                % (reference.trunk_name or reference.reference_id, listing.present[owner].label)
            )
        if place is None:
            wishes.append(_resolved(wish, reference, listing, groups, made))
            continue
        if _contradicts(wish, listing.present[place].found(groups)):
            made.faults.append(
                "trunk '%s' has the name and the ID of two different trunk groups: leave one of them out"
                % (reference.trunk_name or reference.reference_id)
            )
        if owner is None and listing.present[place].wish.members is not None:
            made.faults.append(
                "trunk '%s' names the trunk group '%s', whose trunks do not hold it: add it there, or leave one of the two out"
                % (reference.trunk_name or reference.reference_id, listing.present[place].label)
            )
        made.joining[place].append(reference)
        if reference.reference_id:
            made.landing[reference.reference_id] = place
        values = {option: value for option, value in wish.values.items() if option != sip_trunk_plan.GROUP_OPTION}
        wishes.append(replace(wish, values=values, group_name=None))
    return wishes, made


def _listed(listing: Listing[GroupEntry], trunks: Trunks[Trunk], made: Memberships) -> dict[Reference, int]:
    """Return {Reference to a trunk: the place of the group that lists it}; a trunk in two groups is a fault."""
    listed: dict[Reference, int] = {}
    for place, entry in enumerate(listing.present):
        for member in entry.wish.members or ():
            try:
                reference = sip_trunk_group_members.resolve_member(member, trunks)
            except AlianzaError:
                # The planner of groups reports it.
                continue
            if listed.setdefault(reference, place) != place:
                made.faults.append(
                    "trunk '%s' is in the trunks of the trunk groups '%s' and '%s': a trunk is in one group at most"
                    % (reference.trunk_name, listing.present[listed[reference]].label, entry.label)
                )
            if reference.reference_id:
                made.landing[reference.reference_id] = listed[reference]
    return listed


def _finder(listing: Listing[GroupEntry], groups: Groups) -> Callable[[sip_trunk_plan.TrunkWish], int | None]:
    """Return a function that returns the place in the document of the group that a trunk wants; None if it is not there."""
    places: dict[tuple[str, str], int] = {}
    for place, entry in enumerate(listing.present):
        found = entry.found(groups)
        for key in (("name", entry.wish.name), ("id", found.group_id if found else None)):
            if key[1]:
                places[(key[0], key[1])] = place
        if found is not None and not entry.wish.name:
            places[("name", found.name)] = place

    def find(wish: sip_trunk_plan.TrunkWish) -> int | None:
        by_name = places.get(("name", wish.group_name or ""))
        by_id = places.get(("id", str(wish.values.get(sip_trunk_plan.GROUP_OPTION) or "")))
        return by_id if by_name is None else by_name

    return find


def _contradicts(wish: sip_trunk_plan.TrunkWish, group: Group | None) -> bool:
    """Whether a trunk names a group of the document and gives the ID of another one."""
    group_id = wish.values.get(sip_trunk_plan.GROUP_OPTION)
    return bool(wish.group_name and group_id and (group is None or group.group_id != group_id))


def _resolved(
    wish: sip_trunk_plan.TrunkWish,
    reference: Reference,
    listing: Listing[GroupEntry],
    groups: Groups,
    made: Memberships,
) -> sip_trunk_plan.TrunkWish:
    """Return the wish of a trunk whose group, if any, is not in the document."""
    try:
        resolved = sip_trunk_plan.resolve_group(wish, groups, made.notices)
    except AlianzaError as error:
        made.faults.append(error.about("trunk '%s'" % (reference.trunk_name or reference.reference_id)))
        return wish
    group_id = resolved.values.get(sip_trunk_plan.GROUP_OPTION)
    if reference.reference_id:
        made.landing[reference.reference_id] = None
    gone = [
        entry.label
        for entry in listing.absent
        for found in [entry.found(groups)]
        if found and found.group_id == group_id
    ]
    if gone:
        made.faults.append(
            "trunk '%s' names the trunk group '%s', which has state: absent: give another one"
            % (reference.trunk_name or reference.reference_id, gone[0])
        )
    return resolved
