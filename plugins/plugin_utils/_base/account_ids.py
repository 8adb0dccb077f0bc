# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The ids behind account numbers of many hosts, looked up with one session for each login."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...module_utils._common.errors import AlianzaError, AuthenticationFailed, NetworkError
from ...module_utils._engine.workers import Breaker, call_each
from ...module_utils._http.api import Api, connect
from ...module_utils._http.settings import parse_settings
from .options import connection, read_options, require_requests

CONCURRENCY = 8


def look_up(
    requests: Mapping[str, Mapping[str, Any]], environ: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Return the account ids of hosts that give account numbers.

    Args:
        requests: {host: {number, options: of its connection, login: result of a login of that host, which may be empty}}.
        environ: the environment.

    Returns:
        ({host: account id}, {host: (kind of the failure, sentence)} of those whose account could not be looked up).
    """
    ids: dict[str, str] = {}
    faults: dict[str, tuple[str, str]] = {}
    for hosts in _by_connection(requests).values():
        try:
            _look_up(hosts, requests, environ, ids, faults)
        except AlianzaError as error:
            faults.update(dict.fromkeys(hosts, (error.kind, error.msg)))
    return ids, faults


def _by_connection(requests: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the hosts that reach the API in the same way, under a key for each way."""
    groups: dict[str, list[str]] = {}
    for host, request in requests.items():
        groups.setdefault(json.dumps(request["options"], sort_keys=True, default=str), []).append(host)
    return groups


def _look_up(
    hosts: list[str],
    requests: Mapping[str, Mapping[str, Any]],
    environ: Mapping[str, str],
    ids: dict[str, str],
    faults: dict[str, tuple[str, str]],
) -> None:
    logins = [requests[host]["login"] for host in hosts]
    token: Mapping[str, Any] = next((login for login in logins if login.get("auth_token")), {})
    refused = next((login for login in logins if (login.get("failure") or {}).get("kind") == "authentication"), None)
    if refused and not token:
        # Asking once more with a login that was refused brings the user nearer to being locked out.
        faults.update(dict.fromkeys(hosts, (AuthenticationFailed.kind, str(refused.get("msg")))))
        return
    require_requests()
    given = dict(
        requests[hosts[0]]["options"], **{key: token[key] for key in ("auth_token", "partition_id") if token.get(key)}
    )
    settings = parse_settings(read_options(connection(), given, lambda value: value), environ, needs_account=False)
    with connect(settings) as client:
        # Logs in, if there is no token, and finds out the partition before several threads need it.
        Api(client, settings)
        numbers = dict.fromkeys(str(requests[host]["number"]) for host in hosts)
        found = {
            number: (value, error)
            for number, value, error in call_each(
                lambda number: Api(client, replace(settings, account_number=number)).account_id,
                numbers,
                CONCURRENCY,
                Breaker(),
            )
        }
    for host in hosts:
        value, error = found[str(requests[host]["number"])]
        if value is not None:
            ids[host] = value
        else:
            faults[host] = (
                (error.kind, error.msg)
                if error is not None
                else (NetworkError.kind, "Its account was not looked up, since others could not be")
            )
