# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What was read from the platform, as plain data, and the words in which a planner asks for it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Tuple, TypeVar

from . import caller_id
from .call_path_usage import CallRecords, Period
from .forwarding import Rules
from .sip_trunk import Trunk
from .sip_trunk_group import Group
from .tn_route import Number
from .trunks import Trunks

# What a planner may ask for: what it is, and of what (a trunk's id; of accounts, which of them).
Need = Tuple[str, Any]
T = TypeVar("T")

TRUNKS: Need = ("trunks", None)
NUMBERS: Need = ("numbers", None)
GROUPS: Need = ("groups", None)
# The ids of the trunks whose calling plan can be shared.
SHAREABLE: Need = ("shareable", None)
# The three lists that say which caller ID is shown for which calls.
CALLER_IDS: tuple[Need, ...] = tuple(("caller_ids", part) for part in caller_id.PARTS)


def forward(trunk_id: str) -> Need:
    """Ask for one trunk's forwarding rules."""
    return ("forward", trunk_id)


def registration(trunk_id: str) -> Need:
    """Ask for one trunk's registration status."""
    return ("registration", trunk_id)


def address(pair: Any) -> Need:
    """Ask whether a pair of address and port is free, an Address of :mod:`.sip_trunk_address`."""
    return ("address", pair)


def accounts(kind: str | None = None, value: str | None = None) -> Need:
    """Ask for the accounts of the partition: all, or the one with this account_id, account_number or phone_number."""
    return ("accounts", (kind, value))


def call_records(period: Period) -> Need:
    """Ask for the account's call detail records of a period."""
    return ("call_records", period)


class State:
    """The part of an account that was read. What was not read cannot be taken for empty: it raises LookupError.

    Args:
        account_id: the account it is of.
        trunks: Trunks of the account's list.
        numbers: {11 digits: Number}.
        groups: the account's trunk groups.
        accounts: the accounts' objects as the API gave them.
        forwards: {trunk id: Rules} of the trunks that were asked for.
        registrations: {trunk id: {"registered": bool, "locked_out": bool}}.

    Attributes:
        caller_id_lists: {one of the three lists of caller IDs: its entries} of those that were asked for.
        addresses: {Address: whether it is free} of the pairs of address and port that were asked for.
        call_records: what was read of the account's call detail records.
    """

    def __init__(
        self,
        account_id: str | None = None,
        trunks: Trunks[Trunk] | None = None,
        numbers: Mapping[str, Number] | None = None,
        groups: tuple[Group, ...] | None = None,
        accounts: list[dict[str, Any]] | None = None,
        forwards: dict[str, Rules] | None = None,
        registrations: dict[str, dict[str, bool]] | None = None,
    ) -> None:
        self.account_id = account_id
        self._trunks = trunks
        self._numbers = numbers
        self._groups = groups
        self._accounts = accounts
        self.forwards = {} if forwards is None else forwards
        self.registrations = {} if registrations is None else registrations
        self.caller_id_lists: dict[str, list[dict[str, Any]]] = {}
        self.addresses: dict[Any, bool] = {}
        self._call_records: CallRecords | None = None
        self._shareable: frozenset[str] | None = None

    @property
    def trunks(self) -> Trunks[Trunk]:
        """The account's trunks."""
        return _read(self._trunks, "trunks")

    @trunks.setter
    def trunks(self, trunks: Trunks[Trunk]) -> None:
        self._trunks = trunks

    @property
    def numbers(self) -> Mapping[str, Number]:
        """The account's telephone numbers, {11 digits: Number}."""
        return _read(self._numbers, "numbers")

    @numbers.setter
    def numbers(self, numbers: Mapping[str, Number]) -> None:
        self._numbers = numbers

    @property
    def groups(self) -> tuple[Group, ...]:
        """The account's trunk groups."""
        return _read(self._groups, "groups")

    @groups.setter
    def groups(self, groups: tuple[Group, ...]) -> None:
        self._groups = groups

    @property
    def accounts(self) -> list[dict[str, Any]]:
        """The accounts that were asked for, as the API gave them."""
        return _read(self._accounts, "accounts")

    @accounts.setter
    def accounts(self, accounts: list[dict[str, Any]]) -> None:
        self._accounts = accounts

    @property
    def caller_ids(self) -> caller_id.CallerIds:
        """The account's caller IDs."""
        lists = self.caller_id_lists
        return caller_id.from_parts(_read(lists if all(map(self.has, CALLER_IDS)) else None, "caller IDs"))

    @property
    def shareable(self) -> frozenset[str]:
        """The ids of the account's trunks whose calling plan can be shared."""
        return _read(self._shareable, "trunks with a calling plan to share")

    @shareable.setter
    def shareable(self, shareable: frozenset[str]) -> None:
        self._shareable = shareable

    @property
    def call_records(self) -> CallRecords:
        """What was read of the account's call detail records."""
        return _read(self._call_records, "call records")

    @call_records.setter
    def call_records(self, call_records: CallRecords) -> None:
        self._call_records = call_records

    def has(self, need: Need) -> bool:
        """Whether what ``need`` asks for was read."""
        kind, key = need
        if kind == "forward":
            return key in self.forwards
        if kind == "registration":
            return key in self.registrations
        if kind == "caller_ids":
            return key in self.caller_id_lists
        if kind == "address":
            return key in self.addresses
        return getattr(self, "_" + kind) is not None


def _read(value: T | None, what: str) -> T:
    if value is None:
        raise LookupError("%s were not read" % what)
    return value
