# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How an account compares with its document, from the reads and the plan that alianza_account_trunks would make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._common.errors import AlianzaError
from ...module_utils._module.account_trunks import AccountTrunksJob
from ...module_utils._module.sip_trunk_info import SipTrunkInfoJob
from ...module_utils._resource.plan import Outcome, Plan
from ...module_utils._resource.state import Need, State


class ComparedAccount:
    """The plan of one account, and the registration of its trunks where nothing is to be done.

    Args:
        options: the options of alianza_account_trunks.
        registration: whether the registration of the trunks is read, for an account that matches its document.

    Attributes:
        error: why there is no plan.

    Raises:
        AlianzaError: the document is faulty.
    """

    def __init__(self, options: Mapping[str, Any], registration: bool) -> None:
        self._comparison = AccountTrunksJob(dict(options), True)
        self._registration = SipTrunkInfoJob({"include": ["registration"]}, True) if registration else None
        self._plan: Plan | None = None
        self.error: AlianzaError | None = None

    def needs(self, state: State) -> list[Need]:
        """Return what must be read, given what was read so far."""
        wanted = list(self._comparison.needs(state))
        if self._registration is None or not all(state.has(need) for need in wanted):
            return wanted
        return wanted + (self._registration.needs(state) if self.matches(state) else [])

    def matches(self, state: State) -> bool:
        """Whether there is nothing to do; false as well if there is no plan, which ``error`` then says.

        Args:
            state: State with what the comparison needs.
        """
        if self._plan is None and self.error is None:
            try:
                self._plan = self._comparison.plan(state)
            except AlianzaError as error:
                self.error = error
        return self._plan is not None and not self._plan.changed

    @property
    def notices(self) -> list[str]:
        """What the module would warn about."""
        return list(dict.fromkeys(notice.text for notice in self._plan.notices)) if self._plan else []

    def sip_trunks(self, state: State) -> list[dict[str, Any]]:
        """Return the trunks with their registration, as alianza_sip_trunk_info does; none if that was not read."""
        if self._registration is None:
            return []
        trunks: list[dict[str, Any]] = self._registration.result(state, Plan(), Outcome())["sip_trunks"]
        return trunks
