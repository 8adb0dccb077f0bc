# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Trunk groups: their members and their forwarding rules. Pure.

Facts: API path .../siptrunkgroup; the rules have the shape of a trunk's and other names: unconditionalForward,
unreachableForward, capacityForward.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .._common.errors import InvalidResponse
from .._common.notices import Notice
from .forwarding import OF_GROUP, Rules
from .forwarding import from_wire as rules_from_wire
from .objects import Objects
from .plan import KNOWN_AFTER_APPLY
from .references import Reference, named
from .sip_trunk import Trunk
from .trunks import Trunks


@dataclass(frozen=True)
class Group:
    """A trunk group.

    Attributes:
        name: its name; its id where the API sends no name.
        rules: its forwarding rules.
        group_id: its id.
        trunk_ids: the ids of its members.
    """

    name: str
    rules: Rules = field(default_factory=Rules)
    group_id: str = ""
    trunk_ids: tuple[str, ...] = ()

    @property
    def references(self) -> list[Reference]:
        """Every destination in its rules."""
        return self.rules.references()

    def returned(self, trunks: Trunks[Trunk]) -> dict[str, Any]:
        """Return the group as results hold it: its members by id and name, and its rules under their option names."""
        members = (
            (trunk_id, trunks.by_id[trunk_id].name if trunk_id in trunks.by_id else None) for trunk_id in self.trunk_ids
        )
        return returned(self.group_id, self.name, members, self.rules.each(lambda reference: named(reference, trunks)))


class Groups(Objects[Group]):
    """The trunk groups of one account."""

    noun = "trunk group"
    id_option = "group_id"

    @staticmethod
    def name_of(each: Group) -> str:
        return each.name

    @staticmethod
    def id_of(each: Group) -> str:
        return each.group_id

    @staticmethod
    def expected_notice(name: str | None, msg: str) -> Notice:
        return Notice("expected_group", name, msg)


def returned(
    group_id: str, name: str, members: Iterable[tuple[str | None, str | None]], rules: Rules
) -> dict[str, Any]:
    """Return a group as results hold it, fit to be fed back in.

    Args:
        group_id: its id.
        name: its name.
        members: (id, name) of each of its trunks; what is not known, or does not exist, is None.
        rules: its Rules, with the names of trunks in them.
    """
    trunks = [{"trunk_id": trunk_id or KNOWN_AFTER_APPLY, "trunk_name": trunk_name} for trunk_id, trunk_name in members]
    return dict(
        {
            "group_id": group_id,
            "name": name,
            "trunks": sorted(trunks, key=lambda member: (member["trunk_name"] or "", str(member["trunk_id"]))),
        },
        **rules.rendered(Reference.returned),
    )


def from_wire(wire: Any) -> Group:
    """Return the Group that an answer of .../siptrunkgroup holds.

    Raises:
        InvalidResponse: it has no id.
    """
    if not isinstance(wire, dict) or not wire.get("id"):
        raise InvalidResponse("The API's answer holds a trunk group without an id: try again, or ask Alianza")
    group_id = str(wire["id"])
    return Group(
        str(wire.get("name") or group_id),
        rules_from_wire(wire, OF_GROUP),
        group_id,
        tuple(map(str, wire.get("sipTrunksIds") or ())),
    )
