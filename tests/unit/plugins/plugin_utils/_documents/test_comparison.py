# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a comparison of many accounts says."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.comparison import (
    NAMES_MOST,
    comparison_lines,
    registration_lines,
)


def trunk(name, registered):
    """Return a trunk as alianza_sip_trunk_info does."""
    status = {"registered": registered, "locked_out": False}
    return {"name": name, "registration": status, "concurrent_calls": 5, "telephone_numbers": []}


def test_hosts_are_counted_and_named():
    assert comparison_lines(3, [], [], []) == ["3 of 3 accounts match their documents"]
    lines = comparison_lines(40, ["a"], ["b"], ["host%d" % place for place in range(NAMES_MOST + 3)])
    assert lines[:3] == ["15 of 40 accounts match their documents", "Differ: a", "Could not be compared: b"]
    assert lines[3].endswith("host%d and 3 more" % (NAMES_MOST - 1))


def test_few_accounts_have_a_table_each_and_many_name_what_is_not_registered():
    few = registration_lines({"a": [trunk("HQ", True)], "b": []})
    assert few[0] == "a:" and "registered" in few[2] and few[3:] == ["b:", "The account has no trunks"]
    many = {"host%02d" % place: [trunk("HQ", place != 7)] for place in range(NAMES_MOST + 1)}
    assert registration_lines(many) == ["20 of their 21 trunks are registered", "Not registered: host07: HQ"]
    assert registration_lines({}) == []
