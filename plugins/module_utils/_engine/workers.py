# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Doing many things at once, with a bound, and stopping when it has become pointless."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from .._common.errors import OUTAGE, AlianzaError, AuthenticationFailed, unexpected_error

# After so many failures of the line or the platform in a row, the rest is not attempted.
GIVE_UP_AFTER = 20


class Breaker:
    """Counts failures in a row of all that share it, and says when to stop.

    A refused token stops at once: every further request would be refused too.
    """

    def __init__(self, limit=GIVE_UP_AFTER):
        self._limit = limit
        self._lock = threading.Lock()
        self._failures = 0
        self.tripped = None

    def succeeded(self):
        """Take note of a success."""
        with self._lock:
            self._failures = 0

    def failed(self, error):
        """Take note of a failure."""
        with self._lock:
            self._failures = self._failures + 1 if isinstance(error, OUTAGE) else 0
            if self._failures >= self._limit or isinstance(error, AuthenticationFailed):
                self.tripped = error


def each(function, items, workers, breaker):
    """Call the function with every item, several at a time, and return [(item, value, error)] in the items' order.

    A call that raises has what it raised as its error, so that one odd answer does not hide what became of the others.
    Items that were not attempted because the breaker tripped have neither value nor error.

    Args:
        function: takes one item.
        items: what to call it with.
        workers: how many calls run at a time, at most.
        breaker: the Breaker that says when to stop.
    """

    def call(item):
        if breaker.tripped is not None:
            return item, None, None
        try:
            value = function(item)
        except Exception as raised:
            error = raised if isinstance(raised, AlianzaError) else unexpected_error(raised)
            breaker.failed(error)
            return item, None, error
        breaker.succeeded()
        return item, value, None

    items = list(items)
    if len(items) < 2 or workers < 2:
        return [call(item) for item in items]
    with ThreadPoolExecutor(max_workers=min(workers, len(items))) as pool:
        return list(pool.map(call, items))
