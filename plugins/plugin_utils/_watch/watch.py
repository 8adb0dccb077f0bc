# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""From rounds of reading to events: only changes, only those that last, and each of them once. Pure.

A platform that cannot be asked says nothing about trunks: a round without an answer is no sight of a trunk, and what was about to be
reported has to be seen anew from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .condition import Signal
from .rounds import (
    API_BACK,
    API_UNREACHABLE,
    LOCKED_OUT,
    REGISTERED,
    UNLOCKED,
    UNREGISTERED,
    AccountSeen,
    Event,
    Round,
    TrunkSeen,
)

# Outages of a trunk within so many seconds count as flapping, and each of them doubles the damping, so many times at most.
FLAPPING = 3600.0
DOUBLINGS = 3


@dataclass(frozen=True)
class Timing:
    """How long a change has to last before it is reported.

    Attributes:
        hold_down: seconds, for every change; it also takes three rounds. 0 reports what the first round sees.
        flap_damping: seconds for which a trunk stays registered before that is reported after an outage; doubled for each
            further outage within an hour, up to eight times. 0 leaves it at hold_down.
    """

    hold_down: float = 60.0
    flap_damping: float = 300.0

    def lasting(self, outages: int) -> float:
        """Return the seconds for which a trunk has to be registered.

        Args:
            outages: how many outages were reported in the last hour.
        """
        return max(self.hold_down, self.flap_damping * 2.0 ** min(max(outages - 1, 0), DOUBLINGS))


@dataclass
class WatchedTrunk:
    """What a watch knows of a trunk.

    Attributes:
        down: whether it is not registered.
        locked_out: whether it is locked out.
        outages: when outages were reported in the last hour, in seconds since the epoch.
    """

    down: Signal = field(default_factory=Signal)
    locked_out: Signal = field(default_factory=Signal)
    outages: list[float] = field(default_factory=list)

    def interrupt(self) -> None:
        """Take note that a round did not see it."""
        self.down.interrupt()
        self.locked_out.interrupt()


@dataclass
class WatchedAccount:
    """What a watch knows of an account.

    Attributes:
        unreachable: whether it cannot be read although others can.
        trunks: {trunk id: WatchedTrunk}.
    """

    unreachable: Signal = field(default_factory=Signal)
    trunks: dict[str, WatchedTrunk] = field(default_factory=dict)


@dataclass
class Watch:
    """What a watch knows: enough to go on after a restart.

    Attributes:
        api: whether the platform cannot be asked at all.
        accounts: {key: WatchedAccount}.
    """

    api: Signal = field(default_factory=Signal)
    accounts: dict[str, WatchedAccount] = field(default_factory=dict)

    def attention(self, key: str) -> frozenset[str]:
        """Return the IDs of trunks of an account of which something was reported, or is about to be."""
        account = self.accounts.get(key)
        trunks = account.trunks.items() if account else ()
        return frozenset(trunk_id for trunk_id, trunk in trunks if not (trunk.down.quiet and trunk.locked_out.quiet))

    def observe(self, seen: Round, timing: Timing) -> list[Event]:
        """Take what a round saw, and return the changes to report.

        Args:
            seen: the Round.
            timing: how long changes have to last.
        """
        since = self.api.observe(seen.outage, seen.at, timing.hold_down)
        events = [] if since is None else [Event(API_UNREACHABLE if seen.outage else API_BACK, since)]
        if seen.outage:
            for account in self.accounts.values():
                account.unreachable.interrupt()
                for trunk in account.trunks.values():
                    trunk.interrupt()
            return events
        # Accounts and trunks that do not exist any more are forgotten.
        self.accounts = {each.key: self.accounts.get(each.key, WatchedAccount()) for each in seen.accounts}
        for each in seen.accounts:
            events.extend(_account_events(self.accounts[each.key], each, seen.at, timing))
        return events


def _account_events(account: WatchedAccount, seen: AccountSeen, at: float, timing: Timing) -> Iterator[Event]:
    about = Event("", at, seen.account_id, seen.account_number)
    since = account.unreachable.observe(seen.trunks is None, at, timing.hold_down)
    if since is not None:
        yield replace(about, event=API_UNREACHABLE if seen.trunks is None else API_BACK, since=since)
    if seen.trunks is None:
        for trunk in account.trunks.values():
            trunk.interrupt()
        return
    account.trunks = {each.trunk_id: account.trunks.get(each.trunk_id, WatchedTrunk()) for each in seen.trunks}
    for each in seen.trunks:
        about_trunk = replace(
            about, trunk_id=each.trunk_id, trunk_name=each.name, telephone_numbers=each.telephone_numbers
        )
        yield from _trunk_events(account.trunks[each.trunk_id], each, about_trunk, timing)


def _trunk_events(trunk: WatchedTrunk, seen: TrunkSeen, about: Event, timing: Timing) -> Iterator[Event]:
    at = about.since
    trunk.outages = [each for each in trunk.outages if at - each < FLAPPING]
    lasting = timing.lasting(len(trunk.outages)) if seen.registered else timing.hold_down
    since = trunk.down.observe(not seen.registered, at, lasting)
    if since is not None:
        if not seen.registered:
            trunk.outages.append(at)
        yield replace(about, event=REGISTERED if seen.registered else UNREGISTERED, since=since)
    since = trunk.locked_out.observe(seen.locked_out, at, timing.hold_down)
    if since is not None:
        yield replace(about, event=LOCKED_OUT if seen.locked_out else UNLOCKED, since=since)
