# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an audit makes of an account and of a run; what the modules tell comes from the jobs that they run."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import forwarding, references, sip_trunk
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import (
    fail_on,
    page_words,
    printable,
    report,
    states,
    words,
)
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.account_row import account_row
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to
from ansible_collections.alianza.sip_trunking.tests.support.audited import AT, audit, crowd, customer, reported

SECRET = "s3cret-of-the-document"
RULES = {"T1": {"forwardOnFailure": [to("T2")]}}
NUMBERS = {"18015550001": to("T1"), "18015550002": to("T1"), "18015550009": None}
DOCUMENT = [
    {
        "name": "HQ",
        "concurrent_calls": 5,
        "telephone_numbers": ["18015550001", "18015550002"],
        "forwarding": {"forward_on_failure": [{"trunk_name": "DR"}]},
    },
    {"name": "DR"},
]


def site(numbers=(), **more):
    """Return the State of an account with two trunks."""
    trunks = {"T1": {"trunkName": "HQ", "sipPassword": "of-the-platform"}, "T2": "DR"}
    forwards = more.pop("forwards", RULES)
    return account(trunks, forwards, dict(NUMBERS, **dict(numbers)), **dict({"registered": ["T1", "T2"]}, **more))


def found(row):
    """Return (resource, action, trunk) of the drift."""
    return [(step["resource"], step["action"], step["trunk"]) for step in row["drift"]]


def test_an_account_that_is_as_its_document_says():
    row = audit(site(), DOCUMENT, account_name="Maple", account_number=100)
    assert (row["status"], row["drift"], row["reason"], row["audited_at"]) == ("in_line", [], None, AT)
    assert (row["account_id"], row["account_number"], row["account_name"]) == ("ACCOUNT", "100", "Maple")
    assert [
        (trunk["name"], trunk["presence"], trunk["registration"], trunk["concurrent_calls"]) for trunk in row["trunks"]
    ] == [("DR", "both", "registered", 5), ("HQ", "both", "registered", 5)]
    assert row["trunks"][1]["forwarding"]["forward_on_failure"] == [{"reference_type": "SIP_TRUNK", "trunk_name": "DR"}]
    assert row["trunks"][1]["telephone_numbers"] == {"count": 2, "ranges": ["18015550001", "18015550002"]}
    assert row["unrouted_numbers"] == {"count": 1, "ranges": ["18015550009"]}
    assert (row["conformity"], row["health"]) == ("in_line", "ok")
    assert row["attention"] == [] and row["summary"] == "as its document says"
    assert row["totals"] == {
        "trunks": 2,
        "registered": 2,
        "unregistered": 0,
        "locked_out": 0,
        "by_address": 0,
        "diverted_trunks": 0,
        "concurrent_calls": 10,
        "telephone_numbers": 2,
        "unrouted_numbers": 1,
    }


def test_a_password_that_the_api_does_not_return_is_no_drift():
    document = [dict(DOCUMENT[0], sip_password=SECRET), DOCUMENT[1]]
    untold = account({"T1": "HQ", "T2": "DR"}, RULES, NUMBERS, ["T1", "T2"])
    row = audit(untold, document)
    assert (row["status"], row["drift"]) == ("in_line", []) and "did not return the SIP password of trunk 'HQ'" in str(
        row["warnings"]
    )
    drifted = audit(untold, [dict(document[0], concurrent_calls=8), DOCUMENT[1]])
    assert [list(step["changes"]) for step in drifted["drift"]] == [["concurrent_calls"]] and drifted[
        "summary"
    ].startswith("HQ: call paths 5")
    assert [list(step["changes"]) for step in audit(site(), document)["drift"]] == [["sip_password"]]


