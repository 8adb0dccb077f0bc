# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The hosts of the inventory plugin: which accounts, their names and their variables. Pure.

Names must be unique and safe in ``--limit``; an account whose number or name is not has its id as its name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import Any, Iterable, Mapping, Protocol, Sequence

from ...module_utils._common.errors import InvalidResponse
from ...module_utils._common.kinds import snake
from ...module_utils._common.redaction import Redactor
from .._base.document_parts import PARTS

HOSTNAMES = ("account_number", "account_name", "account_id")
# Deleted accounts have nothing to manage, and their trunks may be unreadable.
GONE = ("DELETED", "DELETE_PENDING")
# Increase it when the format of the cache changes, so that an older cache is not used.
_CACHE_FORMAT = 2
# Characters with a meaning in host patterns, ranges and templates.
_UNSAFE = re.compile(r"[^\w.-]+")
# Names that Ansible uses itself.
_RESERVED = frozenset(("all", "ungrouped", "localhost"))


class Source(Protocol):
    """The settings that decide which accounts are read."""

    @property
    def api_url(self) -> str:
        """The address of the API."""

    @property
    def partition_id(self) -> str | None:
        """The partition."""

    @property
    def auth_token(self) -> str | None:
        """The token."""

    @property
    def username(self) -> str | None:
        """The user."""


def accounts_of(wires: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the accounts of the API's list, with keys in snake_case and without secrets, sorted by name.

    Raises:
        InvalidResponse: an account has no id.
    """
    found: dict[str, dict[str, Any]] = {}
    for wire in wires:
        if not isinstance(wire, dict) or not wire.get("id"):
            raise InvalidResponse("The API returned an account without an id: try again, or contact Alianza")
        account = dict(snake(Redactor().value(wire)), account_id=str(wire["id"]))
        del account["id"]
        found.setdefault(account["account_id"], account)
    return sorted(found.values(), key=lambda account: (str(account.get("account_name")), account["account_id"]))


def select_accounts(
    accounts: Sequence[dict[str, Any]], numbers: Sequence[str] | None, excluded: Iterable[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return (accounts, warnings): the accounts to make hosts of.

    Args:
        accounts: all accounts.
        numbers: the numbers of the accounts to include; None for all.
        excluded: the statuses of accounts to leave out, in upper or lower case.
    """
    excluded_statuses = {status.upper() for status in excluded}
    found = [account for account in accounts if str(account.get("status")).upper() not in excluded_statuses]
    if numbers is None:
        return found, []
    found = [account for account in found if str(account.get("account_number")) in numbers]
    missing = sorted(set(numbers) - {str(account["account_number"]) for account in found})
    return found, [
        "No account of this partition has the number %s, or its status is excluded: check account_numbers"
        % (", ".join(missing))
    ] if missing else []


def label(account: Mapping[str, Any]) -> str:
    """Return number and name of an account, for messages."""
    return "Account %s (%s)" % (
        account.get("account_number") or account["account_id"],
        account.get("account_name") or "no name",
    )


def host_names(accounts: Sequence[Mapping[str, Any]], kind: str) -> tuple[list[str], list[str]]:
    """Return (names, warnings): one host name for each account, in order.

    Args:
        accounts: the accounts.
        kind: what to use as name, one of HOSTNAMES.
    """
    wanted: list[str] = [_safe(account.get(kind)) for account in accounts]
    safe_ids = _safe_ids(accounts)
    ids = set(safe_ids.values())
    uses = Counter(wanted)
    names: list[str] = []
    warnings: list[str] = []
    for account, name in zip(accounts, wanted):
        own = safe_ids[account["account_id"]]
        reason = (
            "has no %s" % kind
            if not name
            else "has a name that Ansible reserves"
            if name in _RESERVED
            else "has the %s of another account" % kind
            if uses[name] > 1 and name != own
            else "has the id of another account as its %s" % kind
            if name != own and name in ids
            else None
        )
        names.append(own if reason else name)
        if reason:
            warnings.append("%s %s: its host is named %s" % (label(account), reason, own))
    return names, warnings


def _safe_ids(accounts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return {account id: a host name made of it}, each of which is another one.

    An id comes from the API like the rest, and as the name of a host it would be a part of patterns, paths and templates.
    """
    names = {account["account_id"]: _safe(account["account_id"]) for account in accounts}
    uses = Counter(names.values())
    return {
        own: name
        if name and uses[name] == 1 and name not in _RESERVED
        else "%s-%s" % (name or "account", hashlib.sha256(own.encode("utf-8", "surrogatepass")).hexdigest()[:8])
        for own, name in names.items()
    }


def _safe(text: object) -> str:
    return _UNSAFE.sub("-", str(text)).strip("-.") if text not in (None, "") else ""


def host_variables(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the host variables of an entry.

    Args:
        entry: the ``account``, and the lists of its document that were read, under their options.
    """
    account = entry["account"]
    variables = {
        "alianza_account_id": account["account_id"],
        "alianza_account_number": account.get("account_number"),
        "alianza_account_name": account.get("account_name"),
        "alianza_account": account,
    }
    # What an account has is no document: applied as one, it would undo whatever changed since it was read.
    variables.update({"alianza_actual_" + option: entry[option] for option in PARTS if option in entry})
    return variables


def fingerprint(settings: Source, *choices: Any) -> str:
    """Return the part of the cache key that depends on the source, so that no cache serves another API or user.

    Args:
        settings: the Settings.
        choices: JSON values; the options that select what is read.
    """
    identity = settings.partition_id or settings.auth_token or settings.username
    source = json.dumps([_CACHE_FORMAT, settings.api_url, identity, choices])
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:16]
