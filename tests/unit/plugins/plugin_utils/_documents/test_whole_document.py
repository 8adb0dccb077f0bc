# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of a document in the variables of a host: which are given, which are not, and which are faulty."""

from __future__ import annotations

import json

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.lookup import trunk_document
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_fields
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.document_parts import OPTIONAL, PARTS, TRUNKS
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.optional_document import optional_document
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.whole_document import (
    optional_whole_document,
    whole_document,
)

ONE = [{"name": "HQ"}]
TWO = [{"name": "North"}]


def fill(value):
    """Fill in a template as Ansible does, as far as these tests need it."""
    if isinstance(value, str) and "{{" in value:
        if value == "{{ made }}x":
            return json.dumps(TWO)
        raise RuntimeError("s3cret is in the message")
    return value


def read(how=whole_document, names=(), **variables):
    """Return the document of a host."""
    return how("one", dict(names), variables, fill)


def test_what_is_not_given_is_not_in_the_document():
    assert read(alianza_trunks=ONE) == read(alianza_trunks=ONE, alianza_trunk_groups=" ") == {"trunks": ONE}
    assert read(alianza_trunks=ONE, alianza_trunk_groups=None) == {"trunks": ONE}
    # An empty list says that there are none.
    assert read(alianza_trunks=ONE, alianza_trunk_groups=[]) == {"trunks": ONE, "trunk_groups": []}
    assert read(alianza_trunks="[]", alianza_trunk_groups=json.dumps(TWO)) == {"trunks": [], "trunk_groups": TWO}
    assert read(optional_whole_document) is None and read(optional_whole_document, alianza_trunks="") is None


@pytest.mark.parametrize("part", OPTIONAL, ids=lambda part: part.option)
def test_the_variable_of_a_role_comes_first_and_the_shared_one_where_it_is_blank(part):
    own = "role_" + part.option
    names = {part.option: own}
    for given, expected in (
        ({own: TWO, part.variable: ONE}, TWO),
        ({own: "", part.variable: TWO}, TWO),
        ({part.variable: TWO}, TWO),
        ({own: "{{ %s }}" % part.variable, part.variable: TWO}, TWO),
        ({own: "{{ %s }}" % part.variable}, None),
        ({own: "{{ made }}x"}, TWO),
    ):
        found = read(names=names, alianza_trunks=ONE, **given)
        assert found == dict({"trunks": ONE}, **({part.option: expected} if expected else {})), given


def test_everything_that_is_wrong_is_said_at_once_and_no_value_is_quoted():
    with pytest.raises(InvalidInput) as raised:
        read(alianza_trunks=5, alianza_trunk_groups=[{"name": "North", "trunks": "{{ s3cret }}"}])
    assert raised.value.faults == [
        "Host one: its alianza_trunks is a number and no list: give a list of trunks, each with a dash before it",
        "Host one, trunk group 'North': its trunks could not be filled in: check the variables that it refers to",
    ]
    with pytest.raises(InvalidInput, match="Host one has no elsewhere: give it the trunk groups"):
        read(alianza_trunks=ONE, alianza_trunk_groups="{{ elsewhere }}")
    with pytest.raises(InvalidInput, match="Host one has alianza_trunk_groups, and no trunk document"):
        read(optional_whole_document, alianza_trunk_groups=TWO)


@pytest.mark.parametrize("name", ["alianza_trunk_group", "alianza_trunkgroups", "alianza_Trunk_Groups"])
def test_another_form_of_the_name_is_refused(name):
    """What a host need not have would be ignored without a word."""
    with pytest.raises(InvalidInput, match="has no alianza_trunk_groups, but %s: correct the name" % name):
        read(alianza_trunks=ONE, **{name: TWO})
    assert read(alianza_trunks=ONE, alianza_trunk_groups=TWO, **{name: ONE})["trunk_groups"] == TWO


def test_a_document_that_is_another_variable_which_is_missing_is_an_error():
    with pytest.raises(InvalidInput, match="has no site_trunks"):
        optional_document("one", "alianza_trunks", {"alianza_trunks": "{{ site_trunks }}"}, fill)
    assert optional_document("one", "own", {"own": "{{ alianza_trunks }}"}, fill) is None


def test_the_first_part_is_the_one_that_a_host_has_to_have():
    assert next(iter(PARTS.values())) is TRUNKS and TRUNKS.variable == "alianza_trunks" and TRUNKS not in OPTIONAL


def test_the_parts_are_the_lists_that_the_module_and_the_lookup_know():
    assert list(PARTS) == [row.option for row in document_fields.LISTS]
    assert yaml.safe_load(trunk_document.DOCUMENTATION)["options"]["part"]["choices"] == list(PARTS)
    for part in PARTS.values():
        known = {row.option for row in next(row.rows for row in document_fields.LISTS if row.option == part.option)}
        assert set(part.keys) & known, part
