# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_sip_trunk_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._resource.choice import chosen
from .._resource.forwarding import returned as rules_returned
from .._resource.plan import Outcome, Plan
from .._resource.references import named
from .._resource.sip_trunk import Trunk
from .._resource.state import TRUNKS, Need, State, forward, registration
from .._resource.trunks import TrunkRef
from .job import InfoJob


class SipTrunkInfoJob(InfoJob):
    """alianza_sip_trunk_info: all trunks, or one."""

    def _chosen(self, state: State) -> list[Trunk]:
        return chosen(
            state.trunks.all, self.params.get("name"), self.params.get("trunk_id"), lambda trunk: trunk.trunk_id
        )

    def needs(self, state: State) -> list[Need]:
        include = self.params.get("include") or ()
        wanted = [TRUNKS]
        for trunk in self._chosen(state) if state.has(TRUNKS) else ():
            wanted += [forward(trunk.trunk_id)] if "forwarding" in include else []
            wanted += [registration(trunk.trunk_id)] if "registration" in include else []
        return wanted

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        include = self.params.get("include") or ()
        trunks = []
        for trunk in self._chosen(state):
            value = dict(trunk.returned(), account_id=state.account_id)
            if "forwarding" in include:
                rules = state.forwards[trunk.trunk_id].each(lambda reference: named(reference, state.trunks))
                value["forwarding"] = rules_returned(TrunkRef(trunk.name, trunk.trunk_id), rules)
            if "registration" in include:
                value["registration"] = state.registrations[trunk.trunk_id]
            trunks.append(value)
        return {"sip_trunks": trunks}
