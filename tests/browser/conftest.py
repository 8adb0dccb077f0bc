# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser, and pages of audits for it."""

from __future__ import annotations

import os

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.browser import PROGRAM, Browser, program


@pytest.fixture(name="browser", scope="session")
def fixture_browser(tmp_path_factory):
    """Chromium. Without it the tests are skipped, unless END_TO_END says that they are required."""
    if not program():
        reason = "%s is not installed; bindep.txt lists the packages" % PROGRAM
        pytest.fail(reason) if os.environ.get("END_TO_END") == "required" else pytest.skip(reason)
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.close()


@pytest.fixture(name="written", scope="session")
def fixture_written(tmp_path_factory):
    """Returns a function that writes a page to a file and returns its path."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name, text):
        path = folder / (name + ".html")
        path.write_text(text, encoding="utf-8")
        return path

    return write
