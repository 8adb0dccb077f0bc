# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a job is: what a module does, in three pure steps. Pure.

A job is made from a module's options and refuses bad ones before anything is read. The runner then reads what ``needs``
asks for until nothing is missing, takes the ``plan``, carries it out unless in check mode, and returns ``result``.
"""

from __future__ import annotations

from .._common.errors import AlianzaError, InvalidInput
from .._resource.plan import Plan

CONCURRENCY_MOST = 64


class Job:
    """The base of all jobs.

    Args:
        params: the module's options.
        check_mode: whether nothing will be written.
    """

    needs_account = True
    concurrency = 8

    def __init__(self, params, check_mode=False):
        self.params = params
        self.check_mode = check_mode
        self.absent = params.get("state") == "absent"

    def trunks(self, state):
        """Return the account's trunks; in check mode a name that is not there yet is taken on trust."""
        return state.trunks.expecting(lenient=self.check_mode)

    def needs(self, state):
        """Return what must be read, given what was read so far."""
        raise NotImplementedError

    def plan(self, state):
        """Return the Plan; raises an AlianzaError when it cannot or must not be made."""
        raise NotImplementedError

    def result(self, state, plan, outcome):
        """Return the module's own return values."""
        raise NotImplementedError

    def diff(self, plan, outcome):
        """Return the diff of what is, or would be, done."""
        return plan.diff()

    def waits(self, state):
        """Return the seconds to wait before looking again, None when there is nothing to wait for."""
        return


class InfoJob(Job):
    """A job without a plan."""

    def plan(self, state):
        return Plan()

    def diff(self, plan, outcome):
        return None


def refuse(faults, error=InvalidInput):
    """Raise one error with all faults, if there are any; a fault that is an error by itself keeps its kind if it is the only one."""
    if len(faults) == 1 and isinstance(faults[0], AlianzaError):
        raise faults[0]
    if faults:
        raise error(*map(str, faults))


def require_trunk(params):
    """Refuse options that mean no trunk at all."""
    if not params.get("trunk_name") and not params.get("trunk_id"):
        raise InvalidInput("trunk_name or trunk_id is missing: give the trunk's name, or its id")


def parse_concurrency(params):
    """Return (how many requests may run at a time, faults) of the option ``concurrency``."""
    wanted = params.get("concurrency")
    if wanted is None:
        return Job.concurrency, []
    if 1 <= wanted <= CONCURRENCY_MOST:
        return wanted, []
    return Job.concurrency, ["concurrency is %d: give a number from 1 to %d" % (wanted, CONCURRENCY_MOST)]
