# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings that make the API differ where its sources disagree or say nothing."""

from __future__ import annotations

import time

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

NEW = {"trunkName": "New", "sipUsername": "new-trunk.1", "sipPassword": "secret", "concurrentCalls": 3}
TN = "/telephonenumber/18015551400"
CLEARED = {"referenceType": None, "referenceId": None}


def rule(kind):
    return {"forwardAlways": {"referenceType": kind, "referenceId": "box"}}


@pytest.mark.parametrize(("accepted", "refused"), [("VOICE_MAIL", "VOICEMAIL"), ("VOICEMAIL", "VOICE_MAIL")])
def test_one_spelling_of_voice_mail(emu, api, accepted, refused):
    emu.set(voicemail_accepted=accepted, voicemail_spelling=accepted)
    path = "/siptrunk_2/trunk-hq/forward"
    before = api("GET", path).json()
    assert api("PUT", path, rule(refused)).status_code == 400
    assert api("PUT", path, {"forwardOnFailure": [rule(refused)["forwardAlways"]]}).status_code == 400
    assert api("GET", path).json() == before
    assert api("PUT", path, rule(accepted)).status_code == 204
    assert api("GET", path).json()["forwardAlways"]["referenceType"] == accepted
    assert (
        api("PUT", "/siptrunkgroup/group-1/forward", {"capacityForward": [rule(refused)["forwardAlways"]]}).status_code
        == 400
    )


def test_spellings_are_kept(emu, api):
    emu.set(voicemail_spelling="kept", extension_case="kept")
    path = "/siptrunk_2/trunk-hq/forward"
    both = [rule(kind)["forwardAlways"] for kind in ("VOICEMAIL", "VOICE_MAIL")]
    assert api("PUT", path, {"forwardOnFailure": both}).status_code == 204
    kinds = ["VOICEMAIL", "VOICE_MAIL"]
    assert [item["referenceType"] for item in api("GET", path).json()["forwardOnFailure"]] == kinds
    assert [item["referenceType"] for item in emu.trunk("acme", "HQ")["forward"]["forwardOnFailure"]] == kinds
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"extensionPatterns": ["21xx", "3X"]}).json()["extensionPatterns"] == [
        "21xx",
        "3X",
    ]


@pytest.mark.parametrize(("accepted", "pattern", "refused"), [("upper", "21X", "21x"), ("lower", "21x", "21X")])
def test_one_case_of_wildcards(emu, api, accepted, pattern, refused):
    emu.set(extension_case_accepted=accepted, extension_case="kept")
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"extensionPatterns": ["30", refused]}).status_code == 400
    assert api("POST", "/siptrunk_2", {**NEW, "extensionPatterns": [refused]}).status_code == 400
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"extensionPatterns": ["30", pattern]}).status_code == 200


@pytest.mark.parametrize(("mode", "status"), [("rejected", 400), ("fails", 500)])
def test_null_is_refused(emu, api, mode, status):
    emu.set(tn_patch_null=mode, trunk_patch_null=mode)
    for path, document in ((TN, CLEARED), ("/siptrunk_2/trunk-dr", {"maxBurstCalls": None})):
        answer = api("PATCH", path, document)
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.headers["Content-Type"].startswith("application/json")
    assert emu.number("18015551400")["referenceId"] == "trunk-hq"
    assert emu.trunk("acme", "DR")["maxBurstCalls"] == 5
    assert api("PATCH", "/siptrunk_2/trunk-dr", {"maxBurstCalls": 0}).status_code == 200


def test_null_never_clears_a_list(api):
    api("PATCH", "/siptrunk_2/trunk-hq", {"extensionPatterns": ["21XX"]})
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"extensionPatterns": None}).status_code == 400
    assert "extensionPatterns" not in api("PATCH", "/siptrunk_2/trunk-hq", {"extensionPatterns": []}).json()


