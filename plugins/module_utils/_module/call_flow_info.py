# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_call_flow_info needs to read and returns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._account.call_flow import Conditions, unregistered
from .._account.outages import call_flows, outages
from .._common.errors import AlianzaError, InvalidInput, NotFound
from .._common.numbers import expand, listed
from .._resource.plan import Outcome, Plan
from .._resource.state import GROUPS, NUMBERS, TRUNKS, Need, State, forward, registration
from .job import InfoJob, Params, parse_concurrency, refuse


class CallFlowInfoJob(InfoJob):
    """alianza_call_flow_info: where the calls of an account go, now or while trunks fail."""

    integers = ("telephone_numbers",)

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        given = params.get("telephone_numbers")
        # A survey that was left blank sends an empty text, which Ansible makes a list of one.
        entries = [entry for entry in given or () if entry.strip()]
        self._all_numbers = given is None or given != [] and not entries
        self._numbers, malformed = expand(entries)
        refuse(faults + malformed)

    def needs(self, state: State) -> list[Need]:
        wanted = [TRUNKS, NUMBERS]
        if not state.has(TRUNKS) or not state.has(NUMBERS):
            return wanted
        self._chosen_numbers(state)
        failing, full = self._assumed(state)
        wanted += [forward(trunk.trunk_id) for trunk in state.trunks.all]
        if self.params["use_registration"]:
            # Of the other trunks it does not matter.
            wanted += [
                registration(trunk.trunk_id)
                for trunk in state.trunks.all
                if not trunk.values["ip_based_auth_enabled"] and trunk.trunk_id not in failing
            ]
        if any(trunk.values["sip_trunk_group_id"] for trunk in state.trunks.all):
            wanted.append(GROUPS)
        return wanted

    def _assumed(self, state: State) -> tuple[frozenset[str], frozenset[str]]:
        """Return the IDs of the trunks that are assumed to (be unavailable, be full)."""
        faults: list[str | AlianzaError] = []
        sets = [
            frozenset(_trunk_ids(option, self.params.get(option) or (), state, faults))
            for option in ("unavailable_trunks", "full_trunks")
        ]
        refuse(faults)
        return sets[0], sets[1]

    def _chosen_numbers(self, state: State) -> list[str] | None:
        missing = sorted(set(self._numbers).difference(state.numbers))
        if missing:
            raise InvalidInput(
                "telephone_numbers holds %s, which the account does not have: check the numbers and the account"
                % listed(missing)
            )
        return None if self._all_numbers else self._numbers

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        failing, full = self._assumed(state)
        numbers = self._chosen_numbers(state)
        down = unregistered(state) if self.params["use_registration"] else frozenset()
        conditions = Conditions(down | failing, full)
        result = call_flows(state, conditions, conditions.without(failing | full), numbers)
        result["account_id"] = state.account_id
        if self.params["one_at_a_time"]:
            result["outages"] = outages(state, conditions, numbers)
        return result


def _trunk_ids(option: str, entries: Iterable[str], state: State, faults: list[str | AlianzaError]) -> list[str]:
    """Return the IDs of trunks that are given by name or ID; an entry that is neither may be several, with commas between them."""
    trunks, found = state.trunks, []
    names = {trunk.name for trunk in trunks.all}
    for entry in filter(str.strip, entries):
        known = names.union(trunks.by_id)
        parts = [part.strip() for part in entry.split(",") if part.strip()]
        for name in [entry] if entry in known or not known.intersection(parts) else parts:
            try:
                trunk = trunks.named(name) or trunks.by_id.get(name)
            except AlianzaError as error:
                faults.append(error.about(option))
                continue
            if trunk is None:
                faults.append(NotFound("%s: %s" % (option, trunks.missing(name))))
            else:
                found.append(trunk.trunk_id)
    return found
