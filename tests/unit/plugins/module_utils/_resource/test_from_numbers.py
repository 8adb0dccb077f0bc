# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FROM numbers as they are typed, compared and shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import caller_id_fields, from_numbers

number = st.from_regex(caller_id_fields.FROM_NUMBERS.kind.pattern, fullmatch=True).filter(str.isascii)


@pytest.mark.parametrize(
    "typed, numbers",
    [
        ("18015551212", ["18015551212"]),
        ("+1 (801) 555-1212", ["18015551212"]),
        (8015551212, ["18015551212"]),
        ("18015551300-18015551302", ["18015551300", "18015551301", "18015551302"]),
        ("2101", ["2101"]),
        ("0100", ["0100"]),
        ("21xx", ["21XX"]),
        ("801-555-XXXX", ["1801555XXXX"]),
        ("+1 801 555 xxxx", ["1801555XXXX"]),
        ("801555*", ["801555*"]),
        ("442071234567", ["442071234567"]),
        ("21XX, 2200\n801-555-1212", ["21XX", "2200", "18015551212"]),
    ],
)
def test_every_spelling_is_taken(typed, numbers):
    assert from_numbers.parse([typed]) == (numbers, [])
    if isinstance(typed, str):
        assert from_numbers.parse(typed) == (numbers, [])


@pytest.mark.parametrize(
    "typed, reason",
    [
        ("office", "is 'office': give a telephone number"),
        ("2XX1", "is '2XX1': give a telephone number"),
        ("1801555XXXX-1801556XXXX", "give a telephone number"),
        ("18015551302-18015551300", "ends before it begins"),
        ("18015550000-18025550000", "at most 10000"),
        ("", "is '': give"),
        (64, "is the number 64 and has to be text: quote it"),
        (False, "is false and has to be text"),
        (None, "is empty and has to be text"),
    ],
)
def test_what_is_no_number_is_named_with_its_place(typed, reason):
    numbers, faults = from_numbers.parse(["2101", typed, "2102"])
    assert numbers == ["2101", "2102"]
    assert len(faults) == 1 and faults[0].startswith("from_numbers entry 2 ") and reason in faults[0]


def test_another_type_is_refused():
    assert from_numbers.parse({"2101": 1}) == ([], ["from_numbers is a dictionary: give a list"])
    assert from_numbers.parse(18015551212) == (["18015551212"], [])


@given(st.lists(number, max_size=30))
def test_folding_is_the_inverse_of_parsing(numbers):
    folded = from_numbers.folded(numbers)
    assert from_numbers.parse(folded)[1] == []
    assert sorted(from_numbers.parse(folded)[0]) == sorted(set(numbers))


@given(number)
def test_the_normal_form_stays(text):
    assert from_numbers.normal(text) == text == from_numbers.normal(text.lower())


def test_runs_of_telephone_numbers_become_ranges_and_others_do_not():
    numbers = ["18015551300", "18015551301", "18015551302", "2101", "2102", "2103", "1801555XXXX"]
    assert from_numbers.folded(numbers) == ["18015551300-18015551302", "1801555XXXX", "2101", "2102", "2103"]
