# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is around trunks: caller IDs, calling plans, checks of addresses, call records."""

from __future__ import annotations

import pytest

CALLER = "/siptrunk_2/cid"
SHOWN, FROM = {"customCallerIdNumber": "18015550000"}, {"fromWildcard": "1801555XXXX"}


def mappings(api):
    return {item["fromWildcard"]: item.get("customCallerIdNumber") for item in api("GET", CALLER + "/mapping").json()}


def test_caller_ids(emu, api):
    assert api("GET", CALLER + "/callerid").json() == api("GET", CALLER + "/fromnumber").json() == []
    assert api("PUT", CALLER + "/mapping", {**FROM, **SHOWN}).status_code == 400
    assert (
        api("POST", CALLER + "/callerid", SHOWN).status_code
        == api("POST", CALLER + "/fromnumber", FROM).status_code
        == 201
    )
    assert (
        api("POST", CALLER + "/callerid", SHOWN).status_code
        == api("POST", CALLER + "/fromnumber", FROM).status_code
        == 400
    )
    assert api("GET", CALLER + "/fromnumber").json()[0]["isCustom"] is True
    assert mappings(api) == {"1801555XXXX": None}
    assert api("PUT", CALLER + "/mapping", {**FROM, **SHOWN}).json()["customCallerIdNumber"] == "18015550000"
    assert api("PUT", CALLER + "/mapping", {"fromWildcard": "18015551212", **SHOWN}).json()["isCustom"] is False
    assert mappings(api) == {"1801555XXXX": "18015550000", "18015551212": "18015550000"}
    assert api("PUT", CALLER + "/mapping", {**FROM, "customCallerIdNumber": None}).status_code == 200
    assert mappings(api) == {"1801555XXXX": None, "18015551212": "18015550000"}
    assert emu.account("acme")["mappings"] == {"18015551212": "18015550000"}
    # A caller ID takes its mappings with it.
    assert [api("DELETE", CALLER + "/callerid/18015550000").status_code for dummy in range(2)] == [204, 404]
    assert mappings(api) == {"1801555XXXX": None}
    assert [api("DELETE", CALLER + "/fromnumber/1801555XXXX").status_code for dummy in range(2)] == [204, 404]
    assert mappings(api) == {}
    assert api("POST", CALLER + "/callerid", {"customCallerIdNumber": "8015550000"}).status_code == 400
    assert api("POST", CALLER + "/fromnumber", {**FROM, "x": 1}).status_code == 400


def create(api):
    """Map the wildcard to the caller ID."""
    for last, body in (("/callerid", SHOWN), ("/fromnumber", FROM)):
        assert api("POST", CALLER + last, body).status_code == 201
    assert api("PUT", CALLER + "/mapping", {**FROM, **SHOWN}).status_code == 200


def test_lists_of_caller_ids_can_lag(emu, api):
    emu.set(list_lag_reads=1)
    create(api)
    for last in ("/callerid", "/fromnumber", "/mapping"):
        assert [len(api("GET", CALLER + last).json()) for dummy in range(2)] == [0, 1], last
    api("DELETE", CALLER + "/callerid/18015550000")
    assert [len(api("GET", CALLER + "/callerid").json()) for dummy in range(2)] == [1, 0]
    assert [mappings(api) for dummy in range(2)] == [{"1801555XXXX": "18015550000"}, {"1801555XXXX": None}]


def test_caller_ids_can_be_deleted_late_or_never(emu, api):
    create(api)
    emu.set(deletion="never")
    assert api("DELETE", CALLER + "/callerid/18015550000").status_code == 202
    assert api("DELETE", CALLER + "/fromnumber/1801555XXXX").status_code == 202
    emu.set(deletion="late", deletion_seconds=5)
    assert [api("DELETE", CALLER + "/callerid/18015550000").status_code for dummy in range(2)] == [202, 202]
    assert mappings(api) == {"1801555XXXX": "18015550000"}
    emu.advance(6)
    assert mappings(api) == {"1801555XXXX": None} and api("GET", CALLER + "/callerid").json() == []


def test_what_is_not_known_of_caller_ids_can_be_set(emu, api):
    emu.set(
        from_number_deletion="refused_while_mapped",
        own_from_numbers="refused",
        own_numbers_in_mappings=True,
        extension_case_accepted="lower",
    )
    assert api("POST", CALLER + "/fromnumber", FROM).status_code == 400
    emu.set(extension_case_accepted="both")
    create(api)
    assert api("POST", CALLER + "/fromnumber", {"fromWildcard": "18015551212"}).status_code == 400
    assert mappings(api)["18015551212"] is None and mappings(api)["1801555XXXX"] == "18015550000"
    assert api("DELETE", CALLER + "/fromnumber/1801555XXXX").status_code == 400
    emu.set(ignored_fields=["customCallerIdNumber"])
    unmapped = {**FROM, "customCallerIdNumber": None}
    assert api("PUT", CALLER + "/mapping", unmapped).json()["customCallerIdNumber"] == "18015550000"
    emu.set(ignored_fields=[])
    assert "customCallerIdNumber" not in api("PUT", CALLER + "/mapping", unmapped).json()
    assert api("DELETE", CALLER + "/fromnumber/1801555XXXX").status_code == 204


