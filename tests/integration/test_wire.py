# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd answers, late answers, other spellings and unknown keys: what the jobs make of them, over a real connection.

The jobs run in this process, which shows the same as a module and takes a fraction of its time.
"""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.sip_trunk import SipTrunkJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.sip_trunk_info import SipTrunkInfoJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.tn_route import TnRouteJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.trunk_forwarding import TrunkForwardingJob
from ansible_collections.alianza.sip_trunking.tests.support.jobs import carry_out, run, succeeded
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

TRUNKS = [
    {"id": "T1", "trunkName": "HQ", "callbackNumber": "18015550001", "extensionPatterns": ["21XX"]},
    {"id": "T2", "trunkName": "DR"},
]
NUMBER = "18015550000"
PHONE = {"reference_type": "TELEPHONE", "reference_id": "18015559999"}


@pytest.fixture(name="wire")
def fixture_wire(server):
    """An emulator with one account that has two trunks; its answers may be anything, so that no contract holds them."""
    server.reset()
    server.seed(
        accounts=[
            {
                "id": "ACCOUNT_1",
                "accountNumber": "100200",
                "accountName": "Maple Dental",
                "telephone_numbers": ["18015550000-18015550004"],
                "trunks": TRUNKS,
                "forwards": {"HQ": {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "T2"}]}},
            }
        ]
    )
    yield server
    assert server.state()["deleted_numbers"] == [], "a telephone number was deleted"


def trunk(**options):
    """Return the job of alianza_sip_trunk for HQ."""
    return SipTrunkJob(dict({"name": "HQ"}, **options))


def rules(**sections):
    """Return the job of alianza_trunk_forwarding for HQ."""
    return TrunkForwardingJob(dict({"trunk_name": "HQ"}, **sections))


def clear():
    """Return the job of alianza_tn_route that unroutes the number."""
    return TnRouteJob({"telephone_numbers": [NUMBER], "state": "absent"})


def route(emulator):
    """Route the number to HQ."""
    assert succeeded(run(emulator, TnRouteJob({"telephone_numbers": [NUMBER], "trunk_name": "HQ"})))
    emulator.clear_log()


PAGES = ["page", "empty", "message"]


@pytest.mark.parametrize("shape", PAGES)
def test_a_404_of_a_gateway_is_not_an_empty_set_of_rules(wire, shape):
    wire.fault("error", method="GET", path="/forward$", shape=shape, times=None)
    error = run(wire, rules(forward_always=dict(PHONE, enabled=True)))
    assert error.kind == "invalid_response" and "not of the API" in error.msg and not wire.writes()


@pytest.mark.parametrize("shape", PAGES)
@pytest.mark.parametrize("path", ["/siptrunkgroup$", "/forward$"])
def test_a_404_of_a_gateway_does_not_switch_the_delete_guard_off(wire, shape, path):
    wire.fault("error", method="GET", path=path, shape=shape, times=None)
    error = run(wire, trunk(name="DR", state="absent"))
    assert error.kind == "invalid_response" and not wire.writes()


@pytest.mark.parametrize("shape", PAGES)
def test_a_404_of_a_gateway_is_no_delete(wire, shape):
    wire.fault("error", method="DELETE", path="/siptrunk_2/T2$", shape=shape, times=None)
    error = run(wire, trunk(name="DR", state="absent", force=True))
    assert not succeeded(error) and wire.trunk("ACCOUNT_1", "DR")


def test_the_404_of_the_api_means_no_rules_and_no_groups(wire):
    for path in ("/T1/forward$", "/siptrunkgroup$"):
        wire.fault("error", method="GET", path=path, shape="envelope", times=None)
    assert succeeded(run(wire, trunk(name="DR", state="absent"))), "nothing forwards to it, as the API says twice"
    assert len(wire.log(path="/siptrunkgroup$")) == 2 and len(wire.log(method="GET", path="/siptrunk_2/T1$")) == 1


@pytest.mark.parametrize("deletion, gone", [("done", True), ("late", True), ("never", False)])
def test_a_delete_is_verified_by_the_list(wire, deletion, gone):
    wire.set(deletion=deletion, deletion_seconds=1.0)
    outcome = run(wire, trunk(name="DR", state="absent", force=True))
    assert succeeded(outcome) is gone
    if not gone:
        assert outcome.kind == "not_applied" and "still shows trunk 'DR'" in outcome.msg


def test_what_is_unknown_in_rules_is_sent_back(wire):
    phone = {"referenceType": "TELEPHONE", "referenceId": "18015550009", "futureDelay": 20}
    wire.seed(
        accounts=[
            {
                "id": "ACCOUNT_2",
                "accountNumber": "2",
                "accountName": "Two",
                "trunks": [{"id": "T9", "trunkName": "HQ"}],
                "forwards": {"HQ": {"futureForward": [{"a": 1}], "forwardOnFailure": [phone]}},
            }
        ]
    )
    done = carry_out(wire, rules(forward_always=dict(PHONE, enabled=True)), account_id="ACCOUNT_2")
    assert done.error is None
    (put,) = wire.log(method="PUT", path="/forward$")
    assert put["body"]["futureForward"] == [{"a": 1}] and put["body"]["forwardOnFailure"] == [phone]
    assert put["body"]["forwardAlways"]["enabled"] is True


@pytest.mark.parametrize("read_as", ["VOICEMAIL", "VOICE_MAIL"])
@pytest.mark.parametrize("accepted", ["VOICEMAIL", "VOICE_MAIL"])
def test_voice_mail_is_spelt_as_the_platform_takes_it(wire, read_as, accepted):
    wire.set(voicemail_spelling=read_as, voicemail_accepted=accepted)
    mailbox = {"reference_type": "VOICE_MAIL", "reference_id": "V1"}
    assert succeeded(run(wire, rules(forward_on_failure=[mailbox])))
    wire.clear_log()
    assert succeeded(run(wire, rules(forward_on_failure=[mailbox]))) and not wire.writes()


def test_a_rule_that_stays_keeps_the_spelling_that_was_read(wire):
    wire.set(voicemail_spelling="VOICE_MAIL", voicemail_accepted="both")
    mailbox = {"reference_type": "VOICEMAIL", "reference_id": "V1"}
    assert succeeded(run(wire, rules(forward_on_failure=[mailbox])))
    wire.set(voicemail_accepted="VOICE_MAIL")
    wire.clear_log()
    assert succeeded(run(wire, rules(forward_always=dict(PHONE, enabled=True))))
    (put,) = wire.writes()
    assert put["body"]["forwardOnFailure"][0]["referenceType"] == "VOICE_MAIL"


@pytest.mark.parametrize("shown", ["upper", "lower"])
@pytest.mark.parametrize("accepted", ["upper", "lower"])
def test_extension_patterns_are_spelt_as_the_platform_takes_them(wire, shown, accepted):
    wire.set(extension_case=shown, extension_case_accepted=accepted)
    wanted = {"extension_patterns": ["21xx", "22XX"]}
    assert succeeded(run(wire, trunk(**wanted)))
    wire.clear_log()
    assert succeeded(run(wire, trunk(**wanted))) and not wire.writes()


@pytest.mark.parametrize("null", ["clears", "ignored", "rejected", "fails"])
def test_lists_and_texts_are_cleared_together(wire, null):
    wire.set(trunk_patch_null=null)
    assert succeeded(run(wire, trunk(extension_patterns=[], callback_number="")))
    there = wire.trunk("ACCOUNT_1", "HQ")
    assert not there.get("extensionPatterns") and not there.get("callbackNumber")
    patches = wire.log(method="PATCH")
    assert patches and all(entry["body"].get("extensionPatterns") == [] for entry in patches)


@pytest.mark.parametrize("null", ["clears", "ignored", "rejected", "fails"])
def test_a_number_is_cleared_in_the_way_that_works(wire, null):
    route(wire)
    wire.set(tn_patch_null=null)
    assert succeeded(run(wire, clear()))
    assert wire.number(NUMBER).get("referenceType") is None
    assert not wire.log(method="PUT", path="/telephonenumber/%s$" % NUMBER)


def test_a_clear_that_shows_late_is_not_written_in_another_way(wire):
    route(wire)
    wire.set(number_lag_seconds=2.0, write_answers_lag=True)
    assert succeeded(run(wire, clear()))
    assert [entry["method"] for entry in wire.writes()] == ["PATCH"]


def test_a_whole_number_is_written_as_it_was_read_just_before(wire):
    route(wire)
    wire.set(tn_patch_null="ignored", tn_destination_put_clears=False)
    outcome = run(wire, TnRouteJob({"telephone_numbers": [NUMBER], "state": "absent"}))
    assert succeeded(outcome)
    whole = wire.log(method="PUT", path="/telephonenumber/%s$" % NUMBER)
    assert len(whole) == 1
    before = [
        entry for entry in wire.log(method="GET", path="/telephonenumber/%s$" % NUMBER) if entry["n"] < whole[0]["n"]
    ]
    assert whole[0]["n"] - before[-1]["n"] == 1


@pytest.mark.parametrize("status", [102, 103])
def test_an_interim_answer_ends_its_connection(wire, status):
    numbers = ["1801555000%d" % last for last in range(5)]
    wire.fault("interim", method="PATCH", path="/telephonenumber/", status=status, skip=1)
    job = TnRouteJob({"telephone_numbers": numbers, "trunk_name": "HQ", "concurrency": 1})
    outcome = run(wire, job)
    routed = [number for number in numbers if (wire.number(number) or {}).get("referenceId") == "T1"]
    assert succeeded(outcome) and routed == numbers


def test_an_interim_answer_to_a_number_that_is_refused_hides_nothing(wire):
    numbers = ["18015550000", "18015550001"]
    wire.fault("interim", method="PATCH", path="/telephonenumber/18015550000$", times=None)
    wire.fault("error", method="PATCH", path="/telephonenumber/18015550001$", status=400, times=None)
    error = run(wire, TnRouteJob({"telephone_numbers": numbers, "trunk_name": "HQ", "concurrency": 1}))
    assert not succeeded(error) and numbers[0] in error.msg and numbers[1] in error.msg


@pytest.mark.parametrize("part", ["body", "all"])
def test_the_timeout_bounds_the_whole_request(wire, part):
    # Two hundred bytes take a minute at least, and none of them keeps the client waiting for long.
    wire.fault("trickle", method="GET", path="/siptrunk_2$", seconds=0.3, part=part, times=None)
    error = run(wire, SipTrunkInfoJob({}), timeout=3.5, retries=0)
    assert error.kind == "timeout" and "3.5 s" in error.msg
    wait_until(lambda: wire.state()["in_flight"] == 0, "the API sees that nobody listens any more")
    (asked,) = wire.log("GET", "/siptrunk_2$")
    assert asked["status"] is None, "the client waited for the whole answer"


@pytest.mark.parametrize("options", [{"size": 1 << 30, "gzip": True}, {"size": 70 << 20}])
def test_an_answer_has_a_limit(wire, options):
    wire.fault("huge", method="GET", path="/siptrunk_2$", times=None, **options)
    error = run(wire, SipTrunkInfoJob({}), retries=0)
    assert error.kind == "invalid_response" and "more than 64 MiB" in error.msg


@pytest.mark.parametrize("kind", ["infinity", "nan", "nested", "number", "text", "null"])
def test_odd_json_is_one_sentence(wire, kind):
    wire.fault("odd_json", method="GET", path="/siptrunk_2$", kind=kind, times=None)
    error = run(wire, SipTrunkInfoJob({}), retries=0)
    assert error.kind == "invalid_response" and "api_url" in error.msg and "Unexpected error" not in error.msg


def test_a_byte_order_mark_is_skipped(wire):
    wire.fault("bom", method="GET", path=".*", times=None)
    assert succeeded(run(wire, trunk(concurrent_calls=7))) and wire.trunk("ACCOUNT_1", "HQ")["concurrentCalls"] == 7


def test_an_answer_about_another_number_is_not_believed(wire):
    wire.fault("other_object", method="PATCH", path="/telephonenumber/", times=None)
    error = run(wire, TnRouteJob({"telephone_numbers": [NUMBER], "trunk_name": "HQ"}))
    assert succeeded(error) and wire.number(NUMBER)["referenceId"] == "T1", "the number itself was read"
    wire.fault("other_object", method="GET", path="/telephonenumber/", times=None)
    error = run(wire, TnRouteJob({"telephone_numbers": ["18015550002"], "trunk_name": "HQ"}))
    assert not succeeded(error) and "another object" in error.msg


def test_one_401_right_after_a_login_is_asked_once_more(wire):
    wire.set(unauthorized_after_login=1)
    assert succeeded(run(wire, trunk(concurrent_calls=7))) and wire.logins == 1
    wire.set(unauthorized_after_login=9)
    assert run(wire, trunk(concurrent_calls=8)).kind == "authentication"


def test_what_the_platform_normalizes_is_taken_with_a_notice(wire):
    wire.set(normalizations=["language_tag", "nfc"])
    outcome = run(wire, trunk(language_tag="en-us"))
    assert succeeded(outcome) and [notice.kind for notice in outcome.notices] == ["normalized"]
    wire.clear_log()
    assert succeeded(run(wire, trunk(language_tag="en-us"))) and not wire.writes()
    outcome = run(wire, trunk(name="Cafe\u0301", concurrent_calls=2))
    assert succeeded(outcome) and wire.trunk("ACCOUNT_1", "Café")


def test_a_refusal_that_says_in_use_names_the_list(wire):
    wire.set(list_lag_reads=20)
    new = trunk(name="New", concurrent_calls=2)
    assert succeeded(run(wire, new))
    error = run(wire, trunk(name="New", concurrent_calls=2))
    assert error.kind == "refused" and "may lag" in error.msg


def test_groups_that_may_not_be_read_are_no_bad_value(wire):
    wire.set(groups_refused=True)
    error = run(wire, trunk(name="DR", state="absent"))
    assert "permissions" in error.msg and "values" not in error.msg and not wire.writes()
