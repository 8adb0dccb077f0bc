# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_trunk_unlock needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._common.notices import Notice
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan, change
from .._resource.state import TRUNKS, Need, State, registration
from .._resource.trunk_unlock import UnlockStep
from .job import Job, Params, require_trunk


class TrunkUnlockJob(Job):
    """alianza_trunk_unlock: one trunk that was locked out after failed registrations."""

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        require_trunk(params)

    def needs(self, state: State) -> list[Need]:
        wanted = [TRUNKS]
        if state.has(TRUNKS):
            source = self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"))
            if source.trunk_id is not None and not state.trunks.by_id[source.trunk_id].locked_out:
                wanted.append(registration(source.trunk_id))
        return wanted

    def plan(self, state: State) -> Plan:
        notices: list[Notice] = []
        source = self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), notices)
        status = state.registrations.get(source.trunk_id or "") or {"locked_out": source.trunk_id is not None}
        plan = Plan(
            before={"locked_out": status["locked_out"]},
            after={"locked_out": False},
            header=source.label,
            notices=notices,
            facts={"source": source},
        )
        if status["locked_out"]:
            plan.steps.append(UnlockStep("update", source.label, {"locked_out": change(True, False)}, source.trunk_id))
        return plan

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        source = plan.facts["source"]
        return {
            "trunk_name": source.name,
            "trunk_id": source.trunk_id or KNOWN_AFTER_APPLY,
            "locked_out": bool(outcome.failed),
        }
