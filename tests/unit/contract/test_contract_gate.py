# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate: it lets through what the emulator is talked to with, and finds each kind of wrong request and answer."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ansible_collections.alianza.sip_trunking.tests.contract import Gate, load
from ansible_collections.alianza.sip_trunking.tests.contract.description import FOLDER
from ansible_collections.alianza.sip_trunking.tests.emulator.journal import Exchange

ACCOUNT = "/v2/partition/p/account/a"
TRUNK = ACCOUNT + "/siptrunk_2/t"
NEW = {"trunkName": "HQ", "sipUsername": "acme-hq-1", "sipPassword": "secret", "concurrentCalls": 3}
MADE = {**NEW, "id": "t", "lockedOut": False, "telephoneNumbers": []}


def exchange(method, path, body=None, status=200, answer=None, query=(), **changes):
    """Return an exchange whose bodies are JSON."""
    headers = {"X-AUTH-TOKEN": "token", **({} if body is None else {"Content-Type": "application/json"})}
    raw, reply = (
        value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        for value in (body, answer)
    )
    answer_type = "application/json; charset=utf-8" if reply else ""
    whole = Exchange(method, path, list(query), headers, raw, status, answer_type, reply, True)
    return replace(whole, **changes)


@pytest.fixture(name="gate", scope="module")
def fixture_gate():
    """A gate with the project's description."""
    return Gate()