def test_login_status_and_a_token_that_is_not_known_at_once(emu):
    emu.set(login_status=201, unauthorized_after_login=1)
    login = requests.post(
        emu.url + "/v2/authorize", json={"username": emu.username, "password": emu.password}, timeout=60
    )
    assert login.status_code == 201
    headers = {"X-AUTH-TOKEN": login.json()["authToken"]}
    statuses = [
        requests.get(emu.url + "/v2/authorize/userinfo", headers=headers, timeout=60).status_code for dummy in range(3)
    ]
    assert statuses == [401, 200, 200]


def test_normalizations(emu, api):
    emu.set(normalizations=["language_tag", "trim", "nfc"])
    changed = api("PATCH", "/siptrunk_2/trunk-hq", {"trunkName": " Leo\u0301 ", "languageTag": "zh-hant-tw"}).json()
    assert (changed["trunkName"], changed["languageTag"]) == ("Le\u00f3", "zh-Hant-TW")
    assert api("POST", "/siptrunk_2", {**NEW, "languageTag": "en-us"}).json()["languageTag"] == "en-US"
    assert api("POST", "/siptrunkgroup", {"name": "West "}).json()["name"] == "West"
    assert api("POST", "/siptrunk_2", {**NEW, "trunkName": "DR "}).status_code == 400
    emu.set(normalizations=[])
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"trunkName": "HQ "}).json()["trunkName"] == "HQ "


def ids(api):
    return [trunk["id"] for trunk in api("GET", "/siptrunk_2").json()]


@pytest.mark.parametrize("path", ["/siptrunk_2/trunk-dr", "/siptrunkgroup/group-1"])
def test_deletion_comes_late_or_never(emu, api, path):
    emu.set(deletion="never")
    assert api("DELETE", path).status_code == 202
    emu.advance(1000)
    assert api("GET", path).status_code == 200
    emu.set(deletion="late", deletion_seconds=30)
    assert api("DELETE", path).status_code == api("DELETE", path).status_code == 202
    emu.advance(29)
    assert api("GET", path).status_code == 200
    emu.advance(2)
    assert api("GET", path).status_code == 404
    assert api("DELETE", path).status_code == 404
    assert "trunk-hq" in ids(api)


def test_a_group_that_is_gone_has_no_members(emu, api):
    assert emu.trunk("acme", "HQ")["sipTrunkGroupId"] == "group-1"
    assert api("DELETE", "/siptrunkgroup/group-1").status_code == 204
    assert "sipTrunkGroupId" not in emu.trunk("acme", "HQ")


def test_trunks_listed_twice(emu, api):
    emu.set(trunks_listed_twice=True)
    assert sorted(ids(api)) == ["trunk-dr", "trunk-dr", "trunk-hq", "trunk-hq"]


