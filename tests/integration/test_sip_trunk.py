# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_sip_trunk, from an empty account to an empty account."""

from __future__ import annotations

import pytest

TRUNK = {
    "name": "Lindon HQ",
    "concurrent_calls": 20,
    "sip_username": "lindon-hq-1",
    "sip_password": "s3cret/pw",
    "primary_tn": "801-555-0000",
    "callback_number": "(801) 555-0001",
    "local_services_enabled": True,
    "extension_patterns": ["21xx", "2200"],
    "max_burst_calls": 4,
    "language_tag": "en-US",
}


def calls(emulator):
    """Return 'METHOD last-part-of-path' of what went over the wire, login and logout aside."""
    return [
        "%s %s" % (entry["method"], entry["path"].rpartition("/")[2])
        for entry in emulator.log()
        if "authorize" not in entry["path"]
    ]


@pytest.mark.quick
def test_create_same_again_update_rename_clear_delete(player, emulator, account):
    module = "alianza_sip_trunk"
    played = player.tasks((module, TRUNK), (module, TRUNK))
    made, again = played.results
    assert made["changed"] and not again["changed"], played.output
    writes = emulator.writes()
    assert [entry["method"] for entry in writes] == ["POST"]
    assert writes[0]["body"] == {
        "accountId": "ACCOUNT_1",
        "partitionId": emulator.partition_id,
        "trunkName": "Lindon HQ",
        "concurrentCalls": 20,
        "sipUsername": "lindon-hq-1",
        "sipPassword": "s3cret/pw",
        "primaryTn": "18015550000",
        "callbackNumber": "18015550001",
        "localServicesEnabled": True,
        "extensionPatterns": ["21XX", "2200"],
        "maxBurstCalls": 4,
        "languageTag": "en-US",
    }
    assert calls(emulator) == ["GET siptrunk_2", "POST siptrunk_2", "GET siptrunk_2"]
    assert emulator.logins == 2 and emulator.open_tokens == 0
    trunk = made["sip_trunk"]
    assert trunk == again["sip_trunk"] and "sip_password" not in trunk
    assert trunk["trunk_id"] == account()["trunks"][0]["id"] and trunk["account_id"] == "ACCOUNT_1"
    assert trunk["extension_patterns"] == ["21XX", "2200"] and trunk["sip_proxy_server"]

    emulator.clear_log()
    back = {key: trunk[key] for key in TRUNK if key != "sip_password"}
    played = player.tasks(
        (module, back),
        (
            module,
            {
                "name": "Lindon HQ",
                "concurrent_calls": 25,
                "callback_number": "8015550001",
                "extension_patterns": ["2200"],
            },
        ),
        (module, {"name": "Lindon", "trunk_id": trunk["trunk_id"]}),
        (module, {"name": "Lindon", "callback_number": "", "extension_patterns": [], "max_burst_calls": 0}),
        (module, {"name": "Lindon", "callback_number": "", "extension_patterns": [], "max_burst_calls": 0}),
        (module, {"name": "Lindon", "state": "absent"}),
        (module, {"name": "Lindon", "state": "absent"}),
    )
    assert [result["changed"] for result in played.results] == [False, True, True, True, False, True, False], (
        played.output
    )
    assert [(entry["method"], entry["body"]) for entry in emulator.writes()] == [
        ("PATCH", {"concurrentCalls": 25, "extensionPatterns": ["2200"]}),
        ("PATCH", {"trunkName": "Lindon"}),
        ("PATCH", {"callbackNumber": None, "extensionPatterns": [], "maxBurstCalls": None}),
        ("DELETE", None),
    ]
    assert played.results[1]["diff"]["before"]["concurrent_calls"] == 20
    assert played.results[1]["diff"]["after"]["concurrent_calls"] == 25
    assert account()["trunks"] == [] and emulator.open_tokens == 0


