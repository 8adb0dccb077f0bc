# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""When to ask again, and after how long. Pure: clock and chance are handed in."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

BASE, CEILING = 0.5, 8.0
RETRY_AFTER_MOST = 60.0
# All the waiting that one request may cost, however many retries it is given.
WAIT_MOST = 180.0


def pause(attempt, retry_after, now, chance):
    """Return the seconds to wait before the next attempt.

    Args:
        attempt: how many attempts were made, from 1.
        retry_after: the header Retry-After (seconds or an HTTP date), or None.
        now: seconds since the epoch.
        chance: a number from 0 to 1.
    """
    asked = _asked(retry_after, now)
    if asked is not None:
        return min(asked, RETRY_AFTER_MOST)
    return chance * min(CEILING, BASE * 2 ** (attempt - 1))


def _asked(header, now):
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
