# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation site in a browser: every page fits on a phone, and they fit on a desktop. Needs what "make docs" builds."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.player import ROOT

HTML = ROOT / ".cache" / "docs" / "html"
FITS = (pathlib.Path(__file__).parent / "fits.js").read_text(encoding="utf-8")
# Sphinx fills it in by script.
SEARCH = "search.html"


@pytest.fixture(name="pages", scope="module")
def fixture_pages():
    """The paths of all pages."""
    pages = [path for path in sorted(HTML.rglob("*.html")) if path.name != SEARCH]
    assert HTML / "index.html" in pages, "build the site first: make docs"
    return pages


# What fits on a phone fits on a desktop as a rule, so there every eighth page does: some of each kind.
@pytest.mark.parametrize(("width", "step"), [(390, 1), (1280, 8)])
def test_every_page_fits(browser, pages, width, step):
    faults = {}
    for page in pages[::step]:
        browser.open(page, width=width)
        found = browser.run(FITS) + browser.complaints()
        if found:
            faults[str(page.relative_to(HTML))] = found
    assert faults == {}


def test_a_page_that_does_not_fit_is_found(browser, pages):
    browser.open(pages[0], width=390)
    browser.run(
        "document.querySelector('[role=main]').insertAdjacentHTML('beforeend',"
        ' \'<h2 style="overflow-wrap: normal">%s</h2><img src="nowhere.png">\')' % ("x" * 99)
    )
    browser.run("new Promise(done => setTimeout(done, 200))")
    said = " ".join(browser.run(FITS))
    assert "H2 ends at" in said and "nowhere.png" in said


def test_every_link_of_the_front_page_leads_to_a_page(browser, pages):
    browser.open(HTML / "index.html")
    links = browser.run("[...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])")
    targets = {link for link in links if link.startswith("file:")}
    assert len(targets) > 15
    assert [target for target in targets if not pathlib.Path(target.removeprefix("file://")).is_file()] == []
