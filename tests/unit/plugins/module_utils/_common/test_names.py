# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that are the same but for case, blanks and Unicode form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.names import (
    folded,
    same_but_for_form,
    unfit_for_creation,
)


@pytest.mark.parametrize(
    "name",
    [
        "Lindon HQ ",
        "lindon HQ",
        "Lindon  HQ",
        "Lindon\u00a0HQ",
        "Lindon HQ\n",
        "\tLINDON\u2003HQ",
        "Lin\u200bdon HQ",
        "Ｌindon HQ",
    ],
)
def test_names_that_look_alike(name):
    assert same_but_for_form(name, "Lindon HQ")


@pytest.mark.parametrize("one, other", [("Café", "Cafe\u0301"), ("STRASSE", "straße"), ("ﬁne", "fine")])
def test_unicode_forms(one, other):
    assert same_but_for_form(one, other)


@pytest.mark.parametrize("one, other", [("HQ 1", "HQ 2"), ("LindonHQ", "Lindon HQ"), ("Café", "Cafe"), ("a-b", "a_b")])
def test_names_that_differ(one, other):
    assert not same_but_for_form(one, other)


@given(st.text())
def test_folding_twice_changes_nothing_more(name):
    assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize(
    "name, unfit", [("HQ ", True), ("\u00a0HQ", True), ("H\nQ", True), ("H\x7fQ", True), ("H  Q é", False)]
)
def test_names_for_new_objects(name, unfit):
    assert bool(unfit_for_creation(name)) is unfit
