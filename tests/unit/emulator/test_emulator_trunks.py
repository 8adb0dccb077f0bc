# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks: what the emulator takes, refuses and answers."""

from __future__ import annotations

import re

import pytest

NEW = {"trunkName": "New", "sipUsername": "new-trunk.1", "sipPassword": "secret", "concurrentCalls": 3}


def test_create_read_and_delete(emu, api):
    created = api(
        "POST", "/siptrunk_2", {**NEW, "accountId": "acme", "partitionId": emu.partition_id, "callbackNumber": None}
    )
    assert created.status_code == 200
    trunk = created.json()
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", trunk["id"])
    assert trunk["telephoneNumbers"] == [] and trunk["localServicesEnabled"] is False and trunk["lockedOut"] is False
    assert trunk["sipProxyServer"] == "siptrunk.p2.example.net:5065"
    assert trunk["callingPlans"][0]["referenceId"] == trunk["id"]
    assert "callbackNumber" not in trunk
    assert api("GET", "/siptrunk_2/" + trunk["id"]).json() == trunk
    assert trunk in api("GET", "/siptrunk_2").json()
    gone = api("DELETE", "/siptrunk_2/" + trunk["id"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert api("DELETE", "/siptrunk_2/" + trunk["id"]).json()["status"] == 404


@pytest.mark.parametrize(
    "change",
    [
        {"concurrentCalls": 0},
        {"concurrentCalls": True},
        {"concurrentCalls": "3"},
        {"concurrentCalls": 3.0},
        {"concurrentCalls": None},
        {"trunkName": ""},
        {"trunkName": "HQ"},
        {"trunkName": 5},
        {"sipUsername": "short"},
        {"sipUsername": "x" * 37},
        {"sipUsername": "with space"},
        {"sipUsername": "acme-hq-1"},
        {"sipUsername": "newline-1\n"},
        {"sipPassword": "short"},
        {"sipPassword": 123456},
        {"callbackNumber": "8015551212"},
        {"callbackNumber": "+18015551212"},
        {"primaryTn": "180155512120"},
        {"primaryTn": 18015551212},
        {"localServicesEnabled": "true"},
        {"localServicesEnabled": 1},
        {"extensionPatterns": "21XX"},
        {"extensionPatterns": ["X21"]},
        {"extensionPatterns": [21]},
        {"extensionPatterns": ["2X1"]},
        {"maxBurstCalls": -1},
        {"portNumber": 70000},
        {"pbxTnDigits": "4"},
        {"sipTrunkGroupId": "nowhere"},
        {"id": "mine"},
        {"telephoneNumbers": ["18015551212"]},
        {"lockedOut": True},
        {"accountId": "other"},
        {"provisioningStatus": "NO"},
        {"primaryTN": "18015551212"},
        {"name": "x"},
        {"setupCallingPlan": {"kind": 1}},
    ],
)
def test_a_faulty_trunk_is_refused(emu, api, change):
    answer = api("POST", "/siptrunk_2", {**NEW, **change})
    assert answer.status_code == 400, answer.text
    assert set(answer.json()) == {"status", "messages", "data"}
    assert next(iter(change)) in " ".join(answer.json()["messages"])
    assert len(emu.account("acme")["trunks"]) == 2


@pytest.mark.parametrize("missing", sorted(NEW))
def test_required_fields(api, missing):
    document = {name: value for name, value in NEW.items() if name != missing}
    assert api("POST", "/siptrunk_2", document).status_code == 400
    assert api("PUT", "/siptrunk_2/trunk-hq", document).status_code == 400


@pytest.mark.parametrize(
    "raw, headers, status",
    [
        (b"{", {"Content-Type": "application/json"}, 400),
        (b"[]", {"Content-Type": "application/json"}, 400),
        (b"", {"Content-Type": "application/json"}, 400),
        (b'{"concurrentCalls": NaN}', {"Content-Type": "application/json"}, 400),
        (b"{}", {"Content-Type": "text/plain"}, 415),
    ],
)
def test_bodies_that_are_no_json_object(api, raw, headers, status):
    answer = api("POST", "/siptrunk_2", data=raw, headers=headers)
    assert answer.json()["status"] == status


def test_words_as_plain_text(emu, api):
    for answer, expected in (
        (api("POST", api.partition + "/nobody/siptrunk_2", NEW), (500, "ErrorGettingAccount")),
        (api("POST", f"{emu.url}/v2/partition/wrong/account/acme/siptrunk_2", NEW), (500, "ErrorGettingAccount")),
        (api("PATCH", "/siptrunk_2/nothing", {}), (404, "EntityNotFound")),
        (api("PUT", "/siptrunk_2/nothing", NEW), (404, "EntityNotFound")),
        (api("PUT", "/siptrunk_2/nothing/forward", {}), (404, "EntityNotFound")),
        (api("PATCH", "/siptrunk_2/trunk-hq", {"sipPassword": "short"}), (500, "ErrorIsPasswordValid")),
        (api("PUT", "/siptrunk_2/trunk-hq", {**NEW, "sipPassword": "short"}), (500, "ErrorUpdatingSipCredential")),
    ):
        assert (answer.status_code, answer.text) == expected
        assert answer.headers["Content-Type"].startswith("text/plain")


def test_paths_that_do_not_exist(api):
    for method, path in (
        ("GET", "/siptrunk"),
        ("POST", "/siptrunk"),
        ("GET", "/siptrunk/trunk-hq"),
        ("GET", "/siptrunk_2/nothing"),
        ("GET", api.partition + "/nobody/siptrunk_2"),
        ("GET", api.partition + "/nobody/telephonenumber"),
        ("GET", api.partition.replace("/partition/", "/partition/x")),
        ("GET", api.base.replace("/partition/", "/partition/x")),
        ("GET", "/siptrunk_2/nothing/registrationstatus"),
        ("GET", "/siptrunk_2/nothing/forward"),
        ("PUT", "/siptrunk_2/nothing/unlock"),
    ):
        answer = api(method, path)
        assert answer.status_code == answer.json()["status"] == 404, path
    assert api("DELETE", "/siptrunk_2").json()["status"] == 405


def test_patch_changes_only_what_it_names(emu, api):
    before = emu.trunk("acme", "trunk-hq")
    answer = api(
        "PATCH",
        "/siptrunk_2/trunk-hq",
        {"concurrentCalls": 42, "extensionPatterns": ["21xx", "3XX", "400"], "lockedOut": False},
    )
    assert answer.status_code == 200
    assert emu.trunk("acme", "trunk-hq") == {
        **before,
        "concurrentCalls": 42,
        "extensionPatterns": ["21XX", "3XX", "400"],
    }
    renamed = api("PATCH", "/siptrunk_2/trunk-hq", {"trunkName": "Main", "sipUsername": "acme-hq-1"})
    assert renamed.json()["trunkName"] == "Main"
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"trunkName": "DR"}).status_code == 400
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"sipUsername": "acme-dr-1"}).status_code == 400


