# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_sip_trunk needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._common.notices import Notice
from .._resource import shared_plan, sip_trunk, sip_trunk_address, sip_trunk_plan
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan
from .._resource.sip_trunk_group import Groups
from .._resource.state import GROUPS, NUMBERS, TRUNKS, Need, State, forward
from .job import Job, Params, refuse


class SipTrunkJob(Job):
    """alianza_sip_trunk: one trunk."""

    returns_guards = True
    integers = tuple(row.option for row in sip_trunk.FIELDS if row.kind.integers)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.wish, faults = sip_trunk_plan.parse_wish(params)
        refuse(faults)

    def needs(self, state: State) -> list[Need]:
        wanted: list[Need] = [TRUNKS, GROUPS] if self.wish.group_name and not self.absent else [TRUNKS]
        if not self.absent and state.has(TRUNKS):
            wanted.extend(sip_trunk_address.needs([self.wish], state.trunks))
            wanted.extend(shared_plan.needs([self.wish], state.trunks))
        if self.absent and not self.params.get("force") and state.has(TRUNKS):
            to_delete = sip_trunk_plan.trunk_to_delete(self.wish, self.trunks(state))
            if to_delete is not None:
                wanted += [NUMBERS, GROUPS]
                wanted += [forward(trunk.trunk_id) for trunk in state.trunks.all if trunk is not to_delete]
        return wanted

    def plan(self, state: State) -> Plan:
        state.trunks = self.trunks(state)
        if self.absent:
            return sip_trunk_plan.plan_absent(self.wish, state, bool(self.params.get("force")))
        groups = Groups(state.groups if state.has(GROUPS) else (), lenient=self.check_mode)
        notices: list[Notice] = []
        plan = sip_trunk_plan.plan_present(sip_trunk_plan.resolve_group(self.wish, groups, notices), state.trunks)
        plan.notices = notices + plan.notices
        taken = sip_trunk_address.conflict(self.wish, state)
        refuse([*([taken] if taken else []), *shared_plan.conflicts([self.wish], state)])
        return plan

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        if self.absent or "values" not in plan.facts:
            return {"sip_trunk": {}}
        answer, actual = outcome.answers.get(plan.header), plan.facts["actual"]
        known = answer or actual
        values = plan.facts["values"]
        if answer is not None and actual is None:
            values = dict(
                values, **{option: answer.values[option] or values.get(option) for option in sip_trunk.SET_AT_CREATION}
            )
        if known is None:
            values = dict({"calling_plan_product_id": KNOWN_AFTER_APPLY}, **values)
        options = {
            each.option: each.shown(values.get(each.option, each.empty)) for each in sip_trunk.FIELDS if not each.secret
        }
        read_only = known.read_only if known else sip_trunk.NOT_KNOWN_YET
        return {
            "sip_trunk": dict(
                options,
                **read_only,
                trunk_id=known.trunk_id if known else KNOWN_AFTER_APPLY,
                account_id=state.account_id,
            )
        }
