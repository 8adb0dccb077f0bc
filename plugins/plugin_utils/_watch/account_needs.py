# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a round reads of an account, and what it makes of that. Pure.

An account without trouble costs the list of its trunks and one call for each trunk that registers; only trouble costs the list of its
telephone numbers, and its number if that is not known yet.
"""

from __future__ import annotations

from collections import Counter

from ...module_utils._resource.references import SIP_TRUNK
from ...module_utils._resource.sip_trunk import Trunk
from ...module_utils._resource.state import NUMBERS, TRUNKS, Need, State, accounts, registration
from .rounds import TrunkSeen


class AccountNeeds:
    """What a round needs of one account.

    Args:
        attention: IDs of trunks of which something was reported, or is about to be.
        account_number: number of the account; empty if it is not known.
    """

    def __init__(self, attention: frozenset[str], account_number: str) -> None:
        self._attention = attention
        self._account_number = account_number

    def needs(self, state: State) -> list[Need]:
        """Return what must be read, given what was read so far."""
        if not state.has(TRUNKS):
            return [TRUNKS]
        wanted = [registration(trunk.trunk_id) for trunk in registering(state)]
        if all(map(state.has, wanted)) and self._trouble(state):
            wanted.append(NUMBERS)
            if not self._account_number:
                wanted.append(accounts("account_id", state.account_id))
        return wanted

    def number(self, state: State) -> str:
        """Return the number of the account; empty if it is not known."""
        if not self._account_number and state.has(accounts()):
            return str(next((wire.get("accountNumber") or "" for wire in state.accounts), ""))
        return self._account_number

    def trunks(self, state: State) -> tuple[TrunkSeen, ...]:
        """Return the trunks that register, with how many numbers are routed to each if that was read."""
        counts: Counter[str | None] | None = None
        if state.has(NUMBERS):
            references = [number.reference for number in state.numbers.values()]
            counts = Counter(each.reference_id for each in references if each and each.reference_type == SIP_TRUNK)
        return tuple(
            TrunkSeen(
                trunk.trunk_id,
                trunk.name,
                state.registrations[trunk.trunk_id]["registered"],
                state.registrations[trunk.trunk_id]["locked_out"],
                None if counts is None else counts[trunk.trunk_id],
            )
            for trunk in registering(state)
        )

    def _trouble(self, state: State) -> bool:
        """Whether a trunk may be reported."""
        return any(
            trunk.trunk_id in self._attention
            or not state.registrations[trunk.trunk_id]["registered"]
            or state.registrations[trunk.trunk_id]["locked_out"]
            for trunk in registering(state)
        )


def registering(state: State) -> list[Trunk]:
    """Return the trunks that register; one with IP-based authentication never does."""
    return [trunk for trunk in state.trunks.all if not trunk.values["ip_based_auth_enabled"]]
