# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which trunks a user chose, however it was said."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.choice import chosen_names


@pytest.mark.parametrize(
    "given_as, names",
    [
        (None, []),
        ("", []),
        ([], []),
        ("\n \n", []),
        ("HQ", ["HQ"]),
        (" HQ, the old one\nDR\n\nHQ, the old one", ["HQ, the old one", "DR"]),
        (["HQ", 7], ["HQ", "7"]),
        (7, ["7"]),
        ('["HQ", "DR"]', ["HQ", "DR"]),
        ('["HQ"', ['["HQ"']),
        ("[HQ]", ["[HQ]"]),
    ],
)
def test_a_choice_is_a_name_or_lines_or_a_list(given_as, names):
    assert chosen_names(given_as) == names


@pytest.mark.parametrize("given_as", [{"name": "HQ"}, [None], [["HQ"]], True, [{"name": "HQ"}]])
def test_what_is_no_choice_is_said(given_as):
    with pytest.raises(ValueError, match="is no list of trunks: give names or ids, as a list or a line each"):
        chosen_names(given_as)
