# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_caller_id_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._resource.caller_id_fields import CALLER_ID
from .._resource.plan import Outcome, Plan
from .._resource.state import CALLER_IDS, Need, State
from .job import InfoJob, Params, refuse


class CallerIdInfoJob(InfoJob):
    """alianza_caller_id_info: all caller IDs of the account, or one."""

    integers = ("caller_id",)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.wanted: str | None = None
        try:
            self.wanted = CALLER_ID.parse(params.get("caller_id") or "")
        except ValueError as error:
            refuse(["caller_id %s" % error])

    def needs(self, state: State) -> list[Need]:
        return list(CALLER_IDS)

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        actual = state.caller_ids
        return {
            "caller_ids": [actual.returned(number) for number in actual.all() if self.wanted in (None, number)],
            "unmapped": actual.unmapped(),
        }
