# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulated platform knows: accounts with their trunks, trunk groups, telephone numbers and rules."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import ApiError, not_found
from .lag import Lag
from .sessions import Sessions
from .settings import Settings

#: The partition of users and accounts that name none.
PARTITION = "Ep1BqVbxTbyl6jZQ0yKfWw"


def new_id() -> str:
    """Return a random identifier in the form that the platform uses: 22 URL-safe characters."""
    return secrets.token_urlsafe(16)


@dataclass
class Trunk:
    """A SIP trunk; `data` holds its writable wire fields, `forward` its rules as PUT .../forward sets them."""

    id: str
    data: dict[str, Any]
    calling_plans: list[dict[str, Any]] = field(default_factory=list)
    locked_out: bool = False
    registered: bool = False
    #: How many registrations were refused since the last one that was not, or since the trunk was unlocked.
    refusals: int = 0
    forward: dict[str, Any] = field(default_factory=dict)
    #: What `registered` turns into after how many status reads, None if nothing is planned.
    next_registered: tuple[bool, int] | None = None


@dataclass
class Group:
    """A trunk group; `forward` holds its rules under the group's own field names."""

    id: str
    name: str
    forward: dict[str, Any] = field(default_factory=dict)


@dataclass
class Account:
    """A business customer and everything it owns."""

    id: str
    partition_id: str
    info: dict[str, Any]
    trunks: dict[str, Trunk] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)
    caller_ids: list[str] = field(default_factory=list)
    #: Numbers and wildcards of the account's own making that calls come from.
    from_numbers: list[str] = field(default_factory=list)
    #: Which caller ID is shown for which number or wildcard.
    mappings: dict[str, str] = field(default_factory=dict)
    #: What the lists of caller IDs, of numbers that calls come from and of mappings still show.
    caller_id_lag: dict[str, Lag[Any]] = field(
        default_factory=lambda: {name: Lag() for name in ("callerid", "fromnumber", "mapping")}
    )
    call_records: list[dict[str, Any]] = field(default_factory=list)
    trunk_lag: Lag[Trunk] = field(default_factory=Lag)
    number_lag: Lag[dict[str, Any]] = field(default_factory=Lag)
    #: The rules of trunks by the trunk's id.
    forward_lag: Lag[dict[str, Any]] = field(default_factory=Lag)

    def routed(self, trunk_id: str) -> list[str]:
        """Return the telephone numbers that route to a trunk, the trunk's reverse view."""
        target = ("SIP_TRUNK", trunk_id)
        return [
            tn
            for tn, number in self.numbers.items()
            if (number.get("referenceType"), number.get("referenceId")) == target
        ]


