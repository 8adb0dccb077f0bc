# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of the connection that a host's variables give."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module import argspec
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.host_options import host_options

OPTIONS = sorted(set(argspec.connection()) - {"account_id", "account_number"})
SECRET = "s3cret {{ nope"


def same(value):
    """Fill in nothing."""
    return value


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option_of_the_connection_comes_from_its_variable(name):
    assert host_options({"alianza_" + name: "1", name: "2", "other": "3"}, same) == {name: "1"}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("blank", ["", None])
def test_a_blank_variable_is_left_out(name, blank, monkeypatch):
    monkeypatch.setenv("ALIANZA_" + name.upper(), "5")
    assert host_options({"alianza_" + name: blank}, same) == {} == host_options({}, same)


def test_text_stays_text_and_other_types_stay_what_they_are():
    given = {
        "alianza_password": 12345678,
        "alianza_username": "0123",
        "alianza_timeout": 2.5,
        "alianza_validate_certs": False,
    }
    assert host_options(given, same) == {
        "password": "12345678",
        "username": "0123",
        "timeout": 2.5,
        "validate_certs": False,
    }


@pytest.mark.parametrize("name", OPTIONS)
def test_a_variable_that_cannot_be_filled_in_is_named_without_its_value(name):
    def fill_in(value):
        if value is not None:
            raise RuntimeError("could not template " + value)
        return value

    with pytest.raises(InvalidInput, match="alianza_%s is a template that could not be filled in" % name) as raised:
        host_options({"alianza_" + name: SECRET}, fill_in)
    assert SECRET not in raised.value.msg


def test_a_variable_that_is_filled_in_as_omitted_is_left_out():
    place_holder = "__omit_place_holder__1"
    assert host_options({"alianza_timeout": "x", "omit": place_holder}, lambda value: value and place_holder) == {}
