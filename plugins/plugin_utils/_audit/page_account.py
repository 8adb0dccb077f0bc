# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The details of one account on the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import picture
from .page_html import Html, element, joined
from .page_overview import badges
from .page_remedies import remedies
from .page_time import moment
from .page_views import classes
from .page_words import number, problems, ranges
from .states import DOCUMENT_ONLY, PLATFORM_ONLY


def details(account: Mapping[str, Any], key: str, environment: Mapping[str, Any], at: str) -> Html:
    """Return the details of an account that needs attention.

    Args:
        account: a row of the report.
        key: the ID of its element, of letters, digits and dashes.
        environment: the report's.
        at: the time of the report, for rows without one.
    """
    title = element("summary", element("h3", account["host"]), *badges(account, quiet=False))
    parts = [
        _who(account, at),
        element("ul", *[element("li", problem) for problem in problems(account)], class_="problems"),
        _remedies(account, environment),
        _drift(account),
        _trunks(account),
        _stock(account),
        _pictures(account, key),
        _warnings(account),
    ]
    return element("details", title, element("div", *parts), id=key, class_="account " + classes(account), open=True)


def _who(account: Mapping[str, Any], at: str) -> Html:
    known = [
        element("span", account["account_name"]) if account["account_name"] else None,
        element("span", "No. %s" % account["account_number"]) if account["account_number"] else None,
        element("span", "ID ", element("code", account["account_id"])) if account["account_id"] else None,
        element("span", "read ", moment(account["audited_at"] or at)),
    ]
    return element("p", *known, class_="who")


def _remedies(account: Mapping[str, Any], environment: Mapping[str, Any]) -> Html | None:
    found = remedies(account, environment)
    if not found:
        return None
    rows = [
        element("div", element("dt", purpose), element("dd", element("code", command, class_="command")))
        for purpose, command in found
    ]
    return joined([element("h4", "What to do"), element("dl", *rows, class_="remedies")])


def _drift(account: Mapping[str, Any]) -> Html | None:
    if not account["drift"]:
        return None
    parts = [element("h4", "Drift")]
    for step in account["drift"]:
        finding = element("p", element("b", step["trunk"]), " ", step["finding"])
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


def _trunks(account: Mapping[str, Any]) -> Html | None:
    if not account["trunks"]:
        return None
    heads = (("Name", "name"), ("Registration", None), ("Call paths", "n"), ("Numbers", "tn"))
    head = element("tr", *[element("th", text, scope="col", class_=kind) for text, kind in heads])
    table = element("table", element("thead", head), element("tbody", *map(_trunk, account["trunks"])), class_="trunks")
    return joined([element("h4", "Trunks"), table])


def _trunk(trunk: Mapping[str, Any]) -> Html:
    extra = element("small", " not in the document") if trunk["presence"] == PLATFORM_ONLY else None
    name = element("th", trunk["name"], extra, scope="row", class_="name")
    if trunk["presence"] == DOCUMENT_ONLY:
        return element("tr", name, element("td", element("span", "not on the platform", class_="r gone"), colspan="3"))
    state = str(trunk["registration"])
    paths, numbers = trunk["concurrent_calls"], trunk["telephone_numbers"]
    return element(
        "tr",
        name,
        element("td", element("span", state.replace("_", " "), class_="r " + state)),
        element("td", "?" if paths is None else number(paths), class_="n", data_l="call paths"),
        element("td", element("b", number(numbers["count"])), " ", element("span", ranges(numbers)), class_="tn"),
    )


def _stock(account: Mapping[str, Any]) -> Html | None:
    numbers = account["unrouted_numbers"]
    if not numbers["count"]:
        return None
    text = element("p", element("b", number(numbers["count"])), " ", element("span", ranges(numbers)), class_="tn")
    return joined([element("h4", "Numbers in stock (unrouted)"), text])


def _pictures(account: Mapping[str, Any], key: str) -> Html | None:
    drawn = picture.pictures(account, key)
    if not drawn:
        return None
    figures = []
    for place, each in enumerate(drawn, 1):
        part = " (%d of %d)" % (place, len(drawn)) if len(drawn) > 1 else ""
        caption = element("figcaption", "Where calls to the trunks of %s go%s" % (account["host"], part))
        figures.append(element("figure", caption, element("div", Html(each), class_="drawing")))
    return joined([element("h4", "Where calls go"), *figures])


def _warnings(account: Mapping[str, Any]) -> Html | None:
    if not account["warnings"]:
        return None
    rows = [element("li", warning) for warning in account["warnings"]]
    return joined([element("h4", "Warnings"), element("ul", *rows, class_="warnings")])
