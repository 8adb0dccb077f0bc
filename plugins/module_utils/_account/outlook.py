# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The account as it will be once a plan is carried out: names, calls, rules, and where every number is routed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._resource.forwarding import Rules
from .._resource.plan import Step
from .._resource.references import SIP_TRUNK, Reference
from .._resource.sip_trunk import Trunk
from .._resource.sip_trunk_group import Group
from .._resource.sip_trunk_plan import TrunkStep
from .._resource.state import GROUPS, NUMBERS, State
from .._resource.tn_route_plan import RouteStep


def refer_to(trunk: Trunk) -> Reference:
    """Return the Reference to a trunk of the account."""
    return Reference(SIP_TRUNK, trunk.trunk_id, trunk.name)


class Outlook:
    """What the account will hold; to begin with what it holds now.

    Args:
        state: State of the account, with its trunks.

    Attributes:
        trunks: Trunks, under the names that they will have.
        calls: {Reference of a trunk: the calls that it will carry at a time, or None}.
        rules: {Reference of a trunk: Rules}, of the trunks whose rules are known.
        groups: the account's trunk groups, as they will be; empty when they were not read.
        group_rules: {Reference of a trunk: Rules of its group}, where the document has the group.
        destinations: {11 digits: Reference, or None for an unrouted number}; empty when the numbers were not read.
    """

    def __init__(self, state: State) -> None:
        self.trunks = state.trunks
        self.calls: dict[Reference, int | None] = {
            refer_to(trunk): trunk.values["concurrent_calls"] for trunk in state.trunks.all
        }
        self.rules: dict[Reference, Rules] = {
            Reference(SIP_TRUNK, trunk_id): rules for trunk_id, rules in state.forwards.items()
        }
        self.groups: tuple[Group, ...] = state.groups if state.has(GROUPS) else ()
        self.group_rules: dict[Reference, Rules] = {}
        self.destinations: dict[str, Reference | None] = (
            {number: each.reference for number, each in state.numbers.items()} if state.has(NUMBERS) else {}
        )

    def follow(self, steps: Iterable[Step]) -> None:
        """Take over where the steps route numbers and which trunks they delete; what points at those stays behind."""
        for step in steps:
            if isinstance(step, RouteStep):
                self.destinations.update({move.number: move.target for move in step.moves})
            elif isinstance(step, TrunkStep) and step.action == "delete":
                self.calls.pop(Reference(SIP_TRUNK, step.trunk_id), None)
                self.rules.pop(Reference(SIP_TRUNK, step.trunk_id), None)

    def unrouted(self) -> list[str]:
        """Return the numbers without a destination, or with a trunk that will not exist as their destination."""
        return [
            number
            for number, target in self.destinations.items()
            if target is None or target.reference_type == SIP_TRUNK and target not in self.calls
        ]

    def name(self, reference: Reference) -> str:
        """Return the name that a trunk will have; its id where it will have none."""
        trunk = self.trunks.by_id.get(reference.reference_id or "")
        return trunk.name if trunk else str(reference.trunk_name or reference.reference_id)
