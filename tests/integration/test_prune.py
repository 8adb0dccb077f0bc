# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_account_trunks with prune: what goes, in which order, what stops it, and what brings it back."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.log import calls, per_task, reads

MODULE = "alianza_account_trunks"
FULL = "alianza.sip_trunking." + MODULE
SECRET = "0ld-l4b s3cret"
DOCUMENT = [
    {
        "name": "HQ",
        "concurrent_calls": 20,
        "telephone_numbers": ["18015550000-18015550001", "18015550006"],
        "forwarding": {"forward_on_failure": [{"reference_type": "TELEPHONE", "reference_id": "18015559999"}]},
    },
    {"name": "DR"},
]


def tn(last):
    """Return a number of the account by its last two digits."""
    return "180155500%02d" % last


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


@pytest.fixture(name="grown")
def fixture_grown(emulator, player):
    """An account that has grown: HQ fails over to Old, and Old, Lab and HQ have numbers that the document does not give them."""
    routes = {0: "HQ", 1: "HQ", 2: "HQ", 3: "DR", 4: "OLD", 5: "OLD", 6: "LAB"}
    emulator.seed(
        accounts=[
            {
                "id": "GROWN",
                "accountNumber": "500",
                "accountName": "Grown",
                "trunks": [
                    {"id": "HQ", "trunkName": "HQ", "concurrentCalls": 20},
                    {"id": "DR", "trunkName": "DR", "concurrentCalls": 20},
                    {
                        "id": "OLD",
                        "trunkName": "Old",
                        "concurrentCalls": 3,
                        "sipUsername": "old-user-1",
                        "sipPassword": SECRET,
                        "primaryTn": tn(4),
                    },
                    {"id": "LAB", "trunkName": "Lab", "concurrentCalls": 1, "sipUsername": "lab-user-1"},
                ],
                "forwards": {
                    "HQ": {"forwardOnFailure": [to("OLD")]},
                    "OLD": {"forwardOnFailure": [to("LAB")], "forwardAlways": dict(to("HQ"), enabled=False)},
                },
                "telephone_numbers": ["18015550100-18015550102"]
                + [dict(to(trunk_id), phoneNumber=tn(last)) for last, trunk_id in routes.items()],
            }
        ]
    )
    player.environ["ALIANZA_ACCOUNT_ID"] = "GROWN"
    return lambda: emulator.account("GROWN")


def holds(account):
    """Return {trunk's name: its numbers} of an account."""
    return {trunk["trunkName"]: sorted(trunk["telephoneNumbers"]) for trunk in account["trunks"]}


@pytest.mark.quick
def test_prune_all_takes_away_what_is_not_listed_and_tells_how_to_bring_it_back(player, emulator, grown):
    before, options = grown(), {"trunks": DOCUMENT, "prune": "all"}
    predicted = player.one(MODULE, check=True, **options)
    looked = reads(emulator.log())
    assert not predicted["failed"] and not emulator.writes() and grown() == before, predicted
    emulator.clear_log()
    played = player.tasks((MODULE, options), verbosity=3)
    (real,) = played.results
    assert not real["failed"] and all(
        predicted[key] == real[key] for key in ("changed", "plan", "diff", "removed", "summary")
    )
    assert [(step["action"], step["resource"], step["name"]) for step in real["plan"]] == [
        ("update", "trunk_forwarding", "HQ"),
        ("update", "tn_route", "HQ"),
        ("delete", "tn_route", "Old"),
        ("delete", "sip_trunk", "Lab"),
        ("delete", "sip_trunk", "Old"),
    ]
    # One list each, the rules of every trunk, and the registration of those that go; check mode reads the same. The real run reads
    # the list once more, which shows that the trunks are gone.
    wanted = sorted(
        [
            "GET siptrunk_2",
            "GET telephonenumber",
            "GET siptrunkgroup",
            *("GET siptrunk_2/%s/forward" % key for key in ("HQ", "DR", "OLD", "LAB")),
            *("GET siptrunk_2/%s/registrationstatus" % key for key in ("OLD", "LAB")),
        ]
    )
    assert looked == wanted
    assert reads(emulator.log()) == sorted([*wanted, "GET siptrunk_2"])
    written = calls(emulator.writes())
    assert written[0] == "PUT siptrunk_2/HQ/forward" and sorted(written[1:5]) == [
        "PATCH telephonenumber/" + tn(last) for last in (2, 4, 5, 6)
    ]
    assert sorted(written[5:]) == ["DELETE siptrunk_2/LAB", "DELETE siptrunk_2/OLD"]
    assert holds(grown()) == {"HQ": [tn(0), tn(1), tn(6)], "DR": [tn(3)]}
    plans = {trunk["trunkName"]: trunk["callingPlans"][-1]["callingPlanProductId"] for trunk in before["trunks"]}
    assert real["removed"] == [
        {"name": "HQ", "telephone_numbers": [tn(2)]},
        {"name": "Lab", "concurrent_calls": 1, "sip_username": "lab-user-1", "calling_plan_product_id": plans["Lab"]},
        {
            "name": "Old",
            "concurrent_calls": 3,
            "sip_username": "old-user-1",
            "primary_tn": tn(4),
            "calling_plan_product_id": plans["Old"],
            "telephone_numbers": [tn(4), tn(5)],
            "forwarding": {
                "forward_always": {"reference_type": "SIP_TRUNK", "trunk_name": "HQ", "enabled": False},
                "forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "Lab"}],
            },
        },
    ]
    assert SECRET not in str(predicted) + played.output + str(played.events)

    emulator.clear_log()
    again, restored, unchanged = player.tasks(
        (MODULE, options), (MODULE, {"trunks": real["removed"]}), (MODULE, {"trunks": real["removed"], "prune": "none"})
    ).results
    assert (again["failed"], again["changed"], again["removed"]) == (False, False, [])
    # With nothing to remove, nobody asks for registrations and groups.
    assert reads(per_task(emulator)[0]) == [
        "GET siptrunk_2",
        "GET siptrunk_2/HQ/forward",
        "GET telephonenumber",
    ]
    assert not any("registrationstatus" in call or "siptrunkgroup" in call for call in calls(emulator.log()))
    assert (restored["failed"], restored["changed"], unchanged["changed"]) == (False, True, False)
    assert holds(grown()) == {"HQ": [tn(0), tn(1), tn(2), tn(6)], "DR": [tn(3)], "Lab": [], "Old": [tn(4), tn(5)]}
    assert emulator.open_tokens == 0