class Store:
    """All state behind /v2. Hold `lock` while touching it: requests are handled in another thread."""

    def __init__(self, settings: Settings, sessions: Sessions) -> None:
        """Take the settings and sessions that the operations need beside the data."""
        self.lock = threading.RLock()
        self.settings = settings
        self.sessions = sessions
        self.accounts: dict[str, Account] = {}
        self.product_id = new_id()
        self.deleted_numbers: list[str] = []
        #: Deletions to come: when, and what is to be done.
        self._later: list[tuple[float, Callable[[], None]]] = []

    def clear(self) -> None:
        """Forget every account."""
        with self.lock:
            self.accounts.clear()
            self.deleted_numbers.clear()
            self._later.clear()

    @property
    def now(self) -> float:
        """The time in seconds, by the clock that tokens age by too."""
        return self.sessions.clock()

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Carry something out in so many seconds: with the first call to `catch_up` after that."""
        self._later.append((self.now + seconds, action))

    def catch_up(self) -> None:
        """Carry out what has become due; every request begins with it."""
        if self._later:
            now = self.now
            due = [action for when, action in self._later if when <= now]
            self._later = [(when, action) for when, action in self._later if when > now]
            for action in due:
                action()

    def trunk_changes(self, account: Account, trunk_id: str, before: Trunk | None) -> None:
        """Note that a trunk is about to change from what it is `before` (None: it is new)."""
        settings = self.settings
        seconds = settings.trunk_lag_seconds
        in_lists = max(seconds, settings.list_lag_seconds)
        account.trunk_lag.note(trunk_id, before, self.now, settings.list_lag_reads, in_lists, seconds)

    def caller_ids_change(self, account: Account, part: str, key: str, before: Any) -> None:
        """Note that an entry of one of the lists of caller IDs is about to change from what it is `before` (None: it is new)."""
        settings = self.settings
        seconds = settings.list_lag_seconds
        account.caller_id_lag[part].note(key, before, self.now, settings.list_lag_reads, seconds, seconds)

    def number_changes(self, account: Account, before: dict[str, Any]) -> None:
        """Note that a telephone number is about to change from what it is `before`."""
        settings = self.settings
        seconds = settings.number_lag_seconds
        in_lists = max(seconds, settings.list_lag_seconds)
        account.number_lag.note(before["phoneNumber"], before, self.now, settings.list_lag_reads, in_lists, seconds)

    def rules_change(self, account: Account, trunk: Trunk) -> None:
        """Note that the rules of a trunk are about to change."""
        seconds = self.settings.trunk_lag_seconds
        account.forward_lag.note(trunk.id, trunk.forward, self.now, 0, 0, seconds)

    def shown_trunk(self, account: Account, trunk_id: str) -> Trunk:
        """Return a trunk as a read of it shows it; raises ApiError 404."""
        trunk = account.trunk_lag.one(trunk_id, account.trunks.get(trunk_id), self.now)
        if trunk is None:
            raise not_found("SipTrunk", trunk_id)
        return trunk

    def shown_number(self, account: Account, tn: str) -> dict[str, Any]:
        """Return a telephone number as a read of it shows it; raises ApiError 404, or 400 if `tn` is not one."""
        number = account.number_lag.one(tn, account.numbers.get(tn), self.now)
        return self.number(account, tn) if number is None else number

    def shown_rules(self, account: Account, trunk: Trunk) -> dict[str, Any]:
        """Return the rules of a trunk as a read of them shows them."""
        rules = account.forward_lag.one(trunk.id, trunk.forward, self.now)
        return trunk.forward if rules is None else rules

    def account(self, partition_id: str, account_id: str) -> Account:
        """Return an account by its id; raises ApiError 404 for a wrong partition or account."""
        account = self.accounts.get(account_id)
        if account is None or account.partition_id != partition_id:
            raise not_found("Account", account_id)
        return account

    def find_account(self, key: str) -> Account:
        """Return an account by id, number or name, whatever its partition; raises LookupError."""
        for account in self.accounts.values():
            if key in (account.id, account.info["accountNumber"], account.info["accountName"]):
                return account
        raise LookupError(f"No account {key}")

    @staticmethod
    def trunk(account: Account, trunk_id: str) -> Trunk:
        """Return a trunk of an account; raises ApiError 404."""
        if trunk_id not in account.trunks:
            raise not_found("SipTrunk", trunk_id)
        return account.trunks[trunk_id]

    @staticmethod
    def find_trunk(account: Account, key: str) -> Trunk:
        """Return a trunk of an account by id or name; raises LookupError if there is none or several have the name."""
        if key in account.trunks:
            return account.trunks[key]
        found = [trunk for trunk in account.trunks.values() if trunk.data["trunkName"] == key]
        if len(found) != 1:
            raise LookupError(f"{len(found)} trunks are named {key}")
        return found[0]

    @staticmethod
    def group(account: Account, group_id: str) -> Group:
        """Return a trunk group of an account; raises ApiError 404."""
        if group_id not in account.groups:
            raise not_found("SipTrunkGroup", group_id)
        return account.groups[group_id]

    @staticmethod
    def number(account: Account, tn: str) -> dict[str, Any]:
        """Return a telephone number of an account; raises ApiError 404, or 400 if `tn` is not one."""
        if tn not in account.numbers:
            if not (tn.isascii() and tn.isdigit() and len(tn) == 11):
                raise ApiError(400, f"{tn} is not an 11-digit telephone number")
            raise not_found("TelephoneNumber", tn)
        return account.numbers[tn]

    def trunk_by_username(self, sip_username: str) -> tuple[Account, Trunk] | None:
        """Return the trunk that registers with a SIP username, and its account."""
        for account in self.accounts.values():
            for trunk in account.trunks.values():
                if trunk.data["sipUsername"] == sip_username:
                    return account, trunk
        return None
