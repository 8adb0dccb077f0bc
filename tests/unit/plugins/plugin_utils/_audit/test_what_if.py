# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user asks about failing trunks, the table that answers it, and the picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.call_flow import Conditions
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.outages import call_flows, outages
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.flow_picture import picture
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.what_if import selection, table
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to

SVG = "{http://www.w3.org/2000/svg}"
ODD = "D<R> & \x1b[31m\u202e"


@pytest.mark.parametrize(
    ("given", "trunks", "each"),
    [
        ("", [], False),
        (None, [], False),
        ("HQ\nDR: x, y\n", ["HQ", "DR: x, y"], False),
        (["HQ", "DR"], ["HQ", "DR"], False),
        ('["HQ", "DR"]', ["HQ", "DR"], False),
        ("all of one at a time", [], True),
        ("One at a time\n", [], True),
        (["One at a time", "HQ"], ["One at a time", "HQ"], False),
    ],
)
def test_every_form_of_an_answer(given, trunks, each):
    chosen = selection(given)
    assert (chosen["unavailable_trunks"], chosen["one_at_a_time"], chosen["fault"]) == (trunks, each, "")


def test_numbers_and_what_is_no_list():
    chosen = selection("", True, "801-555-1001, 801-555-1002\n18015551005-18015551009")
    assert chosen["telephone_numbers"] == ["801-555-1001", "801-555-1002", "18015551005-18015551009"]
    assert chosen["fault"].startswith("what_if_full_trunks is no list")


def seeded():
    """Return the State of an account: one trunk with a failover of an odd name, one without any, one number in stock."""
    rules = {"A": {"forwardOnFailure": [to("B")]}, "C": {"forwardOnFailure": [to("GONE")]}}
    numbers = {"1801555000%d" % place: to("A") for place in range(3)}
    numbers.update({"18015550005": to("C"), "18015550007": None})
    return account({"A": "HQ", "B": ODD, "C": "Lab"}, rules, numbers)


def test_the_table_has_the_worst_first_and_controls_no_terminal():
    assumed = selection("HQ\nLab")
    state = seeded()
    lines = table(call_flows(state, Conditions(frozenset("AC")), Conditions()), assumed)
    assert lines[:2] == ["With HQ, Lab unavailable:", "5 of 10 call paths left"]
    assert [line.split()[0] for line in lines[2:6]] == ["Result", "LOST", "busy", "answered"]
    assert "Lab unavailable (on failure), then GONE does not exist" in lines[3] and " nobody " in lines[3]
    assert "busy tone (unrouted)" in lines[4] and "18015550000-18015550002 (3)" in lines[5]
    assert lines[6:] == ["Lost: 18015550005"]
    assert not any(char in line for line in lines for char in "\x1b\u202e")


def test_the_table_of_each_trunk_alone():
    state = seeded()
    lines = table({"outages": outages(state, Conditions())}, selection("one at a time"))
    assert [line.split()[-4:] for line in lines[1:4]] == [
        ["10", "1", "0", "1"],
        ["10", "0", "0", "0"],
        ["10", "0", "0", "3"],
    ]
    assert lines[4:6] == ["", "With Lab unavailable:"] and "With HQ unavailable:" in lines
    assert table({"outages": []}, selection("one at a time")) == ["The account has no trunks"]


def test_what_failed_is_dimmed_and_says_so():
    state = seeded()
    drawn = picture(call_flows(state, Conditions(frozenset("AC")), Conditions()), "p1", "Where <calls> go", alone=True)
    root = ElementTree.fromstring(drawn)
    dimmed = ["".join(group.itertext()) for group in root.iter(SVG + "g") if "dim" in group.get("class", "").split()]
    assert len(dimmed) == 3 and "HQ" in dimmed[0] and all("unavailable" in text for text in dimmed[:2])
    assert "does not exist" in dimmed[2]
    assert root.find(SVG + "title").text == "Where <calls> go" and root.get("aria-labelledby") == "p1t p1d"
    assert (
        "18015550005: Lab unavailable (on failure), then GONE does not exist; nobody (lost)."
        in root.find(SVG + "desc").text
    )
    boxes = [group for group in root.iter(SVG + "g") if group.get("class", "").startswith("box")]
    assert len(boxes) == 9 and root.find(SVG + "style") is not None
    right = max(float(path.get("d").split()[0][1:]) for path in root.iter(SVG + "path") if path.get("class") == "tip")
    assert right + 144 <= float(root.get("width"))
    assert picture({"call_flows": []}, "p1", "Nothing") == ""
