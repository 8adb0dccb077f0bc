# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The top of the page: where and when, the tiles, and the table of all accounts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .page_html import Html, element, joined
from .page_remedies import inventories
from .page_time import Clock, local, moment
from .page_views import ATTENTION, KINDS, NEW, QUIET, SINGLE, TILES, VIEWS, classes, points_of_failure, said
from .page_words import label, number, platform_trunks, problems
from .report import URGENT
from .states import BY_ADDRESS, LOCKED_OUT, NO_DOCUMENT, NOT_AUDITED, REGISTERED
from .words import counted

# Of the problems of an account, in the table: characters.
_LONGEST = 160
_LINKS = {NEW: "new since the report before"}


def badges(account: Mapping[str, Any], quiet: bool = True) -> list[Html]:
    """Return the health and the conformity of an account as labels of the page.

    Args:
        account: a row of the report.
        quiet: whether one that needs no attention gets its label, too.
    """
    return [
        element("span", label(each), class_="is " + KINDS.get(str(each), ""))
        for each in (account["health"], account["conformity"])
        if quiet or each in URGENT
    ]


def header(report: Mapping[str, Any], views: Mapping[str, int], clock: Clock) -> Html:
    """Return the head of the page: what is wrong, on which platform, and when.

    Args:
        report: what ``audit.json`` holds.
        views: how many accounts each view has.
        clock: returns a time as the control node shows it.
    """
    here = local(report["generated_at"], clock)
    return element(
        "header",
        element("h1", "SIP trunk audit"),
        element("p", _verdict(len(report["accounts"]), views), class_="verdict"),
        element("p", *_places(report.get("environment") or {}), class_="where"),
        element("p", here and element("b", here + ", "), moment(report["generated_at"]), class_="when"),
        *[element("p", note, class_="note") for note in _notes(report)],
        id="top",
    )


def _verdict(accounts: int, views: Mapping[str, int]) -> str:
    if not accounts:
        return "0 accounts"
    worst = ["%s %s" % (number(views[view]), label(view)) for view, dummy in TILES if views[view]]
    if not worst:
        return "Nothing needs attention in %s" % counted(accounts, "account", "accounts")
    verb = "needs" if views[ATTENTION] == 1 else "need"
    return "%s: %s of %s %s attention" % (
        ", ".join(worst),
        number(views[ATTENTION]),
        counted(accounts, "account", "accounts"),
        verb,
    )


def _places(environment: Mapping[str, Any]) -> list[Html]:
    places = []
    if environment.get("api_host"):
        places.append(element("span", str(environment["api_host"])))
    if environment.get("partition_id"):
        places.append(element("span", "partition ", element("code", str(environment["partition_id"]))))
    sources = [environment.get("inventory_name"), *inventories(environment)]
    if any(sources):
        places.append(element("span", "inventory ", element("code", ", ".join(filter(None, sources)))))
    return places


def _notes(report: Mapping[str, Any]) -> list[str]:
    notes = list(report.get("notes") or ())
    if not report["complete"]:
        notes.insert(0, "The run is not complete: %s pending." % counted(report["pending"], "account", "accounts"))
    return notes


def anchors() -> Html:
    """Return the targets of the views: the style sheet hides what a view does not have when its target is chosen."""
    return joined([element("span", id=view, class_="view") for view in VIEWS])


def tiles(totals: Mapping[str, int], views: Mapping[str, int]) -> Html:
    """Return the tiles, which are links to views, and below them what the estate adds up to."""
    found = [_tile(view, kind, views[view]) for view, kind in TILES]
    live, trunks = totals["registered"] + totals["by_address"], totals["trunks"]
    facts = (
        ("accounts", number(totals["accounts"])),
        ("trunks registered", "%s of %s" % (number(live), number(trunks))),
        ("call paths", number(totals["concurrent_calls"])),
        ("numbers routed", number(totals["telephone_numbers"])),
        ("numbers in stock", number(totals["unrouted_numbers"])),
    )
    listed = [element("div", element("dt", name), element("dd", value)) for name, value in facts]
    return joined(
        [
            element("nav", element("ul", *found, class_="tiles"), aria_label="Findings"),
            element("dl", *listed, class_="facts"),
        ]
    )