def test_drift_is_what_a_run_would_change_and_what_the_document_does_not_know():
    state = site({"18015550003": to("T1")})
    document = [
        {
            "name": "HQ",
            "concurrent_calls": 8,
            "sip_password": SECRET,
            "telephone_numbers": ["18015550001", "18015550009"],
            "forwarding": {
                "forward_on_failure": [],
                "forward_always": {"reference_type": "TELEPHONE", "reference_id": "8015551111", "enabled": True},
            },
        },
        {"name": "New", "concurrent_calls": 2},
    ]
    row = audit(state, document)
    assert row["status"] == "drifted" and found(row) == [
        ("sip_trunk", "update", "HQ"),
        ("sip_trunk", "create", "New"),
        ("trunk_forwarding", "update", "HQ"),
        ("tn_route", "update", "HQ"),
        ("sip_trunk", "unlisted", "DR"),
    ]
    assert row["drift"][0]["changes"]["concurrent_calls"] == {"before": 5, "after": 8}
    told = [each for step in row["drift"] for each in step["told"]]
    assert {"what": "Call paths", "platform": "5", "document": "8"} in told
    assert {"what": "SIP password", "platform": "(not shown)", "document": "another one (not shown)"} in told
    assert {"what": "Forward always", "platform": "none", "document": "18015551111 (on)"} in told
    assert {"what": "Forward on failure", "platform": "trunk DR", "document": "none"} in told
    assert {"what": "Numbers that differ", "platform": "18015550002, 18015550003", "document": "18015550009"} in told
    assert row["drift"][3]["changes"] == {
        "telephone_numbers": {"before": ["18015550001-18015550003"], "after": ["18015550001", "18015550009"]}
    }
    assert row["drift"][1]["told"] == [{"what": "Call paths", "platform": "none", "document": "2"}]
    assert row["drift"][4]["finding"] == "is not in the document"
    assert [(trunk["name"], trunk["presence"]) for trunk in row["trunks"]] == [
        ("DR", "platform_only"),
        ("HQ", "both"),
        ("New", "document_only"),
    ]
    assert row["totals"]["trunks"] == 2 and SECRET not in json.dumps(row)
    assert row["summary"] == "HQ: call paths 5 on the platform, 8 in the document; 6 more differences"


def test_what_is_not_listed_need_not_be_drift():
    document = [{"name": "HQ", "telephone_numbers": ["18015550001"]}]
    assert found(audit(site(), document)) == [("tn_route", "update", "HQ"), ("sip_trunk", "unlisted", "DR")]
    row = audit(site(), document, unlisted=False)
    assert row["status"] == "in_line" and [trunk["presence"] for trunk in row["trunks"]] == ["platform_only", "both"]


def test_trunk_groups_that_differ_are_findings_of_their_own():
    """They are not of one trunk, and only a document that has groups is compared with them."""
    kept = {"name": "Kept", "sipTrunksIds": ["T1"], "unreachableForward": [to("T2")]}
    groups = [dict(kept, id="G1"), {"id": "G2", "name": "Old"}, {"id": "G3", "name": "Extra"}]
    assert audit(site(groups=groups), DOCUMENT)["status"] == "in_line"
    wanted = [
        {"name": "Kept", "trunks": ["HQ", "DR"], "forward_on_failure": []},
        {"name": "New", "trunks": []},
        {"name": "Old", "state": "absent"},
    ]
    row = audit(site(groups=groups), DOCUMENT, trunk_groups=wanted)
    steps = [(step["resource"], step["action"], step["trunk"], step["name"]) for step in row["drift"]]
    assert row["status"] == "drifted" and steps == [
        ("sip_trunk_group", "update", None, "Kept"),
        ("sip_trunk_group", "create", None, "New"),
        ("sip_trunk_group", "delete", None, "Old"),
        ("sip_trunk_group", "unlisted", None, "Extra"),
    ]
    assert row["drift"][0]["told"] == [
        {"what": "Trunks", "platform": "HQ", "document": "DR, HQ"},
        {"what": "Forward on failure", "platform": "trunk DR", "document": "none"},
    ]
    assert [words.sentence(step) for step in row["drift"]] == [
        "trunk group Kept: trunks HQ on the platform, DR, HQ in the document; "
        "forward on failure trunk DR on the platform, none in the document",
        "trunk group New is not on the platform",
        "trunk group Old is on the platform, and the document says state: absent",
        "trunk group Extra is not in the document",
    ]
    assert row["summary"] == ("trunk group Kept: trunks HQ on the platform, DR, HQ in the document; 4 more differences")
    assert list(map(page_words.step_sentence, row["drift"])) == [
        "Trunks: HQ on the platform, DR, HQ in the document (trunk group Kept)",
        "Missing on the platform: trunk group New",
        "Still on the platform, with state: absent in the document: trunk group Old",
        "Not in the document: trunk group Extra",
    ]
    assert [trunk["name"] for trunk in row["trunks"]] == ["DR", "HQ"]
    listed = audit(site(groups=groups), DOCUMENT, trunk_groups=[{"group_id": "G1"}], unlisted=False)
    assert listed["status"] == "in_line"


