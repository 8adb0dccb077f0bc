# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Waiting until the API shows a write that it accepted.

Whether it shows one at once is not documented. What is not shown yet is not refused: another way of writing the same is tried
only after some seconds in which it still did not show.
"""

from __future__ import annotations

from typing import Any, Callable

# Seconds before each further look, ten in all.
PAUSES = (0.5, 1.0, 1.5, 3.0, 4.0)


def settled(done: Callable[[Any], bool], read: Callable[[], Any], sleep: Callable[[float], None]) -> tuple[bool, Any]:
    """Return (whether it shows now, what was read last), reading again after growing pauses.

    Args:
        done: whether what was read shows the write.
        read: reads it.
        sleep: waits some seconds.
    """
    value = None
    for pause in PAUSES:
        sleep(pause)
        value = read()
        if done(value):
            return True, value
    return False, value