def _tile(view: str, kind: str, count: int) -> Html:
    inner = joined([element("b", number(count)), element("span", label(view))])
    if not count:
        return element("li", inner, class_="zero")
    return element("li", element("a", inner, href="#" + view), class_=kind)


def selection(accounts: int, views: Mapping[str, int]) -> Html:
    """Return the links to the views, the text filter (which the script shows), and what each view says of itself."""
    links = [element("a", "all (%s)" % number(accounts), href="#accounts")]
    links += [
        element("a", "%s (%s)" % (_LINKS.get(view, said(view)), number(views[view])), href="#" + view)
        for view in (ATTENTION, NEW, NO_DOCUMENT, SINGLE, QUIET)
        if views[view]
    ]
    field = element(
        "p",
        element("label", "Find", for_="find"),
        " ",
        element("input", id="find", type="search", autocomplete="off", spellcheck="false"),
        " ",
        element("output", for_="find", role="status"),
        class_="find",
        hidden=True,
    )
    notes = [
        element(
            "p",
            "Only %s: %s of %s. " % (said(view), number(views[view]), counted(accounts, "account", "accounts")),
            element("a", "Show all", href="#accounts"),
            class_="only " + view,
        )
        for view in VIEWS
        if views[view]
    ]
    return joined([element("p", "Show ", joined(links, ", "), class_="views"), field, *notes])


HEADS = (
    ("Account", None),
    ("Health", None),
    ("Conformity", None),
    ("Registered", "n"),
    ("Call paths", "n"),
    ("Numbers", "n"),
    ("In stock", "n"),
    ("Findings", "what"),
)


def table(rows: Sequence[Html]) -> Html:
    """Return the table of the accounts."""
    head = element("tr", *[element("th", text, scope="col", class_=kind) for text, kind in HEADS])
    body = joined(["\n", joined(rows, "\n"), "\n"])
    return element("table", element("thead", head), element("tbody", body), class_="accounts")


def row(account: Mapping[str, Any], target: str | None) -> Html:
    """Return an account's row of the table.

    Args:
        account: a row of the report.
        target: the ID of its details, None if the page does not have them.
    """
    name = element("a", account["host"], href="#" + target) if target else account["host"]
    about = [account["account_name"] if account["account_name"] != account["host"] else None]
    about.append("No. %s" % account["account_number"] if account["account_number"] else None)
    small = " \u00b7 ".join(each for each in about if each)
    return element(
        "tr",
        element("th", name, element("small", small) if small else None, scope="row"),
        *[element("td", badge) for badge in badges(account)],
        *_numbers(account),
        element("td", _cut("; ".join(problems(account))), _points(account), class_="what"),
        class_=classes(account),
    )


def _numbers(account: Mapping[str, Any]) -> list[Html]:
    trunks, sums = platform_trunks(account), account["totals"]
    if account["conformity"] == NOT_AUDITED and not trunks:
        return [element("td", class_="n")] * 4
    live = sum(trunk["registration"] in (REGISTERED, BY_ADDRESS) for trunk in trunks)
    locked = any(trunk["registration"] == LOCKED_OUT for trunk in trunks)
    low = " low" if live < len(trunks) else ""
    return [
        element(
            "td",
            "%d of %d" % (live, len(trunks)),
            class_="n" + (" none" if trunks and not live or locked else low),
            data_l="registered",
        ),
        element("td", number(sums["concurrent_calls"]), class_="n", data_l="call paths"),
        element("td", number(sums["telephone_numbers"]), class_="n", data_l="numbers"),
        element("td", number(sums["unrouted_numbers"]), class_="n", data_l="in stock"),
    ]


def _points(account: Mapping[str, Any]) -> Html | None:
    """Return the single points of failure, which only their view shows."""
    points = [
        "%s (%s)" % (trunk["name"], counted(trunk["lost_numbers"]["count"], "number", "numbers"))
        for trunk in points_of_failure(account)
    ]
    return element("span", _cut(", ".join(points)), class_="if " + SINGLE) if points else None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "\u2026"
