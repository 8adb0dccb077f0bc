# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading many accounts at once: each by itself, so that one that hangs or is refused neither delays nor fails the others.

The requests of all accounts share one pool of threads. An account that is begun comes before one that is not, so that few are
in memory at a time.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Deque, Optional, Tuple

from .._common.errors import AlianzaError, AuthenticationFailed, unexpected_error
from .._resource.state import Need, State
from .protocols import Api
from .read import fetch, put
from .workers import Breaker

# Threads wait for their turn and between attempts, so there are more of them than requests in flight.
THREADS = 64
# After so many accounts in a row that fail because of the network or the platform, the login's others are not attempted.
GIVE_UP_AFTER = 50
# Accounts that were read and not taken yet.
_WAITING_MOST = 64
_PAUSE = 0.05
# Seconds between two calls of what is to be done while nothing is finished.
_TICK = 1.0


@dataclass
class Login:
    """A login that accounts share.

    Attributes:
        open: logs in and returns the Api without an account.
        api: what it returned.
        error: why none of its accounts can be read.
    """

    open: Callable[[], Api]
    api: Optional[Api] = None
    error: Optional[AlianzaError] = None
    opening: bool = False
    waiting: list[AccountReading] = field(default_factory=list)
    breaker: Breaker = field(default_factory=lambda: Breaker(GIVE_UP_AFTER))


@dataclass
class AccountReading:
    """One account to read.

    Attributes:
        key: what the caller knows it by.
        login: the Login.
        enter: takes the Login's Api, and returns that of the account; it may look up its id.
        needs: returns what is needed, given the State so far.
        state: the State so far.
        api: the Api of the account, once it is known.
        error: why it cannot be read.
    """

    key: str
    login: Login
    enter: Callable[[Any], Api]
    needs: Callable[[State], Iterable[Need]]
    state: State = field(default_factory=State)
    api: Optional[Api] = None
    error: Optional[AlianzaError] = None
    asked: set[Need] = field(default_factory=set)
    outstanding: int = 0


# What a thread does without the lock, and then, with its value or its error, under the lock.
if TYPE_CHECKING:
    _Step = Tuple[Callable[[], Any], Callable[[Any, Optional[AlianzaError]], None], Optional[AccountReading]]


def read_estate(
    readings: Iterable[AccountReading], threads: int = THREADS, idle: Callable[[], None] = lambda: None
) -> Iterator[AccountReading]:
    """Read accounts, and yield each of them when it is finished: its ``state`` holds all that it needs, or it has an ``error``.

    Args:
        readings: the accounts, in the order in which they are begun.
        threads: how many threads; the Pace of the clients limits how many requests are in flight.
        idle: called every second, also while nothing is finished.
    """
    work = _Work(readings)
    for number in range(threads):
        threading.Thread(target=work.run, name="estate-%d" % number, daemon=True).start()
    try:
        while True:
            try:
                finished = work.finished.get(timeout=_TICK)
            except queue.Empty:
                idle()
                continue
            if finished is None:
                return
            idle()
            yield finished
    finally:
        work.stop()


