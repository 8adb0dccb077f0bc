# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""trunk_audit_usage_days: the peak of each trunk in the report of an audit, and an account whose records are refused."""

from __future__ import annotations

import csv
import datetime
import json
import re

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.html_page import Page

AUDIT = "alianza.sip_trunking.audit"
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


def call(hours, trunk_id, calls):
    """Return the record of a call that started some hours ago, when a trunk carried so many calls."""
    start = (NOW - datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    carried = {"sipTrunkId": trunk_id, "concurrentCallsCount": calls, "burstCallsCount": 0}
    return {"startTime": start, "applicationData": {"type": "sip-trunks-interactions", "data": [carried]}}


@pytest.fixture(name="audit")
def fixture_audit(player, emulator, tmp_path):
    """Runs an audit of the accounts maple, oak and elm, and returns what was played, the report, and the accounts by host."""
    accounts = {
        "maple": ([("M1", "HQ", 20, True), ("M2", "DR", 10, False)], [call(2, "M1", 18), call(30, "M2", 5)]),
        "oak": ([("O1", "Main", 4, True)], [call(1, "O1", 1)]),
        "elm": ([("E1", "Only", 2, True)], [call(1, "E1", 2)]),
    }
    emulator.seed(
        accounts=[
            {
                "id": host.upper(),
                "accountNumber": "9%d" % place,
                "accountName": host,
                "trunks": [
                    {"id": key, "trunkName": name, "concurrentCalls": paths, "registered": up}
                    for key, name, paths, up in trunks
                ],
                "telephone_numbers": [
                    dict(to(trunks[0][0]), phoneNumber="180155500%d%d" % (place, spot)) for spot in range(3)
                ],
                "forwards": {"M1": {"forwardOnFailure": [to("M2")]}} if host == "maple" else {},
                "call_records": records,
            }
            for place, (host, (trunks, records)) in enumerate(accounts.items())
        ]
    )
    del player.environ["ALIANZA_ACCOUNT_ID"]
    hosts = {host: {"alianza_account_number": "9%d" % place} for place, host in enumerate(accounts)}
    (tmp_path / "inventory.json").write_text(json.dumps({"all": {"hosts": hosts}}))

    def run(*arguments):
        played = player.playbook(AUDIT, "-i", "inventory.json", *arguments)
        path = tmp_path / "trunk_audit" / "audit.json"
        made = json.loads(path.read_text()) if path.exists() else {"accounts": []}
        return played, made, {row["host"]: row for row in made["accounts"]}

    return run


def test_the_peak_of_each_trunk_is_reported_on_request(audit, emulator, tmp_path):
    emulator.fault("status", method="GET", path="/ELM/cdrsearch$", status=403, body={"messages": ["no call records"]})
    played, made, rows = audit("-e", "trunk_audit_usage_days=7")
    assert played.code == 0, played.output
    assert made["usage_days"] == 7 and made["totals"]["not_audited"] == 0
    used = {trunk["name"]: trunk["usage"] for row in made["accounts"] for trunk in row["trunks"]}
    at = (NOW - datetime.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert used["HQ"] == {"peak_concurrent_calls": 18, "peak_at": at, "percent": 90, "peak_burst_calls": 0}
    assert (used["DR"]["percent"], used["Main"]["percent"], used["Only"]) == (50, 25, None)
    # An account whose records are refused is audited all the same.
    assert rows["elm"]["status"] == "no_document"
    assert [each for each in rows["elm"]["warnings"] if "no call records" in each]
    # A trunk whose failover is not registered is a single point of failure.
    assert {trunk["name"]: trunk["lost_numbers"]["count"] for trunk in rows["maple"]["trunks"]} == {"DR": 0, "HQ": 3}
    assert [trunk["single_point_of_failure"] for trunk in rows["maple"]["trunks"]] == [False, True]
    words = Page((tmp_path / "trunk_audit" / "audit.html").read_text()).words
    assert re.search(r"Call paths in use, last 7 days 90 % of 20 paths on [A-Z][a-z]+day \d\d:\d\d : maple , HQ", words)
    with open(tmp_path / "trunk_audit" / "audit.csv", encoding="utf-8", newline="") as stream:
        assert {row["trunk"]: row["peak_percent"] for row in csv.DictReader(stream)}["HQ"] == "90"
    # One login, and one call for the number of an account, however much is read of it.
    assert emulator.logins == 1 and len(emulator.log("GET", "/cdrsearch$")) == 3
    assert len(emulator.log("GET", "/account/9[0-9]$")) == 3
    assert not emulator.writes() and emulator.open_tokens == 0


def test_without_a_request_no_call_record_is_read(audit, emulator):
    played, made, dummy = audit("-e", "trunk_audit_usage_days=", "-e", "awx_inventory_name=Customers")
    assert (made["environment"]["inventory_name"], made["environment"]["inventory"]) == ("Customers", None)
    assert played.code == 0 and made["usage_days"] is None and not emulator.log(path="/cdrsearch$")
    assert [trunk["usage"] for row in made["accounts"] for trunk in row["trunks"]] == [None] * 4
    played = audit("-e", "trunk_audit_usage_days=32")[0]
    assert played.code == 2 and "trunk_audit_usage_days is 32: give a whole number from 0 to 31" in played.output
