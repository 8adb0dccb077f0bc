# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields: what a user may type, what travels, and what comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common import kinds
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.fields import Field, argument_spec, labels
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.sip_trunk_fields import FIELDS
from ansible_collections.alianza.sip_trunking.tests.support import strategies

by_option = pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.option)


@by_option
@given(data=st.data())
def test_a_value_comes_back_as_it_was_sent(row, data):
    value = row.parse(data.draw(strategies.values(row)))
    assert row.read(row.to_wire(value)) == value
    if value != row.empty:
        assert row.parse(row.shown(value)) == value


@by_option
def test_a_sample_is_a_value_as_results_show_it(row):
    assert row.shown(row.parse(row.sample)) == row.sample


@pytest.mark.parametrize("row", [row for row in FIELDS if row.kind.clear is not None], ids=lambda row: row.option)
def test_the_documented_value_clears_a_field(row):
    assert row.parse(row.kind.clear) == row.empty
    assert row.to_wire(row.empty) == row.clears[0]
    assert all(row.read(wire) == row.empty for wire in (*row.clears, None))


@by_option
@given(value=st.one_of(st.none(), st.booleans(), st.integers(), st.text()))
def test_whatever_the_api_sends_can_be_read(row, value):
    if row.kind.type != "list":
        row.read(value)


@pytest.mark.parametrize(
    "kind, bad",
    [
        (kinds.integer(1), [0, -1, "x", True, 1.0, ""]),
        (kinds.integer(0, 65535), [-1, 65536, None]),
        (kinds.LANGUAGE_TAG, ["e", "en US", "en-"]),
        (kinds.IP_ADDRESS, ["10.0.0.256", "pbx.example.net"]),
        (kinds.TELEPHONE_NUMBER, ["911", "+44 20 7946 0000"]),
        (kinds.BOOLEAN, ["yes", 1, None]),
    ],
)
def test_a_bad_value_is_refused_with_a_remedy(kind, bad):
    for value in bad:
        with pytest.raises(ValueError, match="give"):
            kind.parse(value)


def test_an_argument_spec_is_made_of_the_rows_that_are_options():
    rows = (
        Field("level", "", kinds.choice("low", "high"), doc=("Level.",), default="low", aliases=("grade",)),
        Field("pass_password", "p", kinds.TEXT, "Pass", doc=("Secret.",), secret=True, mandatory=True),
        Field("inner", "i", kinds.DICTIONARY, doc=("Inner.",), rows=(Field("on", "on", kinds.BOOLEAN, doc=("On.",)),)),
        Field("status", "s", kinds.FIXED_TEXT, "Status", returns="Status.", read_only=True),
    )
    assert argument_spec(rows) == {
        "level": {"type": "str", "choices": ["low", "high"], "default": "low", "aliases": ["grade"]},
        "pass_password": {"type": "str", "required": True, "no_log": True},
        "inner": {"type": "dict", "options": {"on": {"type": "bool"}}},
    }
    assert labels(rows) == {"pass_password": "Pass", "status": "Status"}


def test_objects_of_the_api_get_keys_of_python():
    wire = [{"planMinutes": 5, "site": {"siteName": "A"}}, "no object"]
    assert kinds.OBJECTS.read(wire) == [{"plan_minutes": 5, "site": {"site_name": "A"}}]
    assert kinds.OBJECTS.read(None) == []
