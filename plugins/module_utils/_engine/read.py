# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading the actual state: what a job needs, of one account or many, each thing once, several at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Sequence

from .._common.errors import AlianzaError, Refused
from .._common.kinds import read_boolean
from .._resource import caller_id, forwarding, sip_trunk, sip_trunk_group, tn_route
from .._resource.state import State
from .._resource.trunks import Trunks
from .call_records import read_call_records
from .protocols import Api, Job
from .workers import Breaker, call_each


@dataclass
class Reading:
    """One account to read.

    Attributes:
        api: the Api of the account.
        state: the State, as far as it was read.
        subject: the account in words, which begin the message of an error; None if only one account is read.
    """

    api: Api
    state: State
    subject: str | None = None


def read(api: Api, job: Job, state: State | None = None) -> State:
    """Return the State that the job needs.

    Args:
        api: the Api.
        job: the Job.
        state: what was read before; only what is missing in it is read.

    Raises:
        AlianzaError: the first error of a read.
    """
    return read_all([Reading(api, state or State(account_id=api.account_id))], job)[0]


def read_all(readings: Sequence[Reading], job: Job) -> list[State]:
    """Return the State of each of several accounts, with everything that the job needs.

    What a job needs may depend on what was read before (reading the rules of a trunk takes its id), so this repeats until
    nothing is missing. The requests of all accounts share the concurrency of the job.

    Args:
        readings: the Readings.
        job: the Job.

    Raises:
        AlianzaError: the first error of a read.
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
        for (reading, need), value, error in call_each(
            lambda item: fetch(item[0].api, item[1]), missing, job.concurrency, Breaker(1, AlianzaError)
        ):
            if error is not None:
                option = job.optional_reads.get(need[0])
                if option and isinstance(error, Refused):
                    error.msg += "; %s: false leaves them out" % option
                raise error.about(reading.subject) if reading.subject else error
            put(reading.state, need, value)


_CALLER_ID_LISTS: dict[str, Callable[[Api], list[Any]]] = {
    caller_id.NUMBERS: lambda api: api.caller_ids(),
    caller_id.FROM_NUMBERS: lambda api: api.from_numbers(),
    caller_id.MAPPINGS: lambda api: api.caller_id_mappings(),
}


def fetch(api: Api, need: tuple[str, Any]) -> Any:
    """Return what a need asks for, read from the API."""
    kind, key = need
    if kind == "trunks":
        return Trunks(sip_trunk.from_wire(wire) for wire in api.trunks())
    if kind == "numbers":
        return tn_route.numbers_from_wire(api.numbers())
    if kind == "groups":
        return tuple(map(sip_trunk_group.from_wire, api.groups()))
    if kind == "shareable":
        return frozenset(sip_trunk.from_wire(wire).trunk_id for wire in api.shareable_trunks())
    if kind == "forward":
        return forwarding.from_wire(api.forward(key))
    if kind == "registration":
        status = api.registration(key)
        return {
            "registered": read_boolean(status.get("registered")),
            "locked_out": read_boolean(status.get("lockedOut")),
        }
    if kind == "caller_ids":
        return caller_id.checked_list(key, _CALLER_ID_LISTS[key](api))
    if kind == "address":
        return api.address_is_free(key.ip, key.port, key.trunk_id)
    if kind == "call_records":
        return read_call_records(api, key)
    if key[0] is None:
        return api.accounts()
    account = api.account(*key)
    return [account] if account else []


def put(state: State, need: tuple[str, Any], value: Any) -> None:
    """Put into a State what :func:`fetch` returned for a need."""
    kind, key = need
    if kind == "forward":
        state.forwards[key] = value
    elif kind == "registration":
        state.registrations[key] = value
    elif kind == "address":
        state.addresses[key] = value
    elif kind == "caller_ids":
        state.caller_id_lists[key] = value
    else:
        setattr(state, kind, value)
