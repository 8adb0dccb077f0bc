# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which trunks a user chose, in every form of a selection."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.choice import choose_trunks, chosen_names

TRUNKS = [
    {"trunk_id": trunk_id, "name": name}
    for trunk_id, name in (
        ("1", "HQ"),
        ("2", "DR"),
        ("3", "Lab"),
        ("4", "Lab"),
        ("5", "1"),
        ("6", " HQ"),
        ("7", "HQ, the old one"),
        ("8", "7"),
    )
]


@pytest.mark.parametrize(
    "given_as, names",
    [
        (None, []),
        ("", []),
        ([], []),
        ("\n \n", []),
        ("HQ", ["HQ"]),
        (" HQ, the old one\nDR\n\nHQ, the old one", [" HQ, the old one", "DR", "HQ, the old one"]),
        (["HQ", 7], ["HQ", "7"]),
        (7, ["7"]),
        ('["HQ", "DR"]', ["HQ", "DR"]),
        ('["HQ"', ['["HQ"']),
        ("[HQ]", ["[HQ]"]),
    ],
)
def test_a_selection_is_a_name_or_lines_or_a_list(given_as, names):
    assert chosen_names(given_as) == names


@pytest.mark.parametrize("given_as", [{"name": "HQ"}, [None], [["HQ"]], True, [{"name": "HQ"}]])
def test_other_types_are_refused(given_as):
    with pytest.raises(ValueError, match="is no list of trunks: give names or IDs, as a list or one in each line"):
        chosen_names(given_as)
    assert choose_trunks(given_as, TRUNKS).faults == [
        "The choice is no list of trunks: give names or IDs, as a list or one in each line"
    ]


@pytest.mark.parametrize(
    "selection, ids",
    [
        ("HQ\nDR", ["1", "2"]),
        ("2\n DR ", ["2"]),
        # A name comes before an id, the exact text before the text without blanks.
        ("1", ["5"]),
        (7, ["8"]),
        ([" HQ"], ["6"]),
        (["  HQ  "], ["1"]),
        ("HQ, the old one", ["7"]),
        ("HQ, DR,", ["1", "2"]),
    ],
)
def test_a_selection_is_resolved_against_the_account(selection, ids):
    choice = choose_trunks(selection, TRUNKS)
    assert [trunk["trunk_id"] for trunk in choice.trunks] == ids
    assert (choice.missing, choice.faults, choice.missing_fault, choice.empty) == ([], [], "", False)


def test_what_cannot_be_resolved_is_named_with_what_there_is():
    choice = choose_trunks(["Lab", "HQ", "Gone", "Lost, too"], TRUNKS)
    assert [trunk["trunk_id"] for trunk in choice.trunks] == ["1"] and choice.missing == ["Gone", "Lost, too"]
    assert choice.faults == ["2 trunks of this account are named 'Lab': give the ID of one, of 3, 4"]
    assert choice.missing_fault.startswith(
        "The account has no trunk with the name or ID Gone, Lost, too: check the names"
    )
    assert choice.missing_fault.endswith("it has  HQ, 1, 7, DR, HQ, HQ, the old one, Lab, Lab")
    assert choose_trunks("x", []).missing_fault.endswith("it has no trunks") and choose_trunks(" ", TRUNKS).empty
