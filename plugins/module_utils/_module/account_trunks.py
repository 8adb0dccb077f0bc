# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_account_trunks needs to read, plans and returns."""

from __future__ import annotations

from typing import Any

from .._account import document, document_plan
from .._account.document_fields import LISTS
from .._account.summary import summary
from .._common.given import is_blank
from .._resource.plan import Outcome, Plan
from .._resource.state import Need, State
from .job import Job, Params, parse_concurrency, refuse


class AccountTrunksJob(Job):
    """alianza_account_trunks: the whole trunk document of an account."""

    returns_guards = True
    unchecked = tuple(row.option for row in LISTS)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        trunks = params.get("trunks")
        # A survey that was left blank sends empty text.
        groups, caller_ids = (
            None if is_blank(params.get(option)) else params.get(option) for option in ("trunk_groups", "caller_ids")
        )
        self.document = document.parse_document(() if trunks is None else trunks, groups, caller_ids)
        self.document.faults.extend(faults)
        # With a key or a type that is wrong it is not known what the document means, so nothing is read for it.
        refuse(self.document.faults if self.document.malformed else ())
        self.terms = document_plan.Terms(
            **{
                option: params[option]
                for option in ("reroute", "prune", "force", "advice")
                if params.get(option) is not None
            }
        )

    def needs(self, state: State) -> list[Need]:
        return document_plan.needs(self.document, state, self.terms)

    def plan(self, state: State) -> Plan:
        return document_plan.plan_document(self.document, state, self.terms)

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return {
            "account_id": state.account_id,
            "plan": [step.public() for step in plan.steps],
            "summary": summary(plan.steps),
            **{key: plan.facts[key] for key in ("removed", "removed_trunk_groups", "removed_caller_ids")},
            "failed_objects": [
                {"resource": step.resource, "name": step.name, "msg": error.msg} for step, error in outcome.failed
            ],
        }
