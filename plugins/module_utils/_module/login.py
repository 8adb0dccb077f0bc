# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_login does: it is about the token itself, so there is nothing to read and to plan."""

from __future__ import annotations

import os
from typing import Any

from .._common.errors import AuthenticationFailed, InvalidInput
from .._http.api import LOGOUT
from .._http.settings import parse_settings
from .runner import Done, Module, run_work


def run_login(argument_spec: dict[str, Any]) -> None:
    """Run alianza_login."""
    run_work(argument_spec, _log_in_or_out, {})


def _log_in_or_out(module: Module) -> Done:
    if module.params["state"] == "absent":
        return _log_out(module), None
    # A token that is given here would only be censored out of the result that holds the new one.
    given, module.params["auth_token"] = module.params["auth_token"], None
    settings = parse_settings(module.params, os.environ, needs_account=False)
    with module.connection(settings) as client:
        answer = client.login()
        client.keep_token()
        if given == answer["authToken"]:
            module.no_log_values.discard(given)
        return {"changed": False, "auth_token": answer["authToken"], "partition_id": client.partition_id}, None


def _log_out(module: Module) -> dict[str, Any]:
    if not module.params["auth_token"]:
        raise InvalidInput("auth_token is missing: give the token that is to be logged out")
    only_token = dict(module.params, username=None, password=None)
    with module.connection(parse_settings(only_token, os.environ, needs_account=False)) as client:
        try:
            client.request("PUT", LOGOUT)
        except AuthenticationFailed:
            pass
    return {"changed": False}
