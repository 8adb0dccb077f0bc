# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_sip_trunk_group_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._resource.choice import chosen
from .._resource.plan import Outcome, Plan
from .._resource.state import GROUPS, TRUNKS, Need, State
from .job import InfoJob


class SipTrunkGroupInfoJob(InfoJob):
    """alianza_sip_trunk_group_info: all trunk groups of the account, or those that fit."""

    def needs(self, state: State) -> list[Need]:
        return [GROUPS, TRUNKS]

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        groups = chosen(
            state.groups, self.params.get("name"), self.params.get("group_id"), lambda group: group.group_id
        )
        return {"sip_trunk_groups": [group.returned(state.trunks) for group in groups]}
