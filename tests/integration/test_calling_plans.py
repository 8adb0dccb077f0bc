# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calling plans: set up with a new trunk, shared, and changed later."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.faults import HERE, accounts, control, fault, kind, play

MODULE, DOCUMENT, INFO = "alianza_sip_trunk", "alianza_account_trunks", "alianza_account_trunks_info"
TRUNKS = [
    {"id": "T1", "trunkName": "HQ", "newCppId": "product-a"},
    {"id": "T2", "trunkName": "DR", "newCppId": "product-b"},
]


def shared(name):
    """Return the option that shares the plan of a trunk."""
    return {"setup_calling_plan": {"type": "shared", "trunk_name": name}}


def plans(emulator, account, *names):
    """Return the calling plans of some trunks."""
    return [emulator.trunk(account, name)["callingPlans"] for name in names]


def writes(emulator):
    """Return 'METHOD last-part-of-path' of the writes since the last look."""
    entries = emulator.writes()
    emulator.clear_log()
    return ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in entries]


def test_a_plan_is_set_up_shared_and_changed(player, emulator):
    accounts(emulator, "PLANS", trunks=TRUNKS)
    player.environ["ALIANZA_ACCOUNT_ID"] = "PLANS"
    new = {"concurrent_calls": 1}
    tasks = [
        (MODULE, dict(new, name="Annex", sip_username="annex-user", sip_password="hunter2!", **shared("HQ"))),
        (MODULE, dict(new, name="Lab", calling_plan_product_id="product-c", setup_calling_plan={"type": "new"})),
        (MODULE, {"name": "DR", "max_burst_calls": 3, "calling_plan_product_id": "product-d"}),
    ]
    predicted = player.tasks(*tasks, check=True).results
    assert not emulator.writes() and not any(result["failed"] for result in predicted), predicted
    made = player.tasks(*tasks).results
    assert [result["diff"] for result in made] == [result["diff"] for result in predicted]
    assert writes(emulator) == ["POST siptrunk_2", "POST siptrunk_2", "PATCH T2", "PUT callingplan"]
    (hq,), (annex,), (lab,), (dr,) = plans(emulator, "PLANS", "HQ", "Annex", "Lab", "DR")
    assert annex == hq and lab["callingPlanProductId"] == "product-c" and dr["callingPlanProductId"] == "product-d"
    assert made[0]["diff"]["after"]["setup_calling_plan"] == "that of trunk 'HQ'"
    assert made[2]["sip_trunk"]["calling_plan_product_id"] == "product-d"
    assert made[2]["sip_trunk"]["calling_plans"][0]["calling_plan_product_id"] == "product-d"
    assert not any(result["changed"] for result in player.tasks(*tasks).results) and writes(emulator) == []

    later = [
        (MODULE, dict(name="DR", **shared("HQ"))),
        (MODULE, {"name": "Annex", "setup_calling_plan": {"type": "new"}}),
        (MODULE, {"name": "Lab", "setup_calling_plan": {"type": "shared", "trunk_id": "T1"}}),
    ]
    predicted, made = player.tasks(*later, check=True).results, player.tasks(*later, *later).results
    assert [result["diff"] for result in made[:3]] == [result["diff"] for result in predicted]
    assert [result["changed"] for result in made] == [True] * 3 + [False] * 3, made
    assert writes(emulator) == ["PUT callingplan"] * 3
    (hq,), (annex,), (lab,), (dr,) = plans(emulator, "PLANS", "HQ", "Annex", "Lab", "DR")
    assert lab == dr == hq and annex["id"] != hq["id"] and annex["callingPlanProductId"] == "product-a"
    wrong = player.tasks(
        (MODULE, dict(name="HQ", **shared("HQ"))),
        (MODULE, dict(name="HQ", **shared("Nobody"))),
        (MODULE, {"name": "HQ", "setup_calling_plan": {"type": "lent", "trunk_name": "DR"}}),
        (MODULE, dict(name="HQ", calling_plan_product_id="x", **shared("DR"))),
    ).results
    assert [result["failure"]["kind"] for result in wrong] == ["invalid_input", "not_found"] + ["invalid_input"] * 2
    assert writes(emulator) == [] and emulator.open_tokens == 0


