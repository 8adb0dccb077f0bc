# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_trunk_forwarding needs to read, plans and returns."""

from __future__ import annotations

from .._common.errors import NotFound
from .._resource import forwarding, forwarding_plan
from .._resource.plan import KNOWN_AFTER_APPLY, Plan
from .._resource.state import TRUNKS, forward
from .._resource.trunks import TrunkRef
from .job import Job, refuse, require_trunk


class Forwarding(Job):
    """alianza_trunk_forwarding: one trunk's rules."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        require_trunk(params)
        if self.absent:
            given = [option for option in forwarding.SECTIONS if params.get(option) is not None]
            refuse(["state: absent clears all three sections: leave out %s" % " and ".join(given)] if given else [])
            self.wish = forwarding_plan.CLEARED
        else:
            self.wish, faults = forwarding_plan.parse_wish(params)
            refuse(faults)

    def _source(self, state, warnings=None):
        """Return the TrunkRef of the trunk, None when it is gone and nothing is asked of it."""
        try:
            return self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), warnings)
        except NotFound as error:
            if not self.absent:
                raise
            if warnings is not None:
                warnings.append("%s. A trunk that is gone has no rules" % error.msg)
            return None

    def needs(self, state):
        wanted = [TRUNKS]
        if state.trunks is not None:
            source = self._source(state)
            if source is not None and source.trunk_id is not None:
                wanted.append(forward(source.trunk_id))
        return wanted

    def plan(self, state):
        warnings = []
        source = self._source(state, warnings)
        if source is None:
            return Plan(
                warnings=warnings,
                facts={
                    "source": TrunkRef(self.params.get("trunk_name"), self.params.get("trunk_id")),
                    "rules": forwarding.Rules(),
                },
            )
        actual = state.forwards.get(source.trunk_id) or forwarding.Rules()
        plan, faults = forwarding_plan.plan_rules(self.wish, source, actual, self.trunks(state))
        refuse(faults)
        plan.warnings = warnings + plan.warnings
        plan.facts["source"] = TrunkRef(source.name, source.trunk_id or KNOWN_AFTER_APPLY)
        return plan

    def result(self, state, plan, outcome):
        return {"forwarding": forwarding.returned(plan.facts["source"], plan.facts["rules"])}