RIGHT = {
    "list": exchange("GET", ACCOUNT + "/siptrunk_2", answer=[MADE]),
    "create": exchange("POST", ACCOUNT + "/siptrunk_2", NEW, 201, MADE),
    "clear": exchange("PATCH", TRUNK, {"primaryTn": None, "extensionPatterns": [], "maxBurstCalls": None}, 200, MADE),
    "empty": exchange(
        "PATCH", TRUNK, {"primaryTn": "", "maxBurstCalls": 0, "extensionPatterns": ["21xx", "21XX"]}, 204
    ),
    "word": exchange("PATCH", TRUNK, {"trunkName": "x"}, 404, answer_type="text/plain", answer=b"EntityNotFound"),
    "envelope": exchange("GET", TRUNK, status=404, answer={"status": 404, "messages": ["no"], "data": {}}),
    "rules": exchange(
        "PUT",
        TRUNK + "/forward",
        {
            "forwardAlways": {"referenceType": "BUSY", "enabled": True},
            "forwardOnFailure": [
                {"referenceType": "VOICE_MAIL", "referenceId": "v"},
                {"referenceType": "VOICEMAIL", "referenceId": "v", "futureKey": [1]},
            ],
        },
        204,
    ),
    "number": exchange(
        "PATCH", ACCOUNT + "/telephonenumber/18015551212", {"referenceType": None, "referenceId": None}, 204
    ),
    "validate": exchange(
        "GET", ACCOUNT + "/siptrunk_2/validate", query=[("ip", "192.0.2.1"), ("port", "5060")], answer=True
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right(gate, name):
    assert gate.check([RIGHT[name]]) == []


WRONG_REQUESTS = {
    "unknown field": (exchange("PATCH", TRUNK, {"colour": "red"}), "unknown field colour"),
    "number as text": (
        exchange("POST", ACCOUNT + "/siptrunk_2", {**NEW, "concurrentCalls": "3"}),
        "concurrentCalls: breaks type",
    ),
    "missing": (exchange("POST", ACCOUNT + "/siptrunk_2", {"trunkName": "HQ"}), "sipUsername"),
    "too small": (exchange("PATCH", TRUNK, {"concurrentCalls": 0}), "concurrentCalls: breaks minimum"),
    "pattern": (exchange("PATCH", TRUNK, {"extensionPatterns": ["X21"]}), "extensionPatterns.0: breaks pattern"),
    "null for a list": (exchange("PATCH", TRUNK, {"extensionPatterns": None}), "extensionPatterns: breaks type"),
    "enum": (
        exchange("PUT", TRUNK + "/forward", {"forwardAlways": {"referenceType": "VOICE-MAIL", "referenceId": "v"}}),
        "referenceType: breaks enum",
    ),
    "target of the wrong kind": (
        exchange("PUT", TRUNK + "/forward", {"forwardAlways": {"referenceType": "TELEPHONE", "referenceId": "123"}}),
        "referenceId: breaks pattern",
    ),
    "half a destination": (
        exchange("PATCH", ACCOUNT + "/telephonenumber/18015551212", {"referenceType": "SIP_TRUNK"}),
        "is not any of",
    ),
    "no number": (
        exchange("GET", ACCOUNT + "/telephonenumber/8015551212", answer={"phoneNumber": "18015551212"}),
        "tn",
    ),
    "deprecated path": (exchange("GET", ACCOUNT + "/siptrunk"), "/siptrunk"),
    "unknown method": (exchange("DELETE", ACCOUNT + "/telephonenumber/18015551212", status=None), "delete"),
    "no token": (exchange("GET", TRUNK, answer=MADE, headers={}), "Security"),
    "not JSON": (
        exchange("PATCH", TRUNK, body={}, headers={"X-AUTH-TOKEN": "t", "Content-Type": "text/plain"}),
        "text/plain",
    ),
    "query": (exchange("GET", ACCOUNT, query=[("accountIdType", "Number")]), "accountIdType"),
}


@pytest.mark.parametrize("name", WRONG_REQUESTS)
def test_wrong_request(gate, name):
    wrong, reason = WRONG_REQUESTS[name]
    faults = gate.check([replace(wrong, genuine=False)])
    assert len(faults) == 1 and faults[0].startswith(f"{wrong.method} {wrong.path}: the request: "), faults
    assert reason in faults[0]
    # It is no more valid the second time.
    assert gate.check([replace(wrong, genuine=False)]) == faults


WRONG_ANSWERS = {
    "unknown field": (exchange("GET", TRUNK, answer={**MADE, "colour": "red"}), "unknown field colour"),
    "number as text": (exchange("GET", TRUNK, answer={**MADE, "concurrentCalls": "3"}), "concurrentCalls: breaks type"),
    "one for many": (exchange("GET", ACCOUNT + "/siptrunk_2", answer=MADE), "breaks type"),
    "status": (exchange("GET", TRUNK, status=302), "302"),
    "word": (exchange("GET", TRUNK, status=404, answer_type="text/plain", answer=b"Nope"), "breaks pattern"),
    "page": (exchange("GET", TRUNK, status=404, answer_type="text/html", answer=b"<html>"), "text/html"),
    "truncated": (exchange("GET", TRUNK, answer_type="application/json", answer=b'{"id"'), "answer 200"),
}


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_wrong_answer(gate, name):
    wrong, reason = WRONG_ANSWERS[name]
    faults = gate.check([wrong])
    assert len(faults) == 1 and faults[0].startswith(f"{wrong.method} {wrong.path}: the answer {wrong.status}: "), (
        faults
    )
    assert reason in faults[0]
    assert gate.check([replace(wrong, genuine=False)]) == []


def test_no_value_is_quoted(gate):
    secret = "p4ss<w0rd>!"
    for path, body in ((TRUNK, {"sipPassword": [secret]}), (TRUNK, {"sipUsername": secret}), (TRUNK, {"x": secret})):
        (fault,) = gate.check([exchange("PATCH", path, body, status=None)])
        assert secret not in fault


def test_a_shape_is_looked_at_once_and_another_one_too():
    gate = Gate()
    assert gate.check([RIGHT["create"], RIGHT["create"]]) == []
    assert (gate.looked_at, gate.alike) == (2, 2)
    other = {**NEW, "trunkName": "DR", "sipUsername": "acme-dr-1", "sipPassword": "sEcReT"}
    assert gate.check([exchange("POST", ACCOUNT + "/siptrunk_2", other, 201, {**MADE, **other})]) == []
    assert (gate.looked_at, gate.alike) == (2, 4)
    assert gate.check([exchange("POST", ACCOUNT + "/siptrunk_2", {**other, "sipUsername": "acme dr 1"}, 201, MADE)])
    assert gate.check([exchange("POST", ACCOUNT + "/siptrunk_2", {**other, "sipUsername": "acme-dr"}, 201, MADE)])


def test_the_description_says_everything_once(tmp_path):
    (tmp_path / "a.yml").write_text("paths: {/x: {get: {}}}\ncomponents: {schemas: {A: {}}}")
    (tmp_path / "b.yml").write_text("paths: {/y: {get: {}}}\ncomponents: {schemas: {B: {}}}")
    assert load(tmp_path) == {
        "paths": {"/x": {"get": {}}, "/y": {"get": {}}},
        "components": {"schemas": {"A": {}, "B": {}}},
    }
    (tmp_path / "c.yml").write_text("paths: {/x: {get: {}}}")
    with pytest.raises(ValueError, match="/x is described twice"):
        load(tmp_path)


def test_requests_are_closed():
    """Every object of a request's body forbids what it does not name, so that a misspelt field is found."""
    schemas = load(FOLDER)["components"]["schemas"]
    open_objects = {
        name
        for name, schema in schemas.items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    }
    assert open_objects == {"CallRecord"}
