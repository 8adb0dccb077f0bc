# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_sip_trunk_group needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import Guarded
from .._common.given import checked
from .._resource import (
    forwarding,
    sip_trunk_group,
    sip_trunk_group_fields,
    sip_trunk_group_plan,
    sip_trunk_group_removal,
    sip_trunk_group_wish,
)
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan
from .._resource.state import GROUPS, NUMBERS, TRUNKS, Need, State, forward
from .job import Job, Params, refuse

_PARTS = ("trunks", *forwarding.SECTIONS)


class SipTrunkGroupJob(Job):
    """alianza_sip_trunk_group: one trunk group with its members and rules."""

    returns_guards = True
    unchecked = _PARTS

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.force = bool(params.get("force"))
        rows = [row for row in sip_trunk_group_fields.OPTIONS if row.option in _PARTS]
        parts, malformed = checked(rows, {option: params.get(option) for option in _PARTS}, "the trunk group")
        identity = {option: params.get(option) for option in ("name", "group_id")}
        self.wish, faults = sip_trunk_group_wish.parse_wish(dict(identity, **({} if self.absent else parts)))
        if self.absent and parts:
            faults.append("state: absent deletes the trunk group: leave out %s" % " and ".join(sorted(parts)))
        refuse(malformed + faults)

    def groups(self, state: State) -> sip_trunk_group.Groups:
        """Return the account's groups; check mode assumes that an earlier task creates one that is missing."""
        return sip_trunk_group.Groups(state.groups, lenient=self.check_mode)

    def needs(self, state: State) -> list[Need]:
        wanted = [TRUNKS, GROUPS]
        guarded = self.absent and not self.force and state.has(TRUNKS) and state.has(GROUPS)
        if guarded and sip_trunk_group_removal.group_to_delete(self.wish, self.groups(state)) is not None:
            wanted += [NUMBERS, *(forward(trunk.trunk_id) for trunk in state.trunks.all)]
        return wanted

    def plan(self, state: State) -> Plan:
        groups = self.groups(state)
        if self.absent:
            return sip_trunk_group_removal.plan_absent(self.wish, groups, state, self.force)
        known = [group.rules for group in state.groups]
        plan, faults, guards = sip_trunk_group_plan.plan_present(self.wish, groups, self.trunks(state), known)
        refuse(faults)
        if guards and not self.force:
            raise Guarded(*guards)
        plan.notices.extend(guard.overridden() for guard in guards)
        return plan

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        if self.absent or "members" not in plan.facts:
            return {"sip_trunk_group": {}}
        actual = plan.facts["actual"]
        group_id = actual.group_id if actual else outcome.group_ids.get(plan.facts["name"], KNOWN_AFTER_APPLY)
        members = [(each.reference_id, each.trunk_name) for each in plan.facts["members"]]
        return {"sip_trunk_group": sip_trunk_group.returned(group_id, plan.facts["name"], members, plan.facts["rules"])}
