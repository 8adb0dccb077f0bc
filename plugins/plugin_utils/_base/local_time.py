# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Times as the clock of the control node shows them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import NamedTuple

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class LocalTime(NamedTuple):
    """A time in some time zone.

    Attributes:
        day: the number of its day, so that days can be counted.
        weekday: its day of the week, in English.
        date: as YYYY-MM-DD.
        time: as hh:mm.
        zone: the name of the time zone; "UTC" in UTC, whatever the control node calls it.
    """

    day: int
    weekday: str
    date: str
    time: str
    zone: str


def local_time(at: str) -> LocalTime:
    """Return a time of a report in the time zone of the control node.

    Args:
        at: the time in UTC, as ``2026-11-25T05:00:12Z``.
    """
    return _shown(_parsed(at).astimezone())


def utc_time(at: str) -> LocalTime:
    """Return a time of a report in UTC.

    Args:
        at: the time in UTC, as ``2026-11-25T05:00:12Z``.
    """
    return _shown(_parsed(at))


def _parsed(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def _shown(time: datetime) -> LocalTime:
    zone = (time.tzname() or "") if time.utcoffset() else "UTC"
    # The words of strftime depend on the locale.
    return LocalTime(
        time.toordinal(), _WEEKDAYS[time.weekday()], time.strftime("%Y-%m-%d"), time.strftime("%H:%M"), zone
    )
