# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in every spelling in which they can be quoted."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.redaction import (
    REDACTED,
    Redactor,
    is_secret_key,
)

SECRET = 'p"a\\s/s &wörd%+<1>'


@pytest.mark.parametrize(
    "spelled",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        quote_plus(SECRET),
        quote(SECRET, safe="").lower(),
        json.dumps(SECRET),
        json.dumps(SECRET, ensure_ascii=False),
        json.dumps(json.dumps(SECRET)),
        repr(SECRET),
        base64.b64encode(SECRET.encode()).decode(),
        "x" + SECRET + "y",
    ],
)
def test_every_spelling_is_blotted_out(spelled):
    redactor = Redactor()
    redactor.learn(SECRET)
    clean = redactor.text("before %s after" % spelled)
    assert REDACTED in clean and clean.startswith("before ") and clean.endswith(" after")
    for part in ("wörd", "w%C3%B6rd", "w\\u00f6rd", 'p"a', "p%22a", "cCJh"):
        assert part not in clean


@given(st.text(min_size=6, max_size=20), st.text(max_size=20))
def test_a_known_secret_never_comes_through(secret, around):
    redactor = Redactor()
    redactor.learn(secret)
    if secret not in around and secret not in REDACTED:
        assert secret not in redactor.text(around.replace(secret, "") + "\x00" + secret + "\x00")


def test_values_under_the_keys_of_secrets_are_blotted_out_and_learnt():
    redactor = Redactor()
    answer = {"authToken": "tok-1234567", "list": [{"sipPassword": "hunter2!", "trunkName": "A"}], "pwdHash": None}
    redactor.learn_from(answer)
    assert redactor.value(answer) == {
        "authToken": REDACTED,
        "list": [{"sipPassword": REDACTED, "trunkName": "A"}],
        "pwdHash": None,
    }
    assert redactor.text("no hunter2! here, nor tok-1234567") == "no %s here, nor %s" % (REDACTED, REDACTED)


@pytest.mark.parametrize(
    "key, secret",
    [
        ("sipPassword", True),
        ("password", True),
        ("authToken", True),
        ("X-AUTH-TOKEN", True),
        ("pwdHash", True),
        ("tokenSource", False),
        ("trunkName", False),
        ("sipUsername", False),
    ],
)
def test_which_keys_hold_secrets(key, secret):
    assert is_secret_key(key) is secret


def test_nothing_known_changes_nothing():
    redactor = Redactor()
    redactor.learn(None, "")
    assert redactor.text("all as it was") == "all as it was"