def test_a_document_shares_the_plan_of_a_trunk_that_it_creates_and_comes_back_from_an_export(player, emulator):
    accounts(emulator, "FIRST", "SECOND")
    document = [
        dict(name="Annex", concurrent_calls=2, sip_username="annex-user", **shared("HQ")),
        {"name": "HQ", "concurrent_calls": 9, "sip_username": "hq-user-1", "calling_plan_product_id": "product-a"},
    ]
    given = {"account_id": "FIRST", "trunks": document}
    predicted, made, again, read = player.tasks(
        {"alianza.sip_trunking." + DOCUMENT: given, "check_mode": True},
        (DOCUMENT, given),
        (DOCUMENT, given),
        (INFO, {"account_id": "FIRST"}),
    ).results
    assert not made["failed"] and made["plan"] == predicted["plan"] and made["diff"] == predicted["diff"], made
    assert "update trunk 'Annex': setup_calling_plan that of trunk 'HQ'" in made["summary"]
    assert not again["changed"] and writes(emulator) == ["POST siptrunk_2"] * 2 + ["PUT callingplan"]
    assert plans(emulator, "FIRST", "Annex") == plans(emulator, "FIRST", "HQ")
    annex, hq = read["trunks"]
    assert (
        annex["setup_calling_plan"] == {"type": "shared", "trunk_name": "HQ"} and "calling_plan_product_id" not in annex
    )
    assert hq["calling_plan_product_id"] == "product-a" and "setup_calling_plan" not in hq
    for trunk in read["trunks"]:
        trunk["sip_username"] += "-2"
    applied = player.one(DOCUMENT, account_id="SECOND", trunks=read["trunks"])
    assert not applied["failed"] and plans(emulator, "SECOND", "Annex") == plans(emulator, "SECOND", "HQ")
    assert plans(emulator, "SECOND", "HQ")[0][0]["callingPlanProductId"] == "product-a"


def test_a_plan_that_cannot_be_shared_is_refused_before_any_write(player, emulator):
    """The API is asked once, and only if a plan is newly shared; what the same document sets up is not refused."""
    accounts(emulator, "BARE", trunks=[*TRUNKS, {"id": "T3", "trunkName": "Bare", "callingPlans": []}])
    player.environ["ALIANZA_ACCOUNT_ID"] = "BARE"
    new = {"name": "Annex", "concurrent_calls": 1}
    refused, other, both, made, again = player.tasks(
        (MODULE, dict(new, **shared("Bare"))),
        (DOCUMENT, {"trunks": [dict(name="DR", **shared("Bare")), dict(new, **shared("HQ"))]}),
        {
            "alianza.sip_trunking." + DOCUMENT: {
                "trunks": [
                    {"name": "Bare", "setup_calling_plan": {"type": "new"}, "calling_plan_product_id": "product-e"},
                    dict(new, **shared("Bare")),
                ]
            },
            "check_mode": True,
        },
        (DOCUMENT, {"trunks": [dict(name="DR", **shared("HQ")), dict(new, **shared("HQ"))]}),
        (DOCUMENT, {"trunks": [dict(name="DR", **shared("HQ")), dict(new, **shared("HQ"))]}),
    ).results
    assert refused["failure"]["kind"] == other["failure"]["kind"] == "invalid_input"
    assert "plan of trunk 'Bare' cannot be shared with trunk 'Annex': share that of 'DR' or 'HQ'" in refused["msg"]
    assert "plan of trunk 'Bare' cannot be shared with trunk 'DR'" in other["msg"]
    assert not both["failed"] and made["changed"] and not again["changed"], both
    assert writes(emulator) == ["POST siptrunk_2", "PUT callingplan"]
    player.one(DOCUMENT, trunks=[dict(name="DR", **shared("HQ"))])
    assert not emulator.log(path="shared-plan-lookup")


def test_a_change_is_verified_and_a_failure_leaves_the_rest_done(player, emulator):
    names = ["GARBAGE", "REFUSED", "NOT_TAKEN", "EMPTY"]
    accounts(emulator, *names, trunks=TRUNKS)
    fault(emulator, "GARBAGE", "PUT", "callingplan", "garbage", when="after")
    fault(emulator, "REFUSED", "PUT", "callingplan", "status", status=403)
    fault(emulator, "NOT_TAKEN", "PUT", "callingplan", "status", status=200, body={})
    fault(emulator, "EMPTY", "PUT", "callingplan", "status", status=204, when="after")
    given = {"account_id": HERE, "name": "HQ", "max_burst_calls": 3, "calling_plan_product_id": "product-z"}
    results = play(player, names, (MODULE, given), (MODULE, given), (MODULE, given))
    kinds = {name: kind(each[0]) for name, each in results.items()}
    assert kinds == {"GARBAGE": None, "REFUSED": "partial", "NOT_TAKEN": "partial", "EMPTY": None}, results
    assert "still has another calling plan" in results["NOT_TAKEN"][0]["msg"]
    for name, each in results.items():
        assert each[0]["changed"] and emulator.trunk(name, "HQ")["maxBurstCalls"] == 3
        assert kind(each[1]) is None and each[1]["changed"] is (kinds[name] is not None) and not each[2]["changed"]
        assert plans(emulator, name, "HQ")[0][0]["callingPlanProductId"] == "product-z"


def test_a_change_that_shows_late_is_waited_for(player, emulator):
    accounts(emulator, "LATE", trunks=TRUNKS)
    late = control(emulator, "PUT", "/settings", {"trunk_lag_seconds": 2})
    (made,) = play(player, ["LATE"], late, (MODULE, dict(account_id=HERE, name="DR", **shared("HQ"))))["LATE"]
    assert kind(made) is None and plans(emulator, "LATE", "DR") == plans(emulator, "LATE", "HQ"), made
