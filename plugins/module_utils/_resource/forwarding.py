# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A trunk's forwarding rules: what they hold, and how to get from the actual ones to the wanted ones. Pure.

Facts: user guide, "Forwarding Settings"; API path .../siptrunk_2/{sipTrunkId}/forward. PUT replaces all three sections,
so a section the user leaves out is sent as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Mapping

from .._common.errors import InvalidResponse
from .._common.kinds import read_boolean
from .forwarding_fields import GROUP_WIRE, SECTION_ROWS
from .references import Reference
from .references import from_wire as reference_from_wire
from .trunks import TrunkRef

# Which of the two names of a section: a trunk's, or a trunk group's.
OF_TRUNK, OF_GROUP = 0, 1
# option -> the API's name of it on a trunk, and on a trunk group
_WIRE = {each.option: (each.wire, GROUP_WIRE[each.option]) for each in SECTION_ROWS}
ALWAYS = _WIRE["forward_always"]
LISTS = {option: names for option, names in _WIRE.items() if option != "forward_always"}
SECTIONS = tuple(_WIRE)


@dataclass(frozen=True)
class Rules:
    """The forwarding rules of one trunk or trunk group.

    Attributes:
        always: where all calls go while ``enabled``; None when nothing is configured.
        enabled: the switch of ``always``.
        lists: {option: tuple of references in the order of attempts} of the two lists.
        wire: what was read, as the API sent it; {} for rules that were not read.
        spelling: whose field names the wire has: :data:`OF_TRUNK` or :data:`OF_GROUP`.
    """

    always: Reference | None = None
    enabled: bool = False
    lists: dict[str, tuple[Reference, ...]] = field(default_factory=lambda: dict.fromkeys(LISTS, ()))
    wire: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    spelling: int = field(default=OF_TRUNK, compare=False)

    def references(self) -> list[Reference]:
        """Return every destination in the rules."""
        return [
            each
            for each in (self.always, *self.lists["forward_on_failure"], *self.lists["forward_on_capacity_exceeded"])
            if each is not None
        ]

    def empty(self) -> bool:
        """Whether there is no rule at all."""
        return not self.references()

    def each(self, function: Callable[[Reference], Reference]) -> Rules:
        """Return the same rules with every reference replaced by what the function makes of it."""
        return Rules(
            None if self.always is None else function(self.always),
            self.enabled,
            {option: tuple(function(target) for target in targets) for option, targets in self.lists.items()},
            self.wire,
            self.spelling,
        )

    def rendered(self, render: Callable[[Reference], dict[str, Any]]) -> dict[str, Any]:
        """Return the rules under their option names, every reference as ``render`` gives it."""
        always = {} if self.always is None else dict(render(self.always), enabled=self.enabled)
        return dict(
            {"forward_always": always},
            **{option: [render(target) for target in targets] for option, targets in self.lists.items()},
        )

    def shown(self) -> dict[str, Any]:
        """Return the rules as diffs show them; sections that are not set are left out."""
        return {option: value for option, value in self.rendered(Reference.shown).items() if value}


def from_wire(wire: dict[str, Any], spelling: int = OF_TRUNK) -> Rules:
    """Return the Rules that an answer holds; a missing section is an empty one.

    Args:
        wire: the answer.
        spelling: :data:`OF_TRUNK` or :data:`OF_GROUP`.
    """
    always = wire.get(ALWAYS[spelling])
    always = always if isinstance(always, dict) else {}
    reference = reference_from_wire(always)
    return Rules(
        reference,
        reference is not None and read_boolean(always.get("enabled")),
        {option: _references(wire.get(names[spelling])) for option, names in LISTS.items()},
        wire,
        spelling,
    )


def _references(section: Any) -> tuple[Reference, ...]:
    """Return the destinations in a section; an entry without a type is left out, and named before the section is replaced.

    Raises:
        InvalidResponse: it is no list of objects.
    """
    entries = [] if section is None else section
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidResponse(
            "The API's answer holds forwarding rules that are no list of destinations: try again, or contact Alianza"
        )
    return tuple(filter(None, map(reference_from_wire, entries)))


def returned(source: TrunkRef, rules: Rules) -> dict[str, Any]:
    """Return the ``forwarding`` value of a result: the trunk and its rules, fit to be fed back in."""
    return dict({"trunk_id": source.trunk_id, "trunk_name": source.name}, **rules.rendered(Reference.returned))


def not_taken(rules: Rules, answer: dict[str, Any], whole: bool = False) -> list[str]:
    """Return the sections that a PUT asked for and that an answer shows otherwise.

    Args:
        rules: what was asked for.
        answer: what the API gave back.
        whole: whether a section that is missing from the answer is empty (GET), or merely not returned (PUT).
    """
    got, spelling = from_wire(answer, rules.spelling), rules.spelling
    wrong = []
    if (whole or ALWAYS[spelling] in answer) and (got.always, got.enabled) != (rules.always, rules.enabled):
        wrong.append("forward_always")
    wrong.extend(
        option
        for option, names in LISTS.items()
        if (whole or names[spelling] in answer) and got.lists[option] != rules.lists[option]
    )
    return wrong