def test_the_guards_hold_before_anything_is_written(player, emulator, grown):
    """Registered, empty, still forwarded to by a trunk, by a group, and by the document itself."""
    emulator.registration("GROWN", "Old", registered=True)
    emulator.seed(
        accounts=[
            {
                "id": "GROUPED",
                "accountNumber": "501",
                "accountName": "Grouped",
                "trunks": [{"id": "G1", "trunkName": "A"}, {"id": "G2", "trunkName": "B"}],
                "groups": [{"name": "Both sites", "unreachableForward": [to("G2")]}],
                "forwards": {"G1": {"forwardOnCapacityExceeded": [to("G2")]}},
            }
        ]
    )
    grouped = {"account_id": "GROUPED", "prune": "all"}
    to_b = {"forward_on_failure": [{"reference_type": "SIP_TRUNK", "trunk_name": "B"}]}
    before = emulator.state()["accounts"]
    played = player.tasks(
        (MODULE, {"trunks": DOCUMENT, "prune": "all"}),
        (MODULE, {"trunks": [], "prune": "all"}),
        (MODULE, dict(grouped, trunks=[{"name": "A"}])),
        (MODULE, dict(grouped, trunks=[{"name": "A", "forwarding": to_b}], force=True)),
        (MODULE, {"trunks": [], "prune": "numbers"}),
        (MODULE, {"trunks": []}),
        (MODULE, {"trunks": [], "prune": "everything"}),
    )
    registered, empty, forwarded, contradiction, numbers, nothing, nonsense = played.results
    assert "Trunk 'Old' is not in the document" in registered["msg"] and "its PBX is registered" in registered["msg"]
    assert "document is empty" in empty["msg"] and "all 4 trunks" in empty["msg"]
    assert (
        "trunk 'A' forwards to it" in forwarded["msg"] and "trunk group 'Both sites' forwards to it" in forwarded["msg"]
    )
    for result in (registered, empty, forwarded):
        assert result["failure"]["kind"] == "guarded" and "force: true" in result["msg"] and result["notices"] == []
        assert set(result["failure"]) == {"kind", "status", "messages", "method", "path"}
        assert all(guard["msg"] in result["msg"] and guard["remedy"] in result["msg"] for guard in result["guards"])
    assert [
        [(guard["kind"], guard["subject"]) for guard in result["guards"]] for result in (registered, empty, forwarded)
    ] == [
        [("registered", "Old")],
        [("empty_document", None), ("registered", "Old")],
        [("forwarded_to", "B"), ("group_forwards", "B")],
    ]
    for result in (contradiction, nonsense):
        assert (result["guards"], result["notices"]) == ([], []), result
    assert (
        contradiction["failure"]["kind"] == "invalid_input"
        and "it forwards to 'B', which prune: all deletes" in contradiction["msg"]
    )
    assert [(result["failed"], result["changed"]) for result in (numbers, nothing)] == [(False, False)] * 2
    assert nothing["notices"] == [] and "guards" not in nothing
    assert not emulator.writes() and emulator.state()["accounts"] == before

    forced = player.one(MODULE, trunks=[], prune="all", force=True)
    assert not forced["failed"] and holds(grown()) == {} and len(emulator.writes()) == 7 + 4
    assert "registered" in str(forced["warnings"]) and "document is empty" in str(forced["warnings"])
    assert [(notice["kind"], notice["subject"]) for notice in forced["notices"]] == [
        ("forced", None),
        ("forced", "Old"),
        ("unrouted_numbers", None),
    ]
    assert all(
        notice["msg"] in warning for notice, warning in zip(forced["notices"], forced["warnings"][:3], strict=True)
    )
    assert [line for line in forced["summary"] if line.startswith("delete")][-1].startswith("delete trunk 'Old' (")
    assert [entry["name"] for entry in forced["removed"]] == ["DR", "HQ", "Lab", "Old"]


