# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which hosts are one account although some name it by its ID and others by its number, which only the platform knows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...module_utils._common.errors import AlianzaError
from .._base.estate import ReadAccount, WantedAccount
from .accounts import Account, Accounts, check_accounts, resolve_accounts


def distinct_accounts(
    named: Mapping[str, Account],
    options: Mapping[str, Mapping[str, Any] | AlianzaError],
    read: Callable[[list[WantedAccount]], Iterable[ReadAccount]],
    known: Mapping[str, str],
) -> tuple[Accounts, dict[str, str]]:
    """Return the accounts of hosts with a fault for every host that must not go on, and the IDs that were looked up.

    IDs are looked up only where some hosts give the ID of their account and others its number.

    Args:
        named: {host: Account} of all hosts of the play, as their variables have it.
        options: {host: the options of its connection, or why there are none} of the hosts that may be looked up.
        read: reads accounts.
        known: {host: account ID} of hosts that were looked up before; they are in what is returned.
    """
    accounts = check_accounts(named)
    if not accounts.mixed:
        return accounts, dict(known)
    wanted = [
        WantedAccount(host, options[host], accounts.checked[host].options(), lambda state: ())
        for host in accounts.unresolved
        if host in options and host not in known
    ]
    found = dict(known)
    faults: dict[str, tuple[str, str]] = {}
    for account in read(wanted):
        if account.error is not None:
            faults[account.host] = account.error.kind, account.error.msg
        else:
            found[account.host] = str(account.state.account_id)
    return resolve_accounts(accounts, found, faults), found
