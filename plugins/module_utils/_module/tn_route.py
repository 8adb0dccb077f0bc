# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_tn_route needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import AlianzaError, Guarded, NotFound
from .._common.notices import Notice
from .._common.numbers import expand, listed
from .._resource import tn_route_plan
from .._resource.plan import Outcome, Plan
from .._resource.references import ROUTE_TYPES, SIP_TRUNK, Reference, parse, resolve
from .._resource.sip_trunk import Trunk
from .._resource.state import NUMBERS, TRUNKS, Need, State
from .._resource.trunks import Trunks
from .job import Job, Params, parse_concurrency, refuse


class TnRouteJob(Job):
    """alianza_tn_route: a set of telephone numbers and one destination."""

    returns_guards = True
    integers = ("telephone_numbers",)
    # Whether it may be a number depends on reference_type.
    unchecked = ("reference_id",)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        # Kept until the account's numbers are read, so that malformed and missing ones are reported together.
        self.numbers, self.malformed = expand(params.get("telephone_numbers") or ())
        self.target, fault = self._destination()
        faults.extend([fault] if fault else [])
        if self.absent and params.get("exclusive"):
            faults.append("exclusive does not go with state: absent: leave it out")
        if faults:
            refuse(faults + self.malformed)

    def _destination(self) -> tuple[Reference | None, str | None]:
        """Return (reference or None, fault or None) of the destination that the options name."""
        name, trunk_id = self.params.get("trunk_name"), self.params.get("trunk_id")
        kind, key = self.params.get("reference_type"), self.params.get("reference_id")
        if (name or trunk_id) and (kind or key not in (None, "")):
            return (
                None,
                "both a trunk and a reference are given: give trunk_name or trunk_id, or reference_type and reference_id",
            )
        if name or trunk_id:
            return Reference(SIP_TRUNK, trunk_id or None, name or None), None
        if not kind and key in (None, ""):
            missing = "there is no destination: give trunk_name or trunk_id, or reference_type and reference_id"
            return None, None if self.absent else missing
        return parse({"reference_type": kind, "reference_id": key}, ROUTE_TYPES, "the destination")

    def _needs_trunks(self) -> bool:
        """Whether the account's trunks have to be read to know the destination."""
        return (
            self.target is not None
            and self.target.reference_type == SIP_TRUNK
            and (not self.absent or self.target.trunk_name is not None)
        )

    def needs(self, state: State) -> list[Need]:
        return [NUMBERS] + ([TRUNKS] if self._needs_trunks() else [])

    def plan(self, state: State) -> Plan:
        missing = tn_route_plan.unknown_numbers(self.numbers, state.numbers)
        faults: list[str | AlianzaError] = list(self.malformed)
        if missing:
            faults.append(
                "not on the account: %s; add them to the account first, or remove them from the list" % listed(missing)
            )
        trunks, target = None, self.target
        notices: list[Notice] = []
        if target is not None and self._needs_trunks():
            trunks = self.trunks(state)
            try:
                target = resolve(target, trunks, notices)
            except NotFound as error:
                if not self.absent:
                    faults.append(error)
                elif target.reference_id is None:
                    return self._plan_gone(target, state, trunks, error, faults)
        refuse(faults)
        label = "(any destination)" if target is None else target.trunk_name or target.described()
        plan, guards = tn_route_plan.plan_routes(
            tn_route_plan.RouteWish(
                self.numbers,
                target,
                label,
                self.absent,
                bool(self.params.get("exclusive")),
                self.params.get("reroute") is not False,
            ),
            state.numbers,
            trunks,
        )
        if guards:
            raise Guarded(*guards)
        plan.notices = notices + plan.notices
        return plan

    def _plan_gone(
        self,
        target: Reference,
        state: State,
        trunks: Trunks[Trunk],
        error: NotFound,
        faults: list[str | AlianzaError],
    ) -> Plan:
        """Return the Plan of a trunk whose name is gone: without its id its numbers are not known."""
        refuse(faults)
        notices = [Notice("gone", target.trunk_name, "%s. Nothing was unrouted" % error.msg)]
        lost = tn_route_plan.dangling(self.numbers, state.numbers, trunks)
        if lost:
            notices.append(
                Notice(
                    "dangling_numbers",
                    target.trunk_name,
                    "Numbers are routed to a trunk that does not exist: %s; give its trunk_id to unroute them"
                    % listed(lost),
                )
            )
        return Plan(
            before={},
            after={},
            header=str(target.trunk_name),
            notices=notices,
            facts={"routed": [], "unrouted": [], "unchanged": list(self.numbers), "moved": []},
        )

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        failed = outcome.failed_numbers
        result = {
            key: [number for number in plan.facts[key] if number not in failed]
            for key in ("routed", "unrouted", "unchanged")
        }
        result["moved"] = [each for each in plan.facts["moved"] if each["telephone_number"] not in failed]
        result["failed_numbers"] = [{"telephone_number": number, "msg": failed[number]} for number in sorted(failed)]
        return result

    def diff(self, plan: Plan, outcome: Outcome) -> dict[str, Any] | None:
        diff = plan.diff()
        for side in ("before", "after"):
            diff[side] = {number: shown for number, shown in diff[side].items() if number not in outcome.failed_numbers}
        return diff