def test_a_trunk_stays_while_calls_are_still_sent_to_it(player, emulator, grown):
    """What failed is told, what depends on it is not attempted, all the rest is done, and a rerun finishes."""
    # One for each way in which a number can be unrouted.
    no = {"status": 400, "messages": ["Not today"], "data": {}}
    emulator.fault("status", method="PATCH|PUT", path="telephonenumber/" + tn(5), status=400, body=no, times=3)
    options = {"trunks": DOCUMENT, "prune": "all"}
    failed, rerun, again = player.tasks((MODULE, options), (MODULE, options), (MODULE, options)).results
    assert (
        failed["failed"]
        and failed["changed"]
        and failed["failure"]["kind"] == "partial"
        and "Not today" in failed["msg"]
    )
    told = {(each["resource"], each["name"]): each["msg"] for each in failed["failed_objects"]}
    assert set(told) == {("tn_route", "Old"), ("sip_trunk", "Old")}
    assert told["sip_trunk", "Old"].startswith("not attempted: calls are still sent to it, since the numbers of 'Old'")
    assert rerun["failed"] is False and rerun["changed"] is True, rerun
    assert [(step["action"], step["resource"], step["name"]) for step in rerun["plan"]] == [
        ("delete", "tn_route", "Old"),
        ("delete", "sip_trunk", "Old"),
    ]
    assert (again["failed"], again["changed"]) == (False, False) and holds(grown()) == {
        "HQ": [tn(0), tn(1), tn(6)],
        "DR": [tn(3)],
    }
    assert [call for call in calls(emulator.writes()) if call.startswith("DELETE")] == [
        "DELETE siptrunk_2/LAB",
        "DELETE siptrunk_2/OLD",
    ]


def test_rules_that_could_not_be_changed_keep_their_target_and_a_lost_answer_to_a_delete_is_no_failure(
    player, emulator, grown
):
    emulator.fault("status", method="PUT", path="HQ/forward$", status=400)
    emulator.fault("reset", method="DELETE", path="siptrunk_2/LAB$", when="after")
    options = {"trunks": DOCUMENT, "prune": "all"}
    failed, rerun = player.tasks((MODULE, options), (MODULE, options)).results
    told = {(each["resource"], each["name"]): each["msg"] for each in failed["failed_objects"]}
    assert (
        set(told) == {("trunk_forwarding", "HQ"), ("sip_trunk", "Old")}
        and "the rules of 'HQ' were not written" in told["sip_trunk", "Old"]
    )
    assert not rerun["failed"] and set(holds(grown())) == {"HQ", "DR"}
    assert (
        calls(emulator.writes()).count("DELETE siptrunk_2/LAB") == 2
        and calls(emulator.writes()).count("DELETE siptrunk_2/OLD") == 1
    )


def test_an_outage_stops_the_deletes_early_and_says_what_was_not_attempted(player, emulator):
    trunks = [{"id": "T%d" % place, "trunkName": "Site %02d" % place} for place in range(40)]
    emulator.seed(accounts=[{"id": "MANY", "accountNumber": "600", "accountName": "Many", "trunks": trunks}])
    emulator.fault("status", method="DELETE", path="siptrunk_2/", status=503, times=None)
    options = {"account_id": "MANY", "trunks": [{"name": "Site 00"}], "prune": "all", "concurrency": 4, "retries": 0}
    result = player.one(MODULE, **options)
    assert result["failed"] and not result["changed"] and len(result["failed_objects"]) == 39
    attempted = [each for each in result["failed_objects"] if "not attempted" not in each["msg"]]
    assert 20 <= len(attempted) <= 23 and len(emulator.writes()) == len(attempted)
    emulator.clear_faults()
    rerun = player.one(MODULE, **dict(options, retries=2))
    assert not rerun["failed"] and holds(emulator.account("MANY")) == {"Site 00": []}
