# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_account_trunks_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._account.export import caller_ids_of, document_of, groups_of, identities_of
from .._account.outlook import Outlook
from .._common.numbers import fold
from .._resource.plan import Outcome, Plan
from .._resource.state import CALLER_IDS, GROUPS, NUMBERS, TRUNKS, Need, State, forward
from .job import InfoJob, Params, parse_concurrency, refuse


class AccountTrunksInfoJob(InfoJob):
    """alianza_account_trunks_info: the whole account, as the document that describes it."""

    returns_notices = True
    optional_reads = {"groups": "trunk_groups", "caller_ids": "caller_ids"}

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        refuse(faults)

    def needs(self, state: State) -> list[Need]:
        every = state.trunks.all if state.has(TRUNKS) else ()
        groups = [GROUPS] if self.params.get("trunk_groups") else []
        caller_ids = CALLER_IDS if self.params.get("caller_ids") else ()
        return [TRUNKS, NUMBERS, *groups, *caller_ids] + [forward(trunk.trunk_id) for trunk in every]

    def plan(self, state: State) -> Plan:
        document, notices = document_of(state)
        groups, without_groups = groups_of(state) if state.has(GROUPS) else (None, [])
        caller_ids, without_caller_ids = caller_ids_of(state) if all(map(state.has, CALLER_IDS)) else (None, [])
        return Plan(
            notices=notices + without_groups + without_caller_ids,
            facts={
                "trunks": document,
                "trunk_groups": groups,
                "caller_ids": caller_ids,
                "identities": identities_of(state),
                "unrouted_numbers": fold(Outlook(state).unrouted()),
            },
        )

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return dict(plan.facts, account_id=state.account_id)
