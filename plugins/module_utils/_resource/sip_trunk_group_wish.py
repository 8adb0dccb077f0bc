# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a user wants of one trunk group, parsed from options. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._common.given import described, not_text
from . import forwarding_plan
from .plan import KNOWN_AFTER_APPLY
from .references import SIP_TRUNK, Reference
from .sip_trunk_group_fields import NAME


@dataclass
class GroupWish:
    """What a user wants of one trunk group; a part left out is None.

    Attributes:
        name: its name, or None when only its id was given.
        group_id: its id, or None.
        members: References to trunks, as the user gave them.
        rules: the RulesWish.
    """

    name: str | None
    group_id: str | None
    members: tuple[Reference, ...] | None = None
    rules: forwarding_plan.RulesWish = field(default_factory=forwarding_plan.RulesWish)

    @property
    def label(self) -> str:
        """The group's name, or its id; empty where the user gave neither."""
        return self.name or self.group_id or ""


def parse_wish(given: Mapping[str, Any], identified: bool = False) -> tuple[GroupWish, list[str]]:
    """Return (GroupWish, faults) from a module's options or one group of a document.

    Args:
        given: {option: value}.
        identified: whether it is known already that the group's name or id is invalid.
    """
    faults: list[str] = []
    name, group_id = given.get("name"), given.get("group_id") or None
    if name is not None:
        try:
            NAME.parse(name)
        except ValueError as error:
            faults.append("name %s" % error)
    if not name and not group_id and not faults and not identified:
        faults.append("name or group_id is missing: give the trunk group's name, or its id")
    members, bad = parse_members(given.get("trunks"))
    rules, faulty = forwarding_plan.parse_wish(given)
    return GroupWish(name or None, group_id, members, rules), faults + bad + faulty


def parse_members(given: Iterable[Any] | None) -> tuple[tuple[Reference, ...] | None, list[str]]:
    """Return (References, faults) of a list of trunks: each a name or an id, or a mapping with trunk_name and trunk_id."""
    if given is None:
        return None, []
    members, faults = [], []
    for place, each in enumerate(given, 1):
        where = "trunks entry %d" % place
        if not isinstance(each, Mapping):
            wrong = not_text(each) or ("" if str(each).strip() else "is empty: give the name of a trunk, or its id")
            faults.extend(["%s %s" % (where, wrong)] if wrong else [])
            members.append(Reference(SIP_TRUNK, None, str(each)))
            continue
        unknown = sorted(str(key) for key in each if key not in ("trunk_id", "trunk_name"))
        if unknown:
            faults.append("%s has no key '%s': give trunk_name or trunk_id" % (where, unknown[0]))
            continue
        found = {key: value for key, value in each.items() if value not in (None, "")}
        faults.extend("%s: %s %s" % (where, key, not_text(value)) for key, value in found.items() if not_text(value))
        if not found:
            faults.append("%s is %s without trunk_name and trunk_id: give one of them" % (where, described(each)))
            continue
        trunk_id = found.get("trunk_id")
        if trunk_id == KNOWN_AFTER_APPLY and "trunk_name" in found:
            trunk_id = None
        members.append(Reference(SIP_TRUNK, trunk_id, found.get("trunk_name")))
    return tuple(members), faults
