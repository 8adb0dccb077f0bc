# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The views of the page: which accounts a tile or a link shows alone, and in which order accounts are. Pure.

A view is the ID of an element, which is chosen as the target of the page, and a class of all that belongs to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .page_words import label
from .report import needs_attention
from .states import (
    DEGRADED,
    DIVERTED,
    DOCUMENT_FAULTY,
    DOWN,
    DRIFTED,
    IN_LINE,
    NO_DOCUMENT,
    NOT_AUDITED,
    OK,
)

Account = Mapping[str, Any]

# Those with a tile, each with the kind of it.
TILES = (
    (DOWN, "bad"),
    (DEGRADED, "warn"),
    (DIVERTED, "strong"),
    (DRIFTED, "warn"),
    (DOCUMENT_FAULTY, "bad"),
    (NOT_AUDITED, "bad"),
)
ATTENTION, QUIET, NEW, SINGLE = "attention", "quiet", "new", "single"
VIEWS = (*[view for view, dummy in TILES], NO_DOCUMENT, ATTENTION, NEW, SINGLE, QUIET)
KINDS = {**dict(TILES), OK: "good", IN_LINE: "good"}
_SAID = {
    ATTENTION: "need attention",
    QUIET: "without findings",
    NEW: "with new findings",
    SINGLE: "with a single point of failure",
}
# Worse is lower. An account that was not read may be down.
_HEALTHS = {DOWN: 0, None: 1, DEGRADED: 2, DIVERTED: 3, OK: 4}
_CONFORMITIES = {NOT_AUDITED: 0, DOCUMENT_FAULTY: 1, DRIFTED: 2, NO_DOCUMENT: 3, IN_LINE: 3}


def worst_first(account: Account) -> tuple[int, int]:
    """Return a key that sorts accounts by their health, and then by their conformity; those without findings are last."""
    return _HEALTHS[account["health"]], _CONFORMITIES[account["conformity"]]


def marked(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the accounts of a report, worst first, each with ``new``: whether it has a finding that the report before had not."""
    changes = report.get("changes") or {}
    worse = {(entry["host"], entry["account_id"]) for entry in changes.get("worse", ())}
    accounts = [dict(account, new=(account["host"], account["account_id"]) in worse) for account in report["accounts"]]
    return sorted(accounts, key=worst_first)


def points_of_failure(account: Account) -> list[Account]:
    """Return the trunks of an account whose failure alone would lose calls."""
    return [trunk for trunk in account["trunks"] if trunk.get("single_point_of_failure")]


def views_of(account: Account) -> list[str]:
    """Return the views that an account belongs to. One that is down and diverted belongs to both of these."""
    found = [account["health"], account["conformity"], ATTENTION if needs_attention(account) else QUIET]
    if account["totals"]["diverted_trunks"]:
        found.append(DIVERTED)
    if account.get("new"):
        found.append(NEW)
    if points_of_failure(account):
        found.append(SINGLE)
    return [view for view in VIEWS if view in found]


def classes(account: Account) -> str:
    """Return the views that an account belongs to, as classes of its elements."""
    return " ".join(views_of(account))


def counts(accounts: Sequence[Account]) -> dict[str, int]:
    """Return how many accounts each view has."""
    found = dict.fromkeys(VIEWS, 0)
    for account in accounts:
        for view in views_of(account):
            found[view] += 1
    return found


def said(view: str) -> str:
    """Return which accounts a view has, in words."""
    return _SAID.get(view, label(view))


def style() -> str:
    """Return the part of the style sheet that hides what does not belong to the view that is chosen."""
    return "".join(
        "#{0}:target ~ .overview .only.{0} {{ display: block; }}\n"
        "#{0}:target ~ .overview tbody tr:not(.{0}), #{0}:target ~ .each .account:not(.{0}) {{ display: none; }}\n"
        "#{0}:target ~ .changes, #{0}:target ~ .usage {{ display: none; }}\n"
        "#{0}:target ~ .overview .if.{0} {{ display: block; }}\n"
        '#{0}:target ~ nav a[href="#{0}"] {{ box-shadow: inset 0 0 0 2px currentColor; }}\n'.format(view)
        for view in VIEWS
    )
