# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a round of reading sees, and what a watch says about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

UNREGISTERED, REGISTERED = "unregistered", "registered"
LOCKED_OUT, UNLOCKED = "locked_out", "unlocked"
API_UNREACHABLE, API_BACK = "api_unreachable", "api_back"


@dataclass(frozen=True)
class TrunkSeen:
    """A trunk that registers, as one round saw it.

    Attributes:
        trunk_id: its ID.
        name: its name.
        registered: whether its PBX is registered.
        locked_out: whether the platform has locked it out.
        telephone_numbers: how many numbers are routed to it; None if the round did not need to know.
    """

    trunk_id: str
    name: str
    registered: bool
    locked_out: bool
    telephone_numbers: int | None = None


@dataclass(frozen=True)
class AccountSeen:
    """An account, as one round saw it.

    Attributes:
        key: what the watch knows it by, the same in every round.
        account_id: its ID; empty if it is not known.
        account_number: its number; empty if it is not known.
        trunks: its trunks that register; None if it could not be read.
    """

    key: str
    account_id: str = ""
    account_number: str = ""
    trunks: tuple[TrunkSeen, ...] | None = None


@dataclass(frozen=True)
class Round:
    """What one round saw.

    Attributes:
        at: when it began, in seconds since the epoch.
        accounts: the accounts that are watched.
        outage: whether the platform could not be asked at all; then the accounts do not count.
    """

    at: float
    accounts: tuple[AccountSeen, ...] = ()
    outage: bool = False


@dataclass(frozen=True)
class Event:
    """A change that lasted.

    Attributes:
        event: one of the names above.
        since: when it was first seen, in seconds since the epoch.
        account_id: ID of the account; empty if all accounts are meant, or if it is not known.
        account_number: number of the account; empty if all accounts are meant, or if it is not known.
        trunk_id: ID of the trunk; empty for events of the API.
        trunk_name: name of the trunk; empty for events of the API.
        telephone_numbers: how many numbers are routed to the trunk; None for events of the API.
    """

    event: str
    since: float
    account_id: str = ""
    account_number: str = ""
    trunk_id: str = ""
    trunk_name: str = ""
    telephone_numbers: int | None = None
