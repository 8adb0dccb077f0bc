# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is warned about, of an account as a document leaves it."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_plan as planner
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.document import parse_document
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to

BUSY = [{"reference_type": "BUSY"}]


def advice(state, *trunks, **terms):
    """Return the notices of a document, as they are shown."""
    return [notice.text for notice in notices(state, *trunks, **terms)]


def notices(state, *trunks, **terms):
    """Return the notices of a document."""
    return planner.plan_document(parse_document(trunks), state, planner.Terms(**terms)).notices


def always(name, enabled=True):
    """Return rules that forward everything to a trunk and have failover."""
    return {"forward_always": {"trunk_name": name, "enabled": enabled}, "forward_on_failure": BUSY}


def test_trunks_that_forward_in_a_loop_are_named_once():
    state = account({"T1": "A", "T2": "B"})
    new = {"name": "C", "concurrent_calls": 1, "forwarding": always("A")}
    outside = {"name": "D", "concurrent_calls": 1, "forwarding": always("A")}
    told = advice(
        state, outside, {"name": "A", "forwarding": always("B")}, {"name": "B", "forwarding": always("C")}, new
    )
    assert told == [
        "Trunks forward all their calls in a loop ('A' -> 'B' -> 'C' -> 'A'): no call gets through; "
        "change one of the forward_always rules"
    ]
    assert (
        advice(state, {"name": "A", "forwarding": always("B")}, {"name": "B", "forwarding": always("C", False)}, new)
        == []
    )
    # What another trunk forwards is known only where its rules were read.
    (loop, unused) = notices(
        account({"T1": "A", "T2": "B"}, {"T2": {"forwardAlways": dict(to("T1"), enabled=True)}}),
        {"name": "A", "forwarding": always("B")},
        {"name": "B"},
    )
    assert (loop.kind, loop.subject) == ("forward_loop", "A") and "'A' -> 'B' -> 'A'" in loop.msg


def test_failover_to_a_smaller_trunk():
    state = account(
        {"T1": {"trunkName": "Big", "concurrentCalls": 20}, "T2": {"trunkName": "Small", "concurrentCalls": 3}}
    )
    rules = {"forward_on_failure": [{"trunk_name": "Small"}]}
    (told,) = advice(state, {"name": "Big", "forwarding": rules})
    assert told.endswith("stands in for: 'Big' (20) to 'Small' (3)")
    assert advice(state, {"name": "Big", "concurrent_calls": 3, "forwarding": rules}) == []
    assert (
        len(advice(state, {"name": "Big", "forwarding": rules}, {"name": "Small", "concurrent_calls": 20})) == 1
    )  # Small has no failover
    assert advice(state, {"name": "Big", "forwarding": rules}, {"name": "Small", "concurrent_calls": 20})[0].endswith(
        "registered: 'Small'"
    )


def test_no_failover_is_told_of_trunks_whose_rules_are_known():
    state = account({"T1": "A", "T2": "B"})
    state.forwards.clear()
    assert advice(state, {"name": "A"}, {"name": "B"}) == []
    (told,) = advice(state, {"name": "A"}, {"name": "New", "concurrent_calls": 1})
    assert "No failover" in told and told.endswith(": 'New'")
    many = advice(state, *({"name": "N%02d" % place, "concurrent_calls": 1} for place in range(14)))
    assert len(many) == 1 and "'N09', and 4 more" in many[0] and "N10" not in many[0]


def test_unrouted_numbers_are_those_without_a_destination_and_those_of_a_trunk_that_is_gone():
    numbers = {
        "18015550001": None,
        "18015550002": to("GONE"),
        "18015550003": to("T1"),
        "18015550004": {"referenceType": "IVR", "referenceId": "i"},
    }
    state = account({"T1": "A"}, {"T1": {"forwardOnFailure": [{"referenceType": "BUSY"}]}}, numbers)
    assert advice(state, {"name": "A"}) == ["2 telephone numbers of the account are unrouted: 18015550001, 18015550002"]
    assert advice(state, {"name": "A", "telephone_numbers": ["18015550001-18015550002"]}) == []
    assert advice(state, {"name": "A", "telephone_numbers": ["18015550001-18015550002"]}, prune="numbers") == [
        "1 telephone number of the account is unrouted: 18015550003"
    ]
    assert advice(state, {"name": "A"}, advice=False) == []
