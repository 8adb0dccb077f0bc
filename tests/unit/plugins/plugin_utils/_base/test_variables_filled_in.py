# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of a host as an action fills them in: other names for a variable, what is omitted, and whose account they name."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.alianza.sip_trunking.plugins.filter.answers import FilterModule
from ansible_collections.alianza.sip_trunking.plugins.filter.documents import FilterModule as Documents
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.filling import (
    AnsibleValueOmittedError,
    Filling,
    filled_in,
    origin,
)
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.hidden import HIDDEN, MARKS, hidden_fault
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._session.accounts import account_of

OMIT = "__omit_place_holder__0123"


def test_the_origin_of_a_variable_is_behind_its_other_names():
    variables = {"a": "{{ b }}", "b": " {{c}} ", "c": [1], "d": "{{ b }} and more", "e": "{{ f }}", "f": "{{ e }}"}
    assert origin(variables, "a") == origin(variables, "c") == ("c", [1])
    assert origin(variables, "d") == ("d", "{{ b }} and more")
    # Two names of each other have no origin; looking for it comes to an end all the same.
    assert origin(variables, "e")[0] in ("e", "f")
    with pytest.raises(KeyError, match="nowhere"):
        origin({"a": "{{ nowhere }}"}, "a")


OR_BLANK = "{{ account | default('', true) }}"


@pytest.mark.parametrize(
    "variables, expected",
    [
        ({"name": "0012345"}, "0012345"),
        ({"name": "Maple Dental & Sons, 2 (north)"}, "Maple Dental & Sons, 2 (north)"),
        ({"name": OR_BLANK, "account": "0012345"}, "0012345"),
        ({"name": OR_BLANK, "account": ""}, ""),
        ({"name": OR_BLANK}, ""),
    ],
)
def test_plain_text_and_what_stands_for_it_take_no_template(variables, expected):
    def template(value):
        raise AssertionError("filled in %r" % value)

    assert filled_in(variables, "name", template) == expected


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"name": 12345},
        {"name": "{{ account }}", "account": "x"},
        {"name": "{% raw %}"},
        {"name": "[1]"},
        {"name": "two\nlines"},
        {"name": "True"},
        {"name": OR_BLANK, "account": "{{ other }}"},
        {"name": OR_BLANK, "account": 12345},
        {"name": OR_BLANK, "account": None},
        {"name": OR_BLANK, "account": "False"},
        {"name": "{{ account | default('x', true) }}"},
        {"name": "{{ account | default('') }}"},
        {"name": "no. {{ account | default('', true) }}", "account": "x"},
    ],
)
def test_everything_else_is_filled_in_by_ansible(variables):
    assert filled_in(variables, "name", lambda value: ("filled in", value)) == ("filled in", variables.get("name"))


def test_what_is_omitted_is_left_out_at_any_depth():
    filling = Filling({"omit": OMIT}, lambda value: value)
    assert filling.fill_in(OMIT) is None
    assert filling.fill_in({"a": [OMIT, 1, {"b": OMIT, "c": "x"}], "d": OMIT}) == {"a": [1, {"c": "x"}]}
    assert Filling({}, lambda value: value).fill_in({"a": OMIT}) == {"a": OMIT}


def test_a_template_that_omits_has_no_value_and_other_errors_come_through():
    def template(value):
        raise {"omitted": AnsibleValueOmittedError, "broken": ZeroDivisionError}[value]

    assert Filling({}, template).fill_in("omitted") is None
    with pytest.raises(ZeroDivisionError):
        Filling({}, template).fill_in("broken")


def fill(value):
    """Fill in a template as Ansible does, as far as these tests need it."""
    if value == "{{ secret_lookup }}":
        raise RuntimeError("s3cret is in the message")
    return {"{{ number }}": "5349"}.get(value, value)


@pytest.mark.parametrize(
    "values, variables, expected, said",
    [
        ({"account_id": "A"}, {"alianza_account_id": "B"}, "A", ""),
        ({"account_id": lambda: "A"}, {}, "A", ""),
        ({"account_id": ""}, {"alianza_account_id": "B"}, "B", ""),
        ({}, {}, "", ""),
        ({}, {"alianza_account_number": "{{ number }}", "number": 5349}, "", "its account_number is not text"),
        ({}, {"alianza_account_id": "{{ secret_lookup }}"}, "", "account_id"),
        ({"account_id": lambda: fill("{{ secret_lookup }}")}, {}, "", "account_id"),
    ],
)
def test_the_account_of_values_or_of_the_variables(values, variables, expected, said):
    account = account_of("one", values, variables, fill)
    assert account.account_id == expected and said in account.fault and bool(said) == bool(account.fault)
    assert "s3cret" not in account.fault


def test_a_hidden_text_is_found_at_its_place():
    mark = MARKS[0]
    for value, place in (
        (mark, "its value"),
        ([{"name": "a"}, {"name": "b %s" % mark}], "2 name"),
        ({"a": {"b": (1, mark)}}, "a b 2"),
        ([{mark: 1}], "1 a key"),
    ):
        assert hidden_fault(value) == HIDDEN % place
    assert hidden_fault([{"name": "a"}, None, 7]) == ""


def test_a_filter_says_what_is_wrong_as_ansible_does():
    answer = FilterModule().filters()["answer"]
    assert (answer("5", 2, "wait"), answer("yes", False, "force"), answer(" ", 2, "wait")) == (5, True, 2)
    with pytest.raises(AnsibleFilterError, match="wait") as raised:
        answer("soon", 2, "wait")
    assert raised.value.__cause__ is None
    to_host_variables = Documents().filters()["to_host_variables"]
    assert "alianza_account_id: A" in to_host_variables({"alianza_account_id": "A"})
    with pytest.raises(AnsibleFilterError):
        to_host_variables({"alianza_account_id": MARKS[0]})
