# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading the actual state: whatever a job asks for, of one account or of many, each thing once, several at a time."""

from __future__ import annotations

from dataclasses import dataclass

from .._common.kinds import read_boolean
from .._resource import forwarding, sip_trunk, sip_trunk_group, tn_route
from .._resource.state import State
from .._resource.trunks import Trunks
from .workers import Breaker, each


@dataclass
class Reading:
    """One account that is read.

    Attributes:
        api: the Api of the account.
        state: the State, as far as it was read.
        subject: the account in words, to lead the sentence of an error; None where only one account is read.
    """

    api: object
    state: State
    subject: str | None = None


def read(api, job, state=None):
    """Return the State that the job asks for.

    Args:
        api: the Api.
        job: the Job.
        state: what was read before, to read only what is missing from it.

    Raises:
        AlianzaError: the first that a read met.
    """
    return read_all([Reading(api, state or State(account_id=api.account_id))], job)[0]


def read_all(readings, job):
    """Return the State of each of several accounts, with everything that the job asks for.

    What it asks for may depend on what was read before (the rules of a trunk need its id), so it is asked until
    nothing is missing. The requests of all accounts share the job's concurrency.

    Args:
        readings: the Readings.
        job: the Job.

    Raises:
        AlianzaError: the first that a read met.
    """
    while True:
        missing = [
            (reading, need)
            for reading in readings
            for need in dict.fromkeys(job.needs(reading.state))
            if not reading.state.has(need)
        ]
        if not missing:
            return [reading.state for reading in readings]
        for (reading, need), value, error in each(
            lambda item: _fetch(item[0].api, item[1]), missing, job.concurrency, Breaker(1)
        ):
            if error is not None:
                raise error.about(reading.subject) if reading.subject else error
            _put(reading.state, need, value)


def _fetch(api, need):
    kind, key = need
    if kind == "trunks":
        return Trunks(sip_trunk.from_wire(wire) for wire in api.trunks())
    if kind == "numbers":
        return tn_route.numbers_from_wire(api.numbers())
    if kind == "groups":
        return tuple(map(sip_trunk_group.from_wire, api.groups()))
    if kind == "forward":
        return forwarding.from_wire(api.forward(key))
    if kind == "registration":
        status = api.registration(key)
        return {
            "registered": read_boolean(status.get("registered")),
            "locked_out": read_boolean(status.get("lockedOut")),
        }
    if key[0] is None:
        return api.accounts()
    account = api.account(*key)
    return [account] if account else []


def _put(state, need, value):
    kind, key = need
    if kind == "forward":
        state.forwards[key] = value
    elif kind == "registration":
        state.registrations[key] = value
    else:
        setattr(state, kind, value)