def test_caller_ids_that_differ_are_findings_of_their_own():
    shown = {"18015550001": ["21XX", "2201"], "18015550002": [], "18015550003": ["2301"]}
    state = site(caller_ids=shown)
    assert audit(state, DOCUMENT)["status"] == "in_line"
    wanted = [
        {"caller_id": "801-555-0001", "from_numbers": ["21xx", "18015551000-18015551009"]},
        {"caller_id": "18015550002", "state": "absent"},
        {"caller_id": "18015550009", "from_numbers": []},
    ]
    row = audit(state, DOCUMENT, caller_ids=wanted)
    assert [(step["resource"], step["action"], step["trunk"], step["name"]) for step in row["drift"]] == [
        ("caller_id", "update", None, "18015550001"),
        ("caller_id", "create", None, "18015550009"),
        ("caller_id", "delete", None, "18015550002"),
        ("caller_id", "unlisted", None, "18015550003"),
    ]
    assert row["drift"][0]["changes"]["from_numbers"] == {
        "before": ["21XX", "2201"],
        "after": ["18015551000-18015551009", "21XX"],
    }
    assert [words.sentence(step) for step in row["drift"]] == [
        "caller ID 18015550001: FROM numbers not in the document 2201, "
        "FROM numbers not on the platform 18015551000-18015551009",
        "caller ID 18015550009 is not on the platform",
        "caller ID 18015550002 is on the platform, and the document says state: absent",
        "caller ID 18015550003 is not in the document",
    ]
    assert row["drift"][0]["told"] == [
        {"what": "FROM numbers that differ", "platform": "2201", "document": "18015551000-18015551009"}
    ]
    assert page_words.step_sentence(row["drift"][1]) == "Missing on the platform: caller ID 18015550009"
    assert audit(state, DOCUMENT, caller_ids=[], unlisted=False)["status"] == "in_line"


def test_a_trunk_meant_by_its_id_is_known_by_the_name_that_it_has():
    row = audit(site(), [{"trunk_id": "T1", "name": "Headquarters", "concurrent_calls": 6}, {"trunk_id": "T2"}])
    assert found(row) == [("sip_trunk", "update", "HQ")] and [trunk["presence"] for trunk in row["trunks"]] == [
        "both",
        "both",
    ]
    assert {"what": "Name", "platform": "HQ", "document": "Headquarters"} in row["drift"][0]["told"]


def test_trunks_of_one_name_are_told_apart_by_their_ids():
    state = account(
        {"T1": "Twin", "T2": "Twin"},
        {"T2": {"forwardOnFailure": [{"referenceType": "BUSY"}]}},
        {"18015550001": to("T2")},
    )
    row = audit(state, [{"trunk_id": "T1"}, {"trunk_id": "T2"}])
    assert row["status"] == "in_line" and [trunk["telephone_numbers"]["count"] for trunk in row["trunks"]] == [0, 1]


