# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The logins of a run over many accounts: one for each distinct way of reaching the platform as a user."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ...module_utils._engine.estate import Login
from ...module_utils._http.api import Api, connect
from ...module_utils._http.client import Client
from ...module_utils._http.pace import Pace
from ...module_utils._http.settings import Settings, parse_settings
from .options import connection, read_options, require_requests

_LOGOUTS = 16


class Logins:
    """Logs in once for each distinct login, when its first account is read, and logs out of all at the end.

    Args:
        environ: the environment, for options that a host does not give.
        pace: the Pace that all requests share.
    """

    def __init__(self, environ: Mapping[str, str], pace: Pace) -> None:
        self._environ = environ
        self._pace = pace
        self._by_options: dict[str, tuple[Login, Settings]] = {}
        self._by_settings: dict[Settings, Login] = {}
        # {what makes a login distinct: the Settings that came first with it}
        self._first: dict[tuple[Any, ...], Settings] = {}
        self._clients: dict[Settings, Client] = {}
        self._lock = threading.Lock()

    def of(self, options: Mapping[str, Any]) -> tuple[Login, Settings]:
        """Return the Login for the options of a connection, and its Settings; hosts with the same options share it.

        Raises:
            InvalidInput: options are invalid or missing.
        """
        key = json.dumps(options, sort_keys=True, default=str)
        if key not in self._by_options:
            require_requests()
            settings = parse_settings(read_options(connection(), options), self._environ, needs_account=False)
            self._by_options[key] = self._login(settings), settings
        return self._by_options[key]

    def enter(self, api: Api, settings: Settings, account: Mapping[str, str]) -> Api:
        """Return the Api of an account; an account that is given by its number costs a call.

        Args:
            api: what the Login opened.
            settings: its Settings.
            account: {account_id or account_number: value}.

        Raises:
            AlianzaError: the account could not be looked up.
        """
        if account.get("account_id"):
            return api.of_account(account["account_id"])
        return Api(self._clients[settings], replace(settings, account_number=account["account_number"]))

    def places(self) -> list[tuple[str, str | None]]:
        """Return (host of the API, ID of the partition) of each login; None for a partition that is not known yet."""
        return [
            (_host(each), self._clients[each].partition_id if each in self._clients else each.partition_id)
            for each in self._by_settings
        ]

    def close(self) -> list[str]:
        """Log out of all, and return what users should know of the connections."""
        clients = list(self._clients.values())
        if clients:
            with ThreadPoolExecutor(min(_LOGOUTS, len(clients))) as pool:
                list(pool.map(Client.close, clients))
        return list(dict.fromkeys(warning for client in clients for warning in client.warnings))

    def _login(self, settings: Settings) -> Login:
        if settings not in self._by_settings:
            first = self._first.setdefault(_identity(settings), settings)
            self._by_settings[settings] = Login(lambda: self._open(settings, first))
        return self._by_settings[settings]

    def _open(self, settings: Settings, first: Settings) -> Api:
        """Return the Api of a login; logins that differ only in how requests are sent share one token."""
        client = self._client(settings, first)
        return Api(client, settings)

    def _client(self, settings: Settings, first: Settings) -> Client:
        if settings is first or settings == first:
            return self._connected(settings, settings)
        original = self._connected(first, first)
        token = original.token
        return self._connected(
            settings, replace(settings, auth_token=token, partition_id=settings.partition_id or original.partition_id)
        )

    def _connected(self, key: Settings, settings: Settings) -> Client:
        with self._lock:
            if key not in self._clients:
                self._clients[key] = connect(settings, self._pace)
            return self._clients[key]


def _host(settings: Settings) -> str:
    """Return the host of the API, with the port if the URL has one."""
    parts = urlsplit(settings.api_url)
    return "%s:%d" % (parts.hostname, parts.port) if parts.port else str(parts.hostname)


def _identity(settings: Settings) -> tuple[Any, ...]:
    """Return what makes a login distinct."""
    return (
        settings.api_url,
        settings.username,
        settings.password,
        settings.auth_token,
        settings.partition_id,
        settings.validate_certs,
        settings.ca_path,
    )
