# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_tn_route needs to read, plans and returns."""

from __future__ import annotations

from .._common.errors import Guarded, NotFound
from .._common.numbers import expand
from .._resource import tn_route_plan
from .._resource.plan import Plan
from .._resource.references import ROUTE_TYPES, SIP_TRUNK, Reference, parse, resolve
from .._resource.state import NUMBERS, TRUNKS
from .job import Job, parse_concurrency, refuse


class TnRoute(Job):
    """alianza_tn_route: a set of telephone numbers and one destination."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        # Kept until the account's numbers are read, so that malformed and missing ones are told together.
        self.numbers, self.malformed = expand(params.get("telephone_numbers") or ())
        self.target, fault = self._destination()
        faults.extend([fault] if fault else [])
        if self.absent and params.get("exclusive"):
            faults.append("exclusive does not go with state: absent: leave it out")
        if faults:
            refuse(faults + self.malformed)

    def _destination(self):
        """Return (reference or None, fault or None) of the destination that the options name."""
        name, trunk_id = self.params.get("trunk_name"), self.params.get("trunk_id")
        kind, key = self.params.get("reference_type"), self.params.get("reference_id")
        if (name or trunk_id) and (kind or key):
            return (
                None,
                "both a trunk and a reference are given: give trunk_name or trunk_id, or reference_type and reference_id",
            )
        if name or trunk_id:
            return Reference(SIP_TRUNK, trunk_id or None, name or None), None
        if not kind and not key:
            missing = "there is no destination: give trunk_name or trunk_id, or reference_type and reference_id"
            return None, None if self.absent else missing
        return parse({"reference_type": kind, "reference_id": key}, ROUTE_TYPES, "the destination")

    def _by_name(self):
        return (
            self.target is not None
            and self.target.reference_type == SIP_TRUNK
            and (not self.absent or self.target.trunk_name is not None)
        )

    def needs(self, state):
        return [NUMBERS] + ([TRUNKS] if self._by_name() else [])

    def plan(self, state):
        missing = tn_route_plan.unknown_numbers(self.numbers, state.numbers)
        faults = list(self.malformed)
        if missing:
            faults.append(
                "not on the account: %s; add them to the account first, or take them out" % ", ".join(missing)
            )
        trunks, target, warnings = None, self.target, []
        if self._by_name():
            # To a trunk that an earlier task would create no number can ring yet.
            trunks = state.trunks.expecting(lenient=self.check_mode and not self.absent)
            try:
                target = resolve(target, trunks, warnings)
            except NotFound as error:
                if not self.absent:
                    faults.append(error)
                elif target.reference_id is None:
                    return self._nobody_to_leave(state, trunks, error, faults)
        refuse(faults)
        label = "(any destination)" if target is None else target.trunk_name or target.described()
        plan, faults = tn_route_plan.plan_routes(
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
        refuse(faults, Guarded)
        plan.warnings = warnings + plan.warnings
        return plan

    def _nobody_to_leave(self, state, trunks, error, faults):
        """The trunk to be left is gone by name, so which numbers rang there cannot be told."""
        refuse(faults)
        warnings = ["%s. Nothing was unrouted" % error.msg]
        lost = tn_route_plan.dangling(self.numbers, state.numbers, trunks)
        if lost:
            warnings[0] += (
                "; these numbers ring at a trunk that no longer exists, give its trunk_id to clear them: %s"
                % ", ".join(lost)
            )
        return Plan(
            before={},
            after={},
            header=self.target.trunk_name,
            warnings=warnings,
            facts={"routed": [], "unrouted": [], "unchanged": list(self.numbers), "moved": []},
        )

    def result(self, state, plan, outcome):
        failed = outcome.failed_numbers
        result = {
            key: [number for number in plan.facts[key] if number not in failed]
            for key in ("routed", "unrouted", "unchanged")
        }
        result["moved"] = [each for each in plan.facts["moved"] if each["telephone_number"] not in failed]
        result["failed_numbers"] = [{"telephone_number": number, "msg": failed[number]} for number in sorted(failed)]
        return result

    def diff(self, plan, outcome):
        diff = plan.diff()
        for side in ("before", "after"):
            diff[side] = {number: shown for number, shown in diff[side].items() if number not in outcome.failed_numbers}
        return diff
