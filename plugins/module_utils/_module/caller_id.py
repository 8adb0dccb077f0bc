# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_caller_id needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._resource import caller_id_plan
from .._resource.plan import Outcome, Plan
from .._resource.state import CALLER_IDS, Need, State
from .job import Job, Params, parse_concurrency, refuse


class CallerIdJob(Job):
    """alianza_caller_id: one caller ID and the FROM numbers that show it."""

    integers = ("caller_id",)
    # A whole number is accepted where it is a telephone number, which Ansible's conversion would hide.
    unchecked = ("from_numbers",)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        self.wish, bad = caller_id_plan.parse_wish(params)
        refuse(faults + bad)

    def needs(self, state: State) -> list[Need]:
        return list(CALLER_IDS)

    def plan(self, state: State) -> Plan:
        return caller_id_plan.plan_caller_id(self.wish, state.caller_ids)

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        failed = outcome.failed_from_numbers
        mapped, unmapped, showing = _came_about(plan, outcome)
        return {
            "caller_id": self.wish.caller_id,
            "from_numbers": showing,
            "mapped": mapped,
            "unmapped": unmapped,
            "unchanged": plan.facts["unchanged"],
            "moved": [each for each in plan.facts["moved"] if each["from_number"] in mapped],
            "failed_from_numbers": [{"from_number": number, "msg": failed[number]} for number in sorted(failed)],
        }

    def diff(self, plan: Plan, outcome: Outcome) -> dict[str, Any] | None:
        diff = plan.diff()
        if outcome.failed:
            exists = plan.before or outcome.wrote
            after = {"caller_id": self.wish.caller_id, "from_numbers": _came_about(plan, outcome)[2]}
            diff["after"] = after if exists else {}
        return diff


def _came_about(plan: Plan, outcome: Outcome) -> tuple[list[str], list[str], list[str]]:
    """Return the FROM numbers that were mapped, those that were unmapped, and those that show the caller ID now."""
    failed = set(outcome.failed_from_numbers)
    if outcome.failed and plan.steps[0].action == "delete":
        # The mappings that would have ended with the caller ID are still there.
        failed.update(set(plan.facts["unmapped"]) - {move.from_number for move in plan.facts["moves"]})
    mapped, unmapped = (
        [number for number in plan.facts[key] if number not in failed] for key in ("mapped", "unmapped")
    )
    before = plan.before.get("from_numbers", ())
    return mapped, unmapped, sorted({*before, *mapped} - set(unmapped))
