# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_sip_credentials_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._common.notices import Notice
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan
from .._resource.sip_credentials import credentials_of
from .._resource.state import TRUNKS, Need, State
from .job import InfoJob, Params, require_trunk


class SipCredentialsInfoJob(InfoJob):
    """alianza_sip_credentials_info: what a PBX needs to register; the one job whose result is a secret."""

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        require_trunk(params)

    def needs(self, state: State) -> list[Need]:
        return [TRUNKS]

    def plan(self, state: State) -> Plan:
        notices: list[Notice] = []
        source = self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), notices)
        if source.trunk_id is None:
            unknown = dict.fromkeys(
                ("sip_username", "sip_password", "sip_proxy_host", "sip_proxy_port"), KNOWN_AFTER_APPLY
            )
            return Plan(notices=notices, facts=dict(unknown, trunk_name=source.name, trunk_id=KNOWN_AFTER_APPLY))
        return Plan(facts=credentials_of(state.trunks.by_id[source.trunk_id]))

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return plan.facts
