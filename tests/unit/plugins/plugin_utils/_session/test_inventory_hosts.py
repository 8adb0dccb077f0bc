# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which accounts become hosts, and under which names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidResponse
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.settings import Settings
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._session.inventory_hosts import (
    HOSTNAMES,
    accounts_of,
    fingerprint,
    host_names,
    host_variables,
    select_accounts,
)


def account(account_id, number="100", name="Acme", **more):
    """Return an account as accounts_of makes it."""
    return dict({"account_id": account_id, "account_number": number, "account_name": name}, **more)


def test_accounts_are_named_as_elsewhere_and_hold_no_secret():
    found = accounts_of(
        [
            {"id": "b", "accountName": "Zoo", "holdTimeoutSeconds": 30, "x": [{"authToken": "S3cret"}]},
            {"id": "a", "accountName": "Acme"},
            {"id": "a", "accountName": "Acme, once more"},
        ]
    )
    assert found == [
        {"account_id": "a", "account_name": "Acme"},
        {"account_id": "b", "account_name": "Zoo", "hold_timeout_seconds": 30, "x": [{"auth_token": "(redacted)"}]},
    ]
    for broken in ([{"accountName": "Acme"}], ["text"], [None], [{"id": ""}]):
        with pytest.raises(InvalidResponse, match="without an id"):
            accounts_of(broken)


def test_accounts_are_chosen_by_number_and_status():
    accounts = [
        account("a", "1", status="ACTIVE"),
        account("b", "2", status="DELETED"),
        account("c", "3"),
        account("d", 4, status="NEW"),
    ]
    assert [each["account_id"] for each in select_accounts(accounts, None, ["deleted"])[0]] == ["a", "c", "d"]
    assert select_accounts(accounts, None, []) == (accounts, [])
    found, warnings = select_accounts(accounts, ["1", "2", "4", "9"], ["DELETED"])
    assert (
        [each["account_id"] for each in found] == ["a", "d"] and "the number 2, 9" in warnings[0] and len(warnings) == 1
    )
    assert select_accounts(accounts, [], []) == ([], []), "no number is wanted, which is not the same as any"


def test_hosts_have_safe_and_unique_names():
    accounts = [
        account("a", "1", "Bob's Café, Ltd. "),
        account("b", "1:2", "all"),
        account("c", "1 2", None),
        account("d", None, "a"),
        account("e", "5", " ,"),
    ]
    assert host_names(accounts, "account_name") == (
        ["Bob-s-Café-Ltd", "b", "c", "d", "e"],
        [
            "Account 1:2 (all) has a name that Ansible reserves: its host is named b",
            "Account 1 2 (no name) has no account_name: its host is named c",
            "Account d (a) has the id of another account as its account_name: its host is named d",
            "Account 5 ( ,) has no account_name: its host is named e",
        ],
    )
    assert host_names(accounts, "account_number")[0] == ["1", "b", "c", "d", "5"], "1:2 and 1 2 would both be 1-2"
    assert host_names(accounts, "account_id") == (["a", "b", "c", "d", "e"], [])


@given(
    st.lists(
        st.tuples(st.sampled_from("abc1"), st.sampled_from(["a", "b", "1", "2", "", None, "all", "a b", "a:b"])),
        unique_by=lambda pair: pair[0],
    )
)
def test_names_are_unique_whatever_the_accounts(pairs):
    accounts = [account(account_id, number, number) for account_id, number in pairs]
    for kind in HOSTNAMES:
        names = host_names(accounts, kind)[0]
        assert len(set(names)) == len(accounts) and all(names)


def test_variables():
    entry = {"account": account("a")}
    variables = {
        "alianza_account_id": "a",
        "alianza_account_number": "100",
        "alianza_account_name": "Acme",
        "alianza_account": account("a"),
    }
    assert host_variables(entry) == variables
    assert host_variables(dict(entry, trunks=[])) == dict(variables, alianza_actual_trunks=[])
    assert host_variables(dict(entry, trunks=[], trunk_groups=[1], caller_ids=[2])) == dict(
        variables, alianza_actual_trunks=[], alianza_actual_trunk_groups=[1], alianza_actual_caller_ids=[2]
    )


def test_what_is_read_from_elsewhere_has_another_fingerprint():
    settings = [
        Settings(username="u", password="p"),
        Settings(username="v", password="p"),
        Settings(username="u", password="p", partition_id="P"),
        Settings(username="u", password="p", api_url="https://api.b2.alianza.com"),
        Settings(auth_token="t"),
        Settings(auth_token="s"),
    ]
    prints = [fingerprint(each, None, False) for each in settings] + [
        fingerprint(settings[0], [], False),
        fingerprint(settings[0], None, True),
    ]
    assert len(set(prints)) == len(prints)
    assert fingerprint(Settings(username="u", password="q"), None, False) == prints[0], (
        "a new password is not another place"
    )
    assert fingerprint(Settings(auth_token="t", partition_id="P"), None, False) == prints[2], (
        "a partition is the same for all"
    )


@pytest.mark.parametrize("kind", ["account_id", "account_number"])
def test_an_id_is_made_safe_as_other_names_are(kind):
    ids = ["../../x", "{{ lookup('pipe', 'id') }}", "a b", "a/b", "all", "", "plain", "*:!all", "\u00fc"]
    names, warnings = host_names([{"account_id": own} for own in ids], kind)
    assert len(set(names)) == len(ids) and names[6] == "plain"
    assert all(re.fullmatch(r"\w[\w.-]*", name) and name != "all" for name in names), names
    # What needs more than its characters replaced is reported.
    assert len(warnings) >= 5
