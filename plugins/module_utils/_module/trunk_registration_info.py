# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_trunk_registration_info needs to read and returns."""

from __future__ import annotations

from typing import Any

from .._common.errors import InvalidInput, RequestTimeout
from .._common.notices import Notice
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan
from .._resource.state import TRUNKS, Need, State, registration
from .._resource.trunks import TrunkRef
from .job import InfoJob, Params, require_trunk


class TrunkRegistrationInfoJob(InfoJob):
    """alianza_trunk_registration_info: whether a trunk is registered, now or within a time."""

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        require_trunk(params)
        for option, least in (("wait_timeout", 0), ("poll_interval", 0.1)):
            if params.get(option) is not None and params[option] < least:
                raise InvalidInput("%s is %s: give at least %s seconds" % (option, params[option], least))

    def _source(self, state: State, notices: list[Notice] | None = None) -> TrunkRef:
        return self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), notices)

    def needs(self, state: State) -> list[Need]:
        if not state.has(TRUNKS):
            return [TRUNKS]
        source = self._source(state)
        return [TRUNKS] + ([registration(source.trunk_id)] if source.trunk_id is not None else [])

    def _seen(self, state: State, notices: list[Notice] | None = None) -> tuple[TrunkRef, dict[str, bool]]:
        """Return the trunk and its registration status."""
        source = self._source(state, notices)
        return source, state.registrations.get(source.trunk_id or "") or {"registered": False, "locked_out": False}

    def waits(self, state: State) -> float | None:
        source, seen = self._seen(state)
        wanted = self.params.get("wait_for")
        if not wanted or source.trunk_id is None or seen["registered"] == (wanted == "registered"):
            return None
        return float(self.params["poll_interval"])

    def timed_out(self, state: State, waited: float) -> RequestTimeout:
        """Return the error of a wait that ended without the wanted status, with the last status."""
        source, seen = self._seen(state)
        hint = ": unlock it with alianza_trunk_unlock" if seen["locked_out"] else ": check the PBX and its credentials"
        if self.params["wait_for"] == "unregistered":
            hint = ": check that the PBX is stopped"
        return RequestTimeout(
            "Trunk '%s' is not %s after %d s; last status: registered %s, locked out %s%s"
            % (
                source.label,
                self.params["wait_for"],
                waited,
                str(seen["registered"]).lower(),
                str(seen["locked_out"]).lower(),
                hint,
            )
        )

    def plan(self, state: State) -> Plan:
        notices: list[Notice] = []
        source, seen = self._seen(state, notices)
        return Plan(
            notices=notices,
            facts=dict(seen, trunk_name=source.name, trunk_id=source.trunk_id or KNOWN_AFTER_APPLY),
        )

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        return plan.facts
