# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Creating an object once: a lost answer to a POST never leads to a second object."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, Optional

from .._common.errors import LOST, Refused
from .refusals import BODY_REFUSED, says_in_use

# Seconds before the list is read once more after a lost response.
FIND_PAUSE = 1.0

_Body = Dict[str, Any]
_Sleep = Callable[[float], None]
# Returns the object that a body would create, or None.
_Find = Callable[[_Body], Optional[_Body]]


def create_once(
    noun: str, bodies: Iterable[_Body], send: Callable[[_Body], _Body], find: _Find, sleep: _Sleep
) -> _Body:
    """Create an object and return the response, or the object from the list after a lost response.

    After a lost response the object is looked for in the list of the account. Only if two reads do not find it is the
    create repeated, once.

    Args:
        noun: what is created, for messages.
        bodies: the request body, and after it other spellings that are tried if it is refused.
        send: creates the object of a body.
        find: returns the object of a body from the list of the account, or None.
        sleep: waits some seconds.

    Raises:
        AlianzaError: it was not created, or that is unknown.
    """
    refused: Refused | None = None
    for body in bodies:
        try:
            return send(body)
        except LOST as lost:
            return find_twice(body, find, sleep) or _create_again(noun, body, send, find, sleep, lost)
        except Refused as error:
            refused = refused or error
            if error.status not in BODY_REFUSED:
                break
    if refused is None:
        raise ValueError("there is no body to send")
    if says_in_use(refused):
        refused.msg += (
            "; the list of the account did not show a %s of this name: it may lag, run again in a minute" % noun
        )
    raise refused


def find_twice(body: _Body, find: _Find, sleep: _Sleep) -> _Body | None:
    """Return the object of a body from the list, reading it twice if need be; or None."""
    found = find(body)
    if found is None:
        sleep(FIND_PAUSE)
        found = find(body)
    return found


def _create_again(
    noun: str, body: _Body, send: Callable[[_Body], _Body], find: _Find, sleep: _Sleep, lost: Exception
) -> _Body:
    try:
        return send(body)
    except LOST as again:
        found = find_twice(body, find, sleep)
        if found is None:
            again.msg += "; whether the %s was created is not known: run again to find out" % noun
            raise again from lost
        return found
    except Refused as refused:
        # The reason may be that the first request was carried out.
        found = find_twice(body, find, sleep)
        if found is None:
            refused.msg += (
                "; the response to a first request was lost, so whether it created the %s is not known: run again in a minute"
                % noun
            )
            raise refused from None
        return found
