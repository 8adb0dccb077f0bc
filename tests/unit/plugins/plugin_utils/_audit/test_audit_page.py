# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of an audit: what it says, and that nothing on it is more than text."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import (
    page_html,
    page_views,
    picture,
    printable,
    report,
    table,
)
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.account_row import account_row
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.merge import merge
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.page_remedies import remedies
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.page_words import problems
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to
from ansible_collections.alianza.sip_trunking.tests.support.audited import (
    HOSTILE,
    ROLE,
    audit,
    crowd,
    customer,
    hostile,
    page,
    refused,
    reported,
    utah,
)
from ansible_collections.alianza.sip_trunking.tests.support.html_page import Page

SVG = "{http://www.w3.org/2000/svg}"
PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}


@pytest.mark.parametrize(
    "text, fault",
    [
        ("<p><b>x</p></b>", "p is closed in the wrong place, line 1"),
        ("<p>x", "p is not closed"),
        ("</p>", "p is closed in the wrong place, line 1"),
        ("<p>x<!-- y --></p>", "a comment:  y "),
    ],
)
def test_the_reader_of_pages_sees_what_is_wrong(text, fault):
    """Or the tests below would be worth nothing."""
    assert fault in Page(text).faults and Page("<p>x<br><b/></p>").faults == []


def site(registered=("T1",), always=None, locked=(), **more):
    """Return the row of an account with the trunks HQ and DR."""
    state = account(
        {"T1": "HQ", "T2": "DR"},
        {"T1": {"forwardAlways": always} if always else {}},
        {"18015550001": to("T1")},
        registered,
    )
    for key in locked:
        state.registrations[key]["locked_out"] = True
    return audit(state, **more)


def network_failure(**more):
    """Return the row of an account that could not be read."""
    error = {"msg": "api.alianza.com refused the connection", "kind": "network"}
    return account_row(dict({"host": "dark", "error": error}, **more))


FAULTY = [{"name": "HQ", "telephone_numbers": ["18019999999"]}]


@pytest.mark.parametrize(
    ("row", "health", "conformity", "said"),
    [
        (site(), "degraded", "no_document", ["Not registered: DR"]),
        (site(("T1", "T2")), "ok", "no_document", []),
        (
            site(()),
            "down",
            "no_document",
            ["No trunk is registered: DR, HQ", "Calls to 1 number are lost: 18015550001"],
        ),
        (
            site((), locked=["T1"]),
            "down",
            "no_document",
            ["No trunk is registered: DR, HQ", "Locked out: HQ", "Calls to 1 number are lost: 18015550001"],
        ),
        (site(("T2",)), "degraded", "no_document", ["Not registered: HQ", "Calls to 1 number are lost: 18015550001"]),
        (
            site(("T1", "T2"), dict(PHONE, enabled=True)),
            "diverted",
            "no_document",
            ["All calls of HQ are diverted to 18015559999"],
        ),
        (
            site(("T1", "T2"), document=[{"name": "HQ", "concurrent_calls": 9}, {"name": "DR"}]),
            "ok",
            "drifted",
            ["Call paths: 5 on the platform, 9 in the document (HQ)"],
        ),
        (
            site(("T1", "T2"), document=[{"name": "HQ"}]),
            "ok",
            "drifted",
            ["Not in the document: trunk DR"],
        ),
        (site(("T1", "T2"), document=[{"name": "HQ"}, {"name": "DR"}]), "ok", "in_line", []),
    ],
)
def test_health_and_conformity_are_two_things(row, health, conformity, said):
    assert (row["health"], row["conformity"], problems(row)) == (health, conformity, said)
    assert report.needs_attention(row) == bool(said)


def test_a_faulty_document_is_not_an_account_that_was_not_audited():
    faulty, dark = site(("T1", "T2"), document=FAULTY), network_failure()
    assert faulty["conformity"] == "document_faulty" and faulty["health"] == "ok"
    assert problems(faulty)[0].startswith("Document faulty: ") and "18019999999" in problems(faulty)[0]
    assert dark["conformity"] == "not_audited" and dark["health"] is None
    assert problems(dark) == ["Not audited: api.alianza.com refused the connection"]


def test_the_worst_comes_first():
    fine = [{"name": "HQ"}, {"name": "DR"}]
    rows = {
        "x-2": site(("T1", "T2"), document=fine),
        "x-10": site(("T1", "T2"), document=fine),
        "h-drifted": site(("T1", "T2"), document=fine[:1]),
        "h-faulty": site(("T1", "T2"), document=FAULTY),
        "h-diverted": site(("T1", "T2"), dict(PHONE, enabled=True)),
        "h-degraded": site(),
        "h-degraded-and-drifted": site(document=fine[:1]),
        "h-dark": network_failure(),
        "h-down": site(()),
    }
    named = [dict(row, host=host, account_id=host) for host, row in rows.items()]
    for made in (reported(*named), merge([{"path": "a", "report": reported(*named)}])):
        found = [text for text in Page(page(made)).words.split() if text in rows][:9]
        assert found == [*list(rows)[:1:-1], "x-2", "x-10"]


