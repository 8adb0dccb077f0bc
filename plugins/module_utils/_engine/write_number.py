# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Writing the destination of one telephone number.

How to clear a destination is not documented, so there are three ways, the mildest first. If the API takes the second one and
not the first, further numbers of the task begin with it. The last way rewrites all fields of a number and is never begun
with. None of them deletes the number.

Facts: PATCH and PUT .../telephonenumber/{tn}, PUT .../telephonenumber/{tn}/destination.
"""

from __future__ import annotations

import time
from typing import Any, Callable

from .._common.errors import NotApplied, NotFound, Refused, ServerError, Unreadable
from .._resource.tn_route import not_taken
from .._resource.tn_route_plan import Move
from .protocols import Api
from .settling import settled


class NumberWriter:
    """Routes and unroutes numbers as a plan says. Threads may share it.

    Args:
        api: the Api.
        sleep: waits some seconds.
    """

    def __init__(self, api: Api, sleep: Callable[[float], None] = time.sleep) -> None:
        self._api = api
        self._sleep = sleep
        self._ways_to_clear = (self._patch_null, self._put_destination, self._put_number)
        self._first = 0

    def write(self, move: Move) -> None:
        """Carry out a Move whose target has its id.

        Raises:
            NotApplied: the API accepted the write, and it had no effect.
            AlianzaError: the write failed.
        """
        if move.target is None:
            self._clear(move)
        elif not self._write(move, self._api.patch_number, move.target.wire()):
            raise NotApplied(
                "The API accepted the write, but %s still has another destination: check the number, or contact Alianza"
                % move.number
            )

    def _clear(self, move: Move) -> None:
        refused: Refused | ServerError | None = None
        for place in range(self._first, len(self._ways_to_clear)):
            try:
                cleared = self._ways_to_clear[place](move)
            except (Refused, ServerError) as error:
                # HTTP 500 may be the answer to a body that the API does not take; any other 5xx passes, and would pass another body too.
                if isinstance(error, ServerError) and error.status != 500:
                    raise
                refused, cleared = error, False
            if cleared:
                self._first = min(place, 1)
                return
        if refused is not None:
            raise refused
        raise NotApplied(
            "The API accepted the write, but %s is still routed to %s: clear its destination in the portal"
            % (move.number, move.origin.described() if move.origin else "its destination")
        )

    def _write(self, move: Move, write: Callable[[str, dict[str, Any]], dict[str, Any]], body: dict[str, Any]) -> bool:
        """Write the body, and return whether the number then has the destination of the move."""
        try:
            answer = write(move.number, body)
        except Unreadable:
            answer = self._api.number(move.number)
        if not not_taken(move, answer):
            return True
        return settled(lambda shown: not not_taken(move, shown), lambda: self._api.number(move.number), self._sleep)[0]

    def _patch_null(self, move: Move) -> bool:
        return self._write(move, self._api.patch_number, {"referenceType": None, "referenceId": None})

    def _put_destination(self, move: Move) -> bool:
        try:
            return self._write(move, self._put_and_read, {})
        except NotFound:
            return False

    def _put_and_read(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """The response describes the destination, not the number, so the number is read."""
        self._api.put_number_destination(number, body)
        return self._api.number(number)

    def _put_number(self, move: Move) -> bool:
        """The last way, because it rewrites all other fields of the number, including E911 data, which are read just before."""
        whole = self._api.number(move.number)
        body = {key: value for key, value in whole.items() if key not in ("referenceType", "referenceId")}
        return self._write(move, self._api.put_number, body)
