# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What calls settle about the API."""

from __future__ import annotations

import json

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._beta_check.findings import findings

BASE = "https://api.example.net/v2/partition/P/account/A"
TRUNK = {"id": "T", "trunkName": "zz", "languageTag": "en-us"}


def entry(method, path, status, sent=None, answer=None, kind="application/json"):
    """Return an entry of a HAR file."""
    return {
        "request": {"method": method, "url": BASE + path, **({"postData": {"text": json.dumps(sent)}} if sent else {})},
        "response": {
            "status": status,
            "content": {"mimeType": kind, **({"text": json.dumps(answer)} if answer is not None else {})},
        },
    }


def observed(words, *entries):
    """Return what was observed about the one question that holds some words."""
    (found,) = [finding for finding in findings(entries) if words in finding["question"]]
    assert found["settled"] is (found["observed"] is not None)
    return found["observed"]


def test_nothing_is_settled_without_calls():
    assert [finding["observed"] for finding in findings([])] == [None] * len(findings([]))


@pytest.mark.parametrize(
    "entries, outcome",
    [
        ([entry("PATCH", "/siptrunk_2/T", 200, {"primaryTn": None}, TRUNK)], "clears"),
        (
            [
                entry("PATCH", "/siptrunk_2/T", 200, {"primaryTn": None}, TRUNK),
                entry("PATCH", "/siptrunk_2/T", 200, {"primaryTn": ""}, TRUNK),
            ],
            "is ignored",
        ),
        (
            [
                entry("PATCH", "/siptrunk_2/T", 400, {"primaryTn": None}),
                entry("PATCH", "/siptrunk_2/T", 200, {"primaryTn": ""}, TRUNK),
                entry("PATCH", "/siptrunk_2/T", 200, {"maxBurstCalls": None}, TRUNK),
            ],
            "clears: maxBurstCalls; is refused (HTTP 400): primaryTn",
        ),
    ],
)
def test_null_in_a_trunk(entries, outcome):
    assert observed("optional field", *entries) == outcome


@pytest.mark.parametrize(
    "further, outcome",
    [
        ([], "clears"),
        ([("/telephonenumber/1801/destination", {})], "is ignored; PUT of the destination clears"),
        (
            [("/telephonenumber/1801/destination", {}), ("/telephonenumber/1801", {"phoneNumber": "1801"})],
            "is ignored; PUT of the whole number was needed",
        ),
    ],
)
def test_null_in_a_number(further, outcome):
    first = entry("PATCH", "/telephonenumber/1801", 200, {"referenceType": None, "referenceId": None}, {})
    assert observed("of a number", first, *(entry("PUT", path, 204, body) for path, body in further)) == outcome


def test_lists_that_lag():
    create = entry("POST", "/siptrunk_2", 200, TRUNK, TRUNK)
    empty, full = entry("GET", "/siptrunk_2", 200, answer=[]), entry("GET", "/siptrunk_2", 200, answer=[TRUNK])
    delete = entry("DELETE", "/siptrunk_2/T", 204)
    assert observed("after it was created", create, full) == "at once"
    assert observed("after it was created", create, empty, empty, full) == "after 2 reads without it"
    assert observed("after it was created", create, empty) == "in none of 1 reads"
    assert observed("after it was deleted", create, full, delete, empty) == "no"
    assert observed("after it was deleted", delete, full, empty) == "in 1 of 2 reads"


def test_forms_that_are_stored():
    sent = entry("PATCH", "/siptrunk_2/T", 204, {"languageTag": "en-us"})
    assert observed("language tag", sent, entry("GET", "/siptrunk_2", 200, answer=[TRUNK])) == "kept as it was sent"
    other = {**TRUNK, "languageTag": "en-US"}
    assert observed("language tag", sent, entry("GET", "/siptrunk_2/T", 200, answer=other)) == "en-us became en-US"


def test_spellings_of_voicemail():
    def rules(spelling):
        return {"forwardOnFailure": [{"referenceType": spelling, "referenceId": "B"}]}

    entries = [
        entry("PUT", "/siptrunk_2/T/forward", 400, rules("VOICEMAIL")),
        entry("PUT", "/siptrunk_2/T/forward", 204, rules("VOICE_MAIL")),
        entry("GET", "/siptrunk_2/T/forward", 200, answer=rules("VOICE_MAIL")),
    ]
    assert observed("voicemail", *entries) == "accepts VOICE_MAIL; refuses VOICEMAIL; shows VOICE_MAIL"


def test_the_form_of_a_404_and_a_rate_limit():
    word = entry("GET", "/siptrunk_2", 429)
    assert observed("rate limit", word, word) == "HTTP 429 to 2 of 2 requests"
    gone = {"request": {"method": "GET", "url": "https://x/v2/partition/P/account/N?a=b"}}
    gone["response"] = {"status": 404, "content": {"mimeType": "text/plain; charset=utf-8"}}
    assert observed("404", gone) == "text/plain with no JSON"


def mapping(number, shown):
    """Return an entry that maps a FROM number."""
    return entry("PUT", "/siptrunk_2/cid/mapping", 200, {"fromWildcard": number, "customCallerIdNumber": shown}, {})


@pytest.mark.parametrize(
    "entries, outcome",
    [
        ([entry("POST", "/siptrunk_2/cid/fromnumber", 201, {"fromWildcard": "9801"})], None),
        ([entry("POST", "/siptrunk_2/cid/fromnumber", 201, {"fromWildcard": "99XX"})], "accepts 99XX"),
        (
            [
                entry("POST", "/siptrunk_2/cid/fromnumber", 400, {"fromWildcard": "99XX"}),
                entry("POST", "/siptrunk_2/cid/fromnumber", 201, {"fromWildcard": "99xx"}),
            ],
            "refuses 99XX; accepts 99xx",
        ),
    ],
)
def test_wildcards(entries, outcome):
    assert observed("wildcards", *entries) == outcome


@pytest.mark.parametrize(
    "entries, outcome",
    [
        ([mapping("99XX", "18015559990"), entry("DELETE", "/siptrunk_2/cid/fromnumber/99XX", 204)], "yes"),
        ([mapping("99XX", "18015559990"), entry("DELETE", "/siptrunk_2/cid/fromnumber/99XX", 400)], "no (HTTP 400)"),
        ([entry("DELETE", "/siptrunk_2/cid/fromnumber/99XX", 204)], None),
        (
            [
                mapping("99XX", "18015559990"),
                mapping("99XX", None),
                entry("DELETE", "/siptrunk_2/cid/fromnumber/99XX", 204),
            ],
            None,
        ),
    ],
)
def test_deleting_while_mapped(entries, outcome):
    assert observed("FROM number be deleted", *entries) == outcome


@pytest.mark.parametrize(
    "status, shown, outcome",
    [
        (200, ["new"], "at once"),
        (200, ["old", "new"], "after 1 reads without it"),
        (200, ["old"], "in none of 1 reads"),
        (200, [], None),
        (400, ["old"], "is refused (HTTP 400)"),
    ],
)
def test_a_calling_plan(status, shown, outcome):
    sent = {"referenceType": "SIP_TRUNK", "referenceId": "T", "callingPlanProductId": "new"}
    reads = [
        entry("GET", "/siptrunk_2/T", 200, None, dict(TRUNK, callingPlans=[{"callingPlanProductId": each}]))
        for each in shown
    ]
    assert observed("calling plan", entry("PUT", "/callingplan", status, sent, {}), *reads) == outcome
