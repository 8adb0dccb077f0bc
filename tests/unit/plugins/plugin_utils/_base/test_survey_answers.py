# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables as surveys and command lines give them."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.answers import answer, whole_number


@pytest.mark.parametrize("blank", ["", None, "  ", "\n"])
@pytest.mark.parametrize("default", [True, False, 10, {}, ""])
def test_blank_is_the_default(blank, default):
    assert answer(blank, default, "v") == default


@pytest.mark.parametrize(
    "value, default, expected",
    [
        ("no", True, False),
        ("True", False, True),
        (True, False, True),
        (0, True, False),
        ("2", 5, 2),
        ("0.5", 5, 0.5),
        (7, 5, 7),
    ],
)
def test_text_becomes_the_type_of_the_default(value, default, expected):
    found = answer(value, default, "v")
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    "value, default", [("perhaps", True), ({}, False), ("many", 5), (True, 5), ([], 5), ("inf", 5), ("nan", 5)]
)
def test_another_type_is_refused_with_the_name(value, default):
    with pytest.raises(ValueError, match="^role_variable is '"):
        answer(value, default, "role_variable")


@pytest.mark.parametrize("value, expected", [("", 16), (None, 16), ("64", 64), (1, 1), ("8.0", 8)])
def test_a_whole_number_within_its_limits_is_taken(value, expected):
    assert whole_number(value, 16, 1, 64, "v") == expected


@pytest.mark.parametrize("value", ["0", 65, "8.5", -1, "many", True])
def test_another_number_is_refused_with_the_name(value):
    with pytest.raises(ValueError, match="^role_variable is .*: give a "):
        whole_number(value, 16, 1, 64, "role_variable")
