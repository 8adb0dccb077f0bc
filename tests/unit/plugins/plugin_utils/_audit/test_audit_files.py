# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table and the pictures of an audit."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import picture as drawing
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import printable, table
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.account_row import account_row
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to
from ansible_collections.alianza.sip_trunking.tests.support.audited import audit, refused, reported

SVG = "{http://www.w3.org/2000/svg}"
PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}


# The table


def test_the_table_has_a_row_for_each_trunk_and_for_each_account_without():
    state = account(
        {"T1": "HQ", "T2": "DR"},
        {"T1": {"forwardOnFailure": [to("T2"), PHONE]}},
        {"18015550001": to("T1"), "18015550009": None},
        ["T1"],
    )
    made = reported(
        audit(state, [{"name": "HQ", "concurrent_calls": 9}, {"name": "New", "concurrent_calls": 1}], host="two"),
        audit(account({}), host="none"),
        refused(),
    )
    rows = list(csv.DictReader(io.StringIO(table.table(made))))
    assert tuple(rows[0]) == table.COLUMNS
    assert [(row["host"], row["trunk"], row["presence"], row["registration"], row["status"]) for row in rows] == [
        ("<p>", "", "", "", "not_audited"),
        ("two", "DR", "platform_only", "unregistered", "drifted"),
        ("two", "HQ", "both", "registered", "drifted"),
        ("two", "New", "document_only", "", "drifted"),
        ("none", "", "", "", "no_document"),
    ]
    assert (
        rows[2]["forwarding"] == "forward on failure: trunk DR, then 18015559999"
        and rows[2]["telephone_numbers"] == "1"
    )
    assert (
        rows[2]["drift"] == "HQ: call paths 5 on the platform, 9 in the document"
        and rows[1]["drift"] == "DR is not in the document"
    )
    assert rows[1]["attention"] == "1 trunk unregistered" and rows[1]["unrouted_numbers"] == "1"


def test_drift_that_is_no_trunks_has_a_row_of_its_own():
    state = account({"T1": "HQ"}, groups=[{"id": "G1", "name": "=Old"}])
    made = reported(audit(state, [{"name": "HQ"}], trunk_groups=[{"name": "New", "trunks": []}]))
    rows = list(csv.DictReader(io.StringIO(table.table(made))))
    assert [(row["trunk"], row["drift"]) for row in rows] == [
        ("", "trunk group New is not on the platform; trunk group =Old is not in the document"),
        ("HQ", ""),
    ]


