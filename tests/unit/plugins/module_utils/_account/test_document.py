# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document of an account: what only shows from above."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_plan as planner
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.document import parse_document
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.summary import summary
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import Guarded, InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import forwarding, sip_trunk, tn_route
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.forwarding_wire import body_of
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import (
    NUMBERS,
    TRUNKS,
    State,
    forward,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import Trunks

NEW = {
    "name": "New",
    "concurrent_calls": 2,
    "telephone_numbers": ["18015550002-18015550003"],
    "forwarding": {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}]},
}
HQ = {
    "name": "HQ",
    "concurrent_calls": 6,
    "telephone_numbers": ["18015550001"],
    "forwarding": {"forward_always": {"reference_type": "SIP_TRUNK", "trunk_name": "New", "enabled": False}},
}


def state():
    """An account with one trunk and five numbers."""
    numbers = [{"phoneNumber": "1801555000%d" % place} for place in range(1, 6)]
    numbers[0].update(referenceType="SIP_TRUNK", referenceId="T1")
    trunk = {"id": "T1", "trunkName": "HQ", "concurrentCalls": 5, "sipUsername": "hq-user-1", "sipPassword": "hunter2!"}
    return State(
        trunks=Trunks([sip_trunk.from_wire(trunk)]),
        numbers=tn_route.numbers_from_wire(numbers),
        forwards={"T1": forwarding.Rules()},
    )


def plan(*trunks, **options):
    """Return the Plan of some trunks."""
    return planner.plan_document(parse_document(trunks), state(), planner.Terms(**options))


def faults(*trunks, **options):
    """Return the faults with which some trunks are refused."""
    with pytest.raises((InvalidInput, Guarded)) as raised:
        plan(*trunks, **options)
    return raised.value.faults


def test_trunks_come_before_rules_and_rules_before_numbers():
    steps = plan(HQ, NEW).steps
    assert [(step.action, step.resource, step.name) for step in steps] == [
        ("update", "sip_trunk", "HQ"),
        ("create", "sip_trunk", "New"),
        ("create", "trunk_forwarding", "HQ"),
        ("create", "trunk_forwarding", "New"),
        ("create", "tn_route", "New"),
    ]
    assert steps[0].public()["changes"] == {"concurrent_calls": {"before": 5, "after": 6}}
    assert steps[4].public()["changes"] == {
        "telephone_numbers": {"before": [], "after": ["18015550002", "18015550003"]}
    }


def test_the_plan_in_words():
    assert summary(plan(HQ, NEW).steps) == [
        "update trunk 'HQ': concurrent_calls 5 -> 6",
        "create trunk 'New': concurrent_calls 2, sip_username (generated), sip_password (generated)",
        "create forwarding of trunk 'HQ': forward_always trunk 'New' (off)",
        "create forwarding of trunk 'New': forward_on_failure trunk 'HQ'",
        "route numbers to trunk 'New': 2 more (18015550002, 18015550003)",
    ]
    assert summary(
        plan({"name": "HQ", "sip_password": "another1", "telephone_numbers": ["18015550001-18015550004"]}).steps
    ) == [
        "update trunk 'HQ': sip_password (hidden) -> (new)",
        "route numbers to trunk 'HQ': 3 more (18015550002-18015550004)",
    ]


def test_what_a_plan_takes_away_in_words():
    there = state()
    there.forwards["T1"] = forwarding.from_wire({"forwardOnFailure": [{"referenceType": "BUSY"}]})
    there.registrations["T1"], there.groups = {"registered": False}, ()

    def words(*trunks, **terms):
        return summary(planner.plan_document(parse_document(trunks), there, planner.Terms(**terms)).steps)

    assert words(
        {"name": "HQ", "forwarding": {"forward_on_failure": []}, "telephone_numbers": []}, prune="numbers"
    ) == [
        "delete forwarding of trunk 'HQ' (forward_on_failure BUSY)",
        "unroute numbers from trunk 'HQ': 1 (18015550001)",
    ]
    assert words({"name": "HQ", "telephone_numbers": ["18015550002"]}, prune="numbers") == [
        "route numbers to trunk 'HQ': 1 more (18015550002), 1 fewer (18015550001)"
    ]
    assert words({"name": "HQ", "state": "absent"}) == [
        "unroute numbers from trunk 'HQ': 1 (18015550001)",
        "delete trunk 'HQ' (5 call paths, 1 number)",
    ]
    taken = {"name": "New", "concurrent_calls": 1, "telephone_numbers": ["18015550001"]}
    assert words({"name": "HQ", "state": "absent"}, taken)[-1] == "delete trunk 'HQ' (5 call paths)"
    assert words({"name": "HQ", "extension_patterns": ["21XX", "300"]}) == [
        "update trunk 'HQ': extension_patterns 21XX 300"
    ]


def test_only_what_is_needed_is_read():
    document = parse_document([HQ, NEW])
    assert planner.needs(document, State()) == [TRUNKS, NUMBERS]
    assert planner.needs(document, state()) == [TRUNKS, NUMBERS, forward("T1")]
    assert planner.needs(parse_document([{"name": "HQ", "forwarding": {}}]), state()) == [TRUNKS]


