# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes whose outcome the platform leaves open, and reads that are refused: what is sent, what is said, what is kept."""

from __future__ import annotations

import datetime
import threading

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.api import connect
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.settings import Settings
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.account_trunks import AccountTrunksJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.call_flow_info import CallFlowInfoJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.call_path_usage_info import (
    CallPathUsageInfoJob,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.sip_trunk import SipTrunkJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.sip_trunk_info import SipTrunkInfoJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.tn_route import TnRouteJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.trunk_forwarding import TrunkForwardingJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.trunk_unlock import TrunkUnlockJob
from ansible_collections.alianza.sip_trunking.tests.support.jobs import carry_out, run, succeeded

NUMBER = "18015550000"
PHONE = {"reference_type": "TELEPHONE", "reference_id": "18015559999"}
FAILOVER = {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "T2"}]}


@pytest.fixture(name="wire")
def fixture_wire(server):
    """An emulator with one account that has two trunks and a routed number; no contract holds its answers."""
    server.reset()
    server.seed(
        accounts=[
            {
                "id": "ACCOUNT_1",
                "accountNumber": "100200",
                "accountName": "Maple Dental",
                "telephone_numbers": [{"phoneNumber": NUMBER, "referenceType": "SIP_TRUNK", "referenceId": "T1"}],
                "trunks": [
                    {"id": "T1", "trunkName": "HQ", "sipPassword": "at-the-platform-1", "lockedOut": True},
                    {"id": "T2", "trunkName": "DR"},
                ],
                "forwards": {"HQ": FAILOVER},
            }
        ]
    )
    yield server
    assert server.state()["deleted_numbers"] == [], "a telephone number was deleted"


def sent(wire):
    """Return 'METHOD last-part-of-path' of every write."""
    return ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in wire.writes()]


UNROUTE = {"telephone_numbers": [NUMBER], "state": "absent"}


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_busy_platform_is_asked_again_to_clear_a_number_and_in_no_other_way(wire, status):
    wire.fault("status", method="PATCH", path=NUMBER, status=status)
    assert succeeded(run(wire, TnRouteJob(UNROUTE)))
    assert sent(wire) == ["PATCH " + NUMBER] * 2 and not wire.number(NUMBER).get("referenceType")
    run(wire, TnRouteJob({"telephone_numbers": [NUMBER], "trunk_name": "HQ"}))
    wire.clear_log()
    wire.fault("status", method="PATCH", path=NUMBER, status=status, times=None)
    error = run(wire, TnRouteJob(UNROUTE))
    assert error.kind in ("server", "partial") and sent(wire) == ["PATCH " + NUMBER] * 2
    assert wire.number(NUMBER)["referenceId"] == "T1"


def test_a_500_to_null_is_not_repeated_and_leads_to_the_other_way(wire):
    wire.set(tn_patch_null="fails")
    assert succeeded(run(wire, TnRouteJob(UNROUTE)))
    assert sent(wire) == ["PATCH " + NUMBER, "PUT destination"]


@pytest.mark.parametrize("status, writes", [(503, 2), (500, 2)])
def test_a_field_of_a_trunk_is_cleared_by_the_empty_value_only_after_a_500(wire, status, writes):
    run(wire, SipTrunkJob({"name": "HQ", "callback_number": NUMBER}))
    wire.clear_log()
    wire.fault("status", method="PATCH", path="/T1$", status=status)
    assert succeeded(run(wire, SipTrunkJob({"name": "HQ", "callback_number": ""})))
    bodies = [entry["body"] for entry in wire.writes()]
    assert len(bodies) == writes
    assert bodies == [{"callbackNumber": None}, {"callbackNumber": None if status == 503 else ""}]


def test_what_was_removed_is_returned_though_the_list_cannot_be_read_afterwards(wire):
    wire.fault("status", method="GET", path="/siptrunk_2$", status=503, skip=1, times=None)
    job = AccountTrunksJob({"trunks": [{"name": "DR"}], "prune": "all", "force": True})
    outcome = carry_out(wire, job)
    assert [trunk["name"] for trunk in outcome.result["removed"]] == ["HQ"]
    assert "could not be read" in outcome.error.msg and "'HQ'" in outcome.error.msg and "run again" in outcome.error.msg
    assert sent(wire)[-1] == "DELETE T1"


