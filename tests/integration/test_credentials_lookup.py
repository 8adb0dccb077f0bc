# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup sip_credentials, in playbooks: what it returns, what it costs, what it says when it fails."""

from __future__ import annotations

import json
import string

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.leaks import known, leaks

LOOKUP = "alianza.sip_trunking.sip_credentials"
# Every printable character, and what could be taken for a template.
SECRETS = {"HQ": string.digits + string.ascii_letters + string.punctuation + " ", "DR: {{ 1 }}": "{{ 7 * 7 }}{% raw %}"}


@pytest.fixture(name="trunks")
def fixture_trunks(emulator):
    """Two trunks with difficult passwords, and two that share a name."""
    emulator.seed(
        accounts=[
            {
                "id": "PBX",
                "accountNumber": "900",
                "accountName": "PBX",
                "trunks": [
                    {"id": "T1", "trunkName": "HQ", "sipUsername": "hq-user-1", "sipPassword": SECRETS["HQ"]},
                    {
                        "id": "T2",
                        "trunkName": "DR: {{ 1 }}",
                        "sipUsername": "dr-user-1",
                        "sipPassword": SECRETS["DR: {{ 1 }}"],
                    },
                    {"id": "T3", "trunkName": "Twin"},
                    {"id": "T4", "trunkName": "Twin"},
                    {"id": "T5", "trunkName": "T1x"},
                ],
            }
        ]
    )
    return emulator


def write(player, name, expression):
    """Return a task that writes the value of an expression to a file, as JSON."""
    return {
        "ansible.builtin.copy": {
            "content": "{{ %s | to_json }}" % expression,
            "dest": str(player.folder / name),
            "mode": "0600",
        },
        "no_log": True,
    }


def test_credentials_of_many_trunks_cost_one_login_and_one_read(player, trunks):
    terms = "'HQ', 'T2', 'T1'"
    played = player.tasks(
        write(player, "many.json", "query('%s', %s, account_number='900')" % (LOOKUP, terms)),
        write(player, "one.json", "lookup('%s', 'HQ')" % LOOKUP),
        write(player, "none.json", "query('%s')" % LOOKUP),
        environ={"ALIANZA_ACCOUNT_ID": "PBX"},
        verbosity=4,
    )
    assert [result["failed"] for result in played.results] == [False] * 3, played.output
    hq = {
        "trunk_name": "HQ",
        "trunk_id": "T1",
        "sip_username": "hq-user-1",
        "sip_password": SECRETS["HQ"],
        "sip_proxy_host": "siptrunk.p2.example.net",
        "sip_proxy_port": 5065,
    }
    dr = {
        "trunk_name": "DR: {{ 1 }}",
        "trunk_id": "T2",
        "sip_username": "dr-user-1",
        "sip_password": SECRETS["DR: {{ 1 }}"],
        "sip_proxy_host": "siptrunk.p2.example.net",
        "sip_proxy_port": 5065,
    }
    many, one, none = (
        json.loads((player.folder / name).read_text()) for name in ("many.json", "one.json", "none.json")
    )
    assert many == [hq, dr, hq] and one == hq and none == []
    asked = ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in trunks.log()]
    lookups = ["POST authorize", "GET siptrunk_2", "PUT logout"]
    assert asked == lookups[:1] + ["GET 900"] + lookups[1:] + lookups and trunks.open_tokens == 0
    assert leaks(known(trunks), {"output": played.output, "events": json.dumps(played.events)}) == []


def test_failures_are_one_sentence_without_a_secret(player, trunks):
    cases = [
        ("'Nobody', account_id='PBX'", "no trunk with the name 'Nobody'"),
        ("'Twin', account_id='PBX'", "2 trunks of this account are named 'Twin'"),
        ("'HQ', account_id='NOPE'", "has no account NOPE"),
        ("'HQ', account='PBX'", "There is no option account"),
        ("'HQ', account_id='PBX', account_number='900'", "set only one of them"),
        ("'HQ'", "The account is missing"),
        ("'HQ', account_id='PBX', timeout='soon'", "timeout"),
        ("'HQ', account_id='PBX', username='x', password='wr0ng-passw0rd'", "refused the login as x"),
    ]
    played = player.tasks(
        *(write(player, "never.json", "query('%s', %s)" % (LOOKUP, case)) | {"no_log": False} for case, said in cases),
        environ={"ALIANZA_ACCOUNT_ID": None},
        verbosity=4,
    )
    for result, (case, said) in zip(played.results, cases, strict=True):
        assert result["failed"] and said in str(result["msg"]), (case, result)
    assert not (player.folder / "never.json").exists() and trunks.open_tokens == 0 and not trunks.writes()
    assert "Traceback" not in "".join(str(result["msg"]) for result in played.results)
    assert leaks(known(trunks), {"output": played.output, "events": json.dumps(played.events)}) == []
