# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook what_if: a question about trunks that fail, in the forms that people ask it."""

from __future__ import annotations

import json

import pytest

WHAT_IF = "alianza.sip_trunking.what_if"


@pytest.fixture(name="ask")
def fixture_ask(player, emulator, tmp_path):
    """Two accounts, of which one has a failover; returns what runs the playbook."""
    emulator.seed(
        accounts=[
            {
                "id": key,
                "accountNumber": number,
                "accountName": key,
                "trunks": [
                    {"id": key + "-HQ", "trunkName": "HQ", "concurrentCalls": 20, "registered": True},
                    {"id": key + "-DR", "trunkName": "{{ 1 }} DR", "concurrentCalls": 8, "registered": True},
                ],
                "forwards": {"HQ": {"forwardOnFailure": targets}},
                "telephone_numbers": [
                    {
                        "phoneNumber": "1801555%s%d" % (number, place),
                        "referenceType": "SIP_TRUNK",
                        "referenceId": key + "-HQ",
                    }
                    for place in range(3)
                ],
            }
            for key, number, targets in (
                ("ONE", "601", [{"referenceType": "SIP_TRUNK", "referenceId": "ONE-DR"}]),
                ("TWO", "602", []),
            )
        ]
    )
    del player.environ["ALIANZA_ACCOUNT_ID"]
    hosts = {"one": {"alianza_account_id": "ONE"}, "two": {"alianza_account_number": "602"}}
    (tmp_path / "inventory.json").write_text(json.dumps({"all": {"hosts": hosts}}))

    def ask(*arguments, check=False, environ=None, **variables):
        variables = ["-e", json.dumps(variables)] if variables else []
        inventory = ("-i", str(tmp_path / "inventory.json"))
        return player.playbook(WHAT_IF, *inventory, *variables, *arguments, check=check, environ=environ)

    return ask


def tables(played):
    """Return {host: lines} of the reports."""
    return {event["host"]: event["result"]["msg"] for event in played.events if event["task"].startswith("Report")}


def test_a_site_that_fails(ask, emulator, tmp_path):
    played = ask(what_if_unavailable_trunks="HQ\n", what_if_picture_directory="pictures")
    assert played.code == 0, played.output
    reports = tables(played)
    assert reports["one"][:2] == ["With HQ unavailable:", "8 of 20 call paths left"]
    assert "trunk {{ 1 }} DR" in reports["one"][3] and reports["one"][-1] == "No number is lost"
    assert reports["two"][1] == "0 of 20 call paths left"
    assert reports["two"][-1] == "Lost: 18015556020-18015556022 (3)"
    picture = (tmp_path / "pictures" / "one.svg").read_text()
    assert picture.startswith("<svg") and "{{ 1 }} DR" in picture and "dim" in picture
    assert not emulator.writes() and emulator.open_tokens == 0


def test_now_each_alone_and_some_numbers(ask, emulator):
    now = tables(ask("--limit", "one", what_if_unavailable_trunks="", what_if_use_registration="", check=True))["one"]
    assert now[0] == "Now:" and "HQ rings" in now[3]
    each = tables(ask("--limit", "two", what_if_unavailable_trunks="all of one at a time"))["two"]
    assert each[0].startswith("Trunk that fails") and each[1].split() == ["HQ", "0", "of", "20", "3", "0", "3"]
    emulator.clear_log()
    some = ask(
        "--limit",
        "one",
        what_if_unavailable_trunks=["HQ", "ONE-DR"],
        what_if_telephone_numbers="801-555-6011",
        what_if_use_registration="false",
    )
    assert tables(some)["one"][-1] == "Lost: 18015556011", some.output
    assert not emulator.log("GET", "/registrationstatus$")
    wrong = ask("--limit", "one", what_if_unavailable_trunks="Provo")
    assert wrong.code != 0 and "Provo" in wrong.output and "'HQ'" in wrong.output
    assert emulator.open_tokens == 0


def test_a_wrong_password_is_tried_once_and_a_faulty_selection_never(ask, emulator):
    refused = ask(environ={"ALIANZA_PASSWORD": "wrong"})
    assert refused.code != 0 and "check username and password" in refused.output, refused.output
    assert [(entry["method"], entry["status"]) for entry in emulator.log()] == [("POST", 401)]
    emulator.clear_log()
    faulty = ask(what_if_unavailable_trunks={"name": "HQ"})
    assert faulty.code != 0 and "what_if_unavailable_trunks" in faulty.output and emulator.log() == [], faulty.output


def test_a_blank_selection_of_hosts_is_all_of_them(ask):
    assert sorted(tables(ask(alianza_hosts=""))) == ["one", "two"]
    assert sorted(tables(ask(alianza_hosts="two"))) == ["two"]


def test_a_picture_stays_in_its_directory(ask, tmp_path):
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"../../escaped": {"alianza_account_id": "ONE"}}}}))
    played = ask(what_if_picture_directory=str(tmp_path / "a" / "b" / "out"))
    assert played.code == 0, played.output
    (written,) = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.svg")]
    assert written.startswith("a/b/out/-")