def test_check_mode_tells_what_a_real_run_does_and_writes_nothing(player, emulator):
    module = "alianza_sip_trunk"
    steps = [
        TRUNK,
        dict(TRUNK, concurrent_calls=21, primary_tn=""),
        {"name": "Second", "concurrent_calls": 1},
        {"name": "Second", "state": "absent"},
    ]
    for step in steps:
        emulator.clear_log()
        predicted = player.one(module, check=True, **step)
        assert not emulator.writes()
        real = player.one(module, **step)
        assert len(emulator.writes()) == 1
        assert predicted["changed"] is True and real["changed"] is True
        assert predicted["diff"] == real["diff"]
        assert bool(predicted["sip_trunk"]) is (step.get("state") != "absent")
        for key, value in predicted["sip_trunk"].items():
            if value not in ("(known after apply)", "(generated)") and key not in ("calling_plans", "access_endpoints"):
                assert real["sip_trunk"][key] == value, key
    assert predicted["sip_trunk"] == {}


def test_generated_credentials_are_random_and_shown_as_generated(player, account):
    played = player.tasks(*(("alianza_sip_trunk", {"name": name, "concurrent_calls": 1}) for name in ("One", "Two")))
    one, two = account()["trunks"]
    assert len({one["sipUsername"], two["sipUsername"], one["sipPassword"], two["sipPassword"]}) == 4
    assert len(one["sipPassword"]) >= 24
    assert played.results[0]["diff"]["after"]["sip_password"] == "(generated)"
    assert played.results[0]["sip_trunk"]["sip_username"] == one["sipUsername"]
    assert one["sipPassword"] not in played.output


def test_passwords(player, emulator, account):
    player.one("alianza_sip_trunk", **TRUNK)
    emulator.clear_log()
    played = player.tasks(
        ("alianza_sip_trunk", {"name": "Lindon HQ", "sip_password": "an0ther/pw", "update_password": "on_create"}),
        ("alianza_sip_trunk", {"name": "Lindon HQ", "sip_password": "an0ther/pw"}),
        ("alianza_sip_trunk", {"name": "Lindon HQ", "sip_password": "an0ther/pw"}),
    )
    assert [result["changed"] for result in played.results] == [False, True, False]
    assert [entry["body"] for entry in emulator.writes()] == [{"sipPassword": "an0ther/pw"}]
    assert account()["trunks"][0]["sipPassword"] == "an0ther/pw"
    for setting in ({"return_sip_password": False}, {"mask_sip_password": True, "return_sip_password": True}):
        emulator.set(**setting)
        result = player.one("alianza_sip_trunk", name="Lindon HQ", sip_password="an0ther/pw")
        assert result["changed"] and "on_create" in result["warnings"][0]


@pytest.mark.parametrize(
    "mode",
    [
        {"trunk_patch_null": "ignored"},
        {"trunk_patch_null": "rejected"},
        {"trunk_patch_null": "clears", "trunk_patch_empty": "rejected"},
        {"write_status": 204},
        {"write_status": 202},
    ],
)
def test_clearing_works_whatever_the_api_takes_for_empty(player, emulator, account, mode):
    emulator.set(**mode)
    played = player.tasks(
        ("alianza_sip_trunk", TRUNK),
        ("alianza_sip_trunk", {"name": "Lindon HQ", "primary_tn": "", "max_burst_calls": 0, "concurrent_calls": 7}),
        ("alianza_sip_trunk", {"name": "Lindon HQ", "primary_tn": "", "max_burst_calls": 0, "concurrent_calls": 7}),
    )
    assert [(result["changed"], result.get("failed", False)) for result in played.results] == [
        (True, False),
        (True, False),
        (False, False),
    ], played.output
    trunk = account()["trunks"][0]
    assert not trunk.get("primaryTn") and not trunk.get("maxBurstCalls") and trunk["concurrentCalls"] == 7


