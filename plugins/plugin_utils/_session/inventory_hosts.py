# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Accounts as hosts of an inventory: which ones, under which names, with which variables. Pure.

Names have to be unique, and such that ``--limit`` takes them; where an account's number or name is not, its id stands in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter

from ...module_utils._common.errors import InvalidResponse
from ...module_utils._common.kinds import snake
from ...module_utils._common.redaction import Redactor

HOSTNAMES = ("account_number", "account_name", "account_id")
# Accounts that are on their way out have nothing left to manage, and their trunks may not be readable any more.
GONE = ("DELETED", "DELETE_PENDING")
# Changes with the form of what is cached, so that an older cache is not read.
_FORM = 1
# What host patterns, ranges and templates give a meaning to.
_UNSAFE = re.compile(r"[^\w.-]+")
# These mean something to Ansible already.
_RESERVED = frozenset(("all", "ungrouped", "localhost"))


def accounts_of(wires):
    """Return the accounts of the API's list, with keys in snake_case and without anything secret, sorted by name."""
    found = {}
    for wire in wires:
        if not isinstance(wire, dict) or not wire.get("id"):
            raise InvalidResponse("The API lists an account without an id: try again, or ask Alianza")
        account = dict(snake(Redactor().value(wire)), account_id=str(wire["id"]))
        del account["id"]
        found.setdefault(account["account_id"], account)
    return sorted(found.values(), key=lambda account: (str(account.get("account_name")), account["account_id"]))


def chosen(accounts, numbers, excluded):
    """Return (accounts, warnings): those that are to be hosts.

    Args:
        accounts: all accounts.
        numbers: the account numbers that are wanted, None for all.
        excluded: statuses whose accounts are left out, in either case.
    """
    left_out = {status.upper() for status in excluded}
    found = [account for account in accounts if str(account.get("status")).upper() not in left_out]
    if numbers is None:
        return found, []
    found = [account for account in found if str(account.get("account_number")) in numbers]
    missing = sorted(set(numbers) - {str(account["account_number"]) for account in found})
    return found, [
        "No account of this partition has the number %s, or its status is excluded: check account_numbers"
        % (", ".join(missing))
    ] if missing else []


def label(account):
    """Return the account in words, for messages."""
    return "Account %s (%s)" % (
        account.get("account_number") or account["account_id"],
        account.get("account_name") or "no name",
    )


def host_names(accounts, kind):
    """Return (names, warnings): one name for each account, in their order.

    Args:
        accounts: the accounts.
        kind: which of HOSTNAMES.
    """
    wanted = [_safe(account.get(kind)) if kind != "account_id" else account[kind] for account in accounts]
    ids = {account["account_id"] for account in accounts}
    uses = Counter(wanted)
    names, warnings = [], []
    for account, name in zip(accounts, wanted):
        own = account["account_id"]
        reason = (
            "has no %s" % kind
            if not name
            else "has a name that Ansible keeps for itself"
            if name in _RESERVED
            else "has the %s of another account" % kind
            if uses[name] > 1
            else "has the id of another account as its %s" % kind
            if name != own and name in ids
            else None
        )
        names.append(own if reason else name)
        if reason:
            warnings.append("%s %s: its host is named %s" % (label(account), reason, own))
    return names, warnings


def _safe(text):
    return _UNSAFE.sub("-", str(text)).strip("-.") if text not in (None, "") else ""


def host_variables(entry):
    """Return the host variables of an entry: {"account": the account, "trunks": its document, where it was read}."""
    account = entry["account"]
    variables = {
        "alianza_account_id": account["account_id"],
        "alianza_account_number": account.get("account_number"),
        "alianza_account_name": account.get("account_name"),
        "alianza_account": account,
    }
    if "trunks" in entry:
        variables["alianza_trunks"] = entry["trunks"]
    return variables


def fingerprint(settings, *choices):
    """Return a short text that differs where what is read may differ: nobody gets another environment's accounts from a cache.

    Args:
        settings: the Settings.
        choices: JSON values; what else decides on what is read.
    """
    whose = settings.partition_id or settings.auth_token or settings.username
    told = json.dumps([_FORM, settings.api_url, whose, choices])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]
