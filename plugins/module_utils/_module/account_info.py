# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_account_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import InvalidInput
from .._common.kinds import snake
from .._common.numbers import parse_number
from .._resource.plan import Outcome, Plan
from .._resource.state import Need, State, accounts
from .job import InfoJob, Params


class AccountInfoJob(InfoJob):
    """alianza_account_info: the accounts of the partition, all or one."""

    needs_account = False
    integers = ("phone_number",)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        if params.get("account_number") and params.get("phone_number"):
            raise InvalidInput("account_number and phone_number are both given: give one of them")
        chosen = [option for option in ("account_number", "phone_number", "account_id") if params.get(option)]
        self.kind: str | None = chosen[0] if chosen else None
        self.value: str | None = params[chosen[0]] if chosen else None
        if self.kind == "phone_number":
            try:
                self.value = parse_number(self.value)
            except ValueError as error:
                raise InvalidInput("phone_number: %s" % error) from None

    def needs(self, state: State) -> list[Need]:
        return [accounts(self.kind, self.value)]

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        found = [dict(snake(wire), account_id=wire.get("id")) for wire in state.accounts]
        for each in found:
            each.pop("id", None)
        return {
            "accounts": sorted(found, key=lambda each: (str(each.get("account_name")), str(each.get("account_id"))))
        }
