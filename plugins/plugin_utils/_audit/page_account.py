# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The details of one account on the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import flow_picture, picture, words
from .page_html import Html, element, joined
from .page_overview import badges
from .page_remedies import remedies
from .page_time import Clock, shown
from .page_usage import short_peak
from .page_views import classes
from .page_words import number, problems, ranges
from .states import DOCUMENT_ONLY, PLATFORM_ONLY

# More ways of calls than this are counted.
_FLOWS = 8


def details(account: Mapping[str, Any], key: str, report: Mapping[str, Any], clock: Clock) -> Html:
    """Return the details of an account that needs attention.

    Args:
        account: a row of the report.
        key: the ID of its element, of letters, digits and dashes.
        report: what ``audit.json`` holds.
        clock: returns a time as the control node shows it.
    """
    at = report["generated_at"]
    title = element("summary", element("h3", account["host"]), *badges(account, quiet=False))
    parts = [
        _who(account, at, clock),
        element("ul", *[element("li", problem) for problem in problems(account)], class_="problems"),
        _remedies(account, report.get("environment") or {}),
        _drift(account),
        _trunks(account, at, clock),
        _stock(account),
        _failing(account, key),
        _pictures(account, key),
        _warnings(account),
    ]
    return element("details", title, element("div", *parts), id=key, class_="account " + classes(account), open=True)


def _who(account: Mapping[str, Any], at: str, clock: Clock) -> Html:
    known = [
        element("span", account["account_name"]) if account["account_name"] else None,
        element("span", "No. %s" % account["account_number"]) if account["account_number"] else None,
        element("span", "ID ", element("code", account["account_id"])) if account["account_id"] else None,
        element("span", "read ", shown(account["audited_at"] or at, clock)),
    ]
    return element("p", *known, class_="who")


def _remedies(account: Mapping[str, Any], environment: Mapping[str, Any]) -> Html | None:
    found = remedies(account, environment)
    if not found:
        return None
    rows = [element("div", element("dt", purpose), element("dd", _command(command))) for purpose, command in found]
    return joined([element("h4", "What to do"), element("dl", *rows, class_="remedies")])


def _command(text: str) -> Html:
    """Return a command that is parted only between its words."""
    return element("code", joined([element("span", word) for word in text.split(" ")], " "), class_="command")


def _drift(account: Mapping[str, Any]) -> Html | None:
    if not account["drift"]:
        return None
    parts = [element("h4", "Drift")]
    for step in account["drift"]:
        finding = element("p", element("b", words.subject(step)), " ", step["finding"])
        parts.append(element("div", finding, _differences(step), class_="drift"))
    return joined(parts)


def _differences(step: Mapping[str, Any]) -> Html | None:
    if not step["told"]:
        return None
    heads = [
        element("th", text, scope="col", class_="over" if text == "Option" else None)
        for text in ("Option", "On the platform", "In the document")
    ]
    rows = [
        element(
            "tr",
            element("th", sides["what"], scope="row"),
            element("td", element("del", sides["platform"]), data_l="platform"),
            element("td", element("ins", sides["document"]), data_l="document"),
        )
        for sides in step["told"]
    ]
    columns = element("colgroup", *[element("col")] * 3)
    return element("table", columns, element("thead", element("tr", *heads)), element("tbody", *rows))


def _trunks(account: Mapping[str, Any], at: str, clock: Clock) -> Html | None:
    if not account["trunks"]:
        return None
    heads = (
        ("Name", "name"),
        ("Registration", None),
        ("Call paths", "n"),
        ("Numbers", "tn"),
        ("Lost if it fails", "tn"),
    )
    head = element("tr", *[element("th", text, scope="col", class_=kind) for text, kind in heads])
    rows = [_trunk(trunk, at, clock) for trunk in account["trunks"]]
    table = element("table", element("thead", head), element("tbody", *rows), class_="trunks")
    return joined([element("h4", "Trunks"), table])