def test_a_trunk_that_is_to_be_gone_is_drift_while_it_is_there():
    row = audit(site(), [{"name": "HQ"}, {"name": "DR", "state": "absent"}])
    assert (
        found(row) == [("sip_trunk", "delete", "DR")] and row["status"] == "drifted" and row["drift"][0]["told"] == []
    )
    assert row["summary"].startswith("DR is on the platform, and the document says state: absent")
    assert any("DR" in warning for warning in row["warnings"]) and not any(
        "done all the same" in warning for warning in row["warnings"]
    )
    assert audit(account({"T1": "HQ"}), [{"name": "HQ"}, {"name": "DR", "state": "absent"}])["status"] == "in_line"


def test_without_a_document_the_state_is_told_all_the_same():
    row = audit(site(registered=["T1"]))
    assert row["status"] == "no_document" and [trunk["presence"] for trunk in row["trunks"]] == [None, None]
    assert row["attention"] == ["1 trunk unregistered"] and row["health"] == "degraded"
    assert audit(site(), [])["status"] == "drifted", "an empty document is one"
    assert audit(site())["conformity"] == "no_document"


def test_a_document_that_is_wrong_does_not_hide_the_state():
    row = audit(site(), [{"name": "HQ", "concurrent_calls": 0, "telephone_numbers": ["18019999999"]}])
    assert (row["status"], row["reason_kind"], row["drift"]) == ("not_audited", "invalid_input", [])
    assert (row["conformity"], row["health"]) == ("document_faulty", "ok")
    assert "18019999999" in row["reason"] and len(row["trunks"]) == 2 and row["trunks"][0]["presence"] is None


@pytest.mark.parametrize(
    "trunk, registration, expected",
    [
        ({}, {"registered": True, "locked_out": False}, "registered"),
        ({}, {"registered": False, "locked_out": False}, "unregistered"),
        ({}, {"registered": True, "locked_out": True}, "locked_out"),
        ({"ipBasedAuthEnabled": True}, {"registered": False, "locked_out": False}, "by_address"),
        ({"ipBasedAuthEnabled": True}, {"registered": False, "locked_out": True}, "locked_out"),
    ],
)
def test_how_a_trunk_is_registered(trunk, registration, expected):
    state = account({"T1": dict(trunk, trunkName="HQ")})
    state.registrations["T1"] = registration
    row = audit(state)
    assert row["trunks"][0]["registration"] == expected and row["totals"][expected] == 1


def test_a_guard_that_the_audit_overrides_is_a_fact_without_force():
    row = audit(site(), [dict(DOCUMENT[0], forwarding={"forward_on_failure": []}), {"name": "DR", "state": "absent"}])
    warned = [warning for warning in row["warnings"] if "'DR'" in warning and "registered" in warning]
    assert len(warned) == 1 and "force" not in warned[0], row["warnings"]


def test_warnings_are_kept_but_for_what_the_report_has_a_place_of_its_own_for():
    row = audit(site(), DOCUMENT)
    assert (
        len(row["warnings"]) == 1
        and row["warnings"][0].startswith("No failover")
        and row["unrouted_numbers"]["count"] == 1
    )


ERROR = {"msg": "api.example.net refused the connection: check api_url", "kind": "network"}


def test_why_an_account_was_not_audited():
    row = account_row({"host": "x", "error": ERROR})
    assert (row["status"], row["conformity"], row["health"]) == ("not_audited", "not_audited", None)
    assert (row["reason"], row["reason_kind"], row["summary"]) == (ERROR["msg"], "network", ERROR["msg"])


