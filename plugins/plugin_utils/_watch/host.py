# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: names and behaviour may change in any release.
"""Which host of the inventory is the account of an event. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...module_utils._common.errors import InvalidInput
from .notice import Notice


def host_of(notice: Notice, hosts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the host that is the account of an event; empty if there is none.

    Args:
        notice: the event.
        hosts: {host: {account_id, account_number}}, each empty if the host does not give it.

    Raises:
        InvalidInput: several hosts are that account.
    """
    found = [
        host
        for host, account in hosts.items()
        if (account["account_id"] == notice.account_id if account["account_id"] else _same_number(account, notice))
    ]
    if len(found) > 1:
        raise InvalidInput("Hosts %s are the same %s: give every account one host" % (_listed(found), notice.account))
    return found[0] if found else ""


def _same_number(account: Mapping[str, str], notice: Notice) -> bool:
    return bool(account["account_number"]) and account["account_number"] == notice.account_number


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))
