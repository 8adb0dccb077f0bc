# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers and accounts."""

from __future__ import annotations

from urllib.parse import quote

import pytest

PATH = "/telephonenumber/18015551212"
ROUTE = {"referenceType": "SIP_TRUNK", "referenceId": "trunk-hq"}


def test_shapes(api):
    number = api("GET", PATH).json()
    assert number["phoneNumber"] == number["id"] == "18015551212"
    assert "referenceType" not in number and "referenceId" not in number
    assert {"customerServiceRecord", "directoryListing", "e911Address", "orderVersion"} <= set(number)
    full, limited = api("GET", "/telephonenumber").json(), api("GET", "/telephonenumber?limitedData=true").json()
    assert full[0] == number and len(full) == len(limited) == 12
    assert not {"customerServiceRecord", "directoryListing", "e911Address"} & set(limited[0])
    assert {entry["phoneNumber"]: entry.get("referenceId") for entry in limited}["18015551400"] == "trunk-hq"
    assert api("GET", "/telephonenumber?limitedData=yes").status_code == 400


def test_routing_and_the_reverse_view(emu, api):
    assert api("PATCH", PATH, ROUTE).json()["referenceId"] == "trunk-hq"
    assert api("GET", "/siptrunk_2/trunk-hq").json()["telephoneNumbers"] == ["18015551212", "18015551400"]
    assert api("PATCH", PATH, {"referenceType": "TELEPHONE", "referenceId": "18005550000"}).status_code == 200
    assert api("GET", "/siptrunk_2").json()[0]["telephoneNumbers"] == ["18015551400"]
    assert api("PATCH", PATH, {"ringType": "Ring1"}).json()["ringType"] == "Ring1"
    assert emu.number("18015551212")["referenceId"] == "18005550000"


def test_numbers_of_a_deleted_trunk_keep_pointing_at_it(emu, api):
    assert api("DELETE", "/siptrunk_2/trunk-hq").status_code == 204
    assert emu.number("18015551400")["referenceId"] == "trunk-hq"
    assert api("PATCH", "/telephonenumber/18015551400", {"ringType": "Ring1"}).status_code == 200
    assert api("PATCH", PATH, ROUTE).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"referenceType": "SIP_TRUNK"},
        {"referenceId": "x"},
        {"referenceType": "SIP_TRUNK", "referenceId": "nothing"},
        {"referenceType": "BUSY"},
        {"referenceType": "VOICE_MAIL", "referenceId": "x"},
        {"referenceType": "IVR", "referenceId": ""},
        {"referenceType": "TELEPHONE", "referenceId": "123"},
        {"ringType": "Loud"},
        {"carrierStatus": "COOLDOWN"},
        {"tollFree": True},
        {"accountId": "other"},
        {"unknown": 1},
        {"assignAsCallerId": "yes"},
        {"e911Address": {"planet": "Earth"}},
        {"id": 18015551212},
    ],
)
def test_faulty_changes(emu, api, change):
    before = emu.number("18015551212")
    for method in ("PATCH", "PUT"):
        answer = api(method, PATH, change)
        assert answer.status_code == answer.json()["status"] == 400, answer.text
    assert emu.number("18015551212") == before


def test_numbers_that_do_not_exist(api):
    assert api("PATCH", "/telephonenumber/18015551213", ROUTE).json()["status"] == 404
    assert api("PATCH", "/telephonenumber/18005550000", ROUTE).json()["status"] == 404
    assert api("PATCH", "/telephonenumber/8015551212", ROUTE).json()["status"] == 400


@pytest.mark.parametrize(
    "mode, status, kept", [("clears", 200, False), ("ignored", 200, True), ("rejected", 400, True)]
)
def test_clearing_by_null(emu, api, mode, status, kept):
    api("PATCH", PATH, ROUTE)
    emu.set(tn_patch_null=mode)
    assert api("PATCH", PATH, {"referenceType": None, "referenceId": None}).status_code == status
    assert ("referenceId" in emu.number("18015551212")) == kept
    if mode == "clears":
        api("PATCH", PATH, ROUTE)
        assert api("PATCH", PATH, {"referenceId": None}).status_code == 400


@pytest.mark.parametrize("clears", [True, False])
def test_clearing_by_destination(emu, api, clears):
    emu.set(tn_destination_put_clears=clears)
    answer = api("PUT", PATH + "/destination", {**ROUTE, "ringType": "Ring2", "telephoneNumber": "18015551212"})
    assert answer.json() == {
        "partitionId": emu.partition_id,
        "accountId": "acme",
        "telephoneNumber": "18015551212",
        "id": "18015551212",
        **ROUTE,
        "ringType": "Ring2",
    }
    assert api("PUT", PATH + "/destination", {"referenceType": "IVR"}).status_code == (400 if clears else 200)
    assert api("PUT", PATH + "/destination", {}).status_code == 200
    assert ("referenceId" in emu.number("18015551212")) != clears


@pytest.mark.parametrize("clears", [True, False])
def test_clearing_by_put(emu, api, clears):
    emu.set(tn_put_clears=clears)
    api("PATCH", PATH, ROUTE)
    whole = api("GET", PATH).json()
    assert api("PUT", PATH, whole).json() == whole
    bare = {name: value for name, value in whole.items() if name not in ROUTE}
    assert api("PUT", PATH, bare).json() == (bare if clears else whole)
    del bare["e911Address"]
    assert "e911Address" not in api("PUT", PATH, bare).json()


def test_release(emu, api):
    assert api("DELETE", PATH).status_code == 204
    assert api("GET", PATH).status_code == 404
    assert emu.state()["deleted_numbers"] == ["18015551212"]


def test_accounts(emu, api):
    assert [account["accountName"] for account in api("GET", api.partition).json()] == ["Acme", "Other"]
    account = api("GET", "").json()
    assert (account["id"], account["accountNumber"], account["partitionId"]) == ("acme", "1001", emu.partition_id)
    for key, kind, expected in (
        ("1001", "AccountNumber", "acme"),
        ("10/02 ü", "AccountNumber", "other"),
        ("18005550000", "PhoneNumber", "other"),
        ("acme", "Id", "acme"),
    ):
        answer = api("GET", f"{api.partition}/{quote(key, safe='')}?accountIdType={kind}")
        assert answer.json()["id"] == expected
    for key, kind in (("acme", "AccountNumber"), ("1001", "Id"), ("18015559999", "PhoneNumber"), ("00", "MacAddress")):
        assert api("GET", f"{api.partition}/{key}?accountIdType={kind}").json()["status"] == 404
    emu.set(locale="de")
    answer = api("GET", "?accountIdType=Name")
    assert answer.status_code == 400 and answer.json() == {
        "code": 400,
        "message": "Unbekannter accountIdType für dieses Konto",
    }
