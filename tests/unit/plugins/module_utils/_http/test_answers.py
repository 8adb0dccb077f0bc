# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which error a response is, and what its message holds."""

from __future__ import annotations

import json

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.redaction import Redactor
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.answers import failure, read

PATH = "/v2/partition/P/account/A/siptrunk_2"


def error(status, content, redactor=None):
    """Return the error that an answer to a PATCH stands for."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return failure(read(status, {}, body), "PATCH", PATH, "api.example.net", redactor or Redactor())


@pytest.mark.parametrize(
    "status, content, kind",
    [
        (400, {"status": 400, "messages": ["callbackNumber is malformed"], "data": {}}, "refused"),
        (400, {"code": 400, "message": "no"}, "refused"),
        (403, {}, "refused"),
        (409, b"", "refused"),
        (401, {}, "authentication"),
        (404, {}, "not_found"),
        (404, b"EntityNotFound", "not_found"),
        (500, b"EntityNotFound", "not_found"),
        (500, b"ErrorGettingAccount", "refused"),
        (500, b"ErrorIsPasswordValid\n", "refused"),
        (500, b'"ErrorUpdatingSipCredential"', "refused"),
        (500, b"Internal Server Error", "server"),
        (500, b"Oops", "server"),
        (502, b"<html>Bad gateway</html>", "server"),
        (503, b"", "server"),
        (429, b"", "rate_limited"),
        (302, b"", "invalid_response"),
        (200, b"<html>hello</html>", "invalid_response"),
        (200, b'{"a": [1, 2', "invalid_response"),
        (200, b"\xff\xfe", "invalid_response"),
    ],
)
def test_kinds(status, content, kind):
    found = error(status, content)
    assert found.as_dict()["kind"] == kind
    assert (
        found.as_dict()["status"] == status and found.as_dict()["method"] == "PATCH" and found.as_dict()["path"] == PATH
    )


@pytest.mark.parametrize("status, content", [(200, b"[]"), (200, b""), (201, {}), (202, b"  "), (204, b"")])
def test_successes(status, content):
    assert error(status, content) is None


def test_messages_of_the_api_are_quoted_and_listed():
    found = error(400, {"messages": ["one", "two"]})
    assert "one; two" in found.msg and found.messages == ["one", "two"]
    assert error(500, b"ErrorGettingAccount").messages == ["ErrorGettingAccount"]


def test_secrets_are_not_in_messages():
    redactor = Redactor()
    redactor.learn("hunter2!")
    found = error(400, {"messages": ["sipPassword 'hunter2!' is too weak"]}, redactor)
    assert "hunter2!" not in found.msg + str(found.messages)


@pytest.mark.parametrize(
    "content", [b'[{"sipPassword": "hunter2!", "trunk', b"<p>hunter2!</p>", b"Hunter secret words"]
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_an_answer_that_cannot_be_read_is_never_quoted(status, content):
    found = error(status, content)
    assert "unter" not in found.msg + str(found.messages)


def test_odd_messages_do_no_harm():
    assert error(400, {"messages": "text", "message": None}).messages == []
    assert error(400, {"messages": [None, {"a": 1}, "x" * 1000]}).messages == ["x" * 300]
    assert error(400, [1, 2]).messages == []
