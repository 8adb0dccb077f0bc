# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the account of every host of the play, and the hosts that must not go on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import InvalidInput, unexpected_error
from ..plugin_utils._base.account_ids import look_up
from ..plugin_utils._base.play_hosts import PlayHosts
from ..plugin_utils._session.accounts import Account, Accounts, check_accounts, resolve_accounts
from ..plugin_utils._session.host_accounts import host_account

# The variable that the role account_session registers the result as.
REGISTERED = "account_session_hosts"
LOGIN = "account_session_login"


class ActionModule(ActionBase):
    """Looks at all hosts at once, so that one of them is enough to run it."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the accounts of all hosts; a fault of a host is in the result and is no failure of the task."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(
            {"resolve": {"type": "str", "choices": ["never", "mixed", "always"], "default": "never"}}
        )
        play = PlayHosts(self._task, self._templar, task_vars or {})
        try:
            accounts = self._accounts(play, options["resolve"])
        except Exception as error:
            # Nothing of what was filled in is quoted: it may be a secret.
            unexpected = unexpected_error(error)
            return dict(result, failed=True, msg=unexpected.msg, failure=unexpected.as_dict())
        return dict(
            result,
            changed=False,
            hosts={host: account.as_dict() for host, account in accounts.checked.items()},
            named={host: account.as_dict() for host, account in accounts.named.items()},
            mixed=accounts.mixed,
            first_host=accounts.first_host,
        )

    def _accounts(self, play: PlayHosts, resolve: str) -> Accounts:
        named, ids = _known(play)
        if named is None or any(named[host] != _named(play, host) for host in play.batch):
            named, ids = {host: _named(play, host) for host in play.names}, {}
        accounts = resolve_accounts(check_accounts(named), ids, {})
        if resolve == "never" or resolve == "mixed" and not accounts.mixed:
            return accounts
        # Only where some hosts give numbers and others ids may a host of another batch turn out to be the same account.
        wanted = [host for host in accounts.unresolved if accounts.mixed or host in play.batch]
        requests, faulty = _requests(play, accounts, wanted)
        found, faults = look_up(requests, os.environ)
        return resolve_accounts(accounts, found, dict(faulty, **faults))


def _known(play: PlayHosts) -> tuple[dict[str, Account] | None, dict[str, str]]:
    """Return what an earlier task found, so that the variables of all hosts are read once a play and not once a batch.

    Returns:
        ({host: Account} as the variables had it, {host: account id that was looked up}); None in the first place if there is nothing.
    """
    for host in (play.current, play.names[0]):
        earlier = play.own(host).get(REGISTERED)
        if isinstance(earlier, Mapping) and list(earlier.get("named") or ()) == play.names:
            named = {name: Account.from_dict(value) for name, value in earlier["named"].items()}
            return named, {
                name: str(value["account_id"]) for name, value in earlier["hosts"].items() if value["account_id"]
            }
    return None, {}


def _named(play: PlayHosts, host: str) -> Account:
    """Return the account that the variables of a host name."""
    variables = play.variables(host)
    own = play.own(host) if "alianza_pbxs" in variables else {}
    return host_account(host, variables, own, lambda value: play.template(variables, value), "account_session_")


def _requests(
    play: PlayHosts, accounts: Accounts, hosts: list[str]
) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[str, str]]]:
    """Return ({host: {number, options, login}} of hosts to look up, {host: (kind, sentence)} of those without a connection)."""
    requests: dict[str, dict[str, Any]] = {}
    faults: dict[str, tuple[str, str]] = {}
    for host in hosts:
        try:
            options = play.connection(host)
        except InvalidInput as error:
            faults[host] = error.kind, error.msg
            continue
        number, login = accounts.checked[host].account_number, play.variables(host).get(LOGIN)
        requests[host] = {"number": number, "options": options, "login": login or {}}
    return requests, faults