@pytest.mark.parametrize(
    ("row", "commands"),
    [
        (
            site((), locked=["T1"], host="maple"),
            [
                "ansible-playbook alianza.sip_trunking.unlock -i 'my inventory' --limit maple",
                "ansible-playbook alianza.sip_trunking.divert -i 'my inventory' --check --diff -e trunk_diversion_target=NUMBER --limit maple",
            ],
        ),
        (
            site(("T1", "T2"), dict(PHONE, enabled=True), document=[{"name": "HQ"}], host="maple"),
            [
                "ansible-playbook alianza.sip_trunking.restore -i 'my inventory' --check --diff --limit maple",
                "ansible-playbook alianza.sip_trunking.converge -i 'my inventory' --check --diff --limit maple",
            ],
        ),
        (
            site(("T1", "T2"), document=FAULTY, host="maple"),
            ["ansible-playbook alianza.sip_trunking.converge -i 'my inventory' --check --diff --limit maple"],
        ),
        (
            network_failure(host="maple"),
            [
                "ansible-playbook alianza.sip_trunking.audit -i 'my inventory' -e trunk_audit_directory=audit_again --limit maple"
            ],
        ),
        (site(("T1", "T2"), host="maple"), []),
    ],
)
def test_every_finding_has_a_command_for_this_host(row, commands):
    environment = {"inventory": "my inventory"}
    assert [command for dummy, command in remedies(row, environment)] == commands
    text = Page(page(dict(reported(row), environment=environment))).text
    assert [command for command in commands if command not in text] == []


@pytest.mark.parametrize("host", ["a,b", "all:!b", "-x", "~web", "a b", "$(id)", "@file", "x;y", "h\u00f6st", ""])
def test_a_host_that_limit_would_take_for_a_pattern_has_no_command(host):
    assert remedies(site((), host=host), {}) == []


def test_the_head_says_where_and_when():
    made = reported(site(()))
    environment = {"api_host": "api.example.net", "partition_id": "P1", "inventory": ["a.yml", "b.yml"]}
    parsed = Page(page(dict(made, environment=environment), utah))
    assert "1 down: 1 of 1 account needs attention" in parsed.words
    assert "api.example.net partition P1 inventory a.yml, b.yml" in parsed.words
    assert "2026-11-24 22:00 MST, 2026-11-25 05:00:12 UTC" in parsed.words
    in_awx = Page(page(dict(made, environment={"inventory_name": "Customers"})))
    assert "inventory Customers" in in_awx.words and " -i " not in in_awx.text
    bare = Page(page(made))
    assert "partition" not in bare.text and bare.faults == []
    assert "Nothing needs attention in 1 account" in Page(page(reported(site(("T1", "T2"))))).text


def test_a_row_of_the_table_says_which_account_and_how_many_trunks():
    row = site(account_number="00123", account_name="Maple Dental", host="maple")
    assert "maple Maple Dental \u00b7 No. 00123 degraded no document 1 of 2" in Page(page(reported(row))).words


def test_the_page_is_whole_and_needs_nobody_else():
    made = crowd(120)
    text = page(made)
    parsed = Page(text)
    assert parsed.faults == [] and text.startswith("<!DOCTYPE html>")
    names = {tag for tag, dummy in parsed.elements}
    assert not names & {"link", "img", "iframe", "object", "embed", "form"}
    assert names >= {"main", "header", "nav", "footer", "details", "svg", "h1", "h2", "h3"}
    assert not [
        value
        for dummy, attributes in parsed.elements
        for key, value in attributes.items()
        if key.startswith("on") or key in ("src", "style") or key == "href" and not value.startswith("#")
    ]
    ids = [attributes["id"] for dummy, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) and {each["href"][1:] for each in parsed.all("a")} <= set(ids)
    loud = [each for each in made["accounts"] if report.needs_attention(each)]
    assert len(parsed.all("details")) == len(loud) and all("open" in each for each in parsed.all("details")) and loud
    assert len(parsed.all("tr")) > 120 and {"lang": "en"} in parsed.all("html")
    assert made["generated_at"] in {each["datetime"] for each in parsed.all("time")}


