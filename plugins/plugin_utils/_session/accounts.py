# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which account each host of a play is, and which hosts must not go on because that is not certain. Pure.

A host that is taken for the wrong account would write one customer's trunks to another one. So a host has to name its
account in its own variables, and no two hosts of a play may be the same account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...module_utils._common.errors import InvalidInput
from .._base.filling import filled_in, origin

PREFIX = "alianza_"
KINDS = ("account_id", "account_number")

PBX = (
    "Host %s is a PBX, it has alianza_pbxs and no alianza_trunks: accounts are hosts of their own, leave this one out with "
    "--limit, or with -e alianza_hosts=GROUP"
)
NO_ACCOUNT = (
    "Host %s does not say which account it is: give it alianza_account_id or alianza_account_number in its host variables "
    "(ALIANZA_ACCOUNT_ID and ALIANZA_ACCOUNT_NUMBER are not used here, they would be the same for every host)"
)
NOT_TEXT = "Host %s: its %s is not text, YAML drops leading zeros of a number and takes NO for false: quote it"
UNFILLED = "Host %s: its %s could not be filled in: check the variables that it refers to"
SHARED = "Hosts %s have the same alianza_%s %s: give every account one host"
DUPLICATE = "Hosts %s are the same account %s: give every account one host"


@dataclass(frozen=True)
class Account:
    """The account that a host names.

    Attributes:
        account_id: its id, as given or looked up; empty if it is not known.
        account_number: its number; empty if none is given.
        is_pbx: whether the host is a PBX.
        fault: why the host must not go on; empty if it may.
        fault_kind: the kind of that failure, as modules return it.
    """

    account_id: str = ""
    account_number: str = ""
    is_pbx: bool = False
    fault: str = ""
    fault_kind: str = InvalidInput.kind

    @property
    def named(self) -> bool:
        """Whether the host names an account."""
        return bool(self.account_id or self.account_number)

    def options(self) -> dict[str, str]:
        """Return the option with which modules mean the account; the id counts where both are known."""
        return {"account_id": self.account_id} if self.account_id else {"account_number": self.account_number}

    def as_dict(self) -> dict[str, Any]:
        """Return the account as a JSON mapping; :meth:`from_dict` takes it back."""
        return {
            "account_id": self.account_id,
            "account_number": self.account_number,
            "is_pbx": self.is_pbx,
            "fault": self.fault,
            "fault_kind": self.fault_kind,
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Account:
        """Return the account of :meth:`as_dict`."""
        texts = {key: str(value[key]) for key in ("account_id", "account_number", "fault", "fault_kind")}
        return cls(is_pbx=bool(value["is_pbx"]), **texts)


@dataclass(frozen=True)
class Accounts:
    """The accounts of all hosts of a play.

    Attributes:
        named: {host: Account} as the hosts' variables have it.
        checked: the same with the faults that come from looking at all hosts, and with ids that were looked up.
        mixed: whether some hosts give only an id and others only a number, so that only the platform can tell them apart.
    """

    named: Mapping[str, Account] = field(default_factory=dict)
    checked: Mapping[str, Account] = field(default_factory=dict)
    mixed: bool = False

    @property
    def first_host(self) -> str:
        """The first host that may go on, which logs in before the others; empty if there is none."""
        return next((host for host, account in self.checked.items() if not account.fault), "")

    @property
    def unresolved(self) -> list[str]:
        """Hosts that may go on and whose id is still to be looked up."""
        return [host for host, account in self.checked.items() if not account.fault and not account.account_id]


def name_account(
    host: str, values: Mapping[str, Any], written: Mapping[str, Any] | None = None, is_pbx: bool = False
) -> Account:
    """Return the account that a host's variables name, with a fault if that is no text.

    Args:
        host: the host's name, for messages.
        values: its ``account_id`` and ``account_number``, filled in; None and empty text are the same as nothing.
        written: the same as the inventory has them, since some releases of Ansible make text of all that is filled in.
        is_pbx: whether the host is a PBX, which names the account of its trunks and is none.
    """
    if is_pbx:
        return Account(is_pbx=True)
    given = {kind: values.get(kind) for kind in KINDS if values.get(kind) not in (None, "")}
    not_text = [
        kind for kind, value in given.items() if not isinstance(value, str) or _was_number(value, written, kind)
    ]
    fault = NOT_TEXT % (host, " and ".join(not_text)) if not_text else ""
    account_id, account_number = (str(given.get(kind, "")) for kind in KINDS)
    return Account(account_id, account_number, fault=fault)


def account_of(
    host: str, values: Mapping[str, Any], variables: Mapping[str, Any], template: Callable[[Any], Any]
) -> Account:
    """Return the account that values name, or the host's variables where these are blank.

    Args:
        host: the host's name, for messages.
        values: ``account_id`` and ``account_number``, or functions that return them filled in.
        variables: the host's variables, not filled in.
        template: fills in a template.
    """
    given, own, written, faults = {}, {}, {}, []
    for kind in KINDS:
        try:
            value = values.get(kind)
            given[kind] = value() if callable(value) else value
            own[kind] = filled_in(variables, PREFIX + kind, template)
            written[kind] = origin(variables, PREFIX + kind)[1]
        except KeyError:
            continue
        except Exception:
            # The message of Ansible may quote the variable.
            faults.append(kind)
    if faults:
        return Account(fault=UNFILLED % (host, " and ".join(faults)))
    return name_account(host, given if any(value not in (None, "") for value in given.values()) else own, written)


def _was_number(text: str, written: Mapping[str, Any] | None, kind: str) -> bool:
    value = (written or {}).get(kind)
    return isinstance(value, (int, float)) and str(value) == text


def check_accounts(named: Mapping[str, Account]) -> Accounts:
    """Return the accounts with a fault for every host that must not go on.

    Args:
        named: {host: Account} of all hosts of the play, those of later batches included.
    """
    shared = _shared(named)
    checked = {
        host: replace(account, fault=account.fault or _fault(host, account) or shared.get(host, ""))
        for host, account in named.items()
    }
    of_accounts = [account for account in named.values() if account.named]
    counts = [sum(1 for account in of_accounts if getattr(account, kind)) for kind in KINDS]
    return Accounts(named, checked, mixed=max(counts) < len(of_accounts) and min(counts) > 0)


def resolve_accounts(accounts: Accounts, ids: Mapping[str, str], faults: Mapping[str, tuple[str, str]]) -> Accounts:
    """Return the accounts with ids that were looked up; hosts that turn out to be one account are all refused.

    Args:
        accounts: the Accounts as they were checked.
        ids: {host: account id} of hosts that gave a number.
        faults: {host: (kind, sentence)} of hosts whose id could not be looked up.
    """
    found = {}
    for host, account in accounts.checked.items():
        found[host] = replace(account, account_id=account.account_id or ids.get(host, ""))
        if host in faults and not account.fault:
            found[host] = replace(found[host], fault_kind=faults[host][0], fault=faults[host][1])
    same = {}
    for hosts in _grouped((account.account_id, host) for host, account in found.items() if account.account_id).values():
        if len(hosts) > 1:
            same.update(dict.fromkeys(hosts, DUPLICATE % (" and ".join(hosts), found[hosts[0]].account_id)))
    checked = {host: replace(account, fault=account.fault or same.get(host, "")) for host, account in found.items()}
    return replace(accounts, checked=checked)


def _fault(host: str, account: Account) -> str:
    if account.is_pbx:
        return PBX % host
    return "" if account.named else NO_ACCOUNT % host


def _shared(named: Mapping[str, Account]) -> dict[str, str]:
    """Return {host: sentence} of the hosts that name the same account as others."""
    faults: dict[str, str] = {}
    for kind in KINDS:
        values = ((getattr(account, kind), host) for host, account in named.items() if getattr(account, kind))
        for value, hosts in _grouped(values).items():
            if len(hosts) > 1:
                sentence = SHARED % (" and ".join(hosts), kind, value)
                for host in hosts:
                    faults.setdefault(host, sentence)
    return faults


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return {value: its hosts} of (value, host) pairs."""
    groups: dict[str, list[str]] = {}
    for value, host in pairs:
        groups.setdefault(value, []).append(host)
    return groups