def _trunk(trunk: Mapping[str, Any], at: str, clock: Clock) -> Html:
    extra = element("small", " not in the document") if trunk["presence"] == PLATFORM_ONLY else None
    name = element("th", trunk["name"], extra, scope="row", class_="name")
    if trunk["presence"] == DOCUMENT_ONLY:
        return element("tr", name, element("td", element("span", "not on the platform", class_="r gone"), colspan="4"))
    state = str(trunk["registration"])
    used = None
    if (trunk.get("usage") or {}).get("percent") is not None:
        used = element("small", *short_peak(trunk, at, clock))
    paths, numbers = trunk["concurrent_calls"], trunk["telephone_numbers"]
    return element(
        "tr",
        name,
        element("td", element("span", state.replace("_", " "), class_="r " + state)),
        element("td", "?" if paths is None else number(paths), used, class_="n", data_l="call paths"),
        element(
            "td",
            element("b", number(numbers["count"])),
            " ",
            element("span", ranges(numbers)),
            class_="tn",
            data_l="numbers",
        ),
        _lost(trunk),
    )


def _lost(trunk: Mapping[str, Any]) -> Html:
    """Return the cell with the numbers that nobody would take the calls of if the trunk failed."""
    point = trunk.get("single_point_of_failure")
    if not point:
        return element("td", "?" if point is None else "none", class_="tn", data_l="lost if it fails")
    lost = trunk["lost_numbers"]
    parts = element("b", number(lost["count"])), " ", element("span", ranges(lost))
    return element("td", *parts, class_="tn", data_l="lost if it fails")


def _stock(account: Mapping[str, Any]) -> Html | None:
    numbers = account["unrouted_numbers"]
    if not numbers["count"]:
        return None
    text = element("p", element("b", number(numbers["count"])), " ", element("span", ranges(numbers)), class_="tn")
    return joined([element("h4", "Numbers in stock (unrouted)"), text])


def _failing(account: Mapping[str, Any], key: str) -> Html | None:
    """Return the picture of the calls that come to a trunk which is not registered, those first that nobody takes."""
    flows = [flow for flow in account.get("call_flows") or () if any(map(_failed, flow["steps"]))]
    if not flows:
        return None
    flows.sort(key=lambda flow: flow["result"] not in ("lost", "loop"))
    title = "Where calls to %s go while trunks are not registered" % account["host"]
    drawing = flow_picture.picture({"call_flows": flows[:_FLOWS]}, key + "-now", title)
    more = len(flows) - _FLOWS
    note = element("p", "and %d more ways, in audit.json" % more, class_="note") if more > 0 else None
    caption = element("figcaption", title)
    figure = element("figure", caption, element("div", Html(drawing), class_="drawing"), class_="now")
    told = dict.fromkeys(text for flow in flows[:_FLOWS] for text in flow.get("notes") or ())
    notes = element("ul", *[element("li", text) for text in told], class_="warnings") if told else None
    return joined([element("h4", "Where calls go now"), figure, note, notes])


def _failed(step: Mapping[str, Any]) -> bool:
    return bool(step["result"] == "unavailable")


def _pictures(account: Mapping[str, Any], key: str) -> Html | None:
    drawn = picture.pictures(account, key)
    if not drawn:
        return None
    figures = []
    for place, each in enumerate(drawn, 1):
        part = " (%d of %d)" % (place, len(drawn)) if len(drawn) > 1 else ""
        caption = element("figcaption", "Where calls to the trunks of %s go%s" % (account["host"], part))
        figures.append(element("figure", caption, element("div", Html(each), class_="drawing")))
    return joined([element("h4", "Failover"), *figures])


def _warnings(account: Mapping[str, Any]) -> Html | None:
    if not account["warnings"]:
        return None
    rows = [element("li", warning) for warning in account["warnings"]]
    return joined([element("h4", "Warnings"), element("ul", *rows, class_="warnings")])
