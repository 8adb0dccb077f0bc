# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What changed since the report before, on the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .page_html import Html, element
from .page_time import Clock, shown
from .page_words import label, number

_LISTS = (
    ("worse", "New findings"),
    ("fixed", "Fixed"),
    ("better", "Better, and not yet fixed"),
    ("added", "New accounts"),
    ("removed", "Accounts that are gone"),
)
# More entries of a list than this are counted.
_MOST = 100


def changes(found: Mapping[str, Any] | None, targets: Mapping[str, str], clock: Clock) -> Html | None:
    """Return the section about what changed, None without a comparison.

    Args:
        found: ``changes`` of a merged report.
        targets: {host: ID of its details}.
        clock: returns a time as the control node shows it.
    """
    if not found:
        return None
    parts = [
        element("div", element("h3", "%s (%s)" % (title, number(len(found[key])))), _list(found[key], targets))
        for key, title in _LISTS
        if found[key]
    ]
    if not parts:
        parts = [element("p", "Nothing changed.")]
    head = element("h2", "Changes since ", shown(found["since"], clock), id="changes")
    return element("section", head, element("div", *parts, class_="lists"), class_="changes", aria_labelledby="changes")


def _list(entries: Sequence[Mapping[str, Any]], targets: Mapping[str, str]) -> Html:
    rows = [_entry(entry, targets.get(entry["host"])) for entry in entries[:_MOST]]
    if len(entries) > _MOST:
        rows.append(element("li", "and %s more in audit.json" % number(len(entries) - _MOST)))
    return element("ul", *rows)


def _entry(entry: Mapping[str, Any], target: str | None) -> Html:
    host = element("a", entry["host"], href="#" + target) if target else element("b", entry["host"])
    if "aspect" not in entry:
        return element("li", host)
    return element("li", host, ": %s, was %s" % (label(entry["after"]), label(entry["before"])))
