# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which trunks the playbook unlock unlocks."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.locked_out import locked_out_trunks

TRUNKS = [
    {"trunk_id": "T%d" % place, "name": name, "registration": {"registered": False, "locked_out": locked}}
    for place, (name, locked) in enumerate([("HQ", True), ("DR", True), ("Lab", False), ("Twin", True), ("Twin", True)])
]


@pytest.mark.parametrize(
    "selection, expected",
    [
        (None, ["T0", "T1", "T3", "T4"]),
        (" \n", ["T0", "T1", "T3", "T4"]),
        ("HQ\nLab\n", ["T0"]),
        (["T4", "DR"], ["T4", "T1"]),
        ("Lab", []),
    ],
)
def test_locked_out_trunks_of_a_selection(selection, expected):
    chosen = locked_out_trunks(TRUNKS, selection)
    assert [trunk["trunk_id"] for trunk in chosen["trunks"]] == expected and chosen["fault"] == ""


@pytest.mark.parametrize("selection, said", [("Provo", "Provo"), ("Twin", "T3, T4"), ({"HQ": 1}, "list of trunks")])
def test_a_selection_that_cannot_be_resolved_is_a_fault(selection, said):
    assert said in locked_out_trunks(TRUNKS, selection)["fault"]
