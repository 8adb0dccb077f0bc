# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forwarding rules of trunks and groups."""

from __future__ import annotations

import pytest

PATH = "/siptrunk_2/trunk-hq/forward"


def test_put_replaces_all_sections(emu, api):
    assert set(api("GET", PATH).json()) == {"partitionId", "accountId", "sipTrunkId", "forwardOnFailure"}
    rules = {
        "forwardAlways": {"referenceType": "VOICEMAIL", "referenceId": "box"},
        "forwardOnCapacityExceeded": [
            {"referenceType": "TELEPHONE", "referenceId": "18015559999"},
            {"referenceType": "BUSY"},
        ],
    }
    answer = api("PUT", PATH, {**rules, "sipTrunkId": "trunk-hq", "forwardOnFailure": None})
    assert (answer.status_code, answer.content) == (204, b"")
    stored = api("GET", PATH).json()
    assert stored["forwardAlways"] == {"referenceType": "VOICE_MAIL", "referenceId": "box", "enabled": False}
    assert stored["forwardOnCapacityExceeded"] == rules["forwardOnCapacityExceeded"]
    assert "forwardOnFailure" not in stored
    emu.set(voicemail_spelling="VOICEMAIL")
    assert api("GET", PATH).json()["forwardAlways"]["referenceType"] == "VOICEMAIL"
    assert api("PUT", PATH, {}).status_code == 204
    assert set(api("GET", PATH).json()) == {"partitionId", "accountId", "sipTrunkId"}


@pytest.mark.parametrize(
    "reference",
    [
        {},
        {"referenceType": "FAX", "referenceId": "x"},
        {"referenceType": "IVR"},
        {"referenceType": "IVR", "referenceId": ""},
        {"referenceType": "BUSY", "referenceId": "x"},
        {"referenceType": "TELEPHONE", "referenceId": "8015551212"},
        {"referenceType": "SIP_TRUNK", "referenceId": "nothing"},
        {"referenceType": "IVR", "referenceId": 5},
        {"referenceType": "IVR", "referenceId": "x", "enabled": True},
        {"referenceType": "ivr", "referenceId": "x"},
    ],
)
def test_faulty_destinations(emu, api, reference):
    before = emu.trunk("acme", "HQ")["forward"]
    assert api("PUT", PATH, {"forwardOnFailure": [reference]}).status_code == 400
    assert emu.trunk("acme", "HQ")["forward"] == before


def test_faulty_documents(api):
    for document in (
        {"sipTrunkId": "trunk-dr"},
        {"forwardAlways": []},
        {"forwardOnFailure": {}},
        {"forwardNever": {}},
        {"forwardAlways": {"referenceType": "BUSY", "enabled": 1}},
    ):
        assert api("PUT", PATH, document).status_code == 400


def test_a_dead_target_may_stay_but_not_come(emu, api):
    rule = {"referenceType": "SIP_TRUNK", "referenceId": "trunk-dr"}
    assert api("DELETE", "/siptrunk_2/trunk-dr").status_code == 204
    assert api("GET", PATH).json()["forwardOnFailure"] == [rule]
    assert api("PUT", PATH, {"forwardOnCapacityExceeded": [rule]}).status_code == 204
    assert api("PUT", PATH, {}).status_code == 204
    assert api("PUT", PATH, {"forwardOnFailure": [rule]}).status_code == 400


def test_groups(emu, api):
    group = api("GET", "/siptrunkgroup/group-1").json()
    assert group["sipTrunksIds"] == ["trunk-hq"] and group["name"] == "Both"
    assert api("GET", "/siptrunk_2/trunk-hq").json()["sipTrunkGroupId"] == "group-1"
    rules = {"unconditionalForward": {"referenceType": "SIP_TRUNK", "referenceId": "trunk-dr", "enabled": True}}
    assert (
        api("PUT", "/siptrunkgroup/group-1/forward", rules).json()["unconditionalForward"]
        == rules["unconditionalForward"]
    )
    assert api("GET", "/siptrunkgroup/group-1/forward").json()["sipTrunkGroupId"] == "group-1"
    assert api("GET", "/siptrunkgroup").json()[0]["unconditionalForward"] == rules["unconditionalForward"]
    two = {"name": "Two", "unreachableForward": [{"referenceType": "BUSY"}], "sipTrunksIds": ["trunk-dr"]}
    created = api("POST", "/siptrunkgroup", two)
    assert created.status_code == 201
    path = "/siptrunkgroup/" + created.json()["id"]
    assert api("PUT", path, {"name": "Two"}).json() == {
        "id": created.json()["id"],
        "name": "Two",
        "partitionId": emu.partition_id,
        "accountId": "acme",
        "sipTrunksIds": ["trunk-dr"],
    }
    for document in (
        {},
        {"name": "Both"},
        {"name": "x", "sipTrunksIds": ["nothing"]},
        {"name": "x", "forwardAlways": {}},
    ):
        assert api("POST", "/siptrunkgroup", document).status_code == 400
    assert api("DELETE", path).status_code == 204
    assert api("GET", path).status_code == api("PUT", path, {"name": "x"}).status_code == 404
    assert api("PATCH", "/siptrunk_2/trunk-dr", {"concurrentCalls": 2}).status_code == 200
