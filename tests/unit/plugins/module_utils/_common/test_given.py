# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users give, before it is parsed."""

from __future__ import annotations

import json
import warnings

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_fields
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.given import (
    checked,
    not_text,
    secrets_in,
    structure,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.numbers import expand, listed
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module import argspec
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.raw_options import hidden, prepare
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import Trunks


def faults(**given):
    """Return the faults of one trunk of a document."""
    return checked(document_fields.TRUNK, given, "it")[1]


@pytest.mark.parametrize("value", [0, 5349, 1.5, True, False, None, [], {}, b"x", object()])
def test_what_is_not_text(value):
    assert not_text(value) and not not_text("5349")
    assert bool(not_text(value, integers=True)) == (value != 0 and value != 5349 or isinstance(value, bool))
    assert "5349" not in not_text(5349, secret=True)


@pytest.mark.parametrize("row", document_fields.TRUNK, ids=lambda row: row.option)
@pytest.mark.parametrize(
    "value", [object(), b"x", 1.5, {"sip_password": "s3cret"}, [["s3cret"]], True, "s3cret", 10**30]
)
def test_every_key_takes_any_value_without_an_unexpected_error(row, value):
    values, bad = checked(document_fields.TRUNK, {row.option: value}, "it")
    assert bad or row.option in values
    if not isinstance(value, str):
        assert "s3cret" not in str(bad)
    assert "s3cret" not in str(bad) or not row.secret


def test_keys_that_are_not_known():
    assert faults(concurent_calls=1) == ["it has no key 'concurent_calls': did you mean concurrent_calls?"]
    assert faults(Name="A") == ["it has no key 'Name': did you mean name?"]
    assert faults(colour="s3cret") == ["it has no key 'colour': remove it"]
    assert checked(document_fields.TRUNK, {False: 1, 417: 2}, "it")[1] == [
        "it has no key 'False': remove it",
        "it has no key '417': remove it",
    ]
    assert faults(name="A", trunk_name="B") == ["name is given twice, as trunk_name too: remove one of them"]
    assert not faults(name="A", trunk_name="A")


def test_values_get_the_types_that_parsers_take():
    values, bad = checked(
        document_fields.TRUNK,
        {
            "trunk_name": "A",
            "concurrent_calls": "20",
            "local_services_enabled": "yes",
            "port_number": "",
            "telephone_numbers": "18015551000, 18015551001\n",
            "forwarding": json.dumps({"forward_always": {"enabled": "off"}}),
        },
        "it",
    )
    assert not bad and values == {
        "name": "A",
        "concurrent_calls": 20,
        "local_services_enabled": True,
        "telephone_numbers": ["18015551000", "18015551001"],
        "forwarding": {"forward_always": {"enabled": False}},
        "state": "present",
        "update_password": "always",
    }


@pytest.mark.parametrize("text", ["", "5in", "[", "{{ x }}", "[" * 100000, "- a", "5", '"a"', "\ufeff[]"])
def test_text_that_holds_no_structure_stays_text(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert structure(text) == text


def test_secrets_are_found_wherever_they_are():
    spec = argspec.document()["trunks"]["options"]
    document = [
        {"sip_password": "one"},
        {"forwarding": {"deep": [{"sip_password": 12345678}]}},
        {"name": "open"},
        5,
        "text",
    ]
    assert hidden(spec, document) == {"one", "12345678"}
    assert secrets_in({"a": "", "b": True}, lambda key: True) == set()


def test_numbers_as_one_text():
    assert expand("18015551000\r\n801-555-1001, 18015551002-18015551003\n") == (
        ["1801555100%d" % last for last in range(4)],
        [],
    )
    assert expand([18015551000, "18015551001\n18015551002"])[0] == ["1801555100%d" % last for last in range(3)]
    assert len(expand(["", "x", "x"])[1]) == 2
    assert listed(["18015551002", "18015551000", "18015551001"]) == "18015551000-18015551002"
    scattered = listed("1801%07d" % (2 * place) for place in range(1000))
    assert scattered.endswith(" and 800 more") and len(scattered) < 3000


def test_blank_answers_leave_the_default_or_the_environment():
    spec = dict(argspec.connection(), **argspec.sip_trunk())
    blank = dict.fromkeys(
        ("retries", "timeout", "validate_certs", "api_url", "update_password", "extension_patterns"), ""
    )
    assert prepare(spec, dict(blank, language_tag="")) == ({"language_tag": ""}, [])


class Listed:
    """A trunk of a list."""

    def __init__(self, trunk_id, name):
        self.trunk_id, self.name = trunk_id, name


def test_a_trunk_that_the_list_holds_twice_is_one_trunk():
    trunks = Trunks([Listed("T1", "HQ"), Listed("T2", "DR"), Listed("T1", "HQ")])
    assert trunks.named("HQ").trunk_id == "T1" and [trunk.trunk_id for trunk in trunks.all] == ["T1", "T2"]
