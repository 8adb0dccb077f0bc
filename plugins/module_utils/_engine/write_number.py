# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Writing where one telephone number rings.

How a destination is taken away is not documented, so there are three ways, the mildest first; the first that works is
used for all further numbers of the task. No way ever deletes the number.

Facts: PATCH and PUT .../telephonenumber/{tn}, PUT .../telephonenumber/{tn}/destination.
"""

from __future__ import annotations

import time

from .._common.errors import NotApplied, NotFound, Refused, Unreadable
from .._resource.tn_route import not_taken

# Seconds before a number is read once more.
PAUSE = 1.0


class NumberWriter:
    """Sends numbers to where a plan wants them. Threads may share it.

    Args:
        api: the Api.
        sleep: waits some seconds.
    """

    def __init__(self, api, sleep=time.sleep):
        self._api = api
        self._sleep = sleep
        self._ways = (self._patch_null, self._put_destination, self._put_whole)
        self._first = 0

    def write(self, move):
        """Carry out one Move whose target has its id.

        Raises:
            NotApplied: the platform did not take it.
            AlianzaError: the write failed.
        """
        if move.target is not None:
            if not self._took(move, self._api.patch_number, move.target.wire()):
                raise NotApplied(
                    "The API accepted the write and %s still rings elsewhere: check the number, or ask Alianza"
                    % move.number
                )
            return
        refused = None
        for place in range(self._first, len(self._ways)):
            try:
                taken = self._ways[place](move)
            except Refused as error:
                refused, taken = error, False
            if taken:
                self._first = place
                return
        if refused is not None:
            raise refused
        raise NotApplied(
            "The API accepted the write and %s still rings at %s: clear its destination in the portal"
            % (move.number, move.origin.described())
        )

    def _took(self, move, write, body):
        try:
            answer = write(move.number, body)
        except Unreadable:
            answer = self._api.number(move.number)
        if not not_taken(move, answer):
            return True
        self._sleep(PAUSE)
        return not not_taken(move, self._api.number(move.number))

    def _patch_null(self, move):
        return self._took(move, self._api.patch_number, {"referenceType": None, "referenceId": None})

    def _put_destination(self, move):
        try:
            return self._took(move, self._put_and_look, {})
        except NotFound:
            return False

    def _put_and_look(self, number, body):
        """The answer describes the destination, not the number, so the number is asked."""
        self._api.put_number_destination(number, body)
        return self._api.number(number)

    def _put_whole(self, move):
        """Last, because it writes everything else of the number again, E911 data too."""
        whole = self._api.number(move.number)
        body = {key: value for key, value in whole.items() if key not in ("referenceType", "referenceId")}
        return self._took(move, self._api.put_number, body)
