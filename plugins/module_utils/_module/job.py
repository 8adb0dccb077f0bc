# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a job is: what a module does, in three pure steps. Pure.

A job is made from a module's options and refuses bad ones before anything is read. The runner then reads what ``needs``
asks for until nothing is missing, takes the ``plan``, carries it out unless in check mode, and returns ``result``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Dict

from .._common.errors import AlianzaError, InvalidInput
from .._common.options import CONCURRENCY
from .._resource.plan import KNOWN_AFTER_APPLY, Outcome, Plan
from .._resource.sip_trunk import Trunk
from .._resource.state import Need, State
from .._resource.trunks import Trunks

# A module's options.
Params = Dict[str, Any]


class Job:
    """The base of all jobs.

    Args:
        params: the module's options.
        check_mode: whether nothing will be written.

    Attributes:
        needs_account: whether the options have to name an account.
        returns_notices: whether results hold the plan's notices.
        returns_guards: whether failed results hold the guards that objected.
        integers: options that are text and may be given as whole numbers, since no zero can get lost.
        unchecked: options that the job checks itself; it gets them as the user gave them.
        concurrency: how many requests may run at a time.
        optional_reads: {what :meth:`needs` asks for: the option that leaves it out if it is false}.
    """

    needs_account = True
    returns_notices = True
    returns_guards = False
    integers: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    concurrency: int = CONCURRENCY.default
    optional_reads: Mapping[str, str] = {}

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        self.params = params
        self.check_mode = check_mode
        self.absent = params.get("state") == "absent"

    def trunks(self, state: State) -> Trunks[Trunk]:
        """Return the account's trunks; check mode assumes that an earlier task creates one that is missing.

        Not where something of it is to be absent, as it is then in a real run, unless the id is what check mode returned.
        """
        comes = not self.absent or self.params.get("trunk_id") == KNOWN_AFTER_APPLY
        return state.trunks.expecting(lenient=self.check_mode and comes)

    def needs(self, state: State) -> list[Need]:
        """Return what must be read, given what was read so far."""
        raise NotImplementedError

    def plan(self, state: State) -> Plan:
        """Return the Plan; raises an AlianzaError when it cannot or must not be made."""
        raise NotImplementedError

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        """Return the module's own return values."""
        raise NotImplementedError

    def diff(self, plan: Plan, outcome: Outcome) -> dict[str, Any] | None:
        """Return the diff of what is, or would be, done."""
        return plan.diff()

    def waits(self, state: State) -> float | None:
        """Return the seconds to wait before looking again, None when there is nothing to wait for."""
        return None

    def timed_out(self, state: State, waited: float) -> AlianzaError:
        """Return the error of a job whose :meth:`waits` did not end in time.

        Args:
            state: what was read last.
            waited: the seconds that passed.
        """
        raise NotImplementedError


class InfoJob(Job):
    """A job that writes nothing."""

    returns_notices = False

    def plan(self, state: State) -> Plan:
        return Plan()

    def diff(self, plan: Plan, outcome: Outcome) -> dict[str, Any] | None:
        return None


def refuse(faults: Sequence[str | AlianzaError]) -> None:
    """Raise one error with all faults, if there are any; a fault that is an error keeps its kind if it is the only one."""
    if len(faults) == 1 and isinstance(faults[0], AlianzaError):
        raise faults[0]
    if faults:
        raise InvalidInput(*map(str, faults))


def require_trunk(params: Mapping[str, Any]) -> None:
    """Refuse options without a trunk."""
    if not params.get("trunk_name") and not params.get("trunk_id"):
        raise InvalidInput("trunk_name or trunk_id is missing: give the trunk's name, or its id")


def parse_concurrency(params: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Return (how many requests may run at a time, faults) of the option ``concurrency``."""
    wanted = params.get("concurrency")
    if wanted is None:
        return Job.concurrency, []
    try:
        return CONCURRENCY.kind.parse(wanted), []
    except ValueError as fault:
        return Job.concurrency, ["%s %s" % (CONCURRENCY.option, fault)]
