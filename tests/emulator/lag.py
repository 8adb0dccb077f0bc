# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that are not consistent after a write: for some reads an object still looks as before its change."""

from __future__ import annotations

import copy
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lag(Generic[Item]):
    """Remembers how the objects of one list looked before their change."""

    def __init__(self) -> None:
        """Start without a pending change."""
        self._pending: dict[str, tuple[Item | None, int]] = {}

    def note(self, key: str, before: Item | None, reads: int) -> None:
        """Say that the object `key` is about to change; `reads` further lists show it as it is in `before` (None: not at all)."""
        if reads:
            old = self._pending[key][0] if key in self._pending else copy.deepcopy(before)
            self._pending[key] = (old, reads)

    def listed(self, current: dict[str, Item]) -> list[Item]:
        """Return what a list of the `current` objects shows, and count it as a read."""
        if not self._pending:
            return list(current.values())
        shown: list[Item] = []
        for key, item in current.items():
            old = self._pending[key][0] if key in self._pending else item
            if old is not None:
                shown.append(old)
        shown.extend(old for key, (old, dummy) in self._pending.items() if key not in current and old is not None)
        self._pending = {key: (old, reads - 1) for key, (old, reads) in self._pending.items() if reads > 1}
        return shown
