# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated platform without a server: all state, and the verbs that the control plane and the Python API share."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

from . import registrations, views
from .faults import Fault, Faults
from .journal import Journal
from .seeding import sow
from .sessions import Sessions
from .settings import Settings
from .store import PARTITION, Account, Store

USERNAME = "user@example.net"
PASSWORD = "correct-horse-battery"


class Emulation:
    """Store, sessions, settings, faults and log of one emulator.

    Every method may be called from any thread while requests are served; what they return is a copy.
    """

    def __init__(
        self,
        *,
        username: str = USERNAME,
        password: str = PASSWORD,
        clock: Callable[[], float] = time.monotonic,
        **settings: Any,
    ) -> None:
        """Take the first user, the clock that tokens age by, and initial settings; raises ValueError for a wrong setting."""
        self._user = (username, password)
        self._initial = Settings(**settings)
        self._ahead = 0.0
        self.settings = self._initial.model_copy(deep=True)
        self.sessions = Sessions(lambda: clock() + self._ahead)
        self.store = Store(self.settings, self.sessions)
        self.faults = Faults()
        self.journal = Journal()
        self.sessions.add_user(username, password, PARTITION)

    @property
    def username(self) -> str:
        """The first user's name."""
        return self._user[0]

    @property
    def password(self) -> str:
        """The first user's password."""
        return self._user[1]

    @property
    def partition_id(self) -> str:
        """The first user's partition."""
        return PARTITION

    def reset(self) -> None:
        """Return to the state after the start: no accounts, tokens, faults or log entries, initial settings, the first user."""
        with self.store.lock:
            self.store.clear()
            self.sessions.clear()
            self.sessions.add_user(*self._user, PARTITION)
            self.faults.clear()
            self.journal.clear()
            self.settings.replace(self._initial.model_copy(deep=True))
            self._ahead = 0.0

    def seed(self, document: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
        """Add users and accounts, as a document or by keyword; returns what was made, raises ValueError (see seeding.sow)."""
        return sow(self.store, {**(document or {}), **parts})

    def set(self, **values: Any) -> None:
        """Change settings; raises ValueError for an unknown name or a wrong value."""
        with self.store.lock:
            self.settings.change(values)

    def fault(self, action: str, **fields: Any) -> Fault:
        """Add a fault (see faults.Fault for its fields) and return it: its `hits` count up; raises ValueError."""
        with self.store.lock:
            return self.faults.add(Fault(action=action, **fields))  # type: ignore[arg-type]

    def clear_faults(self) -> None:
        """Remove every fault."""
        with self.store.lock:
            self.faults.clear()

    def log(
        self, method: str | None = None, path: str | None = None, status: int | None = None
    ) -> list[dict[str, Any]]:
        """Return log entries: `method` is a regular expression for all of it, `path` for a part, `status` is equal."""
        return copy.deepcopy(self.journal.select(method, path, status))

    def writes(self) -> list[dict[str, Any]]:
        """Return the log entries of POST, PUT, PATCH and DELETE, without logins and logouts."""
        return copy.deepcopy(self.journal.writes())

    def clear_log(self) -> None:
        """Forget all log entries."""
        self.journal.clear()

    def expire_tokens(self) -> int:
        """Make every token worthless and return how many were open."""
        with self.store.lock:
            return self.sessions.expire_all()

    def advance(self, seconds: float) -> None:
        """Put the clock that tokens age by forward."""
        with self.store.lock:
            self._ahead += seconds

    @property
    def open_tokens(self) -> int:
        """How many tokens were neither logged out nor have expired."""
        with self.store.lock:
            return len(self.sessions.open_tokens())

    @property
    def logins(self) -> int:
        """How many logins succeeded."""
        return self.sessions.logins

    @property
    def failed_logins(self) -> int:
        """How many logins were refused."""
        return self.sessions.failed_logins

    def registration(self, account: str, trunk: str, **change: Any) -> dict[str, Any]:
        """Return a trunk's registration after changing it.

        `account` is an id, number or name, `trunk` an id or name. Changes: registered, locked_out (booleans), and
        register_after_reads or unregister_after_reads: after so many status reads the trunk is (no longer) registered.
        Raises LookupError for an unknown object, ValueError for anything else.
        """
        unknown = set(change) - {"registered", "locked_out", "register_after_reads", "unregister_after_reads"}
        if unknown:
            raise ValueError(f"Unknown: {', '.join(sorted(unknown))}")
        with self.store.lock:
            found = self.store.find_trunk(self.store.find_account(account), trunk)
            found.registered = bool(change.get("registered", found.registered))
            if change.get("locked_out"):
                found.locked_out = True
            elif "locked_out" in change:
                registrations.unlock(found)
            for name, registered in (("register_after_reads", True), ("unregister_after_reads", False)):
                if name in change:
                    found.registered = change.get("registered", not registered)
                    found.next_registered = (registered, int(change[name]))
            return {"trunk_id": found.id, "registered": found.registered, "locked_out": found.locked_out}

    def sip_credentials(self, username: str) -> dict[str, Any] | None:
        """Return what a registrar knows about a SIP username, None if no trunk has it."""
        with self.store.lock:
            found = self.store.trunk_by_username(username)
            if found is None:
                return None
            account, trunk = found
            return {
                "sip_username": username,
                "sip_password": trunk.data["sipPassword"],
                "account_id": account.id,
                "trunk_id": trunk.id,
                "trunk_name": trunk.data["trunkName"],
                "locked_out": trunk.locked_out,
                "registered": trunk.registered,
                "refusals": trunk.refusals,
            }

    def sip_registration(self, username: str, outcome: str) -> dict[str, Any]:
        """Take from a registrar how a registration with a SIP username ended, and return what the trunk is then.

        The outcome is registered, unregistered or refused. Raises LookupError for an unknown username, ValueError for anything else.
        """
        with self.store.lock:
            found = self.store.trunk_by_username(username)
            if found is None:
                raise LookupError("No trunk has this username")
            trunk = found[1]
            registrations.report(self.settings, trunk, outcome)
            return {
                "trunk_id": trunk.id,
                "registered": trunk.registered,
                "locked_out": trunk.locked_out,
                "refusals": trunk.refusals,
            }

    def account(self, key: str) -> dict[str, Any]:
        """Return an account (found by id, number or name) with everything in it; raises LookupError."""
        with self.store.lock:
            return self._dump(self.store.find_account(key))

    def trunk(self, account: str, key: str) -> dict[str, Any]:
        """Return a trunk, found by id or name, with its password and as `forward` its rules; raises LookupError."""
        with self.store.lock:
            wanted = self.store.find_trunk(self.store.find_account(account), key).id
            return next(trunk for trunk in self.account(account)["trunks"] if trunk["id"] == wanted)

    def number(self, tn: str) -> dict[str, Any]:
        """Return a telephone number of whatever account; raises LookupError."""
        with self.store.lock:
            for account in self.store.accounts.values():
                if tn in account.numbers:
                    return copy.deepcopy(account.numbers[tn])
        raise LookupError(f"No number {tn}")

    def state(self) -> dict[str, Any]:
        """Return everything: accounts with trunks (passwords included), groups, numbers, rules; and token counts."""
        with self.store.lock:
            return {
                "accounts": [self._dump(account) for account in self.store.accounts.values()],
                "deleted_numbers": list(self.store.deleted_numbers),
                "open_tokens": self.open_tokens,
                "logins": self.sessions.logins,
                "failed_logins": self.sessions.failed_logins,
                "logouts": self.sessions.logouts,
                "in_flight": self.journal.in_flight,
            }

    def _dump(self, account: Account) -> dict[str, Any]:
        self.store.catch_up()
        plain = self.settings.model_copy(
            update={
                "return_sip_password": True,
                "mask_sip_password": False,
                "voicemail_spelling": "kept" if self.settings.voicemail_spelling == "kept" else "VOICE_MAIL",
            }
        )
        trunks = [
            {
                **views.trunk_view(plain, account, trunk),
                "registered": trunk.registered,
                "forward": views.rules_view(plain, trunk.forward),
            }
            for trunk in account.trunks.values()
        ]
        return copy.deepcopy(
            {
                **account.info,
                "trunks": trunks,
                "telephone_numbers": list(account.numbers.values()),
                "caller_ids": account.caller_ids,
                "from_numbers": account.from_numbers,
                "mappings": account.mappings,
                "groups": [views.group_view(plain, account, group) for group in account.groups.values()],
            }
        )