def test_a_created_trunk_that_does_not_show_its_values_is_used_and_reported(wire):
    wire.set(ignored_fields=["localServicesEnabled"])
    document = [
        {"name": "New", "concurrent_calls": 1, "local_services_enabled": True, "telephone_numbers": [NUMBER]},
        {"name": "DR", "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "New"}]}},
    ]
    error = run(wire, AccountTrunksJob({"trunks": document}))
    new = wire.trunk("ACCOUNT_1", "New")
    assert not succeeded(error) and "local_services_enabled" in error.msg
    assert wire.trunk("ACCOUNT_1", "DR")["forward"]["forwardOnFailure"][0]["referenceId"] == new["id"]
    assert wire.number(NUMBER)["referenceId"] == new["id"]


@pytest.mark.parametrize("seconds, said", [(1, "local_services_enabled"), (60, "does not show it")])
def test_a_created_trunk_that_is_not_shown_yet_is_waited_for(wire, seconds, said):
    # Since the answer has another value, the trunk is read.
    wire.set(trunk_lag_seconds=seconds, ignored_fields=["localServicesEnabled"])
    error = run(wire, SipTrunkJob({"name": "New", "concurrent_calls": 1, "local_services_enabled": True}))
    assert error.kind == "not_applied" and said in error.msg
    assert sent(wire) == ["POST siptrunk_2"]


@pytest.mark.parametrize("status, creates", [(400, 2), (422, 2), (403, 1), (409, 1)])
def test_patterns_are_sent_in_lower_case_only_where_the_body_may_be_what_is_refused(wire, status, creates):
    wire.fault("status", method="POST", path="/siptrunk_2$", status=status, times=None)
    error = run(wire, SipTrunkJob({"name": "New", "concurrent_calls": 1, "extension_patterns": ["21XX"]}))
    assert error.status == status and sent(wire) == ["POST siptrunk_2"] * creates


PASSWORD = {"name": "HQ", "sip_password": "at-the-platform-1"}


@pytest.mark.parametrize("update_password, writes", [("always", 0), ("on_create", 0), ("unconditionally", 1)])
def test_a_password_that_the_platform_returns_is_written_only_unconditionally(wire, update_password, writes):
    outcome = run(wire, SipTrunkJob(dict(PASSWORD, update_password=update_password)))
    assert succeeded(outcome) and len(sent(wire)) == writes
    planned = carry_out(wire, SipTrunkJob(dict(PASSWORD, update_password=update_password), check_mode=True))
    assert planned.result["changed"] is bool(writes)


OTHER = {"sipTrunkId": "T9", "id": "T9", "accountNumber": "999"}


@pytest.mark.parametrize(
    "account, path", [({"account_id": "ACCOUNT_1"}, "/forward$"), ({"account_number": "100200"}, "/account/100200$")]
)
def test_a_read_of_another_object_is_an_error(wire, account, path):
    wire.fault("status", method="GET", path=path, status=200, body=OTHER)
    job = TrunkForwardingJob({"trunk_name": "HQ", "forward_always": PHONE})
    error = carry_out(wire, job, retries=0, **account).error
    assert error is not None and error.kind == "invalid_response" and "another object" in error.msg and not sent(wire)


@pytest.mark.parametrize(
    "job, write, look",
    [
        (TrunkForwardingJob({"trunk_name": "HQ", "forward_always": PHONE}), "PUT forward", "GET forward"),
        (TrunkUnlockJob({"trunk_name": "HQ"}), "PUT unlock", "GET registrationstatus"),
    ],
)
def test_after_an_answer_about_another_object_the_object_itself_is_read(wire, job, write, look):
    path = "/%s$" % write.partition(" ")[2]
    wire.fault("status", method="PUT", path=path, when="after", status=200, body=OTHER)
    assert succeeded(run(wire, job))
    log = ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in wire.log()]
    assert log[log.index(write) :][:2] == [write, look]


def test_a_read_that_is_refused_ends_those_that_were_not_begun(wire):
    trunks = [{"id": "R%d" % place, "trunkName": "Site %d" % place} for place in range(60)]
    wire.seed(accounts=[{"id": "MANY", "accountNumber": "7", "accountName": "Many", "trunks": trunks}])
    wire.fault("status", method="GET", path="/registrationstatus$", status=403, times=None)
    wire.set(latency_ms=20)
    error = carry_out(wire, SipTrunkInfoJob({"include": ["registration"]}), retries=0, account_id="MANY").error
    assert error.kind == "refused" and len(wire.log("GET", "/registrationstatus$")) < 40


def test_threads_whose_first_requests_are_refused_after_a_login_keep_the_token(wire):
    threads = 8
    wire.set(unauthorized_after_login=threads)
    settings = Settings(api_url=wire.url, username=wire.username, password=wire.password, account_id="ACCOUNT_1")
    answers, together = [], threading.Barrier(threads)
    with connect(settings) as client:
        client.login()

        def ask():
            together.wait()
            answers.append(client.request("GET", "/v2/partition/%s/account/ACCOUNT_1" % client.partition_id).status)

        workers = [threading.Thread(target=ask) for unused in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert answers == [200] * threads and wire.logins == 1 and wire.open_tokens == 0


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    "job",
    [
        lambda **mode: TrunkForwardingJob({"trunk_name": "Gone", "state": "absent"}, **mode),
        lambda **mode: TnRouteJob({"telephone_numbers": [NUMBER], "trunk_name": "Gone", "state": "absent"}, **mode),
    ],
)
def test_a_trunk_that_is_gone_has_nothing_to_clear_in_check_mode_as_well(wire, job, check_mode):
    done, real = carry_out(wire, job(check_mode=check_mode)), carry_out(wire, job(check_mode=False))
    assert done.error is None and done.result["changed"] is False and done.result == real.result
    assert done.notices == real.notices
    assert not sent(wire)


def test_a_number_that_the_account_lacks_is_refused_before_any_rules_are_read(wire):
    options = {"unavailable_trunks": None, "full_trunks": None, "use_registration": True}
    error = run(wire, CallFlowInfoJob(dict(options, telephone_numbers=["18015559990", NUMBER])))
    assert error.kind == "invalid_input" and "18015559990" in error.msg and NUMBER not in error.msg
    assert not wire.log("GET", "/forward$") and not wire.log("GET", "/registrationstatus$")


def test_call_records_without_a_total_are_read_until_a_page_is_empty(wire):
    start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    call = {"sipTrunkId": "T1", "concurrentCallsCount": 4, "burstCallsCount": 0}
    record = {
        "startTime": start.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "applicationData": {"type": "sip-trunks-interactions", "data": [call]},
    }
    for results in ([record], [record], []):
        wire.fault("status", method="GET", path="/cdrsearch$", status=200, body={"results": results})
    done = carry_out(wire, CallPathUsageInfoJob({"days": 1}))
    assert done.error is None and len(wire.log("GET", "/cdrsearch$")) == 3
    assert {each["trunk_name"]: each["peak_concurrent_calls"] for each in done.result["usage"]}["HQ"] == 4