def test_put_replaces_a_trunk(emu, api):
    whole = api("GET", "/siptrunk_2/trunk-dr").json()
    assert api("PUT", "/siptrunk_2/trunk-dr", {**whole, "concurrentCalls": 2}).json() == {**whole, "concurrentCalls": 2}
    del whole["maxBurstCalls"]
    assert api("PUT", "/siptrunk_2/trunk-dr", whole).json() == whole
    assert "maxBurstCalls" not in emu.trunk("acme", "DR")


def test_empty_values(emu, api):
    path = "/siptrunk_2/trunk-dr"
    assert api("PATCH", path, {"primaryTn": "18015551212", "extensionPatterns": ["1"]}).status_code == 200
    empty = {"primaryTn": "", "extensionPatterns": [], "maxBurstCalls": 0}
    emu.settings.trunk_patch_empty = "rejected"
    assert api("PATCH", path, empty).status_code == 400
    emu.settings.trunk_patch_empty = "clears"
    assert not set(api("PATCH", path, empty).json()) & set(empty)
    assert api("PATCH", path, {"trunkName": ""}).status_code == 400
    assert api("PATCH", path, {"maxBurstCalls": False}).status_code == 400


def test_null_values(emu, api):
    path = "/siptrunk_2/trunk-dr"
    emu.set(trunk_patch_null="rejected")
    assert api("PATCH", path, {"maxBurstCalls": None}).status_code == 400
    emu.set(trunk_patch_null="ignored")
    assert api("PATCH", path, {"maxBurstCalls": None, "trunkName": None}).json()["maxBurstCalls"] == 5
    emu.set(trunk_patch_null="clears")
    assert "maxBurstCalls" not in api("PATCH", path, {"maxBurstCalls": None, "localServicesEnabled": None}).json()
    assert emu.trunk("acme", "DR")["localServicesEnabled"] is False
    assert api("PATCH", path, {"trunkName": None}).status_code == 400
    assert api("PATCH", path, {"unheardOf": None}).status_code == 400


