# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunks of a trunk group. Pure.

Facts: sipTrunksIds of a trunk group, and sipTrunkGroupId of a trunk. A trunk belongs to one group at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .._common.notices import Notice
from .references import SIP_TRUNK, Reference
from .sip_trunk import Trunk
from .sip_trunk_group import Group
from .trunks import Trunks


def members_of(group: Group, trunks: Trunks[Trunk]) -> tuple[Reference, ...]:
    """Return References to the members of a group, sorted by name; those of trunks that do not exist have no name.

    Args:
        group: the Group.
        trunks: the account's Trunks.
    """
    ids = group.trunk_ids or tuple(
        trunk.trunk_id for trunk in trunks.all if trunk.values["sip_trunk_group_id"] == group.group_id
    )
    return in_order(Reference(SIP_TRUNK, each, name_of(each, trunks)) for each in dict.fromkeys(ids))


def in_order(members: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return References to trunks, sorted by name."""
    return tuple(sorted(members, key=lambda each: (each.trunk_name or "", each.reference_id or "")))


def name_of(trunk_id: str, trunks: Trunks[Trunk]) -> str | None:
    """Return the name of a trunk, None if it does not exist."""
    return trunks.by_id[trunk_id].name if trunk_id in trunks.by_id else None


def resolve_member(
    each: Reference, trunks: Trunks[Trunk], in_place: Collection[Reference] = (), notices: list[Notice] | None = None
) -> Reference:
    """Return a member with the id and the name of its trunk; raises what :meth:`Trunks.refer` raises.

    Args:
        each: the Reference as the user gave it.
        trunks: the account's Trunks.
        in_place: the members now: one whose trunk does not exist may stay.
        notices: list to which a trunk that is assumed to come is added.
    """
    if each.reference_id is None and each.trunk_name in trunks.by_id and trunks.named(each.trunk_name) is None:
        each = Reference(SIP_TRUNK, each.trunk_name)
    if each in in_place and each.reference_id is not None and each.reference_id not in trunks.by_id:
        return each
    found = trunks.refer(each.trunk_name, each.reference_id, notices)
    return Reference(SIP_TRUNK, found.trunk_id, found.name)
