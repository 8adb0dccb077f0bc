# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP-based authentication: a pair of address and port that is in use is refused before any write."""

from __future__ import annotations

MODULE, DOCUMENT = "alianza_sip_trunk", "alianza_account_trunks"
PAIR = {"ip_based_auth_enabled": True, "ip_address": "192.0.2.10", "port_number": 5060}
OTHER = dict(PAIR, ip_address="192.0.2.20")


def seed(emulator):
    """Seed two accounts, each with a trunk that has IP-based authentication, and one with a second trunk that has not."""
    wire = {"ipBasedAuthEnabled": True, "portNumber": 5060}
    emulator.seed(
        accounts=[
            {
                "id": "HERE",
                "accountNumber": "901",
                "accountName": "Here",
                "trunks": [
                    dict(wire, id="T1", trunkName="HQ", ipAddress="192.0.2.10"),
                    {"id": "T2", "trunkName": "Lab", "ipAddress": "192.0.2.10", "portNumber": 5061},
                ],
            },
            {
                "id": "THERE",
                "accountNumber": "902",
                "accountName": "There",
                "trunks": [dict(wire, id="T3", trunkName="Far", ipAddress="192.0.2.20")],
            },
        ]
    )


def checks(emulator):
    """Return the queries of the checks since the last look."""
    found = [dict(entry["query"]) for entry in emulator.log("GET", "/validate$")]
    emulator.clear_log()
    return found


def test_a_pair_in_use_is_named_before_any_write(player, emulator):
    seed(emulator)
    player.environ["ALIANZA_ACCOUNT_ID"] = "HERE"
    new = {"name": "New", "concurrent_calls": 1}
    tasks = [
        (MODULE, dict(new, **PAIR)),
        (MODULE, dict(new, **OTHER)),
        (MODULE, {"name": "Lab", "port_number": 5060}),
        (MODULE, {"trunk_id": "T2", "name": "Laboratory", "ip_address": "192.0.2.20", "port_number": 5060}),
        (DOCUMENT, {"trunks": [dict(new, **PAIR), dict(OTHER, name="Lab")]}),
        (DOCUMENT, {"trunks": [dict(new, **dict(PAIR, port_number=7000)), dict(PAIR, name="Lab", port_number=7000)]}),
    ]
    for check in (True, False):
        results = player.tasks(*tasks, check=check).results
        assert [result["failure"]["kind"] for result in results] == ["invalid_input"] * 6, results
        assert "Address 192.0.2.10 with port 5060 is in use by trunk 'HQ'" in results[0]["msg"]
        assert "by another trunk of the platform and cannot be that of trunk 'New' too" in results[1]["msg"]
        assert "trunk 'Lab'" in results[2]["msg"] and "of trunk 'Laboratory' too" in results[3]["msg"]
        assert "of trunk 'New' too" in results[4]["msg"] and "of trunk 'Lab' too" in results[4]["msg"]
        assert "given to 'New' and 'Lab'" in results[5]["msg"]
        assert not emulator.writes()
    assert {"ip": "192.0.2.10", "port": "5060", "trunkId": "T2"} in checks(emulator)
    assert emulator.open_tokens == 0


def test_only_a_pair_that_changes_is_checked(player, emulator):
    seed(emulator)
    player.environ["ALIANZA_ACCOUNT_ID"] = "HERE"
    free = {"name": "New", "concurrent_calls": 1, "ip_address": "2001:DB8:0::7", "port_number": 5060}
    predicted = player.one(MODULE, check=True, **free)
    made = player.one(MODULE, **free)
    assert not made["failed"] and made["diff"]["after"]["ip_address"] == "2001:db8::7", made
    assert predicted["diff"] == made["diff"]
    assert checks(emulator) == [{"ip": "2001:db8::7", "port": "5060"}] * 2
    results = player.tasks(
        (MODULE, free),
        (MODULE, {"name": "HQ", "concurrent_calls": 7, **PAIR}),
        (DOCUMENT, {"trunks": [free, dict(PAIR, name="HQ")]}),
        (MODULE, {"name": "Lab", "ip_address": "", "port_number": 0}),
        (MODULE, {"name": "Lab", "ip_address": "192.0.2.99"}),
        (MODULE, {"name": "Gone", "ip_address": "192.0.2.10", "port_number": 5060, "state": "absent"}),
    ).results
    assert not any(result["failed"] for result in results), results
    assert [result["changed"] for result in results] == [False, True, False, True, True, False]
    assert checks(emulator) == []
    on = player.one(MODULE, name="New", ip_based_auth_enabled=True)
    assert on["changed"] and len(checks(emulator)) == 1
    assert emulator.trunk("HERE", "New")["ipBasedAuthEnabled"] is True


def test_a_check_that_cannot_be_made_stops_the_task(player, emulator):
    seed(emulator)
    player.environ["ALIANZA_ACCOUNT_ID"] = "HERE"
    given = {"name": "Lab", "port_number": 7000}
    emulator.fault("status", method="GET", path="/validate$", status=403)
    emulator.fault("status", method="GET", path="/validate$", status=200, body={"valid": True})
    results = player.tasks((MODULE, given), (DOCUMENT, {"trunks": [given]}), (MODULE, given)).results
    assert [result.get("failure", {}).get("kind") for result in results] == ["refused", "invalid_response", None]
    assert results[2]["changed"] and len(emulator.writes()) == 1
