# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_login: one token for many tasks."""

from __future__ import annotations

import pytest

MODULE = "alianza_login"
FULL = "alianza.sip_trunking." + MODULE
GROUP = "group/alianza.sip_trunking.alianza"


def paths(emulator):
    """Return 'METHOD path' of all requests, without what every path begins with."""
    return [
        "%s %s" % (entry["method"], entry["path"].removeprefix("/v2/").rpartition("ACCOUNT_1/")[2])
        for entry in emulator.log()
    ]


def whole_play(partition):
    """Return the tasks of a play that logs in once, works, and logs out."""
    defaults = {
        "auth_token": "{{ login.auth_token }}",
        **({"partition_id": "{{ login.partition_id }}"} if partition else {}),
    }
    return [
        {FULL: {}, "register": "login"},
        {
            "module_defaults": {GROUP: defaults},
            "block": [
                {"alianza.sip_trunking.alianza_sip_trunk": {"name": "HQ", "concurrent_calls": 1}},
                {"alianza.sip_trunking.alianza_tn_route": {"trunk_name": "HQ", "telephone_numbers": ["18015550000"]}},
                {"alianza.sip_trunking.alianza_sip_trunk_info": {}},
                {FULL: {"state": "absent"}},
            ],
        },
    ]


@pytest.mark.quick
def test_one_login_and_one_logout_for_a_whole_play(player, emulator):
    played = player.tasks(*whole_play(True), stop=True)
    assert played.code == 0, played.output
    login, made, listed = (played.results[place] for place in (0, 1, 3))
    assert [result["changed"] for result in played.results] == [False, True, True, False, False]
    assert set(login) >= {"auth_token", "partition_id"} and login["partition_id"] == emulator.partition_id
    assert len(listed["sip_trunks"]) == 1 and made["sip_trunk"]["trunk_id"] == listed["sip_trunks"][0]["trunk_id"]
    asked = paths(emulator)
    assert asked[:3] == ["POST authorize", "GET siptrunk_2", "POST siptrunk_2"]
    assert sorted(asked[3:5]) == ["GET siptrunk_2", "GET telephonenumber"]
    assert asked[5:] == ["PATCH telephonenumber/18015550000", "GET siptrunk_2", "PUT authorize/logout"]
    assert all(entry["headers"]["X-AUTH-TOKEN"] == login["auth_token"] for entry in emulator.log()[1:])
    assert (emulator.logins, emulator.state()["logouts"], emulator.open_tokens) == (1, 1, 0)


def test_check_mode_logs_in_and_out_too_and_a_token_alone_costs_one_userinfo_a_task(player, emulator):
    played = player.tasks(*whole_play(False), stop=True, check=True, environ={"ALIANZA_AUTH_TOKEN": "an-old-token"})
    assert played.code == 0, played.output
    assert [result["changed"] for result in played.results] == [False, True, True, False, False]
    assert played.results[0]["partition_id"] == emulator.partition_id and not emulator.writes()
    assert (emulator.logins, emulator.state()["logouts"], emulator.open_tokens) == (1, 1, 0)
    assert paths(emulator).count("GET authorize/userinfo") == 3
    assert all(entry["headers"]["X-AUTH-TOKEN"] == played.results[0]["auth_token"] for entry in emulator.log()[1:])


def test_a_token_that_is_given_is_ignored_by_present_and_all_that_absent_uses(player, emulator):
    played = player.tasks(
        {FULL: {"auth_token": "not even a token"}, "register": "login"},
        {FULL: {"auth_token": "{{ login.auth_token }}"}, "register": "second"},
        {FULL: {"state": "absent", "auth_token": "{{ login.auth_token }}"}},
        {FULL: {"state": "absent", "auth_token": "{{ login.auth_token }}"}},
        {FULL: {"state": "absent", "auth_token": "{{ second.auth_token }}"}, "check_mode": True},
        (MODULE, {"state": "absent", "auth_token": "never-was-one"}),
        (MODULE, {"state": "absent"}),
    )
    results = played.results
    assert [result["failed"] for result in results] == [False] * 6 + [True], played.output
    assert not any(result.get("changed") for result in results)
    tokens = [result["auth_token"] for result in results[:2]]
    assert [entry["headers"].get("X-AUTH-TOKEN") for entry in emulator.log()] == [
        None,
        None,
        tokens[0],
        tokens[0],
        tokens[1],
        "never-was-one",
    ]
    assert [entry["status"] for entry in emulator.log()] == [200, 200, 200, 401, 200, 401]
    assert (emulator.logins, emulator.state()["logouts"], emulator.open_tokens) == (2, 2, 0)
    assert results[6]["failure"]["kind"] == "invalid_input" and "auth_token is missing" in results[6]["msg"]


def test_what_cannot_log_in_says_why_and_asks_once(player, emulator):
    without = {"ALIANZA_USERNAME": None, "ALIANZA_PASSWORD": None}
    wrong = player.tasks(
        (MODULE, {"password": "not-the-password"}), {FULL: {"password": "not-the-password"}, "check_mode": True}
    )
    for result in wrong.results:
        assert result["failed"] and result["failure"]["kind"] == "authentication" and result["failure"]["status"] == 401
        assert set(result["failure"]) == {"kind", "status", "messages", "method", "path"}
        assert "user@example.net" in result["msg"] and "not-the-password" not in str(result)
    assert (emulator.failed_logins, len(emulator.log())) == (2, 2)

    emulator.clear_log()
    results = player.tasks(
        (MODULE, {}),
        ("alianza_sip_trunk_info", {"auth_token": "a-dead-token"}),
        (MODULE, {"state": "absent", "auth_token": "a-dead-token"}),
        environ=without,
    ).results
    assert [result["failed"] for result in results] == [True, True, False]
    assert [result["failure"]["kind"] for result in results[:2]] == ["invalid_input", "authentication"]
    assert "credentials are missing" in results[0]["msg"] and "auth_token" in results[1]["msg"]
    assert "POST authorize" not in paths(emulator)


def test_what_is_amiss_with_the_transcript_is_said(player, tmp_path):
    foreign = tmp_path / "notes.txt"
    foreign.write_text("not a transcript")
    played = player.tasks(
        {FULL: {"transcript_path": str(foreign)}, "register": "login"},
        (MODULE, {"transcript_path": str(foreign), "state": "absent", "auth_token": "{{ login.auth_token }}"}),
    )
    for result in played.results:
        assert not result["failed"] and any("notes.txt" in warning for warning in result["warnings"]), result
    assert foreign.read_text() == "not a transcript"