class _Work:
    """What the threads share."""

    def __init__(self, readings: Iterable[AccountReading]) -> None:
        self.finished: queue.Queue[AccountReading | None] = queue.Queue()
        self._readings = iter(readings)
        self._parked: Deque[AccountReading] = deque()
        self._ready: Deque[_Step] = deque()
        self._busy = 0
        self._over = False
        self._changed = threading.Condition()

    def stop(self) -> None:
        """Begin nothing any more; what is under way is not waited for."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def run(self) -> None:
        """Work until there is nothing left; what each thread of the pool does."""
        while True:
            step = self._next()
            if step is None:
                return
            call, then, dummy = step
            value, error = None, None
            try:
                value = call()
            except AlianzaError as raised:
                error = raised
            except Exception as raised:
                error = unexpected_error(raised)
            with self._changed:
                then(value, error)
                self._busy -= 1
                self._changed.notify(len(self._ready) + len(self._parked) or 1)

    def _next(self) -> _Step | None:
        """Return the next step, None if there will be none."""
        with self._changed:
            while not self._over:
                if not self._ready and self.finished.qsize() >= _WAITING_MOST:
                    # Whoever takes the accounts is behind.
                    self._changed.wait(_PAUSE)
                    continue
                step = self._ready.popleft() if self._ready else self._begin()
                if step is not None and (step[2] is None or step[2].error is None):
                    self._busy += 1
                    return step
                if step is not None:
                    continue
                if not self._busy:
                    self._over = True
                    self._changed.notify_all()
                    self.finished.put(None)
                    break
                self._changed.wait()
            return None

    def _begin(self) -> _Step | None:
        """Return the first step of an account that was not begun, None if there is none at present."""
        while True:
            reading = self._parked.popleft() if self._parked else next(self._readings, None)
            if reading is None:
                return None
            login = reading.login
            if login.error is not None:
                self._fail(reading, login.error)
            elif login.api is not None:
                return _entering(reading, self._entered)
            else:
                login.waiting.append(reading)
                if not login.opening:
                    login.opening = True
                    return login.open, partial(self._opened, login), None

    def _opened(self, login: Login, api: Any, error: AlianzaError | None) -> None:
        login.api, login.error = api, error
        self._parked.extend(login.waiting)
        login.waiting = []

    def _entered(self, reading: AccountReading, api: Any, error: AlianzaError | None) -> None:
        if error is not None:
            self._fail(reading, error)
            return
        reading.api, reading.state.account_id = api, api.account_id
        self._go_on(reading)

    def _go_on(self, reading: AccountReading) -> None:
        """Ask for what an account needs next, or finish it."""
        try:
            needs = [need for need in reading.needs(reading.state) if not reading.state.has(need)]
        except Exception as raised:
            self._fail(reading, raised if isinstance(raised, AlianzaError) else unexpected_error(raised))
            return
        new = [need for need in dict.fromkeys(needs) if need not in reading.asked]
        reading.asked.update(new)
        reading.outstanding += len(new)
        self._ready.extendleft(_asking(reading, need, self._read) for need in reversed(new))
        if not reading.outstanding:
            reading.login.breaker.succeeded()
            self.finished.put(reading)

    def _read(self, reading: AccountReading, need: Need, value: Any, error: AlianzaError | None) -> None:
        reading.outstanding -= 1
        if reading.error is not None:
            return
        if error is not None:
            self._fail(reading, error)
            return
        put(reading.state, need, value)
        self._go_on(reading)

    def _fail(self, reading: AccountReading, error: AlianzaError) -> None:
        """Finish an account with an error, and all of its login if the error is about that."""
        reading.error = error
        login = reading.login
        if login.error is None:
            login.breaker.failed(error)
            login.error = login.breaker.tripped
            if login.error is not None and not isinstance(login.error, AuthenticationFailed):
                login.error = _not_attempted(login.error)
        self.finished.put(reading)


def _entering(reading: AccountReading, then: Callable[[AccountReading, Any, AlianzaError | None], None]) -> _Step:
    return lambda: reading.enter(reading.login.api), lambda api, error: then(reading, api, error), reading


def _asking(
    reading: AccountReading, need: Need, then: Callable[[AccountReading, Need, Any, AlianzaError | None], None]
) -> _Step:
    def call() -> Any:
        if reading.api is None:
            raise LookupError("the account was not entered")
        return fetch(reading.api, need)

    return call, lambda value, error: then(reading, need, value, error), reading


def _not_attempted(error: AlianzaError) -> AlianzaError:
    """Return the error of accounts that are not attempted any more."""
    return type(error)(
        "Not attempted, since %d accounts before it failed in a row, the last one with: %s" % (GIVE_UP_AFTER, error.msg)
    )
