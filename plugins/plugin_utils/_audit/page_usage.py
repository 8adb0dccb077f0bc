# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How many call paths were in use, on the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .page_html import Html, element
from .page_time import Clock, weekday
from .usage import busiest

# Percent of the call paths from which on a trunk is named, and how many trunks are.
_FULL, _MOST = 80, 20


def short_peak(trunk: Mapping[str, Any], now: str, clock: Clock) -> list[Html | str]:
    """Return the peak of a trunk in a few words, for the side of its call paths.

    Args:
        trunk: its row, with a peak.
        now: the time of the report.
        clock: returns a time as the control node shows it.
    """
    used = trunk["usage"]
    said: list[Html | str] = ["peak %d %%" % used["percent"]]
    return [*said, ", ", weekday(used["peak_at"], now, clock)] if used["peak_at"] else said


def peak(trunk: Mapping[str, Any], now: str, clock: Clock) -> list[Html | str]:
    """Return the peak of a trunk in words, nothing if it is not known.

    Args:
        trunk: its row, with a peak.
        now: the time of the report.
        clock: returns a time as the control node shows it.
    """
    used = trunk["usage"]
    said: list[Html | str] = ["%d %% of %d paths" % (used["percent"], trunk["concurrent_calls"])]
    if used["peak_at"]:
        said += [" on ", weekday(used["peak_at"], now, clock)]
    if used["peak_burst_calls"]:
        said.append(", and %d burst calls at most" % used["peak_burst_calls"])
    return said


def usage(report: Mapping[str, Any], targets: Mapping[str, str], clock: Clock) -> Html | None:
    """Return the section about the trunks that used most of their call paths, None if the usage was not asked for.

    Args:
        report: what ``audit.json`` holds.
        targets: {host: ID of its details}.
        clock: returns a time as the control node shows it.
    """
    days = report.get("usage_days")
    if not days:
        return None
    found = busiest(report)
    full = [pair for pair in found if pair[1]["usage"]["percent"] >= _FULL]
    parts = [_list(full[:_MOST] or found[:1], report["generated_at"], targets, clock)]
    if not found:
        parts = [element("p", "There is no record of a call.")]
    elif not full:
        parts.insert(0, element("p", "No trunk used %d %% of its call paths. The busiest one:" % _FULL))
    elif len(full) > _MOST:
        parts.append(element("p", "and %d more trunks above %d %%, in audit.csv" % (len(full) - _MOST, _FULL - 1)))
    title = "Call paths in use, last %d days" % days if days > 1 else "Call paths in use, last day"
    head = element("h2", title, id="usage")
    return element("section", head, *parts, class_="usage", aria_labelledby="usage")


def _list(
    found: list[tuple[Mapping[str, Any], Mapping[str, Any]]], now: str, targets: Mapping[str, str], clock: Clock
) -> Html:
    rows = []
    for account, trunk in found:
        key = targets.get(account["host"])
        host = element("a", account["host"], href="#" + key) if key else element("b", account["host"])
        rows.append(element("li", *peak(trunk, now, clock), ": ", host, ", ", trunk["name"]))
    return element("ul", *rows)