def test_a_delete_is_guarded_by_numbers_trunks_and_groups(player, emulator, account):
    made = emulator.seed(
        accounts=[
            {
                "id": "GUARDED",
                "accountNumber": "200",
                "accountName": "Guarded",
                "telephone_numbers": [
                    {"phoneNumber": "18015551111", "referenceType": "SIP_TRUNK", "referenceId": "T1"},
                    "18015551112",
                ],
                "trunks": [{"id": "T1", "trunkName": "HQ"}, {"id": "T2", "trunkName": "DR"}],
                "forwards": {"T2": {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "T1"}]}},
                "groups": [
                    {"name": "All sites", "capacityForward": [{"referenceType": "SIP_TRUNK", "referenceId": "T1"}]}
                ],
            }
        ]
    )
    assert made
    for check in (True, False):
        result = player.one("alianza_sip_trunk", check=check, account_id="GUARDED", name="HQ", state="absent")
        assert result["failed"] and result["failure"]["kind"] == "guarded"
        for named in ("18015551111", "trunk 'DR'", "trunk group 'All sites'"):
            assert named in result["msg"]
        assert "18015551112" not in result["msg"]
        assert [guard["kind"] for guard in result["guards"]] == ["numbers_routed", "forwarded_to", "group_forwards"]
    assert not emulator.writes()
    emulator.clear_log()
    result = player.one("alianza_sip_trunk", account_id="GUARDED", name="HQ", state="absent", force=True)
    assert result["changed"] and calls(emulator) == ["GET siptrunk_2", "DELETE T1", "GET siptrunk_2"]
    assert [trunk["trunkName"] for trunk in emulator.account("GUARDED")["trunks"]] == ["DR"]


def test_refusals_say_what_is_wrong_before_anything_is_written(player, emulator):
    emulator.seed(
        accounts=[
            {
                "id": "TWINS",
                "accountNumber": "300",
                "accountName": "Twins",
                "trunks": [{"id": "A1", "trunkName": "HQ"}, {"id": "A2", "trunkName": "DR"}],
            }
        ]
    )
    module, twins = "alianza_sip_trunk", {"account_id": "TWINS"}
    refused = [
        ({"name": "X"}, "invalid_input", "creating it needs concurrent_calls"),
        ({"concurrent_calls": 1}, "invalid_input", "name or trunk_id is missing"),
        (
            {"name": "X", "concurrent_calls": 0, "primary_tn": "5551212", "sip_username": "x"},
            "invalid_input",
            "3 faults, nothing was written",
        ),
        ({"trunk_id": "A9", "concurrent_calls": 1}, "not_found", "no trunk with the id A9"),
        ({"trunk_id": "A1", "name": "DR"}, "invalid_input", "in use by trunk A2"),
        ({"trunk_id": "A1", "name": "DR", "state": "absent"}, "invalid_input", "is named 'HQ', not 'DR'"),
        ({"trunk_id": "(known after apply)", "concurrent_calls": 1}, "invalid_input", "placeholder"),
        ({"name": "X", "concurrent_calls": 1, "account_id": "NOBODY"}, "not_found", "has no account NOBODY"),
        ({"name": "X", "state": "absent", "account_id": "NOBODY"}, "not_found", "has no account NOBODY"),
        ({"name": "X", "account_number": "7"}, "invalid_input", "both given"),
    ]
    played = player.tasks(*((module, dict(twins, **options)) for options, kind, said in refused))
    for result, (options, kind, said) in zip(played.results, refused, strict=True):
        assert result.get("failed"), options
        assert (result["failure"]["kind"], said in result["msg"]) == (kind, True), result["msg"]
        assert "Traceback" not in str(result)
    assert not emulator.writes() and emulator.open_tokens == 0


def test_two_trunks_of_one_name_are_an_error_that_lists_them(player, emulator):
    emulator.seed(
        accounts=[
            {
                "id": "TWINS",
                "accountNumber": "300",
                "accountName": "Twins",
                "trunks": [{"id": "A1", "trunkName": "HQ"}, {"id": "A2", "trunkName": "HQ"}],
            }
        ]
    )
    result = player.one("alianza_sip_trunk", account_id="TWINS", name="HQ", concurrent_calls=3)
    assert result["failure"]["kind"] == "ambiguous" and "A1, A2" in result["msg"] and not emulator.writes()


def test_what_the_api_refuses_is_passed_on(player, emulator):
    player.one("alianza_sip_trunk", **TRUNK)
    result = player.one("alianza_sip_trunk", name="Other", concurrent_calls=1, sip_username="lindon-hq-1")
    assert (
        result["failure"]["kind"] == "refused" and result["failure"]["status"] == 400 and result["failure"]["messages"]
    )
    assert result["failure"]["messages"][0] in result["msg"]
    assert emulator.open_tokens == 0