def test_lists_lag_for_seconds(emu, api):
    emu.set(list_lag_seconds=20)
    made = api("POST", "/siptrunk_2", NEW).json()
    api("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 77})
    api("DELETE", "/siptrunk_2/trunk-dr")
    api("PATCH", TN, CLEARED)
    for dummy in range(3):
        assert ids(api) == ["trunk-hq", "trunk-dr"]
        assert api("GET", "/siptrunk_2").json()[0]["concurrentCalls"] == 10
        assert api("GET", "/telephonenumber").json()[-1]["referenceId"] == "trunk-hq"
    # A read of the object itself does not lag.
    assert api("GET", "/siptrunk_2/" + made["id"]).json()["trunkName"] == "New"
    assert "referenceId" not in api("GET", TN).json()
    emu.advance(21)
    assert ids(api) == ["trunk-hq", made["id"]]
    assert api("GET", "/siptrunk_2").json()[0]["concurrentCalls"] == 77
    assert "referenceId" not in api("GET", "/telephonenumber").json()[-1]
    # A second change begins anew, from what was shown last.
    api("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 78})
    assert api("GET", "/siptrunk_2").json()[0]["concurrentCalls"] == 77


def test_real_seconds(emu, api):
    emu.set(number_lag_seconds=0.2)
    start = time.monotonic()
    api("PATCH", TN, CLEARED)
    wait_until(lambda: "referenceId" not in api("GET", TN).json(), "the change is shown")
    assert time.monotonic() - start >= 0.2


def test_reads_of_one_object_lag(emu, api):
    emu.set(number_lag_seconds=20, trunk_lag_seconds=20)
    made = api("POST", "/siptrunk_2", NEW).json()
    assert api("GET", "/siptrunk_2/" + made["id"]).status_code == 404
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 77}).json()["concurrentCalls"] == 77
    assert api("GET", "/siptrunk_2/trunk-hq").json()["concurrentCalls"] == 10
    assert api("PUT", "/siptrunk_2/trunk-hq/forward", {}).status_code == 204
    assert "forwardOnFailure" in api("GET", "/siptrunk_2/trunk-hq/forward").json()
    assert "referenceId" not in api("PATCH", TN, CLEARED).json()
    assert api("GET", TN).json()["referenceId"] == "trunk-hq"
    assert api("GET", "/telephonenumber").json()[-1]["referenceId"] == "trunk-hq"
    emu.set(write_answers_lag=True)
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 78}).json()["concurrentCalls"] == 10
    assert api("PATCH", TN, {"referenceType": "IVR", "referenceId": "x"}).json()["referenceId"] == "trunk-hq"
    assert api("PUT", TN + "/destination", {}).json()["referenceId"] == "trunk-hq"
    emu.advance(21)
    assert api("GET", "/siptrunk_2/trunk-hq").json()["concurrentCalls"] == 78
    assert "forwardOnFailure" not in api("GET", "/siptrunk_2/trunk-hq/forward").json()
    assert "referenceId" not in api("GET", TN).json()
    assert api("GET", "/siptrunk_2/" + made["id"]).status_code == 200


def test_groups_refused(emu, api):
    emu.set(groups_refused=True)
    for method, path in (
        ("GET", ""),
        ("POST", ""),
        ("GET", "/group-1"),
        ("DELETE", "/group-1"),
        ("GET", "/group-1/forward"),
    ):
        answer = api(method, "/siptrunkgroup" + path, {} if method == "POST" else None)
        assert (answer.status_code, answer.json()["status"]) == (403, 403)
    assert api("GET", "/siptrunk_2").status_code == 200


def test_fields_of_the_future(emu, api):
    rules = {
        "forwardAlways": {"referenceType": "BUSY", "enabled": False, "futureKey": {"a": 1}},
        "forwardOnFailure": [{"referenceType": "TELEPHONE", "referenceId": "18015559999", "futureKey": 2}],
        "futureSection": [{"referenceType": "ROBOT"}],
    }
    emu.seed(
        accounts=[
            {
                "id": "future",
                "accountNumber": "3000",
                "accountName": "Future",
                "trunks": [{"id": "t", "trunkName": "HQ"}],
                "forwards": {"HQ": rules},
                "telephone_numbers": [{"phoneNumber": "18015550001", "futureKey": [1]}],
            }
        ]
    )
    base = f"{api.partition}/future"
    shown = api("GET", base + "/siptrunk_2/t/forward").json()
    assert {name: value for name, value in shown.items() if name in rules} == rules
    assert api("GET", base + "/telephonenumber/18015550001").json()["futureKey"] == [1]
    # A PUT that leaves them out drops them.
    assert api("PUT", base + "/siptrunk_2/t/forward", {"futureSection": [3]}).status_code == 204
    assert emu.trunk("future", "t")["forward"] == {"futureSection": [3]}
    number = api("GET", base + "/telephonenumber/18015550001").json()
    assert api("PUT", base + "/telephonenumber/18015550001", number).json()["futureKey"] == [1]
    del number["futureKey"]
    assert "futureKey" not in api("PUT", base + "/telephonenumber/18015550001", number).json()
    assert api("PUT", base + "/siptrunk_2/t/forward", {"otherSection": []}).status_code == 400


def test_wrong_settings(emu):
    for wrong in (
        {"deletion": "maybe"},
        {"normalizations": ["upper"]},
        {"list_lag_seconds": -1},
        {"login_status": 204},
    ):
        with pytest.raises(ValueError):
            emu.set(**wrong)
