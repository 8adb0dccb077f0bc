# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the lookup sip_credentials needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import NotFound
from .._resource.plan import Outcome, Plan
from .._resource.sip_credentials import credentials_of
from .._resource.sip_trunk import Trunk
from .._resource.state import TRUNKS, Need, State
from .._resource.trunks import Trunks
from .job import InfoJob


class SipCredentialsLookupJob(InfoJob):
    """The lookup sip_credentials: the credentials of several trunks, each given by its name or its id; a name comes first."""

    def needs(self, state: State) -> list[Need]:
        return [TRUNKS]

    def plan(self, state: State) -> Plan:
        return Plan(
            facts={"credentials": [credentials_of(self._trunk(term, state.trunks)) for term in self.params["terms"]]}
        )

    @staticmethod
    def _trunk(term: str, trunks: Trunks[Trunk]) -> Trunk:
        trunk = trunks.named(term) or trunks.by_id.get(term)
        if trunk is None:
            raise NotFound(trunks.missing(name=term))
        return trunk

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return plan.facts