def test_passwords_in_answers(emu, api):
    emu.set(mask_sip_password=True)
    assert {trunk["sipPassword"] for trunk in api("GET", "/siptrunk_2").json()} == {"********"}
    emu.set(return_sip_password=False)
    assert all("sipPassword" not in trunk for trunk in api("GET", "/siptrunk_2").json())
    assert "sipPassword" not in api("PATCH", "/siptrunk_2/trunk-hq", {"sipPassword": "changed"}).json()
    assert emu.trunk("acme", "HQ")["sipPassword"] == "changed"


def test_fields_that_are_accepted_but_not_taken(emu, api):
    emu.set(ignored_fields=["concurrentCalls", "referenceId", "referenceType", "primaryTn"])
    assert (
        api("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 42, "trunkName": "Main"}).json()["concurrentCalls"]
        == 10
    )
    assert "primaryTn" not in api("POST", "/siptrunk_2", {**NEW, "primaryTn": "18015551212"}).json()
    answer = api("PATCH", "/telephonenumber/18015551212", {"referenceType": "SIP_TRUNK", "referenceId": "trunk-hq"})
    assert answer.status_code == 200 and "referenceId" not in answer.json()


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_status_of_writes(emu, api, status):
    emu.set(write_status=status)
    for method, path, document in (
        ("POST", "/siptrunk_2", NEW),
        ("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 4}),
        ("PUT", "/siptrunk_2/trunk-hq/forward", {}),
        ("PUT", "/siptrunk_2/trunk-hq/unlock", None),
        ("PATCH", "/telephonenumber/18015551212", {"referenceType": "IVR", "referenceId": "x"}),
    ):
        answer = api(method, path, document)
        assert answer.status_code == status
        assert bool(answer.content) == (status != 204)
    assert emu.trunk("acme", "New")["concurrentCalls"] == 3


def test_a_lagging_list(emu, api):
    emu.set(list_lag_reads=2)

    def names():
        return [trunk["trunkName"] for trunk in api("GET", "/siptrunk_2").json()]

    api("POST", "/siptrunk_2", NEW)
    assert [names() for dummy in range(3)] == [["HQ", "DR"], ["HQ", "DR"], ["HQ", "DR", "New"]]
    api("PATCH", "/siptrunk_2/trunk-hq", {"trunkName": "Main"})
    assert [names()[0] for dummy in range(3)] == ["HQ", "HQ", "Main"]
    assert api("GET", "/siptrunk_2/trunk-hq").json()["trunkName"] == "Main"
    api("DELETE", "/siptrunk_2/trunk-dr")
    assert ["DR" in names() for dummy in range(3)] == [True, True, False]
    api("PATCH", "/telephonenumber/18015551212", {"referenceType": "SIP_TRUNK", "referenceId": "trunk-hq"})
    routed = [api("GET", "/telephonenumber?limitedData=true").json()[0].get("referenceId") for dummy in range(3)]
    assert routed == [None, None, "trunk-hq"]


def test_registration_and_unlock(emu, api):
    path = "/siptrunk_2/trunk-hq/registrationstatus"
    assert api("GET", path).json() == {"registered": False, "lockedOut": False}
    emu.registration("1001", "HQ", locked_out=True, register_after_reads=2)
    assert [api("GET", path).json()["registered"] for dummy in range(4)] == [False, False, True, True]
    emu.registration("acme", "trunk-hq", unregister_after_reads=1)
    assert [api("GET", path).json()["registered"] for dummy in range(3)] == [True, False, False]
    assert api("GET", "/siptrunk_2/trunk-hq").json()["lockedOut"] is True
    unlocked = api("PUT", "/siptrunk_2/trunk-hq/unlock")
    assert unlocked.status_code == 200 and unlocked.json()["lockedOut"] is False


def test_a_calling_plan_can_be_chosen(api):
    plans = api("POST", "/siptrunk_2", {**NEW, "newCppId": "plan-7"}).json()["callingPlans"]
    assert [plan["callingPlanProductId"] for plan in plans] == ["plan-7"]
