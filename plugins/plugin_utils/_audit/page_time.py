# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Times on the page. Pure."""

from __future__ import annotations

from collections.abc import Callable

from .._base.local_time import LocalTime
from .page_html import Html, element

# Returns a time of the report as the control node shows it.
Clock = Callable[[str], LocalTime]
# As long as the day of the week names one day.
_WEEK = 7


def moment(at: str) -> Html:
    """Return a time of the report in UTC."""
    return element("time", at.replace("T", " ").replace("Z", " UTC"), datetime=at)


def local(at: str, clock: Clock) -> str | None:
    """Return a time of the report as the control node shows it, None if that is UTC."""
    time = clock(at)
    return None if time.zone == "UTC" else "%s %s %s" % (time.date, time.time, time.zone)


def shown(at: str, clock: Clock) -> Html:
    """Return a time of the report as the control node shows it."""
    here = local(at, clock)
    return element("time", here, datetime=at) if here else moment(at)


def weekday(at: str, now: str, clock: Clock) -> Html:
    """Return a time with its day of the week, and with the date if that is longer ago than a week.

    Args:
        at: the time, in UTC.
        now: the time of the report, in UTC.
        clock: the Clock.
    """
    time = clock(at)
    parts = [time.weekday, time.date if clock(now).day - time.day >= _WEEK else "", time.time]
    return element("time", " ".join(filter(None, parts)), datetime=at)
