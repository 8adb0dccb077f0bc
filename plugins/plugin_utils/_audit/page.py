# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The page of an audit: one HTML file that needs nothing else, works without its script, and stays small. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from .._base.local_time import utc_time
from . import page_overview as overview
from . import page_views
from .page_account import details
from .page_changes import changes
from .page_html import Html, element, joined, raw
from .page_time import Clock
from .page_usage import usage
from .page_words import number

# Bytes. Rows of the table first; details of accounts, worst first, as long as they fit.
LIMIT = 4_700_000
_ROWS = 4_000_000
# Everything else on the page: head, tiles, changes.
_REST = 60_000


def page(report: Mapping[str, Any], css: str, script: str, clock: Clock = utc_time) -> str:
    """Return the page of a report.

    Only accounts that need attention have details on it; of the others there is a row, and everything is in ``audit.json``.

    Args:
        report: what ``audit.json`` holds.
        css: the style sheet.
        script: the script, which adds the text filter and buttons that copy.
        clock: returns a time as the control node shows it.
    """
    css += page_views.style()
    # Those that need attention are first, whatever the order of the report.
    accounts = page_views.marked(report)
    views = page_views.counts(accounts)
    loud = accounts[: views[page_views.ATTENTION]]
    rows = _rows(accounts)
    used = sum(map(_size, (css, script, *rows))) + _REST
    shown: list[Html] = []
    for place, account in enumerate(loud[: len(rows)], 1):
        made = details(account, _key(place), report, clock)
        linked = overview.row(account, _key(place))
        used += _size(made) + _size(linked) - _size(rows[place - 1])
        if used > LIMIT:
            break
        shown.append(made)
        rows[place - 1] = linked
    targets = {account["host"]: _key(place) for place, account in enumerate(loud[: len(shown)], 1)}
    body = element(
        "body",
        overview.header(report, views, clock),
        element(
            "main",
            overview.anchors(),
            overview.tiles(report["totals"], views),
            changes(report.get("changes"), targets, clock),
            usage(report, targets, clock),
            _table(rows, len(accounts), views),
            _details(shown, len(loud)),
        ),
        _footer(),
        raw("script", script),
    )
    return "<!DOCTYPE html>\n" + element("html", _head(report, css, script), "\n", body, lang="en") + "\n"


def _rows(accounts: Sequence[Mapping[str, Any]]) -> list[Html]:
    """Return the rows of the table that fit, without links."""
    rows, used = [], 0
    for account in accounts:
        made = overview.row(account, None)
        used += _size(made)
        if used > _ROWS:
            break
        rows.append(made)
    return rows


def _key(place: int) -> str:
    return "a%d" % place


def _size(text: str) -> int:
    """Return the bytes of a piece, with a line break."""
    return len(text.encode()) + 1


def _head(report: Mapping[str, Any], css: str, script: str) -> Html:
    policy = "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'" % (
        _digest(css),
        _digest(script),
    )
    metas = {
        "viewport": "width=device-width, initial-scale=1",
        "robots": "noindex",
        "referrer": "no-referrer",
        "color-scheme": "light dark",
    }
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        *[element("meta", name=name, content=content) for name, content in metas.items()],
        element("title", "SIP trunk audit, %s" % report["generated_at"]),
        raw("style", css),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _table(rows: list[Html], accounts: int, views: Mapping[str, int]) -> Html:
    missing = accounts - len(rows)
    notes = []
    if missing:
        text = "%s more accounts do not fit on the page; they are in audit.csv and audit.json." % number(missing)
        notes.append(element("p", text, class_="note"))
    if views[page_views.QUIET]:
        text = "%s accounts without findings are not printed." % number(views[page_views.QUIET])
        notes.append(element("p", text, class_="printed"))
    return element(
        "section",
        element("h2", "Accounts", id="accounts"),
        overview.selection(accounts, views),
        overview.table(rows) if rows else None,
        *notes,
        class_="overview",
        aria_labelledby="accounts",
    )


def _details(shown: list[Html], loud: int) -> Html | None:
    if not loud:
        return None
    note = None
    if len(shown) < loud:
        text = "The details of %s more accounts that need attention are in audit.json." % number(loud - len(shown))
        note = element("p", text, class_="note")
    head = element("h2", "Need attention", id="details")
    return element("section", head, joined(shown, "\n"), note, class_="each", aria_labelledby="details")


def _footer() -> Html:
    return element(
        "footer",
        element("p", element("a", "Back to top", href="#top", class_="up")),
        element(
            "p",
            "Made by ",
            element("code", "alianza.sip_trunking.trunk_audit"),
            ". Everything about every account is in ",
            element("code", "audit.json"),
            " and ",
            element("code", "audit.csv"),
            ", beside this page.",
        ),
    )
