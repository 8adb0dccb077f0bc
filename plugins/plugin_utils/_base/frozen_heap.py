# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Garbage collection during long work in a process that holds the inventory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def frozen_heap() -> Iterator[None]:
    """Leave what is in memory now out of garbage collections until the block ends.

    A process of Ansible holds the inventory and the play, which outlive the task. A full collection looks at all of that, so that each of
    them takes longer the more hosts there are.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
