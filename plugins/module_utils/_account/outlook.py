# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The account as it will be once a plan is carried out, as far as it is known. Pure.

A trunk that is still to be created has no id, so trunks are told apart by their References, which stand for either.
"""

from __future__ import annotations

from .._resource.references import SIP_TRUNK, Reference


def refer_to(trunk):
    """Return the Reference that means a trunk of the account."""
    return Reference(SIP_TRUNK, trunk.trunk_id, trunk.name)


class Outlook:
    """What the account will hold; to begin with what it holds now.

    Args:
        state: State of the account, with its trunks.

    Attributes:
        trunks: Trunks, under the names that they will have.
        calls: {Reference of a trunk: the calls that it will carry at a time, or None}.
        rules: {Reference of a trunk: Rules}, of the trunks whose rules are known.
        destinations: {11 digits: Reference, or None for a number that rings nowhere}; empty when they were not read.
    """

    def __init__(self, state):
        self.trunks = state.trunks
        self.calls = {refer_to(trunk): trunk.values["concurrent_calls"] for trunk in state.trunks.all}
        self.rules = {Reference(SIP_TRUNK, trunk_id): rules for trunk_id, rules in state.forwards.items()}
        self.destinations = {number: each.reference for number, each in (state.numbers or {}).items()}

    def move(self, steps):
        """Take down where the numbers of RouteSteps go."""
        for step in steps:
            self.destinations.update({move.number: move.target for move in step.moves})

    def remove(self, trunk):
        """Take down that a trunk is deleted; what points at it stays behind."""
        self.calls.pop(refer_to(trunk), None)
        self.rules.pop(refer_to(trunk), None)

    def nowhere(self):
        """Return the numbers that ring nowhere: without a destination, or at a trunk that will not be there."""
        return [
            number
            for number, target in self.destinations.items()
            if target is None or target.reference_type == SIP_TRUNK and target not in self.calls
        ]

    def name(self, reference):
        """Return what a trunk will be called; its id where it will have no name."""
        trunk = self.trunks.by_id.get(reference.reference_id)
        return trunk.name if trunk else reference.trunk_name or reference.reference_id
