# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunks of an account as they are, compared with the snapshot and with what can be written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._resource.forwarding import LISTS, Rules
from ...module_utils._resource.references import FORWARD_TYPES, SIP_TRUNK, Reference, parse
from ...module_utils._resource.trunks import Trunks
from .._base.plain import plain
from . import wording
from .snapshot import Entry, rules_of

ALWAYS = "forward_always"
# How the rules of a trunk compare with its entry in the snapshot.
ORIGINAL, DIVERTED, CHANGED = "original", "diverted", "changed"
# The one objection to a target that is met by writing it once.
TWICE = "is in it twice"


@dataclass(frozen=True)
class Trunk:
    """A trunk of the account as it is now.

    Attributes:
        trunk_id: its ID.
        name: its name.
        rules: its forwarding rules.
        numbers: the telephone numbers that are routed to it, 11 digits each.
    """

    trunk_id: str
    name: str
    rules: Rules
    numbers: tuple[str, ...] = ()

    def forwards_to(self) -> Reference | None:
        """Return where forward_always sends all its calls, None when it is off."""
        return self.rules.always if self.rules.enabled else None


def trunks_of(listed: Iterable[Mapping[str, Any]]) -> Trunks[Trunk]:
    """Return the account's Trunks, each of them a :class:`Trunk`.

    Args:
        listed: the ``sip_trunks`` that alianza_sip_trunk_info returns with the forwarding rules.
    """
    return Trunks(
        [
            Trunk(
                each["trunk_id"], each["name"], rules_of(each["forwarding"]), tuple(each.get("telephone_numbers") or ())
            )
            for each in plain(listed)
        ]
    )


def situation(entry: Entry, rules: Rules) -> str:
    """Return whether the rules of a trunk are ORIGINAL, DIVERTED or CHANGED by somebody."""
    if rules == entry.rules:
        return ORIGINAL
    diverted = rules.enabled and rules.always in entry.diverted_to and rules.lists == entry.rules.lists
    return DIVERTED if diverted else CHANGED


def changes(entry: Entry, rules: Rules, trunks: Trunks[Trunk]) -> str:
    """Return in words what somebody changed since a trunk was diverted."""
    differences = []
    switched = (rules.always, rules.enabled) != (entry.rules.always, entry.rules.enabled)
    if switched and not (rules.enabled and rules.always in entry.diverted_to):
        differences.append(
            "forward_always is %s, was %s, and the diversion set %s"
            % (
                wording.always(rules, trunks),
                wording.always(entry.rules, trunks),
                wording.destination(entry.diverted_to[-1], trunks),
            )
        )
    differences.extend(
        "%s is %s, and was %s"
        % (option, wording.targets(rules.lists[option], trunks), wording.targets(entry.rules.lists[option], trunks))
        for option in LISTS
        if rules.lists[option] != entry.rules.lists[option]
    )
    return "; ".join(differences)


def targets(rules: Rules, section: str) -> tuple[Reference, ...]:
    """Return the references in one section of the rules, in their order."""
    if section == ALWAYS:
        return () if rules.always is None else (rules.always,)
    return tuple(rules.lists[section])


def objections(
    section: str, wanted: Sequence[Reference], in_place: Sequence[Reference], trunk_id: str, trunks: Trunks[Trunk]
) -> dict[Reference, str]:
    """Return why targets of a section cannot be written, as {reference: phrase}.

    Args:
        section: name of the section.
        wanted: the references to write.
        in_place: the references that the section holds now; what they refer to may be gone.
        trunk_id: ID of the trunk whose section it is.
        trunks: the account's trunks.
    """
    found = {}
    for reference in dict.fromkeys(wanted):
        is_trunk = reference.reference_type == SIP_TRUNK
        if parse(as_option(reference), FORWARD_TYPES, section)[1]:
            found[reference] = "is of a kind that cannot be written"
        elif is_trunk and reference.reference_id == trunk_id:
            found[reference] = "is the trunk itself"
        elif is_trunk and reference.reference_id not in trunks.by_id and reference not in in_place:
            found[reference] = "is gone"
        elif wanted.count(reference) > 1:
            found[reference] = TWICE
    return found


def as_option(reference: Reference) -> dict[str, str]:
    """Return a reference as an option of a module, by its ID: names may change."""
    option = {"reference_type": reference.reference_type, "reference_id": reference.reference_id}
    return {key: value for key, value in option.items() if value is not None}
