# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Creating a custom caller ID or a FROM number, so that a lost answer does no harm.

Neither has an ID of its own, and both are unique, so that "already exists" is as good as a success where something else shows
that it does.

Facts: POST .../cid/callerid and .../cid/fromnumber.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Callable

from .._common.errors import LOST, Refused, Unreadable
from .._resource import caller_id
from .creating import find_twice
from .protocols import Api
from .refusals import BODY_REFUSED, says_in_use

_Sleep = Callable[[float], None]


@dataclass(frozen=True)
class _Kind:
    """What is created.

    Attributes:
        wire: the name of its only field.
        normal: returns the number of an object of the API in its normal form.
        post: creates it.
        listed: returns all that exist.
    """

    wire: str
    normal: Callable[[dict[str, Any]], str | None]
    post: Callable[[dict[str, Any]], dict[str, Any]]
    listed: Callable[[], list[Any]]


def create_caller_id(api: Api, spelling: str, mapped: bool, sleep: _Sleep) -> str:
    """Create a custom caller ID and return its spelling in the API.

    Args:
        api: the Api.
        spelling: 11 digits.
        mapped: whether something will be mapped to it, which shows whether it exists.
        sleep: waits some seconds.

    Raises:
        AlianzaError: it was not created, or that is unknown.
    """
    kind = _Kind(caller_id.CALLER_ID_WIRE, caller_id.caller_id_of, api.create_caller_id, api.caller_ids)
    try:
        return _created(kind, spelling, sleep)
    except Refused as refused:
        if not says_in_use(refused):
            raise
        found = _find(kind, spelling, sleep)
        if found is None and not mapped:
            refused.msg += "; the list of the account does not show it: it may lag, or be a number of the account"
            raise
        return found or spelling


def create_from_number(api: Api, spelling: str, sleep: _Sleep) -> str:
    """Create a FROM number and return its spelling in the API; one that exists is left to its mapping to show.

    Args:
        api: the Api.
        spelling: in its normal form.
        sleep: waits some seconds.

    Raises:
        AlianzaError: it was not created, or that is unknown.
    """
    kind = _Kind(caller_id.FROM_NUMBER_WIRE, caller_id.from_number_of, api.create_from_number, api.from_numbers)
    first: Refused | None = None
    for spelled in _cases(spelling):
        try:
            return _created(kind, spelled, sleep)
        except Refused as refused:
            if says_in_use(refused):
                return spelled
            first = first or refused
            if refused.status not in BODY_REFUSED:
                break
    if first is None:
        raise ValueError("there is no spelling to send")
    raise first


def _cases(spelling: str) -> Iterator[str]:
    """Yield the spelling, and once more with its wildcards in lower case."""
    yield spelling
    if spelling.lower() != spelling:
        yield spelling.lower()


def _created(kind: _Kind, spelling: str, sleep: _Sleep) -> str:
    """Create the object and return its spelling; after a lost response it is looked for, and created once more if need be."""
    try:
        return _post(kind, spelling)
    except LOST:
        found = _find(kind, spelling, sleep)
        if found is not None:
            return found
    try:
        return _post(kind, spelling)
    except LOST as again:
        found = _find(kind, spelling, sleep)
        if found is None:
            again.msg += "; whether %s was created is not known: run again to find out" % spelling
            raise
        return found


def _post(kind: _Kind, spelling: str) -> str:
    answer = kind.post({kind.wire: spelling})
    shown = answer.get(kind.wire)
    if not shown:
        return spelling
    if kind.normal(answer) != kind.normal({kind.wire: spelling}):
        raise Unreadable(
            "The API returned another number than the one created (%s): check proxies before the API" % spelling
        )
    return str(shown)


def _find(kind: _Kind, spelling: str, sleep: _Sleep) -> str | None:
    """Return the spelling in which the list shows the number, reading it twice if need be; or None."""
    wanted = kind.normal({kind.wire: spelling})

    def find(dummy: dict[str, Any]) -> dict[str, Any] | None:
        return next((wire for wire in kind.listed() if kind.normal(wire) == wanted), None)

    found = find_twice({kind.wire: spelling}, find, sleep)
    return None if found is None else str(found[kind.wire])
