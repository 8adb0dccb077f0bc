# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How far a long task is, on the terminal and in the output of a job."""

from __future__ import annotations

import time

from ansible.utils.display import Display

# Seconds between two lines.
INTERVAL = 5.0


class Progress:
    """Shows how many of some accounts are read.

    Args:
        total: how many there are.
        line: what is shown, with ``done`` and ``total``.
    """

    def __init__(self, total: int, line: str = "{done:,} of {total:,} accounts read") -> None:
        self._line = line
        self._total = total
        self._done = 0
        self._display = Display()
        self._next = time.monotonic() + INTERVAL

    def count(self) -> None:
        """Take note of another account."""
        self._done += 1

    def show(self) -> None:
        """Show a line, if the last one was some seconds ago."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + INTERVAL
            self._display.display(self._line.format(done=self._done, total=self._total))
