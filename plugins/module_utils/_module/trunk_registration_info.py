# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_trunk_registration_info needs to read and returns."""

from __future__ import annotations

from .._common.errors import InvalidInput, RequestTimeout
from .._resource.plan import KNOWN_AFTER_APPLY, Plan
from .._resource.state import TRUNKS, registration
from .job import InfoJob, require_trunk


class RegistrationInfo(InfoJob):
    """alianza_trunk_registration_info: whether a trunk is registered, now or within a time."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        require_trunk(params)
        for option, least in (("wait_timeout", 0), ("poll_interval", 0.1)):
            if params.get(option) is not None and params[option] < least:
                raise InvalidInput("%s is %s: give at least %s seconds" % (option, params[option], least))
        self.warnings = []

    def _source(self, state, warnings=None):
        return self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), warnings)

    def needs(self, state):
        if state.trunks is None:
            return [TRUNKS]
        source = self._source(state)
        return [TRUNKS] + ([registration(source.trunk_id)] if source.trunk_id is not None else [])

    def _seen(self, state):
        source = self._source(state, self.warnings)
        return source, state.registrations.get(source.trunk_id) or {"registered": False, "locked_out": False}

    def waits(self, state):
        source, seen = self._seen(state)
        wanted = self.params.get("wait_for")
        if not wanted or source.trunk_id is None or seen["registered"] == (wanted == "registered"):
            return None
        return self.params["poll_interval"]

    def timed_out(self, state, waited):
        """Return the error for a wait that came to nothing, with what was seen last."""
        source, seen = self._seen(state)
        hint = ": unlock it with alianza_trunk_unlock" if seen["locked_out"] else ": check the PBX and its credentials"
        if self.params["wait_for"] == "unregistered":
            hint = ": check that the PBX is stopped"
        return RequestTimeout(
            "Trunk '%s' is not %s after %d s; seen last: registered %s, locked out %s%s"
            % (
                source.label,
                self.params["wait_for"],
                waited,
                str(seen["registered"]).lower(),
                str(seen["locked_out"]).lower(),
                hint,
            )
        )

    def plan(self, state):
        source, seen = self._seen(state)
        return Plan(
            warnings=list(dict.fromkeys(self.warnings)),
            facts=dict(seen, trunk_name=source.name, trunk_id=source.trunk_id or KNOWN_AFTER_APPLY),
        )

    def result(self, state, plan, outcome):
        return plan.facts