def test_the_policy_permits_the_style_sheet_and_the_script_and_nothing_else():
    text = page(reported(hostile(), refused()))
    (policy,) = [each["content"] for each in Page(text).all("meta") if each.get("http-equiv")]
    for name, directive in (("style", "style-src"), ("script", "script-src")):
        (inner,) = re.findall("<%s>(.*?)</%s>" % (name, name), text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert "%s 'sha256-%s'" % (directive, digest) in policy
        assert "url(" not in inner and "@import" not in inner and "fetch(" not in inner and "innerHTML" not in inner
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy


def test_what_is_wrong_is_on_the_page_in_words():
    state = account(
        {"T1": "HQ", "T2": "DR"},
        {"T1": {"forwardOnFailure": [to("T2")]}},
        {"18015550001": to("T1"), "18015550009": None},
        ["T1"],
    )
    state.registrations["T2"]["locked_out"] = True
    document = [
        {"name": "HQ", "concurrent_calls": 9, "forwarding": {"forward_on_failure": []}},
        {"name": "New", "concurrent_calls": 2},
    ]
    parsed = Page(page(reported(audit(state, document, host="maple"), refused())))
    for said in (
        "1 drifted",
        "1 not audited",
        "HQ is not as in the document",
        "Call paths 5 9",
        "DR is not in the document",
        "not on the platform",
        "Forward on failure trunk DR none",
        "Locked out: DR",
        "Numbers in stock (unrouted) 1 18015550009",
        "No failover (forward_on_failure)",
        "Where calls to the trunks of maple go",
        "Not audited: ",
    ):
        assert said in parsed.words, said


def test_hostile_texts_are_texts():
    row = hostile()
    environment = dict.fromkeys(("api_host", "partition_id", "inventory"), HOSTILE)
    made = dict(reported(row, refused()), environment=printable.printable(environment), notes=[HOSTILE[:60]])
    parsed = Page(page(made))
    assert parsed.faults == [] and not {tag for tag, dummy in parsed.elements} & {"u", "s", "q", "i"}
    assert len(parsed.all("h1")) == 1 and len(parsed.all("script")) == 1
    clean = printable.printable(HOSTILE)
    assert "\u0007" not in clean and parsed.text.count(clean) >= 6, "name, title, findings"
    for drawn in picture.pictures(row, "k"):
        assert "<script" not in drawn


@given(st.text(), st.text())
def test_no_text_leaves_its_element(text, value):
    parsed = Page(page_html.element("p", text, page_html.element("b", text), class_=value, hidden=None))
    assert [tag for tag, dummy in parsed.elements] == ["p", "b"] and parsed.faults == []


def test_an_empty_run_and_one_that_goes_on_have_a_page_too():
    nobody = Page(page(report.report([], [], [], "2026-11-25T05:00:12Z")))
    assert nobody.faults == [] and "0 accounts" in nobody.text
    waiting = Page(page(report.report([{}], ["later"], ["later"], "2026-11-25T05:00:12Z")))
    assert waiting.faults == [] and "1 account pending" in waiting.text


def test_three_hundred_accounts_are_a_small_page():
    made = crowd()
    text = page(made)
    assert Page(text).faults == [] and 100_000 < len(text.encode()) < 500_000
    assert len(list(csv.reader(io.StringIO(table.table(made))))) > made["totals"]["trunks"]


def copies(rows, count):
    """Return a report of many accounts, copies of some rows under names of their own."""
    made = [dict(rows[place % len(rows)], host="customer-%d" % place) for place in range(count)]
    return reported(*made)


@pytest.mark.parametrize(
    ("places", "rows", "details"),
    [(range(300), 10_000, 300), (range(7, 8), 10_000, 500), (range(13, 14), 10_000, 100)],
    ids=["mixed", "not audited", "drifted"],
)
def test_ten_thousand_accounts_are_less_than_five_megabytes(places, rows, details):
    made = copies(list(map(customer, places)), 10_000)
    tracemalloc.start()
    text = page(made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(text.encode()) < 5_000_000 and peak < 100_000_000
    table_of_accounts = text.partition('class="accounts"')[2].partition("</table>")[0]
    listed, shown = table_of_accounts.count("<tr class="), text.count("<details")
    assert shown >= details and listed >= 0.8 * rows
    if listed < rows:
        assert "%s more accounts do not fit" % format(rows - listed, ",") in text
    loud = sum(map(report.needs_attention, made["accounts"]))
    if shown < loud:
        assert "The details of %s more accounts" % format(loud - shown, ",") in text


def test_the_style_sheet_knows_every_state_and_every_view():
    css = (ROLE / "files" / "audit.css").read_text()
    for name in picture.GLYPHS:
        assert ".chain .%s" % name in css and ".r.%s::before" % name in css
    text = page(crowd(10))
    for view in page_views.VIEWS:
        assert text.count("#%s:target ~ .overview tbody tr:not(.%s)" % (view, view)) == 1
        assert text.count("#%s:target ~ .overview .only.%s" % (view, view)) == 1


def test_an_account_that_is_down_and_diverted_is_found_by_both():
    row = site((), dict(PHONE, enabled=True), host="maple")
    assert row["health"] == "down" and page_views.views_of(row) == ["down", "diverted", "no_document", "attention"]
    assert "1 down, 1 diverted: 1 of 1 account needs attention" in Page(page(reported(row))).words


def test_what_is_new_since_the_report_before_is_a_view():
    rows = [dict(site(()), host=host, account_id=host) for host in ("maple", "oak")]
    before = [dict(rows[0], health="ok"), rows[1]]
    made = merge([{"path": "a", "report": reported(*rows)}], [{"path": "b", "report": reported(*before)}])
    parsed = Page(page(made))
    assert (
        "new since the report before (1)" in parsed.words and "Only with new findings: 1 of 2 accounts." in parsed.words
    )
    assert [each["id"] for each in parsed.all("details") if "new" in each["class"].split()] == ["a1"]
    # Without a comparison there is nothing to choose.
    assert "new since" not in Page(page(reported(*rows))).words
