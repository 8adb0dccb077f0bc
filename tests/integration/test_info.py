# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The info modules: what they find, and that they never write."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.log import calls

PREFIX = "alianza.sip_trunking."
PASSWORDS = {"T1": "hq-s3cret/1", "T2": "dr-s3cret&2"}
TO_DR = {"referenceType": "SIP_TRUNK", "referenceId": "T2"}


def tn(last):
    """Return a number of the account by its last two digits."""
    return "180155514%02d" % last


@pytest.fixture(name="info")
def fixture_info(emulator, player):
    """Plays tasks on an account with three trunks and five numbers; nothing may fail, nor be written, nor be changed."""
    emulator.seed(
        accounts=[
            {
                "id": "INFO",
                "accountNumber": "700",
                "accountName": "Info",
                "trunks": [
                    {
                        "id": "T1",
                        "trunkName": "HQ",
                        "sipUsername": "info-hq-1",
                        "sipPassword": PASSWORDS["T1"],
                        "registered": True,
                    },
                    {
                        "id": "T2",
                        "trunkName": "DR",
                        "sipUsername": "info-dr-1",
                        "sipPassword": PASSWORDS["T2"],
                        "lockedOut": True,
                    },
                    {"id": "T3", "trunkName": "Lab"},
                ],
                "forwards": {
                    "T1": {
                        "forwardOnFailure": [TO_DR],
                        "forwardAlways": {"referenceType": "TELEPHONE", "referenceId": tn(9)},
                    }
                },
                "telephone_numbers": [
                    tn(0),
                    {"phoneNumber": tn(1), "referenceType": "SIP_TRUNK", "referenceId": "T1"},
                    {"phoneNumber": tn(2), "referenceType": "END_USER", "referenceId": "eu-1"},
                    tn(3),
                    {"phoneNumber": tn(4), "referenceType": "SIP_TRUNK", "referenceId": "GONE"},
                ],
            }
        ]
    )
    player.environ["ALIANZA_ACCOUNT_ID"] = "INFO"

    def play(*tasks):
        played = player.tasks(*tasks)
        assert not any(result["failed"] or result["changed"] for result in played.results), played.output
        assert not emulator.writes() and emulator.open_tokens == 0
        return played.results

    return play


def checked(module, options):
    """Return a task in check mode."""
    return {PREFIX + module: options, "check_mode": True}


@pytest.mark.quick
def test_sip_trunk_info(info, emulator):
    module, include = "alianza_sip_trunk_info", ["registration", "forwarding"]
    everything, in_check_mode, by_name, by_id, *none = info(
        (module, {"include": include}),
        checked(module, {"include": include}),
        (module, {"name": "HQ"}),
        (module, {"trunk_id": "T2", "include": ["registration"]}),
        (module, {"name": "Nobody", "include": include}),
        (module, {"trunk_id": "T9"}),
        (module, {"name": "HQ", "trunk_id": "T2"}),
    )
    assert everything["sip_trunks"] == in_check_mode["sip_trunks"]
    trunks = {trunk["trunk_id"]: trunk for trunk in everything["sip_trunks"]}
    assert len(everything["sip_trunks"]) == 3 and set(trunks) == {"T1", "T2", "T3"}
    shown = {
        "name": "HQ",
        "account_id": "INFO",
        "sip_username": "info-hq-1",
        "concurrent_calls": 10,
        "locked_out": False,
        "telephone_numbers": [tn(1)],
    }
    assert {key: trunks["T1"][key] for key in shown} == shown
    assert {key: trunk["registration"] for key, trunk in trunks.items()} == {
        "T1": {"registered": True, "locked_out": False},
        "T2": {"registered": False, "locked_out": True},
        "T3": {"registered": False, "locked_out": False},
    }
    rules = trunks["T1"]["forwarding"]
    assert rules["forward_always"] == {"reference_type": "TELEPHONE", "reference_id": tn(9), "enabled": False}
    assert rules["forward_on_failure"] == [{"reference_type": "SIP_TRUNK", "reference_id": "T2", "trunk_name": "DR"}]
    assert rules["forward_on_capacity_exceeded"] == []
    assert [trunk["trunk_id"] for trunk in by_name["sip_trunks"]] == ["T1"]
    assert not {"registration", "forwarding"} & set(by_name["sip_trunks"][0])
    assert by_id["sip_trunks"][0]["registration"]["locked_out"] is True and "forwarding" not in by_id["sip_trunks"][0]
    assert [result["sip_trunks"] for result in none] == [[], [], []]
    each = [
        "GET siptrunk_2/%s/%s" % (trunk_id, what)
        for trunk_id in ("T1", "T2", "T3")
        for what in ("forward", "registrationstatus")
    ]
    asked = calls(emulator.log(path="/account/"))
    assert sorted(asked) == sorted(each * 2 + ["GET siptrunk_2/T2/registrationstatus"] + ["GET siptrunk_2"] * 7)
    for secret in PASSWORDS.values():
        assert secret not in str([everything, in_check_mode, by_name, by_id])


