# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What an audit needs of an account, and what its modules would return of it."""

from __future__ import annotations

from typing import Any

from ...module_utils._account.call_flow import Conditions, unregistered
from ...module_utils._account.outages import call_flows, single_points_of_failure
from ...module_utils._account.unlisted import unlisted_objects
from ...module_utils._common.errors import AlianzaError
from ...module_utils._common.numbers import expand, fold
from ...module_utils._module.account_trunks import AccountTrunksJob
from ...module_utils._module.account_trunks_info import AccountTrunksInfoJob
from ...module_utils._module.job import Job
from ...module_utils._module.sip_trunk_info import SipTrunkInfoJob
from ...module_utils._resource.plan import Outcome
from ...module_utils._resource.state import Need, State


class AuditedAccount:
    """The jobs of one account: compare it with its document, read it, and read the registration of its trunks; and where calls go.

    Args:
        document: the lists of the trunk document, as options of alianza_account_trunks; None to compare with nothing.
        unlisted: whether numbers that are routed to a trunk and not listed there are a difference.
        fault: why there is no document although one was given.
    """

    def __init__(self, document: Any, unlisted: bool, fault: AlianzaError | None = None) -> None:
        self.fault = fault
        self._unlisted = unlisted
        self._comparison: AccountTrunksJob | None = None
        if document is not None and fault is None:
            # Check mode needs no guard, and a trunk of state absent is drift as long as it exists.
            options = {**document, "prune": "numbers" if unlisted else "none", "force": True}
            try:
                self._comparison = AccountTrunksJob(options, True)
            except AlianzaError as error:
                self.fault = error
        self._actual = AccountTrunksInfoJob({}, True)
        self._registration = SipTrunkInfoJob({"include": ["registration"]}, True)

    def needs(self, state: State) -> list[Need]:
        """Return what must be read, given what was read so far."""
        wanted = self._actual.needs(state) + self._registration.needs(state)
        return wanted + (list(self._comparison.needs(state)) if self._comparison else [])

    def results(self, state: State) -> dict[str, Any]:
        """Return what is reported of the account.

        ``plan``, ``actual`` and ``registration`` are as their modules return them, and ``plan`` is empty without a document.
        ``others`` are the objects beside trunks that a list of the document does not have, {resource: their names}.
        ``points`` are the trunks whose failure alone would lose calls. ``flow`` is where calls go while trunks are not
        registered, as alianza_call_flow_info returns it, but with the ``lost_numbers`` that are lost for that reason alone; it is empty
        if all of them are.

        Args:
            state: State with what :meth:`needs` asks for.
        """
        plan = _failure(self.fault) if self.fault else _result(self._comparison, state) if self._comparison else {}
        return {
            "plan": plan,
            "others": self._not_listed(state),
            "actual": _result(self._actual, state),
            "registration": _result(self._registration, state),
            "points": single_points_of_failure(state),
            "flow": _flow(state),
        }

    def _not_listed(self, state: State) -> dict[str, list[str]]:
        if self._comparison is None or not self._unlisted:
            return {}
        return unlisted_objects(self._comparison.document, state)


def _flow(state: State) -> dict[str, Any]:
    unavailable = unregistered(state)
    if not unavailable:
        return {}
    flow = call_flows(state, Conditions(unavailable), Conditions())
    # Numbers that are routed to a trunk which does not exist are lost at any time.
    always = call_flows(state, Conditions(), Conditions())["lost_numbers"]
    lost = set(expand(flow["lost_numbers"])[0]).difference(expand(always)[0])
    return dict(flow, lost_numbers=fold(sorted(lost)))


def _result(job: Job, state: State) -> dict[str, Any]:
    try:
        plan = job.plan(state)
    except AlianzaError as error:
        return _failure(error)
    return dict(job.result(state, plan, Outcome()), notices=[notice.as_dict() for notice in plan.notices])


def _failure(error: AlianzaError) -> dict[str, Any]:
    return {"failed": True, "msg": error.msg, "failure": error.as_dict()}