@given(st.text(alphabet=st.characters() | st.sampled_from("=+-@\t\r\n '\",;|"), max_size=30))
def test_no_cell_is_a_formula_and_every_cell_can_be_read_back(text):
    made = account_row({"host": "x%s" % text, "account_name": text, "error": {"msg": text, "kind": "server"}})
    rows = list(csv.DictReader(io.StringIO(table.table(reported(made)), newline="")))
    assert len(rows) == 1
    clean = printable.printable(text).replace("\r\n", "\n").replace("\r", "\n")
    for column in ("account_name", "reason"):
        cell = rows[0][column]
        assert not re.match(r"[ ]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell) and cell in (clean, "'" + clean)


# The pictures


def drawn(row):
    """Return the pictures of an account, parsed."""
    return [ET.fromstring(picture) for picture in drawing.pictures(row, "k")]


def texts(picture, name="text"):
    """Return the texts of a picture, in order."""
    return [each.text for each in picture.iter(SVG + name)]


def test_a_lane_shows_the_trunk_and_every_attempt_in_order():
    state = account(
        {"T1": "HQ", "T2": "DR"},
        {
            "T1": {
                "forwardOnFailure": [to("T2"), PHONE, {"referenceType": "BUSY"}],
                "forwardOnCapacityExceeded": [PHONE],
            }
        },
        registered=["T2"],
    )
    (picture,) = drawn(audit(state))
    said = texts(picture)
    assert said == [
        "no failover",
        "DR",
        "\u25cf registered",
        "on failure",
        "DR",
        "1. \u25cf registered",
        "18015559999",
        "2. telephone",
        "Busy tone",
        "3.",
        "when full",
        "18015559999",
        "telephone",
        "HQ",
        "\u25cb unregistered",
    ]
    assert texts(picture, "desc") == [
        "DR (registered): no failover. HQ (unregistered): on failure: DR (registered), then 18015559999 (telephone), then Busy tone; when full: "
        "18015559999 (telephone)."
    ]
    assert picture.get("role") == "img" and picture.get("aria-labelledby").split() == [
        each.get("id") for name in ("title", "desc") for each in [picture.find(SVG + name)]
    ]
    width, height = (int(picture.get(side)) for side in ("width", "height"))
    assert picture.get("viewBox") == "0 0 %d %d" % (width, height)


def test_calls_that_all_go_elsewhere_are_the_strong_line_and_the_rest_is_dimmed():
    always = {
        "T1": {"forwardAlways": dict(to("T2"), enabled=True), "forwardOnFailure": [PHONE]},
        "T2": {"forwardAlways": dict(PHONE, enabled=False), "forwardOnFailure": [PHONE]},
    }
    (picture,) = drawn(audit(account({"T1": "A", "T2": "B"}, always)))
    lines = [
        each.get("class") for each in picture.iter(SVG + "g") if each.get("class") and "box" not in each.get("class")
    ]
    assert lines == ["always", "failure dim", "failure", "off dim"]


def test_states_are_told_by_words_and_signs():
    trunks = {"T1": "A", "T2": "B", "T3": {"trunkName": "C", "ipBasedAuthEnabled": True}, "T4": "D"}
    state = account(trunks, {"T4": {"forwardOnFailure": [to("GONE")]}}, registered=["T1"])
    state.registrations["T2"]["locked_out"] = True
    (picture,) = drawn(audit(state))
    assert [text for text in texts(picture) if text[0] in "\u25cf\u25cb\u25a0\u25c6\u00d7"] == [
        "\u25cf registered",
        "\u25a0 locked out",
        "\u25c6 by address",
        "\u00d7 does not exist",
        "\u25cb unregistered",
    ]


def test_a_long_name_is_cut_and_whole_in_its_title():
    long = "The trunk of the branch office in St. George"
    (picture,) = drawn(audit(account({"T1": long, "T2": "\u65e5" * 30, "T3": "short"})))
    assert texts(picture, "title")[1:] == [long, "\u65e5" * 30]
    names = [text for text in texts(picture) if text.endswith("\u2026")]
    assert len(names) == 2 and len(names[0]) < 22 and len(names[1]) < 12


def test_many_attempts_go_on_below_and_many_trunks_in_another_picture():
    state = account(
        {"T%02d" % place: "Trunk %02d" % place for place in range(8)},
        {"T00": {"forwardOnFailure": [dict(PHONE, referenceId="1801555%04d" % place) for place in range(5)]}},
    )
    row = audit(state)
    first, second = drawn(row)
    assert first.get("width") == second.get("width") and "across3" in first.get("class")
    assert (
        len(texts(first, "desc")[0].split(". ")) == 6
        and len({each.get("id") for picture in (first, second) for each in picture.iter()}) == 5
    )
    rights = [int(place) + drawing.BOX for place in re.findall(r"translate\((\d+) ", drawing.pictures(row, "k")[0])]
    assert max(rights) <= int(first.get("width"))
    assert drawn(audit(account({}))) == []


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=20))
def test_a_picture_is_well_formed_whatever_the_names(name, kind):
    made = audit(account({"T1": name, "T2": "B"}, {"T1": {"forwardOnFailure": [to("T2"), to(name)]}}), host=name)
    # A kind of destination that this collection does not know would be left out of the document.
    made["trunks"][0]["forwarding"]["forward_on_capacity_exceeded"] = [
        printable.printable({"reference_type": "<%s" % kind, "reference_id": name})
    ]
    for picture in drawn(made):
        assert not [
            each
            for each in picture.iter()
            if each.tag.rpartition("}")[2] not in ("svg", "g", "title", "desc", "rect", "path", "text")
        ]