def test_many_trunks_are_read_concurrently_within_a_bound(player, emulator):
    emulator.seed(
        accounts=[
            {
                "id": "MANY",
                "accountNumber": "800",
                "accountName": "Many",
                "trunks": [{"trunkName": "Site %02d" % place} for place in range(30)],
            }
        ]
    )
    # The first eight wait for each other.
    emulator.fault("gather", path="/(forward|registrationstatus)$", times=8, seconds=60)
    result = player.one("alianza_sip_trunk_info", account_id="MANY", include=["registration", "forwarding"])
    assert not result["failed"] and len(result["sip_trunks"]) == 30
    entries = emulator.log("GET")
    assert len(entries) == 1 + 30 + 30 and len({entry["path"] for entry in entries}) == 61 and not emulator.writes()
    assert max(entry["in_flight"] for entry in entries) == 8
    assert len({entry["connection"] for entry in entries}) == 8


def test_telephone_number_info(info, emulator):
    module = "alianza_telephone_number_info"
    everything, in_check_mode, by_name, by_id, unrouted, some, free, none = info(
        (module, {}),
        checked(module, {}),
        (module, {"trunk_name": "HQ"}),
        (module, {"trunk_id": "GONE"}),
        (module, {"unrouted_only": True}),
        (module, {"telephone_numbers": ["801-555-1401", tn(2) + "-" + tn(3), "18019990000"]}),
        (module, {"telephone_numbers": [tn(1), tn(3)], "unrouted_only": True}),
        (module, {"trunk_name": "Lab"}),
    )
    assert everything["telephone_numbers"] == in_check_mode["telephone_numbers"]
    found = {
        each["telephone_number"]: (each["reference_type"], each["reference_id"])
        for each in everything["telephone_numbers"]
    }
    assert found == {
        tn(0): (None, None),
        tn(1): ("SIP_TRUNK", "T1"),
        tn(2): ("END_USER", "eu-1"),
        tn(3): (None, None),
        tn(4): ("SIP_TRUNK", "GONE"),
    }
    for result, wanted in (
        (by_name, [1]),
        (by_id, [4]),
        (unrouted, [0, 3]),
        (some, [1, 2, 3]),
        (free, [3]),
        (none, []),
    ):
        assert sorted(each["telephone_number"] for each in result["telephone_numbers"]) == [tn(last) for last in wanted]
    assert "18019990000" in some["warnings"][0]
    asked = calls(emulator.log(path="/account/"))
    assert asked.count("GET telephonenumber") == 8 and set(asked) <= {"GET telephonenumber", "GET siptrunk_2"}
    assert all(entry["query"] == {"limitedData": "true"} for entry in emulator.log("GET", "telephonenumber$"))


def test_registration_now_and_waited_for(info, emulator):
    module, quick = "alianza_trunk_registration_info", {"poll_interval": 0.1, "wait_timeout": 60}
    emulator.registration("INFO", "Lab", register_after_reads=2)
    emulator.registration("INFO", "HQ", unregister_after_reads=3)
    now, in_check_mode, registered, unregistered, at_once = info(
        (module, {"trunk_name": "DR"}),
        checked(module, {"trunk_id": "T2"}),
        (module, dict(quick, trunk_name="Lab", wait_for="registered")),
        (module, dict(quick, trunk_id="T1", wait_for="unregistered")),
        (module, dict(quick, trunk_name="Lab", wait_for="registered", wait_timeout=0)),
    )
    assert [
        (result["registered"], result["locked_out"])
        for result in (now, in_check_mode, registered, unregistered, at_once)
    ] == [(False, True), (False, True), (True, False), (False, False), (True, False)]
    statuses = [entry["path"].split("/")[-2] for entry in emulator.log("GET", "registrationstatus$")]
    assert statuses == ["T2"] * 2 + ["T3"] * 3 + ["T1"] * 4 + ["T3"]


