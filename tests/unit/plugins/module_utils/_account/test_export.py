# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account read back into a document."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_plan as planner
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.document import parse_document
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.export import document_of
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to

WIRE = {
    "trunkName": "HQ",
    "concurrentCalls": 20,
    "sipUsername": "hq-user-1",
    "sipPassword": "hunter2!",
    "primaryTn": "8015550001",
    "localServicesEnabled": True,
    "extensionPatterns": ["22xx", "21XX"],
    "maxBurstCalls": 0,
    "languageTag": "",
    "ipBasedAuthEnabled": False,
    "callingPlans": [{"callingPlanProductId": "plan-1"}],
    "lockedOut": True,
    "telephoneNumbers": ["18015550009"],
}


def test_what_is_set_is_there_in_a_readable_form_and_nothing_else():
    state = account(
        {"T2": WIRE, "T1": "DR"},
        {
            "T2": {
                "forwardAlways": dict(to("T1"), enabled=False),
                "forwardOnFailure": [to("T1"), {"referenceType": "TELEPHONE", "referenceId": "8015559999"}],
            }
        },
        {"1801555000%d" % place: to("T2") for place in range(1, 5)},
    )
    document, notices = document_of(state)
    assert notices == [] and document == [
        {"name": "DR", "concurrent_calls": 5},
        {
            "name": "HQ",
            "concurrent_calls": 20,
            "sip_username": "hq-user-1",
            "primary_tn": "18015550001",
            "local_services_enabled": True,
            "extension_patterns": ["21XX", "22XX"],
            "calling_plan_product_id": "plan-1",
            "telephone_numbers": ["18015550001-18015550004"],
            "forwarding": {
                "forward_always": {"reference_type": "SIP_TRUNK", "trunk_name": "DR", "enabled": False},
                "forward_on_failure": [
                    {"reference_type": "SIP_TRUNK", "trunk_name": "DR"},
                    {"reference_type": "TELEPHONE", "reference_id": "18015559999"},
                ],
            },
        },
    ]
    assert list(document[1])[:3] == ["name", "concurrent_calls", "sip_username"]
    assert not planner.plan_document(parse_document(document), state, planner.Terms(prune="all")).steps


def test_trunks_of_one_name_and_targets_that_are_gone_are_given_by_id():
    state = account(
        {"T1": "Twin", "T2": "Twin", "T3": "HQ"},
        {"T3": {"forwardOnFailure": [to("T2"), to("GONE")]}, "T1": {"forwardOnFailure": [to("T3")]}},
    )
    document, notices = document_of(state)
    assert notices == [] and document[1:] == [
        {
            "trunk_id": "T1",
            "concurrent_calls": 5,
            "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}]},
        },
        {"trunk_id": "T2", "concurrent_calls": 5},
    ]
    assert document[0]["forwarding"]["forward_on_failure"] == [
        {"reference_type": "SIP_TRUNK", "reference_id": "T2"},
        {"reference_type": "SIP_TRUNK", "reference_id": "GONE"},
    ]
    assert not planner.plan_document(parse_document(document), state, planner.Terms(prune="all")).steps


def test_what_cannot_be_asked_for_is_left_out_with_a_notice():
    state = account(
        {"T1": {"trunkName": "HQ", "callbackNumber": "911", "sipUsername": "short", "languageTag": "en-US"}},
        {
            "T1": {
                "forwardOnFailure": [{"referenceType": "FAX_MACHINE", "referenceId": "f"}],
                "forwardOnCapacityExceeded": [{"referenceType": "BUSY"}],
            }
        },
        {"18015550001": to("T1"), "447911123456": to("T1")},
    )
    document, notices = document_of(state)
    assert document == [
        {
            "name": "HQ",
            "concurrent_calls": 5,
            "language_tag": "en-US",
            "telephone_numbers": ["18015550001"],
            "forwarding": {"forward_on_capacity_exceeded": [{"reference_type": "BUSY"}]},
        }
    ]
    assert [
        said for said in ("callback_number", "sip_username", "FAX_MACHINE", "447911123456") if said not in str(notices)
    ] == []
    assert len(notices) == 4 and {(notice.kind, notice.subject) for notice in notices} == {("left_out", "HQ")}
    assert not planner.plan_document(parse_document(document), state).steps