def test_the_diff_holds_what_changes_under_each_trunk():
    made = plan(HQ, NEW)
    assert made.after["New"]["telephone_numbers"] == ["18015550002", "18015550003"]
    assert made.after["New"]["forwarding"] == {
        "forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "HQ"}]
    }
    assert made.before["HQ"]["concurrent_calls"] == 5 and "telephone_numbers" not in made.before["HQ"]
    assert plan({"name": "HQ", "concurrent_calls": 5}).after == {}


def test_every_fault_is_told_at_once_with_its_trunk():
    told = "\n".join(
        faults(
            {"name": "HQ", "concurrent_calls": 0, "telephone_numbers": ["18015550001", "nonsense", "18015559999"]},
            {"name": "HQ"},
            {"name": "Other", "primary_tn": "1", "telephone_numbers": ["18015550001"]},
            {
                "name": "New",
                "concurrent_calls": 1,
                "forwarding": {
                    "forward_on_failure": [
                        {"reference_type": "SIP_TRUNK", "trunk_name": "Nowhere"},
                        {"reference_type": "IVR"},
                    ]
                },
            },
            {"name": "Self", "concurrent_calls": 1, "forwarding": {"forward_always": {"trunk_name": "Self"}}},
            {"concurrent_calls": 3},
        )
    )
    for said in (
        "trunk 'HQ': concurrent_calls is 0",
        "trunk 'HQ': telephone_numbers: 'nonsense'",
        "name 'HQ' is given to 2 trunks",
        "18015550001 is on trunk 'HQ' and trunk 'Other'",
        "trunk 'HQ': not on the account: 18015559999",
        "trunk 'Other': primary_tn",
        "There is no trunk named 'Other' yet",
        "entry 2 has the reference_type IVR without a reference_id",
        "no trunk with the name 'Nowhere'",
        "forward_always of trunk 'Self' forwards to the trunk itself",
        "trunk number 6: name or trunk_id is missing",
    ):
        assert said in told, told
    assert "trunk 'Self': forward_always" not in told and "trunk 'Other': There is" not in told


def test_a_number_may_be_given_twice_to_one_trunk():
    assert not plan({"name": "HQ", "telephone_numbers": ["18015550001", "801-555-0001"]}).changed


def test_reroute_false_refuses_to_take_numbers():
    with pytest.raises(Guarded) as raised:
        plan({"name": "New", "concurrent_calls": 1, "telephone_numbers": ["18015550001"]}, reroute=False)
    assert [(guard.kind, guard.subject) for guard in raised.value.guards] == [("reroute", "New")]
    assert raised.value.msg == (
        "reroute is false, and numbers for trunk 'New' are routed elsewhere (18015550001 to trunk 'HQ'): "
        "remove them from the list, or set reroute: true"
    )


def test_guards_come_with_the_faults():
    with pytest.raises(InvalidInput) as raised:
        plan(
            {"name": "New", "concurrent_calls": 1, "telephone_numbers": ["18015550001"]},
            {"name": "Other", "concurrent_calls": 0},
            reroute=False,
        )
    assert [guard.kind for guard in raised.value.guards] == ["reroute"]
    assert "reroute: true" in raised.value.msg and "concurrent_calls is 0" in raised.value.msg
    assert set(raised.value.as_dict()) == {"kind", "status", "messages", "method", "path"}


def test_a_rename_is_seen_by_the_rules_that_use_the_new_name():
    renamed = {"trunk_id": "T1", "name": "Head Office"}
    steps = plan(renamed, dict(NEW, forwarding={"forward_always": {"trunk_name": "Head Office"}})).steps
    assert [step.action for step in steps] == ["update", "create", "create", "create"]
    assert body_of(steps[2].rules)["forwardAlways"] == {
        "referenceType": "SIP_TRUNK",
        "referenceId": "T1",
        "enabled": False,
    }
    assert "no trunk with the name 'HQ'" in faults(renamed, dict(NEW))[0]


@pytest.mark.parametrize(
    "given, said", [(7, "7"), ({"name": "HQ"}, "a dictionary"), (None, ""), ("- name: [", "from_yaml")]
)
def test_what_is_no_list_of_trunks_is_refused_with_a_remedy(given, said):
    document = parse_document(given)
    assert document.malformed and not document.entries
    (fault,) = document.faults
    assert fault.startswith("trunks is ") and said in fault and "give a list of trunks" in fault


def test_an_entry_that_is_no_dictionary_is_named_by_its_place():
    document = parse_document([HQ, "HQ", dict(NEW, forwarding="to HQ"), dict(NEW, name="X", telephone_numbers=["1"])])
    assert document.malformed
    assert [fault for fault in document.faults if fault.startswith("trunk number 2 is ")] != []
    assert any("forwarding" in fault for fault in document.faults) and len(document.faults) == 3, document.faults


def test_an_entry_finds_its_trunk_by_id_or_name():
    twins = Trunks(
        [sip_trunk.from_wire({"id": key, "trunkName": name}) for key, name in (("T1", "HQ"), ("T2", "A"), ("T3", "A"))]
    )
    found = [
        entry.found(twins) and entry.found(twins).trunk_id
        for entry in parse_document(
            [{"trunk_id": "T2"}, {"trunk_id": "T9"}, {"name": "HQ"}, {"name": "A"}, {"name": "New"}]
        ).entries
    ]
    assert found == ["T2", None, "T1", None, None]
