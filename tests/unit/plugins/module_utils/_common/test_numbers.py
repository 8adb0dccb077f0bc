# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers in every spelling people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.numbers import (
    expand,
    fold,
    parse_number,
    parse_range,
)


@pytest.mark.parametrize(
    "text",
    [
        "18015551212",
        "8015551212",
        "801-555-1212",
        "(801) 555-1212",
        "+1 (801) 555-1212",
        "1.801.555.1212",
        "+18015551212",
        " 801 555 1212 ",
        "801\u2011555\u20111212",
        18015551212,
    ],
)
def test_spellings_of_one_number(text):
    assert parse_number(text) == "18015551212"
    assert parse_range(text) == ["18015551212"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "5551212",
        "1801555121",
        "180155512123",
        "28015551212",
        "+8015551212",
        "1801555121O",
        "8015551212 x12",
        "١٨٠١٥٥٥١٢١٢",
        "18015551212,18015551213",
        "+44 20 7946 0958",
        "0118015551212",
    ],
)
def test_what_is_no_number_is_refused_with_what_to_do(text):
    with pytest.raises(ValueError, match="is not a telephone number: give 11 digits"):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "18015551300-18015551302",
        "801-555-1300-801-555-1302",
        "1-801-555-1300 \u2013 1-801-555-1302",
        "(801) 555-1300-(801) 555-1302",
        "8015551300-18015551302",
    ],
)
def test_spellings_of_one_range(text):
    assert parse_range(text) == ["18015551300", "18015551301", "18015551302"]


@pytest.mark.parametrize(
    "text, said",
    [
        ("18015551300-1302", "two full numbers"),
        ("18015551302-18015551300", "ends before it begins"),
        ("18015550000-18015560000", "10001 numbers, and a range may have at most 10000"),
    ],
)
def test_ranges_that_are_refused(text, said):
    with pytest.raises(ValueError, match=said):
        parse_range(text)


def test_the_longest_range_is_taken():
    assert len(parse_range("18015550000-18015559999")) == 10000


def test_all_bad_entries_are_told_and_no_number_comes_twice():
    numbers, faults = expand(["18015551301", "bad", "801-555-1301", "18015551300-18015551301", "worse"])
    assert numbers == ["18015551301", "18015551300"]
    assert len(faults) == 2 and "bad" in faults[0] and "worse" in faults[1]


@given(st.lists(st.integers(12010000000, 12010000400), max_size=300))
def test_folding_is_undone_by_expanding(numbers):
    texts = [str(number) for number in numbers]
    assert expand(fold(texts)) == (sorted(set(texts)), [])
    assert len(fold(texts)) <= len(set(texts))


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_value_error(text):
    try:
        assert len(parse_number(text)) == 11
    except ValueError as error:
        assert str(error)
