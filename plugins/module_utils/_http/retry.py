# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How long to wait before a request is repeated. Pure: the caller passes the time and a random number."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

BASE, CEILING = 0.5, 8.0
RETRY_AFTER_MOST = 60.0
# The total of the pauses of one request, whatever its number of retries.
WAIT_MOST = 180.0


def pause(attempt: int, retry_after: str | None, now: float, chance: float) -> float:
    """Return the seconds to wait before the next attempt.

    Args:
        attempt: the number of attempts so far, from 1.
        retry_after: the header Retry-After (seconds, or an HTTP date), or None.
        now: seconds since the epoch.
        chance: a random number from 0 to 1.
    """
    requested = _requested_pause(retry_after, now)
    if requested is not None:
        return min(requested, RETRY_AFTER_MOST)
    return chance * min(CEILING, BASE * 2.0 ** (attempt - 1))


def _requested_pause(header: str | None, now: float) -> float | None:
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now)
    except (TypeError, ValueError, IndexError):
        return None
