# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_telephone_number_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import InvalidInput
from .._common.notices import Notice
from .._common.numbers import expand, listed
from .._resource import tn_route, tn_route_plan
from .._resource.plan import Outcome, Plan
from .._resource.references import SIP_TRUNK, Reference
from .._resource.state import NUMBERS, TRUNKS, Need, State
from .job import InfoJob, Params, refuse


class TelephoneNumberInfoJob(InfoJob):
    """alianza_telephone_number_info: the account's numbers, all or some."""

    integers = ("telephone_numbers",)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.numbers: list[str] | None = None
        if params.get("telephone_numbers") is not None:
            self.numbers, faults = expand(params["telephone_numbers"])
            refuse(faults)
        if params.get("unrouted_only") and (params.get("trunk_name") or params.get("trunk_id")):
            raise InvalidInput(
                "unrouted_only does not go with a trunk, since its numbers are routed: give one of the two"
            )

    def needs(self, state: State) -> list[Need]:
        return [NUMBERS] + ([TRUNKS] if self.params.get("trunk_name") else [])

    def plan(self, state: State) -> Plan:
        target: Reference | None = None
        notices: list[Notice] = []
        if self.params.get("trunk_name"):
            trunk = self.trunks(state).refer(self.params["trunk_name"], self.params.get("trunk_id"), notices)
            target = Reference(SIP_TRUNK, trunk.trunk_id, trunk.name)
        elif self.params.get("trunk_id"):
            target = Reference(SIP_TRUNK, self.params["trunk_id"])
        if self.numbers is not None:
            missing = tn_route_plan.unknown_numbers(self.numbers, state.numbers)
            if missing:
                notices.append(Notice("not_on_account", None, "Not on the account: %s" % listed(missing)))
        trunks = state.trunks if state.has(TRUNKS) else None
        wanted = None if self.numbers is None else set(self.numbers)
        found = [
            tn_route.returned(number, each, trunks)
            for number, each in sorted(state.numbers.items())
            if (wanted is None or number in wanted)
            and (target is None or each.reference == target)
            and not (self.params.get("unrouted_only") and each.reference is not None)
        ]
        return Plan(notices=notices, facts={"found": found})

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return {"telephone_numbers": plan.facts["found"]}
