# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Times as the clock of the control node shows them."""

from __future__ import annotations

from datetime import datetime, timezone


def local_time(at: str) -> str | None:
    """Return a time of a report with the zone of the control node, None if that is UTC.

    Args:
        at: the time in UTC, as ``2026-11-25T05:00:12Z``.
    """
    time = datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).astimezone()
    return time.strftime("%Y-%m-%d %H:%M %Z") if time.utcoffset() else None