def test_the_report_has_what_needs_somebody_first():
    rows = [
        audit(site({"18015550009": to("T1")}), DOCUMENT[:1] + [{"name": "DR"}], host="fine-%d" % place, unlisted=False)
        for place in (10, 9)
    ]
    rows += [
        audit(site(registered=["T1"]), DOCUMENT, host="w-attention"),
        audit(site(), [], host="b-drifted"),
        audit(site(), [], host="a-drifted"),
        account_row({"host": "z-dead", "error": ERROR}),
    ]
    made = reported(*rows)
    assert [each["host"] for each in made["accounts"]] == [
        "z-dead",
        "a-drifted",
        "b-drifted",
        "w-attention",
        "fine-9",
        "fine-10",
    ]
    assert made["totals"]["accounts"] == 6 and [made["totals"][status] for status in states.STATUSES] == [1, 2, 0, 3]
    assert made["totals"]["trunks"] == 10 and made["totals"]["unrouted_numbers"] == 3
    assert list(made["totals"])[:5] == ["accounts", "in_line", "no_document", "drifted", "not_audited"]
    assert (made["format"], made["generated_at"], made["complete"], made["pending"]) == (1, AT, True, 0)
    assert report.outcome(made) == {
        "complete": True,
        "totals": made["totals"],
        "drifted": ["a-drifted", "b-drifted"],
        "not_audited": ["z-dead"],
        "attention": ["w-attention"],
        **dict.fromkeys(("document_faulty", "no_document", "down", "diverted"), []),
        "degraded": ["w-attention"],
    }


def test_hosts_whose_turn_is_still_to_come_are_not_the_same_as_those_that_failed():
    made = report.report(
        [customer(1), {}, None, ""], ["one", "dead", "waits", "waits too"], ["one", "waits", "waits too"], AT
    )
    assert [(each["host"], each["status"]) for each in made["accounts"]] == [
        ("dead", "not_audited"),
        (customer(1)["host"], "in_line"),
    ]
    assert "did not get as far" in made["accounts"][0]["reason"] and (made["complete"], made["pending"]) == (False, 2)


def test_every_option_has_a_name_that_people_know():
    assert {each.option for each in sip_trunk.FIELDS} | set(forwarding.SECTIONS) | {
        "telephone_numbers",
        "setup_calling_plan",
        # Of a trunk group, and of a caller ID.
        "trunks",
        "caller_id",
        "from_numbers",
    } == set(words.WHAT)


@pytest.mark.parametrize("kind", sorted({*references.FORWARD_TYPES, *references.ROUTE_TYPES}))
def test_every_destination_has_words(kind):
    said = words.destination({"reference_type": kind, "reference_id": None if kind == "BUSY" else "18015550001"})
    assert said and kind not in said or kind == "IVR"


def test_many_numbers_are_not_all_spelt_out():
    told = words.compared("telephone_numbers", ["1801555%04d" % place for place in range(0, 200, 2)], [])
    assert told["platform"].endswith("18015550022 and 88 more") and told["document"] == "none"