def plan(api, trunk):
    return api("GET", "/siptrunk_2/" + trunk).json()["callingPlans"]


def test_calling_plans(api):
    (hq,), (dr,) = plan(api, "trunk-hq"), plan(api, "trunk-dr")
    assert api("GET", "/callingplan").json() == [hq, dr]
    assert api("GET", "/callingplan?referenceType=SIP_TRUNK&referenceId=trunk-dr").json() == [dr]
    assert [trunk["id"] for trunk in api("GET", "/siptrunk_2/shared-plan-lookup").json()] == ["trunk-hq", "trunk-dr"]
    whose = {"referenceType": "SIP_TRUNK", "referenceId": "trunk-dr"}
    share = {**whose, "callingPlanType": "SHARED_CALLING_PLAN", "callingPlanReferenceId": "trunk-hq"}
    assert api("PUT", "/callingplan", share).json() == hq and plan(api, "trunk-dr") == [hq]
    assert api("GET", "/callingplan").json() == [hq]
    new = {**whose, "callingPlanType": "NEW_CALLING_PLAN", "callingPlanProductId": "product"}
    assert api("PUT", "/callingplan", new).json()["callingPlanProductId"] == "product"
    assert api("DELETE", "/callingplan", whose).json()["callingPlanProductId"] == "product"
    assert plan(api, "trunk-dr") == [] and api("DELETE", "/callingplan", whose).status_code == 404
    assert len(api("GET", "/siptrunk_2/shared-plan-lookup").json()) == 1
    assert api("PUT", "/callingplan", {**share, "callingPlanReferenceId": "trunk-dr"}).status_code == 400
    made = {"trunkName": "New", "sipUsername": "new-trunk.1", "sipPassword": "secret", "concurrentCalls": 3}
    setup = {"callingPlanType": "SHARED_CALLING_PLAN", "referenceId": "trunk-hq"}
    assert api("POST", "/siptrunk_2", {**made, "setupCallingPlan": setup}).json()["callingPlans"] == [hq]
    setup["referenceId"] = "nobody"
    other = {**made, "trunkName": "Other", "sipUsername": "new-trunk.2"}
    assert api("POST", "/siptrunk_2", {**other, "setupCallingPlan": setup}).status_code == 400


def test_addresses(api):
    pair, path = {"ipAddress": "192.0.2.1", "portNumber": 5060}, "/siptrunk_2/validate?ip=192.0.2.1&port="
    assert api("GET", path + "5060").json() is True
    assert api("PATCH", "/siptrunk_2/trunk-hq", {**pair, "ipBasedAuthEnabled": True}).status_code == 200
    assert api("GET", path + "5060").json() is False
    assert api("GET", path + "5060&trunkId=trunk-hq").json() is api("GET", path + "5061").json() is True
    assert api("PATCH", "/siptrunk_2/trunk-dr", {**pair, "ipBasedAuthEnabled": True}).status_code == 409
    assert api("PATCH", "/siptrunk_2/trunk-dr", pair).status_code == 200
    assert api("GET", path).status_code == 400


def test_call_records(emu, api):
    calls = [
        {
            "startTime": f"2026-03-{1 + index // 10:02d}T10:{index:02d}:00.000Z",
            "applicationData": {
                "type": "sip-trunks-interactions",
                "data": [{"sipTrunkId": "t", "concurrentCallsCount": index, "burstCallsCount": 0}],
            },
        }
        for index in range(45)
    ]
    emu.seed(accounts=[{"id": "busy", "accountNumber": "4000", "accountName": "Busy", "call_records": calls}])

    def page(query):
        return api("GET", f"{api.partition}/busy/cdrsearch?startDate=2026-03-01&endDate=2026-03-04&{query}").json()

    assert page("")["totalRecords"] == 40 and len(page("")["results"]) == 20
    assert page("")["results"][0]["startTime"].startswith("2026-03-04T10:39")
    seen = [page(f"firstResultIndex={first}&maxResult=15&sortOrder=ASC")["results"] for first in (0, 15, 30, 45)]
    assert [len(results) for results in seen] == [15, 15, 10, 0]
    assert [item["startTime"] for results in seen for item in results] == [item["startTime"] for item in calls[:40]]
    assert api("GET", f"{api.partition}/busy/cdrsearch?startDate=2026-03-01").status_code == 400
    with pytest.raises(ValueError, match="startTime"):
        emu.seed(accounts=[{"accountNumber": "5", "accountName": "x", "call_records": [{"id": "x"}]}])
