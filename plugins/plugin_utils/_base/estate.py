# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading the accounts of many hosts: one login for each distinct one, one limit for all requests, and a failure for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils._common.errors import AlianzaError, InvalidInput
from ...module_utils._common.options import CONCURRENCY
from ...module_utils._engine.estate import AccountReading, Login, read_estate
from ...module_utils._http.pace import Pace
from ...module_utils._http.settings import Settings
from ...module_utils._resource.state import Need, State
from .answers import whole_number
from .logins import Logins

_CONCURRENCY = 16


def estate_concurrency(value: Any, variable: str) -> int:
    """Return how many requests may be in flight over all accounts, by default 16.

    Args:
        value: of the variable, a number or text.
        variable: its name, for the message.

    Raises:
        InvalidInput: it is no whole number from 1 to the greatest that the modules accept.
    """
    try:
        return whole_number(value, _CONCURRENCY, 1, int(CONCURRENCY.kind.maximum or 0), variable)
    except ValueError as error:
        raise InvalidInput(str(error)) from None


@dataclass
class WantedAccount:
    """An account to read.

    Attributes:
        host: the host that it is.
        options: the options of the host's connection, or why there are none.
        account: {account_id or account_number: value}.
        needs: returns what is needed, given the State so far.
    """

    host: str
    options: Mapping[str, Any] | AlianzaError
    account: Mapping[str, str]
    needs: Callable[[State], Iterable[Need]]


@dataclass
class ReadAccount:
    """An account that was read.

    Attributes:
        host: the host that it is.
        state: all that was needed; not if there is an error.
        error: why it could not be read.
    """

    host: str
    state: State
    error: AlianzaError | None = None


class Estate:
    """Accounts that are read together. Close it at the end: that logs out.

    Args:
        environ: the environment, for options that a host does not give.
        concurrency: how many requests may be in flight.
    """

    def __init__(self, environ: Mapping[str, str], concurrency: int) -> None:
        self._logins = Logins(environ, Pace(concurrency))

    def read(self, wanted: Iterable[WantedAccount], idle: Callable[[], None] = lambda: None) -> Iterator[ReadAccount]:
        """Read accounts, and yield each of them when it is finished.

        Args:
            wanted: the accounts.
            idle: called every second.
        """
        readings, faulty = [], []
        for each in wanted:
            try:
                if isinstance(each.options, AlianzaError):
                    raise each.options
                readings.append(self._reading(each, *self._logins.of(each.options)))
            except AlianzaError as error:
                faulty.append(ReadAccount(each.host, State(), error))
        yield from faulty
        for reading in read_estate(readings, idle=idle):
            yield ReadAccount(reading.key, reading.state, reading.error)
            # What was read is dropped, since the list of accounts stays.
            reading.state = State()

    def places(self) -> list[tuple[str, str | None]]:
        """Return (host of the API, ID of the partition) of each login; None for a partition that is not known."""
        return self._logins.places()

    def accounts(self, options: Mapping[str, Any]) -> list[Any]:
        """Return all accounts of the partition of a login, as the API gives them.

        Args:
            options: the options of the connection.

        Raises:
            AlianzaError: the options are invalid, or the list could not be read.
        """
        login, dummy = self._logins.of(options)
        if login.api is None:
            login.api = login.open()
        accounts: list[Any] = login.api.accounts()
        return accounts

    def close(self) -> list[str]:
        """Log out, and return what users should know of the connections."""
        return self._logins.close()

    def _reading(self, wanted: WantedAccount, login: Login, settings: Settings) -> AccountReading:
        return AccountReading(
            wanted.host, login, lambda api: self._logins.enter(api, settings, wanted.account), wanted.needs
        )
