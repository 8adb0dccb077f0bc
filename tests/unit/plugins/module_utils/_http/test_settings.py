# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the connection options mean, and what is refused before anything is sent."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.settings import parse_settings

LOGIN = {"username": "user@example.net", "password": "secret-1"}


def parse(environ=None, needs_account=True, **params):
    """Return the Settings of some options."""
    return parse_settings({"account_id": "A", **LOGIN, **params}, environ or {}, needs_account)


def fault(environ=None, **params):
    """Return the sentence with which some options are refused."""
    with pytest.raises(InvalidInput) as raised:
        parse(environ, **params)
    return raised.value.msg


@pytest.mark.parametrize(
    "url",
    [
        "https://api.b2.alianza.com",
        "http://127.0.0.1:8080",
        "http://localhost:1",
        "http://[::1]:5",
        "http://127.8.8.8",
    ],
)
def test_addresses_that_are_taken(url):
    assert parse(api_url=url).api_url == url


def test_a_trailing_slash_or_version_is_fine():
    assert parse(api_url="https://api.example.net/v2/").api_url == "https://api.example.net"


@pytest.mark.parametrize(
    "url, said",
    [
        ("http://api.alianza.com", "in clear text"),
        ("http://localhost.example.net", "in clear text"),
        ("http://127.0.0.1.example.net", "in clear text"),
        ("https://user:pw@api.alianza.com", "username and password"),
        ("https://user%40example.net:pw@api.alianza.com/v2", "username and password"),
        ("user:pw@api.alianza.com", "username and password"),
        ("ftp://user:pw@api.alianza.com", "username and password"),
        ("http://user:pw@api.alianza.com", "username and password"),
        ("https://user:pw@api.alianza.com:port", "username and password"),
        ("api.alianza.com", "lacks its scheme"),
        ("ftp://api.alianza.com", "not the address"),
        ("https://", "not the address"),
        ("https://api.alianza.com:port", "not the address"),
        ("https://api.alianza.com/?a=b", "not the address"),
    ],
)
def test_addresses_that_are_refused(url, said):
    assert said in fault(api_url=url) and "pw" not in fault(api_url=url)


def test_a_tasks_account_beats_both_variables():
    environ = {"ALIANZA_ACCOUNT_ID": "E", "ALIANZA_ACCOUNT_NUMBER": "9"}
    assert (parse(environ).account_id, parse(environ).account_number) == ("A", None)
    by_number = parse(environ, account_id=None, account_number="5")
    assert (by_number.account_id, by_number.account_number) == (None, "5")
    from_environ = parse(environ, account_id=None)
    assert (from_environ.account_id, from_environ.account_number) == ("E", None)
    only_number = parse({"ALIANZA_ACCOUNT_NUMBER": "9"}, account_id="")
    assert (only_number.account_id, only_number.account_number) == (None, "9")


@pytest.mark.parametrize(
    "params, said",
    [
        ({"account_id": None}, "account is missing: set account_id or account_number"),
        ({"account_number": "5"}, "both given"),
        ({"password": None}, "password of user@example.net is missing"),
        ({"username": ""}, "username is missing"),
        ({"username": None, "password": None}, "credentials are missing"),
        ({"timeout": 0}, "timeout is 0"),
        ({"retries": -1}, "retries is -1"),
        ({"ca_path": "/nowhere/ca.pem"}, "does not exist"),
        ({"auth_token": "two words"}, "auth_token contains characters"),
        ({"auth_token": "t\u00f6ken"}, "auth_token contains characters"),
    ],
)
def test_what_is_wrong_or_missing_is_said(params, said):
    assert said in fault(**params)


def test_all_faults_are_told_at_once():
    assert len(pytest.raises(InvalidInput, parse, api_url="http://x.example", timeout=0, retries=99).value.faults) == 3


def test_an_account_is_not_asked_for_where_none_is_needed():
    assert parse(needs_account=False, account_id=None).account_id is None


def test_secrets_are_not_in_the_representation():
    text = repr(parse(auth_token="tok-123456"))
    assert "secret-1" not in text and "tok-123456" not in text