@given(
    st.recursive(
        st.text() | st.none() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_whatever_was_read_can_be_written(value):
    clean = printable.printable(value)
    json.dumps(clean, ensure_ascii=False).encode("utf-8")
    assert printable.printable(clean) == clean


def test_a_crowd_has_some_of_everything_and_is_small():
    made = crowd()
    assert made["totals"]["accounts"] == 300 and all(made["totals"].values()), made["totals"]
    assert max(len(json.dumps(each)) for each in made["accounts"]) < 8000


@pytest.mark.parametrize(
    "registered, more, always, expected",
    [
        (["T1", "T2"], {}, None, "ok"),
        (["T1"], {}, None, "degraded"),
        ([], {}, None, "down"),
        ([], {"ipBasedAuthEnabled": True}, None, "degraded"),
        (["T2"], {"ipBasedAuthEnabled": True}, None, "ok"),
        (["T1", "T2"], {}, True, "diverted"),
        (["T1", "T2"], {}, False, "ok"),
        (["T1"], {}, True, "diverted"),
        ([], {}, True, "down"),
    ],
)
def test_health_says_whether_calls_reach_the_pbxs(registered, more, always, expected):
    rules = {} if always is None else {"T2": {"forwardAlways": dict(to("T1"), enabled=always)}}
    trunks = {"T1": dict(more, trunkName="HQ"), "T2": "DR"}
    row = audit(account(trunks, rules, {}, registered), [{"name": "HQ"}, {"name": "DR"}])
    assert row["health"] == expected and row["totals"]["diverted_trunks"] == bool(always)
    assert report.needs_attention(row) is (expected != "ok")
    assert not always or "1 trunk diverted" in row["attention"]


def test_spare_numbers_and_accounts_without_trunks_need_nobody():
    row = audit(account({}, {}, {"18015550001": None}), [])
    assert (row["health"], row["conformity"], row["attention"]) == ("ok", "in_line", [])
    assert not report.needs_attention(row)


def test_what_a_run_fails_on():
    rows = {
        "drift": audit(site(), []),
        "diverted": audit(site(), host="d"),
        "down": audit(site(registered=[]), DOCUMENT),
        "not_audited": account_row({"host": "x", "error": ERROR}),
    }
    rows["diverted"]["totals"]["diverted_trunks"] = 1
    faulty, quiet = audit(site(), [{"name": "HQ", "concurrent_calls": 0}]), audit(site(), DOCUMENT)
    for word, row in rows.items():
        assert fail_on.fails(row, (word,)) and not fail_on.fails(quiet, fail_on.WORDS)
        assert not fail_on.fails(row, tuple(other for other in fail_on.WORDS if other != word))
    assert fail_on.fails(faulty, ("not_audited",)) and not fail_on.fails(faulty, ("drift", "down", "diverted"))


@pytest.mark.parametrize(
    "given, on_drift, expected",
    [
        ([], False, ()),
        ("", False, ()),
        (None, True, ("drift", "not_audited")),
        ("down, drift", False, ("drift", "down")),
        ("diverted\n not_audited \n", False, ("diverted", "not_audited")),
        (["down", ""], True, ("drift", "down", "not_audited")),
        ("['down']", False, ("down",)),
    ],
)
def test_how_to_say_what_a_run_fails_on(given, on_drift, expected):
    assert fail_on.parse_fail_on(given, on_drift) == expected


@pytest.mark.parametrize("given", ["drifts", ["down", "up"], {"drift": True}, 5])
def test_an_unknown_word_is_refused(given):
    with pytest.raises(InvalidInput, match="give some of drift, diverted, down, not_audited"):
        fail_on.parse_fail_on(given, False)


def test_the_closing_lines_name_who_needs_what():
    rows = [
        audit(site(), host="bare"),
        audit(site(), [], host="other"),
        audit(site(), [{"name": "HQ", "concurrent_calls": 0}], host="wrong"),
        account_row({"host": "dead", "error": ERROR}),
        audit(site(registered=[]), DOCUMENT, host="dark"),
        audit(site(forwards={"T1": {"forwardAlways": dict(to("T2"), enabled=True)}}), host="away"),
    ]
    assert report.closing_lines(reported(*rows), "/x/audit.html") == [
        "/x/audit.html: 6 accounts, 1 drifted, 2 not audited, 1 down, 1 diverted, 0 degraded",
        "Not audited: dead",
        "Document faulty: wrong",
        "Down: dark",
        "Diverted: away",
        "Drifted: other",
        "No document: away, bare",
    ]


def test_only_the_last_batch_fails_and_for_all_of_them():
    made = reported(audit(site(), [], host="early"), audit(site(), DOCUMENT, host="late"))

    def failing(row):
        return fail_on.fails(row, ("drift",))

    assert report.lines_of_hosts(made, ["early"], ["early"], failing, False) == {
        "early": {"msg": "early: %s" % made["accounts"][0]["summary"], "failed": False}
    }
    assert report.lines_of_hosts(made, ["late"], ["late"], failing, True) == {
        "late": {"msg": "Accounts of earlier batches need attention: early", "failed": True}
    }
    # With the strategy free the other one is of the same batch, and fails for itself.
    assert report.lines_of_hosts(made, ["late"], ["early", "late"], failing, True) == {}
    assert report.row_of(report.rendered(made), "late") == made["accounts"][1]
    assert json.loads(report.rendered(made)) == made and json.loads(report.rendered(reported()))["accounts"] == []
