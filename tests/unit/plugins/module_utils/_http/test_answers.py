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
        (404, {}, "invalid_response"),
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
    assert error(400, {"messages": [None, {"a": 1}, "x" * 1000]}).messages == ["x" * 300]
    assert error(400, {"messages": True, "message": None, "errors": {}, "detail": " "}).messages == []
    deep = {"error": "at last"}
    for unused in range(9):
        deep = {"error": deep}
    assert error(400, deep).messages == []


@pytest.mark.parametrize(
    "body, messages",
    [
        ({"status": 400, "messages": ["A", "B"], "data": None}, ["A", "B"]),
        ({"messages": "A"}, ["A"]),
        ({"message": "A"}, ["A"]),
        ({"code": "E1", "message": "A"}, ["A"]),
        ({"code": 17, "description": "A"}, ["A"]),
        ({"errors": ["A", {"message": "B"}, {"title": "C", "detail": "D"}]}, ["A", "B", "C", "D"]),
        ({"type": "about:blank", "title": "A", "status": 400, "detail": "B"}, ["A", "B"]),
        ({"error": {"code": 3, "message": "A"}}, ["A"]),
        (["A", {"message": "B"}], ["A", "B"]),
    ],
)
def test_messages_are_read_in_every_form(body, messages):
    assert error(400, body).messages == messages
    assert "; ".join(messages) in error(400, body).msg


@pytest.mark.parametrize(
    "body, kind",
    [
        (b"EntityNotFound", "not_found"),
        ({"status": 404, "messages": ["Not found"], "data": None}, "not_found"),
        ({"code": "E1", "message": "no such trunk"}, "not_found"),
        ({"title": "Not Found", "status": 404, "detail": "no such trunk"}, "not_found"),
        (b"<html><h1>404</h1></html>", "invalid_response"),
        (b"", "invalid_response"),
        (b"Not found", "invalid_response"),
        ({"message": "no Route matched with those values"}, "invalid_response"),
        ({"timestamp": "2026-11-02", "status": 404, "error": "Not Found", "path": "/v2"}, "invalid_response"),
        ([], "invalid_response"),
    ],
)
def test_only_the_api_itself_says_that_an_object_does_not_exist(body, kind):
    assert error(404, body).kind == kind


@pytest.mark.parametrize("body", [b'{"a": NaN}', b'{"a": Infinity}', b"[" * 100000, b"\xff\xfe{}", b"{"])
def test_a_success_that_is_no_json_is_unreadable(body):
    answer = read(200, {}, body)
    assert not answer.readable and answer.value is None


def test_a_byte_order_mark_is_no_fault():
    assert read(200, {}, b'\xef\xbb\xbf{"id": "A"}').value == {"id": "A"}