def test_a_wait_for_registration_is_bounded_and_says_what_was_seen_last(info, player, emulator):
    assert info
    module = "alianza_trunk_registration_info"
    locked, up, unknown, nothing = player.tasks(
        (module, {"trunk_name": "DR", "wait_for": "registered", "wait_timeout": 1, "poll_interval": 0.4}),
        (module, {"trunk_name": "HQ", "wait_for": "unregistered", "wait_timeout": 0}),
        (module, {"trunk_name": "Nobody", "wait_for": "registered"}),
        (module, {}),
    ).results
    assert [result["failed"] for result in (locked, up, unknown, nothing)] == [True] * 4
    assert [result["failure"]["kind"] for result in (locked, up, unknown, nothing)] == [
        "timeout",
        "timeout",
        "not_found",
        "invalid_input",
    ]
    for said in ("'DR'", "not registered", "registered false", "locked out true", "unlock"):
        assert said in locked["msg"]
    assert "'HQ'" in up["msg"] and "not unregistered" in up["msg"] and "registered true" in up["msg"]
    polls = emulator.log("GET", "T2/registrationstatus$")
    # After 0, 0.4 and 0.8 seconds, and at the end: fewer on a machine that is busy.
    assert 1 <= len(polls) <= 4
    assert (
        len(emulator.log("GET", "T1/registrationstatus$")) == 1 and not emulator.writes() and emulator.open_tokens == 0
    )


def test_sip_credentials_info(info, player, emulator):
    module = "alianza_sip_credentials_info"
    by_name, by_id, in_check_mode = info(
        (module, {"trunk_name": "HQ"}), (module, {"trunk_id": "T2"}), checked(module, {"trunk_name": "HQ"})
    )
    keys = ("sip_username", "sip_password", "sip_proxy_host", "sip_proxy_port")
    assert [by_name[key] for key in keys] == ["info-hq-1", PASSWORDS["T1"], "siptrunk.p2.example.net", 5065]
    assert [by_id[key] for key in keys[:2]] == ["info-dr-1", PASSWORDS["T2"]]
    assert [in_check_mode[key] for key in keys] == [by_name[key] for key in keys]
    assert calls(emulator.log(path="/account/")) == ["GET siptrunk_2"] * 3
    emulator.set(return_sip_password=False)
    missing, unknown = player.tasks((module, {"trunk_name": "HQ"}), (module, {"trunk_name": "Nobody"})).results
    emulator.set(return_sip_password=True, mask_sip_password=True)
    masked = player.one(module, trunk_name="HQ")
    for result in (missing, masked):
        assert result["failed"] and "did not return the SIP password of trunk 'HQ'" in result["msg"]
        assert result["failure"]["kind"] == "invalid_response" and "sip_password" not in result
    assert unknown["failed"] and unknown["failure"]["kind"] == "not_found"


def test_account_info(info, player, emulator):
    module = "alianza_account_info"
    everything, in_check_mode, by_number, by_phone, *none = info(
        (module, {}),
        checked(module, {}),
        (module, {"account_number": "700"}),
        (module, {"phone_number": "(801) 555-1401"}),
        (module, {"account_number": "701"}),
        (module, {"phone_number": "18019990000"}),
    )
    assert everything["accounts"] == in_check_mode["accounts"]
    assert {(each["account_id"], each["account_number"], each["account_name"]) for each in everything["accounts"]} == {
        ("ACCOUNT_1", "100200", "Maple Dental"),
        ("INFO", "700", "Info"),
    }
    assert (
        [each["account_id"] for each in by_number["accounts"]]
        == ["INFO"]
        == [each["account_id"] for each in by_phone["accounts"]]
    )
    assert [result["accounts"] for result in none] == [[], []]
    asked = [(entry["path"].rpartition("/")[2], entry["query"].get("accountIdType")) for entry in emulator.log("GET")]
    assert asked == [("account", None)] * 2 + [
        ("700", "AccountNumber"),
        (tn(1), "PhoneNumber"),
        ("701", "AccountNumber"),
        ("18019990000", "PhoneNumber"),
    ]
    results = player.tasks(
        (module, {"account_number": "1", "phone_number": tn(1)}), (module, {"phone_number": "5551212"})
    ).results
    assert all(result["failed"] and result["failure"]["kind"] == "invalid_input" for result in results)
    assert "both given" in results[0]["msg"] and "5551212" in results[1]["msg"]


def test_check_mode_takes_a_trunk_that_a_task_before_would_create(info, player, emulator):
    assert info
    new = {"trunk_id": "(known after apply)"}
    results = player.tasks(
        ("alianza_trunk_unlock", new),
        ("alianza_trunk_registration_info", dict(new, wait_for="registered")),
        ("alianza_sip_credentials_info", new),
        ("alianza_telephone_number_info", new),
        ("alianza_sip_trunk_info", new),
        ("alianza_trunk_registration_info", {"trunk_name": "New", "wait_for": "registered"}),
        check=True,
    ).results
    assert [result["failed"] for result in results] == [False] * 6
    assert results[1]["registered"] is False and results[2]["sip_password"] == "(known after apply)"
    assert results[3]["telephone_numbers"] == results[4]["sip_trunks"] == [] and "'New'" in results[5]["warnings"][0]
    assert not emulator.writes() and not emulator.log("GET", "registrationstatus$")
