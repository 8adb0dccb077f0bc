# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Runs a watch: reads accounts in rounds with one login, keeps the state, and returns events."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from ...module_utils._common.errors import OUTAGE, AlianzaError, AuthenticationFailed, InvalidInput, InvalidResponse
from .._base.estate import Estate, WantedAccount
from .._base.files import read_bytes, write_whole
from .._base.locked_file import hold, release
from .._session.inventory_hosts import GONE, accounts_of, select_accounts
from .._watch.account_needs import AccountNeeds
from .._watch.rounds import AccountSeen, Event, Round
from .._watch.state_file import parse, render
from .._watch.watch import Watch
from .options import WatchOptions

LOGGER = logging.getLogger(__name__)
# So many trunks a minute are asked for at most; with more of them the rounds are further apart.
TRUNKS_A_MINUTE = 1000
# Seconds until the next login after one that was refused: the platform locks users out.
_REFUSED = 900.0
# What says nothing about an account.
_NO_ANSWER = (*OUTAGE, AuthenticationFailed, InvalidResponse)


class Watcher:
    """A watch that runs. Close it at the end: that logs out.

    Args:
        options: what to watch.
        environ: the environment, for options of the connection that are not given.
        clock: returns the seconds since the epoch.

    Attributes:
        pause: seconds until the next round is due.

    Raises:
        InvalidInput: the state file cannot be used.
    """

    def __init__(
        self, options: WatchOptions, environ: Mapping[str, str], clock: Callable[[], float] = time.time
    ) -> None:
        self._options = options
        self._environ = environ
        self._clock = clock
        self._estate: Estate | None = None
        self._numbers: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._answered = False
        self._pause = options.interval
        self.pause = 0.0
        # A round that is under way when the rulebook ends is waited for, since its token is logged out afterwards.
        self._lock = threading.Lock()
        self._held: int | None = None
        self._written = ""
        self._watch = self._restored()

    def round(self) -> list[dict[str, Any]]:
        """Read all accounts once, and return the events for the rulebook.

        Raises:
            AuthenticationFailed: the first login was refused.
        """
        with self._lock:
            begun = time.monotonic()
            seen = self._look()
            events = self._watch.observe(seen, self._options.timing)
            trunks = sum(len(account.trunks or ()) for account in seen.accounts)
            pause = max(self._pause, trunks * 60.0 / TRUNKS_A_MINUTE)
            self._pause, self.pause = self._options.interval, max(0.0, pause - (time.monotonic() - begun))
            return [self._event(event) for event in events]

    def save(self) -> None:
        """Write the state file, once the events are handed over: after a crash in between they are repeated, not lost."""
        if self._options.state_file is None:
            return
        text = render(self._watch, self._options.settings.host)
        if text == self._written:
            return
        try:
            write_whole(self._options.state_file, text)
        except OSError as error:
            # To end the watch because of that would be worse.
            self._say("state_file", "%s cannot be written: %s" % (self._options.state_file, error.strerror or error))
        else:
            self._written = text
            self._said.pop("state_file", None)

    def close(self) -> None:
        """Wait for a round that is under way, and log out."""
        with self._lock:
            self._log_out()
            if self._held is not None:
                release(self._held)
                self._held = None

    def _look(self) -> Round:
        at = self._clock()
        if self._estate is None:
            self._estate = Estate(self._environ, self._options.concurrency)
        seen: dict[str, AccountSeen] = {}
        errors: list[AlianzaError] = []
        try:
            accounts = self._accounts(self._estate)
            needs = {key: AccountNeeds(self._watch.attention(key), self._numbers.get(key, "")) for key in accounts}
            wanted = [
                WantedAccount(key, self._options.connection, account, needs[key].needs)
                for key, account in accounts.items()
            ]
            for read in self._estate.read(wanted):
                key = read.host
                if read.error is None:
                    self._numbers[key] = needs[key].number(read.state)
                    account_id, trunks = str(read.state.account_id), needs[key].trunks(read.state)
                    seen[key] = AccountSeen(key, account_id, self._numbers[key], trunks)
                    self._said.pop(key, None)
                else:
                    errors.append(read.error)
                    given = {"account_number": self._numbers.get(key, ""), **accounts[key]}
                    seen[key] = AccountSeen(key, given.get("account_id", ""), given["account_number"])
                    self._say(key, "%s: %s" % (key, read.error.msg))
        except AlianzaError as error:
            errors.append(error)
            self._say("", error.msg)
        if any(isinstance(error, _NO_ANSWER) for error in errors):
            self._renew(errors)
        else:
            self._said.pop("", None)
        nothing = not any(account.trunks is not None for account in seen.values())
        if errors and nothing and all(isinstance(error, _NO_ANSWER) for error in errors):
            return Round(at, outage=True)
        self._answered = True
        return Round(at, tuple(seen[key] for key in accounts))

    def _accounts(self, estate: Estate) -> dict[str, Mapping[str, str]]:
        """Return {key: {account_id or account_number: value}} of the accounts to watch."""
        if self._options.accounts is not None:
            found: dict[str, Mapping[str, str]] = {
                "%s %s" % pair: dict([pair]) for each in self._options.accounts for pair in each.items()
            }
            self._numbers.update(
                {key: each["account_number"] for key, each in found.items() if "account_number" in each}
            )
            return found
        listed, dummy = select_accounts(accounts_of(estate.accounts(self._options.connection)), None, GONE)
        keys = {account["account_id"]: "account_id %s" % account["account_id"] for account in listed}
        self._numbers.update({keys[each["account_id"]]: str(each.get("account_number") or "") for each in listed})
        return {key: {"account_id": account_id} for account_id, key in keys.items()}

    def _renew(self, errors: list[AlianzaError]) -> None:
        """Give up a login that does not work any more; the next round logs in anew.

        Raises:
            AuthenticationFailed: the first login was refused: somebody has to correct it, and is there to do so.
        """
        refusal = next((error for error in errors if isinstance(error, AuthenticationFailed)), None)
        self._log_out()
        if refusal is not None and not self._answered:
            raise refusal
        if refusal is not None:
            self._pause = max(self._options.interval, _REFUSED)

    def _log_out(self) -> None:
        estate, self._estate = self._estate, None
        if estate is not None:
            for warning in estate.close():
                self._say(warning, warning)

    def _restored(self) -> Watch:
        path = self._options.state_file
        if path is None:
            return Watch()
        try:
            self._held = hold(path)
            content = read_bytes(path)
        except BlockingIOError:
            raise InvalidInput("Another watch uses the state file %s: give each watch one of its own" % path) from None
        except OSError as error:
            raise InvalidInput(
                "The state file %s cannot be used (%s): check its directory and permissions"
                % (path, error.strerror or error)
            ) from None
        try:
            return Watch() if content is None else parse(content, self._options.settings.host)
        except ValueError as error:
            raise InvalidInput(
                "The state file %s cannot be used, %s: delete it, and what is down is reported again, or give another one"
                % (path, error)
            ) from None

    def _event(self, event: Event) -> dict[str, Any]:
        since = datetime.fromtimestamp(event.since, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        texts = {
            "account_id": event.account_id,
            "account_number": event.account_number,
            "trunk_id": event.trunk_id,
            "trunk_name": event.trunk_name,
        }
        return {
            "trunk_registration": {
                "event": event.event,
                **{name: text or None for name, text in texts.items()},
                "since": since,
                "telephone_numbers": event.telephone_numbers,
                "api_host": self._options.settings.host,
            }
        }

    def _say(self, about: str, text: str) -> None:
        """Log a warning, unless it is the last one about the same thing."""
        if self._said.get(about) != text:
            self._said[about] = text
            LOGGER.warning("%s", text)
