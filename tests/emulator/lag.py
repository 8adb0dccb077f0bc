# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads that are not consistent after a write: for some reads or seconds an object still looks as before its change."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass
class _Pending(Generic[Item]):
    """How an object looked before its change (None: it was not there), and until when that is shown."""

    old: Item | None
    #: Further reads of the list.
    reads: int
    #: Time until which lists show it.
    lists_until: float
    #: Time until which reads of the one object show it.
    objects_until: float


class Lag(Generic[Item]):
    """Remembers how the objects of one list looked before their change. Times are those of one clock, in seconds."""

    def __init__(self) -> None:
        """Start without a pending change."""
        self._pending: dict[str, _Pending[Item]] = {}

    def note(self, key: str, before: Item | None, now: float, reads: int, in_lists: float, in_objects: float) -> None:
        """Say that the object `key` is about to change.

        `reads` further lists show it as it is in `before` (None: not at all), and lists and reads of the object do so
        for `in_lists` and `in_objects` seconds.
        """
        if not (reads or in_lists or in_objects):
            return
        last = self._pending.get(key)
        if last is not None and self._over(last, now):
            last = None
        old = last.old if last is not None else copy.deepcopy(before)
        self._pending[key] = _Pending(old, reads, now + in_lists, now + in_objects)

    def listed(self, current: dict[str, Item], now: float) -> list[Item]:
        """Return what a list of the `current` objects shows, and count it as a read."""
        if not self._pending:
            return list(current.values())
        stale = {key: item for key, item in self._pending.items() if item.reads or now < item.lists_until}
        shown: list[Item] = []
        for key, item in current.items():
            old = stale[key].old if key in stale else item
            if old is not None:
                shown.append(old)
        shown.extend(item.old for key, item in stale.items() if key not in current and item.old is not None)
        for pending in stale.values():
            pending.reads = max(0, pending.reads - 1)
        self._pending = {key: pending for key, pending in self._pending.items() if not self._over(pending, now)}
        return shown

    def one(self, key: str, current: Item | None, now: float) -> Item | None:
        """Return what a read of one object shows, None if it is not there."""
        pending = self._pending.get(key)
        return pending.old if pending is not None and now < pending.objects_until else current

    @staticmethod
    def _over(pending: _Pending[Item], now: float) -> bool:
        return not pending.reads and now >= max(pending.lists_until, pending.objects_until)
