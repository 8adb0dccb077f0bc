# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Calling a function for many items concurrently, and stopping after too many failures."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, Iterable, TypeVar

from .._common.errors import OUTAGE, AlianzaError, AuthenticationFailed, unexpected_error

# After this many failures of the network or the platform in a row the other items are not attempted.
GIVE_UP_AFTER = 20

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")


class Breaker:
    """Counts consecutive failures of all callers that share it, and trips at a limit.

    A refused token trips it at once: every further request would be refused too.

    Args:
        limit: how many failures in a row trip it.
        counted: the classes of errors that count; those of the network and the platform if it is not given.

    Attributes:
        tripped: the error that tripped it, or None.
    """

    def __init__(
        self, limit: int = GIVE_UP_AFTER, counted: type[AlianzaError] | tuple[type[AlianzaError], ...] = OUTAGE
    ) -> None:
        self._limit = limit
        self._counted = counted
        self._lock = threading.Lock()
        self._failures = 0
        self.tripped: AlianzaError | None = None

    def succeeded(self) -> None:
        """Record a success."""
        with self._lock:
            self._failures = 0

    def failed(self, error: AlianzaError) -> None:
        """Record a failure."""
        with self._lock:
            self._failures = self._failures + 1 if isinstance(error, self._counted) else 0
            if self._failures >= self._limit or isinstance(error, AuthenticationFailed):
                self.tripped = error


def call_each(
    function: Callable[[_Item], _Value], items: Iterable[_Item], workers: int, breaker: Breaker
) -> list[tuple[_Item, _Value | None, AlianzaError | None]]:
    """Call the function with every item, several at a time, and return [(item, value, error)] in the order of the items.

    An exception becomes the error of its item and does not affect the other items. Items that were not attempted, because
    the breaker tripped, have neither value nor error.

    Args:
        function: takes one item.
        items: the arguments.
        workers: the maximum number of calls at a time.
        breaker: the Breaker that ends it early.
    """

    def call(item: _Item) -> tuple[_Item, _Value | None, AlianzaError | None]:
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
