# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Host variables are read back by Ansible as they were written."""

from __future__ import annotations

import yaml
from ansible.parsing.dataloader import DataLoader
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.host_variables import (
    document_variables,
    to_yaml,
)

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(
    [
        "{{ 7 * 7 }}",
        "{% raw %}",
        "a {# b",
        "yes",
        "null",
        "0123",
        "1e3",
        "2026-11-25",
        "- x",
        "a: b",
        "#",
        "'",
        '"',
        "!unsafe x",
        " a ",
        "\u00fc",
    ]
)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "trunk_id", "forwarding"]), inner, max_size=3)
    ),
    max_leaves=8,
)


class Text(str):
    """A text with a mind of its own, as Ansible has them."""

    def __str__(self):
        return "not this"


@given(st.dictionaries(st.sampled_from(["alianza_trunks", "alianza_account_id"]), VALUES, max_size=2))
def test_what_is_written_is_read_back_by_ansible(variables):
    assert (DataLoader().load(to_yaml(variables)) or {}) == variables


def test_a_text_that_looks_like_a_template_is_marked_and_nothing_else():
    text = to_yaml(
        {
            "alianza_trunks": [
                {"name": Text("DR {{ 1 }}"), "concurrent_calls": 2, "telephone_numbers": [Text("18015550000")]}
            ]
        }
    )
    assert text == (
        "alianza_trunks:\n  - name: !unsafe 'DR {{ 1 }}'\n    concurrent_calls: 2\n    telephone_numbers:\n      - '18015550000'\n"
    )
    assert yaml.safe_load(text.replace("!unsafe ", ""))["alianza_trunks"][0]["concurrent_calls"] == 2


def test_a_list_beside_the_trunks_is_a_variable_only_if_something_is_in_it():
    read = {"account_id": "A", "trunks": [], "trunk_groups": [], "caller_ids": None, "identities": []}
    assert document_variables(read) == {"alianza_account_id": "A", "alianza_trunks": []}
    full = dict(read, trunks=[{"name": "HQ"}], trunk_groups=[{"name": "G"}], caller_ids=[{"caller_id": "1"}])
    assert list(document_variables(full)) == [
        "alianza_account_id",
        "alianza_trunks",
        "alianza_trunk_groups",
        "alianza_caller_ids",
    ]
