# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in every spelling in which they can be quoted."""

from __future__ import annotations

import base64
import html
import json
import re
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.redaction import (
    DROPPED,
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


ENCODINGS = {
    "URL": lambda text: quote(text, safe=""),
    "URL form": quote_plus,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 in lines": lambda text: base64.encodebytes(text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal, upper case": lambda text: text.encode().hex().upper(),
    "hexadecimal, separated": lambda text: text.encode().hex(":"),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, all escaped": lambda text: re.sub("[^A-Za-z0-9]", lambda found: "\\u%04x" % ord(found.group()), text),
    "HTML, named": html.escape,
    "HTML, numbers": lambda text: "".join("&#%d;" % ord(char) for char in text),
    "HTML, hexadecimal": lambda text: "".join("&#x%X;" % ord(char) for char in text),
    "Python bytes": lambda text: repr(text.encode())[2:-1],
}
PASSWORDS = st.text(st.characters(min_codepoint=33, max_codepoint=383), min_size=6, max_size=24)


@example("00\\\x80\x80\x80\x80\x80\x80~0+", ["base64 in lines", "base64 in lines"], "", "ab")
@example("00000\x80", ["Python bytes", "base64"], "", "Bad request: ")
@given(
    PASSWORDS,
    st.lists(st.sampled_from(sorted(ENCODINGS)), min_size=1, max_size=2),
    st.text(st.characters(max_codepoint=383), max_size=9),
    st.sampled_from(["", "Bad request: ", "x=", "ab", "path/"]),
)
def test_no_encoding_of_a_text_that_quotes_a_secret_comes_through(secret, hows, around, before):
    redactor = Redactor()
    redactor.learn(secret)
    text = json.dumps({"trunkName": around, "sipPassword": secret}, ensure_ascii=False)
    for how in hows:
        text = ENCODINGS[how](text)
    clean = redactor.text(before + text)
    encoded_alone = [secret]
    for how in hows:
        encoded_alone.append(ENCODINGS[how](encoded_alone[-1]))
    assert clean == DROPPED or REDACTED in clean
    if len(secret) > 11:
        assert not any(form in clean for form in encoded_alone)


@pytest.mark.parametrize("how", sorted(ENCODINGS))
def test_text_without_a_secret_stays_in_every_encoding(how):
    redactor = Redactor()
    redactor.learn(SECRET, "another-s3cret")
    text = ENCODINGS[how](
        '{"trunkName": "Lindon HQ", "telephoneNumbers": ["18015551000"], "id": "LhmtrbuvQZ6qjIqW5ZF_mQ"}'
    )
    assert redactor.text(text) == text


def test_a_list_under_the_key_of_a_secret_is_learnt():
    redactor = Redactor()
    redactor.learn_from({"data": {"sipPassword": ["hunter2!", {"authToken": "tok-1234567"}]}})
    assert redactor.text("hunter2! tok-1234567") == "%s %s" % (REDACTED, REDACTED)


def test_a_large_body_is_redacted_in_time():
    """A body of a thousand numbers took 40 ms; the limit leaves room for a machine that is busy."""
    redactor = Redactor()
    redactor.learn(*("s3cret-%012d" % place for place in range(50)))
    body = {
        "telephoneNumbers": [
            {"phoneNumber": "%d" % (18015550000 + place), "id": "LhmtrbuvQZ6qjIqW5ZF_mQ"} for place in range(1000)
        ]
    }
    started = time.process_time()
    assert redactor.value(body) == body
    assert time.process_time() - started < 2
