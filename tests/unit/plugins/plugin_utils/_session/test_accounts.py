# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which account each host is, and which hosts must not go on."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._session.accounts import (
    Account,
    check_accounts,
    name_account,
    resolve_accounts,
)

PBX = Account(is_pbx=True)


def by_id(value, number=""):
    """Return an account that is given by its id."""
    return Account(account_id=value, account_number=number)


def by_number(value):
    """Return an account that is given by its number."""
    return Account(account_number=value)


def faults(accounts):
    """Return {host: fault} of the hosts that must not go on."""
    return {host: account.fault for host, account in accounts.checked.items() if account.fault}


@pytest.mark.parametrize(
    "values, written, account",
    [
        ({"account_id": "A", "account_number": None}, {}, by_id("A")),
        ({"account_id": "", "account_number": "0012"}, {}, by_number("0012")),
        ({}, {}, Account()),
        ({"account_id": "A", "account_number": "1"}, None, by_id("A", "1")),
    ],
)
def test_a_host_names_its_account_in_its_variables(values, written, account):
    assert name_account("one", values, written) == account
    assert name_account("one", values, written, is_pbx=True) == PBX


@pytest.mark.parametrize(
    "values, written, names",
    [
        ({"account_number": 5349}, {}, "account_number"),
        ({"account_id": False}, {}, "account_id"),
        # ansible-core before 2.19 makes text of a number that it fills in.
        ({"account_number": "5349"}, {"account_number": 5349}, "account_number"),
        ({"account_id": 1, "account_number": 2}, {}, "account_id and account_number"),
    ],
)
def test_what_yaml_made_of_an_account_is_refused(values, written, names):
    account = name_account("one", values, written)
    assert account.fault.startswith("Host one: its %s is not text" % names) and account.fault.endswith(": quote it")
    assert faults(check_accounts({"one": account, "two": by_id("A")})) == {"one": account.fault}


@pytest.mark.parametrize(
    "named, refused, mixed, first",
    [
        ({"a": by_id("A"), "b": by_id("B")}, {}, False, "a"),
        ({"a": by_number("1"), "b": by_number("2")}, {}, False, "a"),
        ({"a": by_id("A"), "b": by_number("2")}, {}, True, "a"),
        # Both are known of one, so that the other one can be compared.
        ({"a": by_id("A", "1"), "b": by_number("2")}, {}, False, "a"),
        ({"a": by_id("A", "1"), "b": by_number("1")}, {"a": "number 1", "b": "number 1"}, False, ""),
        ({"a": by_id("A", "1"), "b": by_number("2"), "c": by_id("C")}, {}, True, "a"),
        ({"p": PBX, "n": Account(), "b": by_id("B")}, {"p": "is a PBX", "n": "does not say which account"}, False, "b"),
        (
            {"a": by_id("A"), "p": PBX, "b": by_id("A"), "c": by_id("C")},
            dict.fromkeys("ab", "id A") | {"p": "PBX"},
            False,
            "c",
        ),
    ],
)
def test_hosts_that_must_not_go_on(named, refused, mixed, first):
    accounts = check_accounts(named)
    assert set(faults(accounts)) == set(refused) and (accounts.mixed, accounts.first_host) == (mixed, first)
    assert all(part in faults(accounts)[host] for host, part in refused.items())


def test_all_hosts_of_an_account_are_named():
    accounts = check_accounts({host: by_id("A") for host in ("one", "two", "three")})
    sentence = "Hosts one and two and three have the same alianza_account_id A: give every account one host"
    assert faults(accounts) == dict.fromkeys(("one", "two", "three"), sentence)


def test_hosts_that_turn_out_to_be_one_account_are_all_refused():
    accounts = check_accounts(
        {"a": by_id("A"), "b": by_number("1"), "c": by_number("2"), "d": by_number("3"), "p": PBX}
    )
    assert accounts.unresolved == ["b", "c", "d"]
    resolved = resolve_accounts(
        accounts, {"b": "A", "c": "C"}, {"d": ("not_found", "There is no account with the number 3")}
    )
    sentence = "Hosts a and b are the same account A: give every account one host"
    assert faults(resolved) == {
        "a": sentence,
        "b": sentence,
        "d": "There is no account with the number 3",
        "p": accounts.checked["p"].fault,
    }
    assert resolved.checked["d"].fault_kind == "not_found"
    assert resolved.checked["c"].options() == {"account_id": "C"} and resolved.unresolved == []
    assert accounts.checked["c"].options() == {"account_number": "2"}
    assert Account.from_dict(resolved.checked["c"].as_dict()) == resolved.checked["c"]


def test_tens_of_thousands_of_hosts_are_compared():
    named = {
        "h%d" % place: by_number(str(place // 2)) if place < 10 else by_id("A%d" % place) for place in range(20000)
    }
    accounts = resolve_accounts(check_accounts(named), {}, {})
    assert len(faults(accounts)) == 10 and accounts.mixed
