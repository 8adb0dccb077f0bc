# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens that expire and logins that are refused while work is being done.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    HERE,
    ROUTE,
    TRUNKS,
    TWENTY,
    accounts,
    fault,
    for_hosts,
    kind,
    play,
    routed,
    sent,
)


def test_a_token_that_expires_while_numbers_are_written_is_renewed_once(player, emulator):
    accounts(emulator, "WRITER", trunks=TRUNKS, telephone_numbers=["18015550000-18015550019"])
    fault(emulator, "WRITER", "PATCH", "[0-9]+", "expire_tokens", skip=5)
    results = play(player, ["WRITER"], ("alianza_tn_route", TWENTY), ("alianza_tn_route", TWENTY))
    first, again = results["WRITER"]
    assert not first["failed"] and len(first["routed"]) == 20, first["msg"]
    assert len(routed(emulator, "WRITER")) == 20
    assert not again["changed"]
    assert 1 <= len(emulator.log("PATCH", status=401)) <= 8 and len(emulator.log("PATCH", status=200)) == 20
    # Two logins of the first task, one of the second.
    assert [entry["status"] for entry in emulator.log("POST", "/v2/authorize$")] == [200] * 3
    assert emulator.open_tokens == 0


def test_a_token_that_was_given_is_replaced_only_by_a_login(player, emulator):
    accounts(emulator, "TOKEN", "BOTH", trunks=TRUNKS, telephone_numbers=["18015550000"])
    token = emulator.sessions.login(emulator.username, emulator.password).token
    emulator.expire_tokens()
    route = dict(ROUTE[1], account_id=HERE, auth_token=token, partition_id=emulator.partition_id)
    results = play(
        player,
        ["TOKEN", "BOTH"],
        for_hosts(["TOKEN"], "alianza_tn_route", route, environment={"ALIANZA_USERNAME": ""}),
        for_hosts(["BOTH"], "alianza_tn_route", route),
    )
    (only,), (both,) = results["TOKEN"], results["BOTH"]
    assert kind(only) == "authentication" and only["failure"]["status"] == 401, only["msg"]
    assert "auth_token" in only["msg"] and emulator.url.partition("//")[2] in only["msg"]
    assert len(sent(emulator, "TOKEN")) <= 2 and not routed(emulator, "TOKEN")
    assert not both["failed"] and routed(emulator, "BOTH") == ["18015550000"]
    assert len(emulator.log("POST", "/v2/authorize$")) == 1 and len(emulator.log("PUT", "/v2/authorize/logout$")) == 1
    assert emulator.open_tokens == 0


def test_a_refused_login_is_final(player, emulator):
    result = player.one("alianza_sip_trunk", name="HQ", concurrent_calls=1, password="wr0ng-password")
    assert (
        kind(result) == "authentication" and "user@example.net" in result["msg"] and "wr0ng-password" not in str(result)
    )
    assert [entry["path"] for entry in emulator.log()] == ["/v2/authorize"] and emulator.failed_logins == 1


def test_a_refused_second_login_is_final_for_all_threads(player, emulator):
    """The password was changed while numbers are written: every further attempt would bring the user nearer to a lock-out."""
    accounts(emulator, "WRITER", trunks=TRUNKS, telephone_numbers=["18015550000-18015550019"])
    emulator.set(latency_ms=50)
    fault(emulator, "WRITER", "PATCH", "[0-9]+", "expire_tokens", skip=5)
    emulator.fault("status", method="POST", path="/v2/authorize$", status=401, skip=1, times=None)
    (result,) = play(player, ["WRITER"], ("alianza_tn_route", TWENTY))["WRITER"]
    assert [entry["status"] for entry in emulator.log("POST", "/v2/authorize$")] == [200, 401]
    assert result["failed"] and "refused the login" in result["msg"]
    done = routed(emulator, "WRITER")
    assert 0 < len(done) < 20 and result["changed"] and sorted(result["routed"]) == sorted(done)
    assert len(result["failed_numbers"]) == 20 - len(done)
