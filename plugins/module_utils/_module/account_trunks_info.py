# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_account_trunks_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._account.export import document_of, groups_of, identities_of
from .._account.outlook import Outlook
from .._common.numbers import fold
from .._resource.plan import Outcome, Plan
from .._resource.state import GROUPS, NUMBERS, TRUNKS, Need, State, forward
from .job import InfoJob, Params, parse_concurrency, refuse


class AccountTrunksInfoJob(InfoJob):
    """alianza_account_trunks_info: the whole account, as the document that describes it."""

    returns_notices = True

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        refuse(faults)

    def needs(self, state: State) -> list[Need]:
        every = state.trunks.all if state.has(TRUNKS) else ()
        groups = [GROUPS] if self.params.get("trunk_groups") else []
        return [TRUNKS, NUMBERS, *groups] + [forward(trunk.trunk_id) for trunk in every]

    def plan(self, state: State) -> Plan:
        document, notices = document_of(state)
        groups, left_out = groups_of(state) if state.has(GROUPS) else (None, [])
        return Plan(
            notices=notices + left_out,
            facts={
                "trunks": document,
                "trunk_groups": groups,
                "identities": identities_of(state),
                "unrouted_numbers": fold(Outlook(state).unrouted()),
            },
        )

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return dict(plan.facts, account_id=state.account_id)
