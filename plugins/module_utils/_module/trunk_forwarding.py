# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_trunk_forwarding needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import NotFound
from .._common.given import checked
from .._common.notices import Notice
from .._resource import forwarding, forwarding_fields, forwarding_plan
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan
from .._resource.state import TRUNKS, Need, State, forward
from .._resource.trunks import TrunkRef
from .job import Job, Params, refuse, require_trunk


class TrunkForwardingJob(Job):
    """alianza_trunk_forwarding: one trunk's rules."""

    unchecked = forwarding.SECTIONS

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        require_trunk(params)
        rules, malformed = checked(
            forwarding_fields.SECTION_ROWS, {option: params.get(option) for option in forwarding.SECTIONS}, "forwarding"
        )
        refuse(malformed if self.absent else ())
        if self.absent:
            given = [option for option in forwarding.SECTIONS if option in rules]
            refuse(["state: absent clears all three sections: leave out %s" % " and ".join(given)] if given else [])
            self.wish = forwarding_plan.CLEARED
        else:
            self.wish, faults = forwarding_plan.parse_wish(rules)
            refuse(malformed + faults)

    def _source(self, state: State, notices: list[Notice] | None = None) -> TrunkRef | None:
        """Return the TrunkRef of the trunk, None when it is gone and its rules are to be absent."""
        try:
            return self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), notices)
        except NotFound as error:
            if not self.absent:
                raise
            if notices is not None:
                gone = self.params.get("trunk_name") or self.params.get("trunk_id")
                notices.append(Notice("gone", gone, "%s. A trunk that is gone has no rules" % error.msg))
            return None

    def needs(self, state: State) -> list[Need]:
        wanted = [TRUNKS]
        if state.has(TRUNKS):
            source = self._source(state)
            if source is not None and source.trunk_id is not None:
                wanted.append(forward(source.trunk_id))
        return wanted

    def plan(self, state: State) -> Plan:
        notices: list[Notice] = []
        source = self._source(state, notices)
        if source is None:
            return Plan(
                notices=notices,
                facts={
                    "source": TrunkRef(self.params.get("trunk_name"), self.params.get("trunk_id")),
                    "rules": forwarding.Rules(),
                },
            )
        actual = state.forwards.get(source.trunk_id or "") or forwarding.Rules()
        plan, faults = forwarding_plan.plan_rules(self.wish, source, actual, self.trunks(state))
        refuse(faults)
        plan.notices = notices + plan.notices
        plan.facts["source"] = TrunkRef(source.name, source.trunk_id or KNOWN_AFTER_APPLY)
        return plan

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return {"forwarding": forwarding.returned(plan.facts["source"], plan.facts["rules"])}
