# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How many requests of a run are in flight, and when: one limit for all of its clients and threads.

Fact: the API answers HTTP 429 to a user who sends too much, with Retry-After or without.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable

# A request that takes longer than these seconds no longer counts, so that accounts that hang do not hold up the others.
LATE = 5.0
# No request is repeated more often than this because of HTTP 429, whatever the pauses.
ATTEMPTS_MOST = 50


class Pace:
    """Limits the requests that are in flight. When one is refused for the rate limit, all of them slow down together.

    A refusal stops new requests for the pause that it asks for, and halves how many may be in flight, once for all requests that
    were under way at that time. Every round of successes adds one again.

    Args:
        most: how many requests may be in flight.
        clock: returns seconds, for tests.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._allowed = float(most)
        self._resume = 0.0
        self._slowed = float("-inf")
        self._keys = itertools.count()
        # {key: when it was sent}, the earliest first.
        self._flying: dict[int, float] = {}
        self._changed = threading.Condition()

    @property
    def allowed(self) -> int:
        """How many requests may be in flight now."""
        return int(self._allowed)

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Wait until a request may be sent, and yield when that is; it is in flight until the block ends."""
        with self._changed:
            wait = self._wait()
            while wait > 0:
                self._changed.wait(wait)
                wait = self._wait()
            key, sent = next(self._keys), self._clock()
            self._flying[key] = sent
        try:
            yield sent
        finally:
            with self._changed:
                del self._flying[key]
                self._changed.notify()

    def accepted(self) -> None:
        """Take note of a request that was not refused for the rate limit."""
        if self._allowed < self._most:
            with self._changed:
                self._allowed = min(float(self._most), self._allowed + 1 / self._allowed)
                self._changed.notify()

    def refused(self, sent: float, pause: float) -> None:
        """Take note of a request that was refused for the rate limit.

        Args:
            sent: what :meth:`turn` yielded.
            pause: seconds in which nothing is to be sent.
        """
        with self._changed:
            now = self._clock()
            if sent >= self._slowed:
                self._allowed = max(1.0, self._allowed / 2)
                self._slowed = now
            self._resume = max(self._resume, now + pause)

    def _wait(self) -> float:
        """Return the seconds until it is worth looking again, 0 if a request may be sent."""
        now = self._clock()
        if now < self._resume:
            return self._resume - now
        prompt = [sent for sent in self._flying.values() if now - sent < LATE]
        return 0.0 if len(prompt) < self.allowed else prompt[0] + LATE - now
