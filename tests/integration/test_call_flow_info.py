# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_call_flow_info: where calls go, in the reads of an account."""

from __future__ import annotations

MODULE = "alianza_call_flow_info"
HQ = {"referenceType": "SIP_TRUNK", "referenceId": "T1"}
DR = {"referenceType": "SIP_TRUNK", "referenceId": "T2"}
PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
NUMBERS = ["180155510%02d" % last for last in range(6)]


def seed(emulator, **more):
    """Seed an account: a head office with a failover, the failover, a warehouse found by its address, a lab without any."""
    trunks = [
        {"id": "T1", "trunkName": "HQ, main", "concurrentCalls": 20, "registered": True},
        {"id": "T2", "trunkName": "DR", "concurrentCalls": 8, "registered": True},
        {
            "id": "T3",
            "trunkName": "Warehouse",
            "concurrentCalls": 2,
            "ipBasedAuthEnabled": True,
            "ipAddress": "192.0.2.7",
            "portNumber": 5060,
        },
        {"id": "T4", "trunkName": "Lab", "concurrentCalls": 1},
    ]
    routed = [dict(HQ, phoneNumber=number) for number in NUMBERS[:3]]
    routed += [dict(HQ, phoneNumber=NUMBERS[place], referenceId=key) for place, key in ((3, "T3"), (4, "T4"))]
    emulator.seed(
        accounts=[
            dict(
                {
                    "id": "FLOW",
                    "accountNumber": "900",
                    "accountName": "Flow",
                    "trunks": trunks,
                    "forwards": {"T1": {"forwardOnFailure": [DR, PHONE], "forwardOnCapacityExceeded": [DR]}},
                    "telephone_numbers": [*routed, NUMBERS[5]],
                },
                **more,
            )
        ]
    )


def step(name, key, result, rule=None):
    """Return a step as results hold it."""
    return {"trunk_name": name, "trunk_id": key, "result": result, "rule": rule}


def test_where_calls_go_now_and_while_trunks_fail(player, emulator):
    seed(emulator)
    player.environ["ALIANZA_ACCOUNT_ID"] = "FLOW"
    played = player.tasks(
        (MODULE, {}),
        {"alianza.sip_trunking." + MODULE: {"unavailable_trunks": ["HQ, main", "T2"]}, "check_mode": True},
        (MODULE, {"full_trunks": ["HQ, main"], "use_registration": False, "telephone_numbers": ["801-555-1001"]}),
        (MODULE, {"telephone_numbers": [""], "unavailable_trunks": [" "]}),
    )
    now, failed, full, blank = played.results
    assert not any(result["failed"] or result["changed"] for result in played.results), played.output
    flows = now["call_flows"]
    assert [flow["telephone_numbers"] for flow in flows] == [
        ["%s-%s" % (NUMBERS[0], NUMBERS[2])],
        [NUMBERS[3]],
        [NUMBERS[4]],
        [NUMBERS[5]],
    ]
    # A trunk that is found by its address works, and one that is not registered does not.
    assert [flow["result"] for flow in flows] == ["answered", "answered", "lost", "busy"]
    assert [flow["call_paths"] for flow in flows] == [20, 2, 0, 0]
    assert flows[0]["steps"] == [step("HQ, main", "T1", "rings")]
    assert flows[0]["destination"] == {
        "reference_type": "SIP_TRUNK",
        "reference_id": "T1",
        "trunk_name": "HQ, main",
    }
    assert now["lost_numbers"] == [NUMBERS[4]] and now["call_paths"] == {"before": 22, "left": 22}
    assert blank["call_flows"] == flows and now["account_id"] == "FLOW" and "outages" not in now
    first = failed["call_flows"][0]
    assert first["steps"] == [
        step("HQ, main", "T1", "unavailable", "forward_on_failure"),
        step("DR", "T2", "unavailable"),
    ]
    assert (first["result"], first["call_paths"]) == ("forwarded", None)
    assert first["destination"] == {"reference_type": "TELEPHONE", "reference_id": "18015559999"}
    assert failed["call_paths"] == {"before": 22, "left": 2}
    (only,) = full["call_flows"]
    assert only["telephone_numbers"] == [NUMBERS[1]] and only["destination"]["trunk_name"] == "DR"
    assert only["steps"][0] == step("HQ, main", "T1", "full", "forward_on_capacity_exceeded")
    assert full["call_paths"] == {"before": 20, "left": 8} and full["lost_numbers"] == []
    # What does not matter is not read: the registration of a trunk that is found by its address, or assumed to fail.
    parts = [entry["path"].partition("/FLOW/")[2] for entry in emulator.log("GET", "/FLOW/")]
    rules = ["siptrunk_2/T%d/forward" % place for place in (1, 2, 3, 4)]
    account = ["siptrunk_2", *rules, "telephonenumber"]
    registrations = ["siptrunk_2/T%d/registrationstatus" % place for place in (1, 2, 4)]
    assert sorted(parts) == sorted(account * 4 + registrations * 2 + registrations[2:])
    assert not emulator.writes() and emulator.open_tokens == 0


