# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for a fact, however long it takes on a busy machine, instead of for a time."""

from __future__ import annotations

import time

PATIENCE = 60
INTERVAL = 0.02


def wait_until(condition, what, seconds=PATIENCE):
    """Wait until a function returns something true, and return that.

    Args:
        condition: the function, without parameters.
        what: what is waited for, for the error.
        seconds: how long at most.

    Raises TimeoutError, which says what did not happen.
    """
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise TimeoutError("%s: not within %d seconds" % (what, seconds))
        time.sleep(INTERVAL)
