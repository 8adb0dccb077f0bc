# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults whose answers are whole but odd: errors of every shape, interim answers, odd JSON, bodies that are slow or huge."""

from __future__ import annotations

import base64
import html
import json
import math
import socket
import time
import tracemalloc
import urllib.parse
import zlib

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

NEW = {"trunkName": "New", "sipUsername": "new-trunk.1", "sipPassword": "s<e&c'r/e+t", "concurrentCalls": 3}
LIST = "/siptrunk_2"
ONE = "/siptrunk_2/trunk-hq"

SHAPES = {
    "envelope": {"status": 409, "messages": ["taken"], "data": {}},
    "message": {"message": "taken"},
    "code_message": {"code": 409, "message": "taken"},
    "code_description": {"code": 409, "description": "taken"},
    "errors": {"errors": ["taken"]},
    "error_objects": {"errors": [{"code": 409, "message": "taken"}]},
    "problem": {"type": "about:blank", "title": "Conflict", "status": 409, "detail": "taken"},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_errors_of_every_shape(emu, api, shape):
    emu.fault("error", method="POST", status=409, shape=shape, text="taken", headers={"X-Trace": "1"})
    answer = api("POST", LIST, NEW)
    assert (answer.status_code, answer.json(), answer.headers["X-Trace"]) == (409, SHAPES[shape], "1")
    kind = "application/problem+json" if shape == "problem" else "application/json"
    assert answer.headers["Content-Type"] == kind
    assert len(api("GET", LIST).json()) == 2


def test_errors_that_are_not_json(emu, api):
    emu.fault("error", shape="page", text="<no such host>")
    page = api("GET", ONE + "/forward")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html")
    assert page.text.startswith("<!DOCTYPE html>") and "&lt;no such host&gt;" in page.text
    emu.fault("error", shape="word", text="EntityNotFound")
    word = api("GET", ONE + "/forward")
    assert (word.status_code, word.headers["Content-Type"], word.text) == (404, "text/plain", "EntityNotFound")
    emu.fault("error", shape="empty", status=502)
    empty = api("DELETE", ONE)
    assert (empty.status_code, empty.content) == (502, b"")
    assert api("GET", ONE).status_code == 200


def readable(how, text):
    """Undo an encoding, after the text before the colon."""
    text = text.partition(": ")[2]
    return {
        "plain": str,
        "base64": lambda value: base64.b64decode(value, validate=True).decode(),
        "base64url": lambda value: base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode(),
        "url": urllib.parse.unquote,
        "url_twice": lambda value: urllib.parse.unquote(urllib.parse.unquote(value)),
        "hex": lambda value: bytes.fromhex(value).decode(),
        "json_escapes": lambda value: json.loads(f'"{value}"'),
        "html": html.unescape,
    }[how](text)


@pytest.mark.parametrize("how", ["plain", "base64", "base64url", "url", "url_twice", "hex", "json_escapes", "html"])
@pytest.mark.parametrize("shape", ["envelope", "problem", "word"])
def test_echo_of_the_request(emu, api, how, shape):
    emu.fault("error", method="POST", status=500, shape=shape, echo=how)
    answer = api("POST", LIST, NEW)
    texts = {
        "envelope": lambda: answer.json()["messages"][0],
        "problem": lambda: answer.json()["detail"],
        "word": lambda: answer.text,
    }
    text = texts[shape]()
    assert (NEW["sipPassword"] in text) == (how == "plain")
    echoed = readable(how, text)
    assert echoed.startswith("POST /v2/partition/") and api.login["authToken"] in echoed
    assert json.loads(echoed.partition("\n\n")[2]) == NEW


def test_echo_of_secrets(emu, api):
    emu.fault("error", method="PATCH", echo="html", echo_part="secrets")
    text = api("PATCH", ONE, {"sipPassword": NEW["sipPassword"]}).json()["messages"][0]
    assert "&#60;" in text and "sipPassword" not in text
    assert readable("html", text) == f"{NEW['sipPassword']} {api.login['authToken']}"
    emu.fault("error", method="PATCH", echo="list", shape="code_message")
    answer = api("PATCH", ONE, {"sipPassword": NEW["sipPassword"]}).json()
    assert answer["data"] == {"sipPassword": [NEW["sipPassword"]], "authToken": [api.login["authToken"]]}
    emu.fault("error", path="authorize", echo="base64", status=401)
    login = {"username": emu.username, "password": emu.password}
    answer = requests.post(emu.url + "/v2/authorize", json=login, timeout=60).json()
    assert emu.password in readable("base64", answer["messages"][0])


def raw_answer(emu, request, seconds=60):
    """Send a request as it is and return all that comes back until the end of the connection."""
    host, dummy, port = emu.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        connection.sendall(request.encode())
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


@pytest.mark.parametrize(("status", "count"), [(102, 1), (103, 2)])
def test_interim_answers(emu, api, status, count):
    emu.fault("interim", method="GET", status=status, count=count, headers={"Link": "</x>"})
    token = api.login["authToken"]
    path = api.base.removeprefix(emu.url) + ONE
    received = raw_answer(emu, f"GET {path} HTTP/1.1\r\nHost: x\r\nX-AUTH-TOKEN: {token}\r\nConnection: close\r\n\r\n")
    *interim, rest = received.split(b"\r\n\r\n", count)
    assert len(interim) == count
    assert all(part.startswith(b"HTTP/1.1 %d " % status) and b"Link: </x>" in part for part in interim)
    head, dummy, body = rest.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK") and json.loads(body)["id"] == "trunk-hq"
    assert emu.log("GET")[0]["status"] == 200


def test_trickle(emu, api):
    emu.fault("trickle", seconds=0.02, method="DELETE", when="before", status=400)
    start = time.monotonic()
    assert api("DELETE", ONE).json()["status"] == 400
    elapsed = time.monotonic() - start
    assert elapsed > 0.5 and api("GET", ONE).status_code == 200
    # Every single read is quick, the whole is not.
    emu.fault("trickle", seconds=0.05)
    with api.session.get(api.base + LIST, timeout=60, stream=True, headers={"Accept-Encoding": "identity"}) as answer:
        start = time.monotonic()
        parts = [answer.raw.read(1) for dummy in range(20)]
        assert b"".join(parts).startswith(b"[{") and time.monotonic() - start > 0.8
        assert emu.state()["in_flight"] == 1, "the rest is still to come"
    wait_until(lambda: emu.state()["in_flight"] == 0, "it ends with its client")
    emu.fault("trickle", seconds=0.05, part="all")
    start = time.monotonic()
    with api.session.get(api.base + LIST, timeout=60, stream=True) as answer:
        assert answer.status_code == 200 and time.monotonic() - start > 1.5
        assert emu.state()["in_flight"] == 1


def test_huge_bodies(emu, api):
    emu.fault("huge")
    with api.session.get(api.base + LIST, timeout=60, stream=True) as answer:
        size, ends = 0, b""
        for part in answer.iter_content(2**20):
            size, ends = size + len(part), ends + part[:1] + part[-1:]
    assert size == int(answer.headers["Content-Length"]) == 65 * 2**20
    assert (ends[:1], ends[-1:]) == (b"[", b"]")
    emu.fault("huge", gzip=True, size=2**21 + 1234)
    answer = api("GET", LIST)
    assert answer.headers["Content-Encoding"] == "gzip" and answer.json() == []
    assert len(answer.content) == 2**21 + 1234 and int(answer.headers["Content-Length"]) < 5000
    # The client may go away in the middle.
    emu.fault("huge", size=2**30)
    with api.session.get(api.base + LIST, timeout=60, stream=True) as answer:
        answer.raw.read(100)
    assert api("GET", LIST).status_code == 200


def test_a_bomb_is_small_on_both_sides(emu, api):
    emu.fault("huge", gzip=True, size=2**30)
    tracemalloc.start()
    with api.session.get(api.base + LIST, timeout=60, stream=True) as answer:
        raw = answer.raw.read(decode_content=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(raw) < 1_200_000 and peak < 20_000_000
    unpack, size = zlib.decompressobj(wbits=31), 0
    while raw:
        size += len(unpack.decompress(raw, 2**22))
        raw = unpack.unconsumed_tail
    assert (size + len(unpack.flush()), unpack.eof) == (2**30, True)


def test_bom(emu, api):
    emu.fault("bom", times=None)
    answer = api("POST", LIST, NEW)
    assert (
        answer.content.startswith(b"\xef\xbb\xbf{")
        and json.loads(answer.content.decode("utf-8-sig"))["trunkName"] == "New"
    )
    assert api("GET", LIST).content.startswith(b"\xef\xbb\xbf[")


@pytest.mark.parametrize(("kind", "test"), [("infinity", math.isinf), ("nan", math.isnan)])
def test_numbers_that_json_does_not_know(emu, api, kind, test):
    emu.fault("odd_json", kind=kind, times=3)
    one, many, status = (api("GET", path) for path in (ONE, LIST, ONE + "/registrationstatus"))
    assert test(json.loads(one.content)["concurrentCalls"]) and test(json.loads(many.content)[0]["concurrentCalls"])
    assert test(json.loads(status.content))


def test_odd_json(emu, api):
    for kind, text in (("number", "7"), ("text", '"seven"'), ("null", "null")):
        emu.fault("odd_json", kind=kind)
        assert api("GET", LIST).text == text
    emu.fault("odd_json", kind="nested")
    assert api("GET", LIST).content == b"[" * 100_000 + b"]" * 100_000


def test_an_answer_about_another_object(emu, api):
    emu.fault("other_object", times=4)
    assert api("GET", ONE).json()["id"] == "another-object"
    assert api("GET", ONE + "/forward").json()["sipTrunkId"] == "another-object"
    assert api("PATCH", "/telephonenumber/18015551212", {"ringType": "Ring1"}).json()["phoneNumber"] == "19995550000"
    assert {trunk["id"] for trunk in api("GET", LIST).json()} == {"another-object"}
    assert api("GET", ONE).json()["id"] == "trunk-hq"
    assert emu.number("18015551212")["ringType"] == "Ring1"


def test_which_answers_count_as_the_apis_own(emu, api):
    exchanges = emu.journal.record()
    for action in ("bom", "odd_json", "other_object", "error", "trickle", "delay", "interim"):
        emu.fault(action, seconds=0)
        api("GET", ONE)
    # This client takes the interim answer for the final one.
    api.session.close()
    api("GET", ONE)
    assert [exchange.genuine for exchange in exchanges] == [False] * 5 + [True] * 3
    assert json.loads(exchanges[-1].answer)["id"] == "trunk-hq"
