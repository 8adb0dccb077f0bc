# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of an audit in a browser: with and without its script, on a phone, in the dark, on paper, and with ten thousand accounts."""

from __future__ import annotations

import pathlib
import re
import struct
import time

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.merge import merge
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.page_views import points_of_failure
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.report import needs_attention
from ansible_collections.alianza.sip_trunking.tests.support.audited import (
    crowd,
    customer,
    hostile,
    page,
    refused,
    reported,
    utah,
)

CHECKS = (pathlib.Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
ENVIRONMENT = {"api_host": "api.example.net", "partition_id": "P1", "inventory": "/srv/voice/inventory.yml"}
USAGE = {"peak_concurrent_calls": 9, "peak_at": "2026-11-24T17:14:00Z", "percent": 90, "peak_burst_calls": 1}
ROWS = "[...document.querySelectorAll('.accounts tbody tr')].filter(row => row.checkVisibility())"
OPEN = "[...document.querySelectorAll('.account')].filter(each => each.checkVisibility())"


def find(text):
    """Return an expression that types a text into the filter, and waits."""
    return (
        "(async () => { const field = document.getElementById('find'); field.value = %r;"
        " field.dispatchEvent(new Event('input')); await new Promise(done => setTimeout(done, 300)); })()" % text
    )


@pytest.fixture(name="report", scope="module")
def fixture_report():
    """The report of 120 customers and of two hostile accounts, merged and compared with an earlier one."""
    rows = [dict(each, account_id=each["host"]) for each in [*map(customer, range(120)), hostile(), refused()]]
    earlier = [dict(rows[0], host=row["host"], account_id=row["host"]) for row in rows[:20]] + rows[20:]
    for row in rows[:30]:
        for trunk in row["trunks"]:
            trunk["usage"] = USAGE
    made = dict(reported(*rows), environment=ENVIRONMENT, usage_days=7)
    return merge([{"path": "a", "report": made}], [{"path": "b", "report": reported(*earlier)}])


@pytest.fixture(name="path", scope="module")
def fixture_path(report, written):
    """The page of the report."""
    return written("crowd", page(report, utah))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_page_can_be_read_by_everybody(browser, path, width, dark):
    browser.open(path, width=width, dark=dark)
    assert browser.run(CHECKS) == []
    assert browser.complaints() == []
    picture = browser.screenshot(whole=False)
    assert struct.unpack(">II", picture[16:24]) == (width, 900)


def test_the_checks_find_faults(browser, path):
    browser.open(path)
    browser.run(
        "document.body.append(Object.assign(document.createElement('p'), {textContent: 'faint', style: 'color: #bbb', id: 'top'}))"
    )
    browser.run("document.querySelector('label').remove(); document.querySelector('h2').outerHTML = '<h5>x</h5>'")
    said = " ".join(browser.run(CHECKS))
    for fault in ("contrast", "twice", "no label", "h5 after an h1", "outside of the landmarks"):
        assert fault in said


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(
    "view", ["down", "degraded", "diverted", "drifted", "not_audited", "attention", "new", "single", "quiet"]
)
def test_a_tile_opens_its_accounts(browser, path, report, view, script):
    if view in ("attention", "quiet"):
        wanted = [row for row in report["accounts"] if needs_attention(row) == (view == "attention")]
    elif view == "new":
        wanted = list({entry["host"] for entry in report["changes"]["worse"]})
    elif view == "single":
        wanted = [row for row in report["accounts"] if points_of_failure(row)]
    else:
        diverted = [row for row in report["accounts"] if row["totals"]["diverted_trunks"]]
        wanted = [row for row in report["accounts"] if view in (row["health"], row["conformity"])]
        wanted += [row for row in diverted if view == "diverted" and row not in wanted]
    browser.open(path, script=False, fragment=view) if not script else browser.open(path)
    if script:
        browser.run("document.querySelector('a[href=\"#%s\"]').click()" % view)
    else:
        # Without scripts the page cannot be asked either; the target stays.
        browser.allow_scripts()
    assert browser.run(ROWS + ".length") == len(wanted) > 0
    assert browser.run(OPEN + ".length") == (0 if view in ("quiet", "single") else len(wanted))
    assert browser.run("document.querySelector('.usage').checkVisibility()") is False
    assert browser.run(ROWS + ".some(row => row.innerText.includes('numbers)'))") == (view == "single")
    assert " %d of 122 accounts" % len(wanted) in browser.run(
        "[...document.querySelectorAll('.only')].filter(each => each.checkVisibility())[0].textContent"
    )
    browser.run("[...document.querySelectorAll('.only a')].filter(each => each.checkVisibility())[0].click()")
    assert browser.run(ROWS + ".length") == 122


def test_without_its_script_the_page_shows_no_filter_that_does_nothing(browser, path):
    browser.open(path, script=False)
    browser.allow_scripts()
    assert browser.run("document.getElementById('find').checkVisibility()") is False
    assert browser.run("document.querySelectorAll('button').length") == 0
    assert browser.run(ROWS + ".length") == 122 and browser.run(OPEN + ".length") > 10


def test_accounts_are_found_by_text(browser, path, report):
    browser.open(path)
    browser.run(find("MAPLE dental"))
    assert browser.run(ROWS + ".map(row => row.querySelector('small').textContent.split(' ')[0])") == ["Maple"] * 2
    assert browser.run("document.querySelector('output').textContent") == "2 found"
    number = next(row for row in report["accounts"] if row["drift"] and row["account_number"])
    browser.run(find(number["account_number"]))
    assert number["host"] in browser.run(ROWS + ".map(row => row.querySelector('th a').textContent)")
    # What only the details say is found, too; and within a view the view counts.
    browser.run(find("Show what applying the document would change"))
    drifted = sum(row["conformity"] == "drifted" for row in report["accounts"])
    # The hostile one has a name that no command can hold.
    assert browser.run(ROWS + ".length") == drifted - 1
    browser.run("location.hash = 'down'")
    browser.run(find("no such account"))
    assert browser.run(ROWS + ".length") == browser.run(OPEN + ".length") == 0
    browser.run(find(""))
    assert browser.run(ROWS + ".length") == sum(row["health"] == "down" for row in report["accounts"])


def test_a_foreign_script_does_not_run(browser, path, written):
    evil = path.read_text(encoding="utf-8").replace("</main>", "<script>window.evil = 1</script></main>")
    browser.open(written("evil", evil))
    assert browser.run("window.evil === undefined") is True
    assert "Content Security Policy" in str(browser.complaints())


def pages(pdf):
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_forty_accounts_of_which_five_need_attention_are_four_sheets(browser, written):
    rows = crowd(80)["accounts"]
    loud = [row for row in rows if needs_attention(row)]
    # One of each kind, and those with the largest pictures.
    kinds = {(row["health"], row["conformity"]): row for row in loud}
    chosen = (list(kinds.values()) + loud)[:5]
    quiet = [row for row in rows if not needs_attention(row)][:35]
    path = written("forty", page(reported(*chosen, *quiet)))
    browser.open(path)
    assert pages(browser.pdf()) <= 4
    browser.open(path, width=700, media="print")
    assert browser.run(ROWS + ".length") == len(chosen) == browser.run(OPEN + ".length") == 5
    # A picture begins on the sheet on which its account does.
    assert (
        browser.run("[...document.querySelectorAll('.account')].map(each => getComputedStyle(each).breakInside)")
        == ["avoid"] * 5
    )
    height = browser.run("Math.max(...[...document.querySelectorAll('.account')].map(each => each.offsetHeight))")
    assert height < 1000, "an account that is higher than a sheet is parted"
    assert browser.run("getComputedStyle(document.querySelector('.printed')).display") == "block"


def test_ten_thousand_accounts_are_one_usable_page(browser, written):
    rows = list(map(customer, range(300)))
    made = reported(*[dict(rows[place % 300], host="customer-%d" % place) for place in range(10_000)])
    text = page(made)
    assert len(text.encode()) < 5_000_000
    path = written("large", text)
    start = time.monotonic()
    browser.open(path)
    assert browser.run(ROWS + ".length") == 10_000
    browser.run(find("customer-777"))
    assert browser.run(ROWS + ".length") == 11
    assert browser.run("performance.memory.usedJSHeapSize") < 200_000_000
    assert time.monotonic() - start < 30
