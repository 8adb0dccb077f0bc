# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the watch has done lately: a brake for storms, and one unlock for each lock-out. Pure."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, replace
from typing import Any

FORMAT = 1
HOUR = 3600.0
# A trunk that is locked out again within so many seconds after it was unlocked has a PBX with a wrong password.
UNLOCK_AGAIN = 86400.0


@dataclass(frozen=True)
class Entry:
    """Something that was done.

    Attributes:
        at: when, in seconds since the epoch.
        account_id: ID of the account.
        trunk_id: ID of the trunk.
    """

    at: float
    account_id: str
    trunk_id: str


@dataclass(frozen=True)
class Ledger:
    """What was done lately.

    Attributes:
        diversions: what was diverted in the last hour.
        unlocks: what was unlocked in the last day.
    """

    diversions: tuple[Entry, ...] = field(default=())
    unlocks: tuple[Entry, ...] = field(default=())

    def lately(self, now: float) -> Ledger:
        """Return it without what is too long ago to count; what lies ahead, after a clock was set back, counts."""
        return Ledger(
            tuple(each for each in self.diversions if now - each.at < HOUR),
            tuple(each for each in self.unlocks if now - each.at < UNLOCK_AGAIN),
        )

    def diverted(self, entry: Entry) -> Ledger:
        """Return it with one more diversion."""
        return replace(self, diversions=(*self.diversions, entry))

    def unlocked(self, entry: Entry) -> Ledger:
        """Return it with one more unlock."""
        return replace(self, unlocks=(*self.unlocks, entry))

    def was_unlocked(self, account_id: str, trunk_id: str) -> bool:
        """Whether a trunk was unlocked in the last day."""
        return any((each.account_id, each.trunk_id) == (account_id, trunk_id) for each in self.unlocks)


def render(ledger: Ledger) -> str:
    """Return the text of the file."""
    return json.dumps(dict(asdict(ledger), format=FORMAT), indent=1, sort_keys=True) + "\n"


def parse(content: bytes) -> Ledger:
    """Return the Ledger that a file holds.

    Raises:
        ValueError: the file is no such ledger; the message is a phrase.
    """
    try:
        loaded = json.loads(content.decode("utf-8"))
        if set(loaded) != {"format", "diversions", "unlocks"} or loaded["format"] != FORMAT:
            raise ValueError
        return Ledger(*(tuple(map(_entry, loaded[part])) for part in ("diversions", "unlocks")))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("it is not what a watch has written") from None


def _entry(loaded: Any) -> Entry:
    entry = Entry(**loaded)
    if isinstance(entry.at, bool) or not isinstance(entry.at, (int, float)) or not math.isfinite(entry.at):
        raise ValueError
    if not isinstance(entry.account_id, str) or not isinstance(entry.trunk_id, str):
        raise ValueError
    return entry