def test_each_trunk_failing_alone(player, emulator):
    seed(emulator)
    result = player.one(MODULE, account_id="FLOW", one_at_a_time=True)
    outages = {outage["trunk_name"]: outage for outage in result["outages"]}
    assert list(outages) == ["DR", "HQ, main", "Lab", "Warehouse"]
    assert outages["DR"]["call_flows"] == [] and outages["DR"]["call_paths"] == {"before": 22, "left": 22}
    (moved,) = outages["HQ, main"]["call_flows"]
    assert moved["destination"]["trunk_name"] == "DR" and outages["HQ, main"]["lost_numbers"] == []
    assert outages["HQ, main"]["call_paths"] == {"before": 22, "left": 10}
    # It is not registered now; what counts is what would be lost if it worked and then failed.
    assert outages["Lab"]["lost_numbers"] == [NUMBERS[4]] and outages["Lab"]["call_paths"]["before"] == 23
    assert outages["Warehouse"]["lost_numbers"] == [NUMBERS[3]]


def test_what_the_account_does_not_have_is_named(player, emulator):
    seed(emulator)
    emulator.seed(
        accounts=[
            {
                "id": "TWINS",
                "accountNumber": "901",
                "accountName": "Twins",
                "trunks": [{"id": "A", "trunkName": "HQ"}, {"id": "B", "trunkName": "HQ"}],
            }
        ]
    )
    unknown, number, malformed, shared = player.tasks(
        (MODULE, {"account_id": "FLOW", "unavailable_trunks": ["Provo"], "full_trunks": ["Orem"]}),
        (MODULE, {"account_id": "FLOW", "telephone_numbers": ["18015550000"]}),
        (MODULE, {"account_id": "FLOW", "telephone_numbers": ["555"], "concurrency": 65}),
        (MODULE, {"account_id": "TWINS", "unavailable_trunks": ["HQ"]}),
    ).results
    assert all(result["failed"] for result in (unknown, number, malformed, shared))
    assert "Provo" in unknown["msg"] and "Orem" in unknown["msg"] and "HQ, main" in unknown["msg"]
    assert "18015550000" in number["msg"] and number["failure"]["kind"] == "invalid_input"
    assert "555" in malformed["msg"] and "concurrency is 65" in malformed["msg"]
    assert shared["failure"]["kind"] == "ambiguous" and "one of A, B" in shared["msg"]
    assert emulator.open_tokens == 0


def test_the_rules_of_a_group_are_read_only_if_a_trunk_is_in_one(player, emulator):
    group = {"id": "G1", "name": "Sites", "sipTrunksIds": ["T4"], "unreachableForward": [PHONE]}
    trunks = [{"id": "T4", "trunkName": "Lab", "sipTrunkGroupId": "G1"}]
    seed(emulator, groups=[group], trunks=trunks, forwards={})
    result = player.one(MODULE, account_id="FLOW")
    notes = {flow["telephone_numbers"][0][:11]: flow["notes"] for flow in result["call_flows"]}
    assert "'Sites'" in notes[NUMBERS[4]][0] and "TELEPHONE 18015559999" in notes[NUMBERS[4]][0]
    assert notes[NUMBERS[0]] == [] and len(emulator.log("GET", "/siptrunkgroup$")) == 1
    assert result["lost_numbers"] == ["%s-%s" % (NUMBERS[0], NUMBERS[4])]
