# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role trunk_audit and its playbook: many accounts, one report, and no account that stops it."""

from __future__ import annotations

import csv
import html
import json
import os
import socket
from urllib.parse import urlsplit

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, known, leaks

AUDIT = "alianza.sip_trunking.audit"
SECRET = "aud1t\"\\/ <ü&%+;>'S"
HOSTILE = 'Evil <script>alert("x")</script> {{ 7 * 7 }} \' &amp; =1+1'
NUMBERS = ["1801555%04d" % place for place in range(20)]


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


OAK = {
    "id": "OAK",
    "accountNumber": "300",
    "accountName": "Oak",
    "trunks": [
        {
            "id": "T1",
            "trunkName": "HQ",
            "concurrentCalls": 20,
            "sipUsername": "oak-hq-user",
            "sipPassword": SECRET,
            "registered": True,
        },
        {"id": "T2", "trunkName": "DR", "concurrentCalls": 5, "sipUsername": "oak-dr-user"},
        {"id": "T3", "trunkName": HOSTILE, "concurrentCalls": 3, "sipUsername": "oak-evil-user"},
    ],
    "forwards": {"T1": {"forwardOnFailure": [to("T2")]}},
    "telephone_numbers": [*(dict(to("T1"), phoneNumber=number) for number in NUMBERS[:4]), *NUMBERS[10:20]],
}
OAK_DOCUMENT = [
    {
        "name": "HQ",
        "concurrent_calls": 25,
        "sip_password": "{{ lookup('env', 'SECRET_ONE') }}",
        "telephone_numbers": [NUMBERS[0], NUMBERS[10]],
        "forwarding": {"forward_on_failure": [{"reference_type": "TELEPHONE", "reference_id": "18015559999"}]},
    },
    {"name": "DR"},
    {"name": "Third site", "concurrent_calls": 2},
]
MAPLE_DOCUMENT = [{"name": "Main", "concurrent_calls": 6, "telephone_numbers": ["18015550000-18015550009"]}]


@pytest.fixture(name="accounts")
def fixture_accounts(player, emulator, tmp_path):
    """Seeds the accounts and returns a function that runs the playbook over hosts; the files go to ``audit`` below the scratch folder."""
    emulator.seed(
        accounts=[
            OAK,
            {
                "id": "MAPLE",
                "accountNumber": "200",
                "accountName": "Maple",
                "trunks": [
                    {
                        "id": "M1",
                        "trunkName": "Main",
                        "concurrentCalls": 6,
                        "sipUsername": "maple-main-user",
                        "registered": True,
                    }
                ],
                "telephone_numbers": [dict(to("M1"), phoneNumber=number) for number in NUMBERS[:10]],
            },
        ]
    )
    emulator.registration("OAK", "DR", locked_out=True)
    del player.environ["ALIANZA_ACCOUNT_ID"]

    def run(hosts, *arguments, name=AUDIT, **more):
        path = tmp_path / "inventory.json"
        path.write_text(json.dumps({"all": {"hosts": hosts}}))
        environ = dict({"ALIANZA_ACCOUNT_ID": "ACCOUNT_1", "SECRET_ONE": "0ther-secret"}, **more.pop("environ", {}))
        return player.playbook(
            name,
            "-i",
            str(path),
            "-e",
            "trunk_audit_directory=%s" % (tmp_path / "audit"),
            *arguments,
            environ=environ,
            **more,
        )

    return run


def report(tmp_path):
    """Return what audit.json holds, and its accounts by host."""
    made = json.loads((tmp_path / "audit" / "audit.json").read_text())
    return made, {account["host"]: account for account in made["accounts"]}


HOSTS = {
    "oak": {"alianza_account_id": "OAK", "alianza_account_name": "Oak & Sons", "alianza_trunks": OAK_DOCUMENT},
    "maple": {"alianza_account_number": "200", "alianza_trunks": MAPLE_DOCUMENT},
}
PLAINTEXT = "plain-t3xt-in-the-document"


@pytest.mark.quick
def test_every_account_gets_its_row_whatever_happens(accounts, emulator, player, tmp_path):
    emulator.seed(
        accounts=[
            {
                "id": name,
                "accountNumber": name,
                "accountName": name,
                "trunks": [{"trunkName": "Main", "concurrentCalls": 1}],
            }
            for name in ("FAULTY", "VAULTLESS")
        ]
    )
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        played = accounts(
            dict(
                HOSTS,
                bare={"alianza_account_id": "ACCOUNT_1"},
                exchange={"alianza_account_id": "OAK", "alianza_pbxs": [{"trunks": ["HQ"]}]},
                ghost={"alianza_account_id": "GHOST", "alianza_trunks": MAPLE_DOCUMENT},
                nobody={"alianza_trunks": []},
                dark={
                    "alianza_account_id": "DARK",
                    "alianza_api_url": "http://127.0.0.1:%d" % unused.getsockname()[1],
                    "alianza_retries": 0,
                },
                stranger={"alianza_account_id": "STRANGER", "alianza_password": "wr0ng-password"},
                riddle={"alianza_account_id": "{{ not_there }}"},
                island={"alianza_account_id": "ISLAND", "ansible_connection": "ssh", "ansible_host": "192.0.2.1"},
                vaultless={
                    "alianza_account_id": "VAULTLESS",
                    "alianza_trunks": [
                        {"name": "Main", "sip_password": PLAINTEXT},
                        {"name": "Other", "sip_password": "{{ not_there }}"},
                    ],
                },
                faulty={
                    "alianza_account_id": "FAULTY",
                    "alianza_trunks": [{"name": "Main", "telephone_numbers": ["18019999999"]}],
                },
            ),
            check=True,
            diff=True,
            verbosity=3,
        )
    assert played.code == 0, played.output
    made, rows = report(tmp_path)
    assert {host: row["status"] for host, row in rows.items()} == {
        "oak": "drifted",
        "maple": "in_line",
        "bare": "no_document",
        **dict.fromkeys(
            ("ghost", "nobody", "dark", "stranger", "riddle", "island", "vaultless", "faulty", "exchange"),
            "not_audited",
        ),
    }
    for host, kind, said in (
        ("ghost", "not_found", "has no account GHOST"),
        ("nobody", "invalid_input", "does not say which account it is"),
        ("dark", "network", "refused the connection"),
        ("stranger", "authentication", "refused the login"),
        ("exchange", "invalid_input", "is a PBX, it has alianza_pbxs"),
        ("riddle", "invalid_input", "its account_id could not be filled in"),
        ("island", "not_found", "has no account ISLAND"),
        ("vaultless", "invalid_input", "trunk 'Other': its sip_password could not be filled in"),
        ("faulty", "invalid_input", "18019999999"),
    ):
        assert rows[host]["reason_kind"] == kind and said in rows[host]["reason"], rows[host]
    oak, maple = rows["oak"], rows["maple"]
    assert [(step["resource"], step["action"], step["trunk"]) for step in oak["drift"]] == [
        ("sip_trunk", "update", "HQ"),
        ("sip_trunk", "create", "Third site"),
        ("trunk_forwarding", "update", "HQ"),
        ("tn_route", "update", "HQ"),
        ("sip_trunk", "unlisted", HOSTILE),
    ]
    assert [(trunk["name"], trunk["registration"], trunk["presence"]) for trunk in oak["trunks"]] == [
        ("DR", "locked_out", "both"),
        (HOSTILE, "unregistered", "platform_only"),
        ("HQ", "registered", "both"),
        ("Third site", None, "document_only"),
    ]
    assert (
        oak["unrouted_numbers"] == {"count": 10, "ranges": ["18015550010-18015550019"]}
        and "1 trunk locked out" in oak["attention"]
        and "unrouted" not in str(oak["attention"])
    )
    assert (maple["account_id"], maple["account_number"], maple["totals"]["telephone_numbers"]) == ("MAPLE", "200", 10)
    assert len(rows["faulty"]["trunks"]) == 1 and rows["bare"]["totals"]["unrouted_numbers"] == 20
    assert made["totals"]["accounts"] == 12 and made["totals"]["trunks"] == 6 and made["complete"]

    with open(tmp_path / "audit" / "audit.csv", encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert sorted(row["host"] for row in table) == sorted([*rows, "oak", "oak", "oak"]) and HOSTILE in {
        row["trunk"] for row in table
    }
    page = (tmp_path / "audit" / "audit.html").read_text()
    assert HOSTILE in html.unescape(page) and page.count("<script") == 1 and "{{" not in page.replace("{{ 7 * 7 }}", "")
    # The accounts maple and bare have a row and no details.
    drawn = [host for host, row in rows.items() if host != "maple" and row["totals"]["trunks"]]
    assert page.count("<details") == 10 and page.count("<svg") == len(drawn) >= 2
    where = made["environment"]
    # The host "dead" has an API of its own, which nobody answers for.
    assert urlsplit(emulator.url).netloc in where["api_host"].split(", ") and where["api_host"] in page
    assert "/%s/" % where["partition_id"] in emulator.log(path="/account/MAPLE/siptrunk_2$")[0]["path"]
    assert [os.path.isabs(each) and os.path.exists(each) for each in where["inventory"]] == [True]
    assert [(path.name, path.stat().st_mode & 0o777) for path in sorted((tmp_path / "audit").iterdir())] == [
        ("audit.csv", 0o640),
        ("audit.html", 0o640),
        ("audit.json", 0o640),
    ] and (tmp_path / "audit").stat().st_mode & 0o777 == 0o750

    assert not emulator.writes() and emulator.open_tokens == 0 and "changed=1" not in played.output
    # maple: the account, trunks, numbers, rules, registration.
    assert len(emulator.log(path="/account/(200|MAPLE)(/|$)")) == 5
    # One login for all but the stranger, whose login is refused and asked once.
    assert emulator.logins == 1 and len(emulator.log(path="/authorize$")) == 2
    assert {host: row["conformity"] for host, row in rows.items() if row["conformity"] != row["status"]} == {
        "faulty": "document_faulty",
        "vaultless": "document_faulty",
    }
    assert {host: row["health"] for host, row in rows.items() if row["trunks"]} == {
        "oak": "degraded",
        "maple": "ok",
        "faulty": "down",
        "vaultless": "down",
    }
    said = {
        event["host"]: event["result"]["msg"] for event in played.events if event["task"].endswith("needs attention")
    }
    assert set(said) == set(rows) - {"maple", "bare"} and said["oak"] == "oak: %s" % oak["summary"]
    secrets = dict(known(emulator), SECRET=SECRET, stranger="wr0ng-password")
    assert (
        leaks(
            secrets,
            {
                path: text
                for path, text in dict(files(tmp_path), output=played.output).items()
                if not path.endswith("inventory.json")
            },
        )
        == []
    )
    assert [path for path, text in files(tmp_path / "audit").items() if PLAINTEXT in text] == []


def test_the_play_fails_on_demand_and_in_batches_in_the_end(accounts, emulator, tmp_path):
    """The inventory has a localhost of its own, which is another machine's business."""
    elsewhere = {
        "ansible_connection": "ssh",
        "ansible_python_interpreter": "/nonexistent/python",
        "ansible_host": "192.0.2.1",
    }
    (tmp_path / "morning").mkdir(mode=0o711)
    # Nobody can say then whether passwords are the document's, which is no drift.
    emulator.set(return_sip_password=False)
    hosts = dict(
        HOSTS, maple=dict(HOSTS["maple"], alianza_trunks=[dict(MAPLE_DOCUMENT[0], sip_password="n0t-c0mpared")])
    )
    played = accounts(
        dict(hosts, localhost=elsewhere),
        "-e",
        "trunk_audit_directory=morning",
        "-e",
        "alianza_hosts=all:!localhost",
        "-e",
        "trunk_audit_mode=0604",
        "-e",
        "trunk_audit_fail_on_drift=true",
        environ={"PWD": "/nonexistent", "ANSIBLE_STRATEGY": "free"},
    )
    first = json.loads((tmp_path / "morning" / "audit.json").read_text())
    failed = [(event["host"], event["result"]["msg"]) for event in played.events if event["outcome"] == "failed"]
    assert played.code == 2 and failed == [("oak", "oak: %s" % first["accounts"][0]["summary"])], played.output
    assert "call paths 20 on the platform, 25 in the document; 4 more differences; 1 trunk locked out" in failed[0][1]
    assert "The API did not return the SIP password of trunk 'Main', so it cannot be compared" in str(
        first["accounts"][1]["warnings"]
    )
    assert (
        "morning/audit.html: 2 accounts, 1 drifted, 0 not audited" in played.output and "Drifted: oak" in played.output
    )
    assert (tmp_path / "morning" / "audit.html").stat().st_mode & 0o777 == 0o604 and (
        tmp_path / "morning"
    ).stat().st_mode & 0o777 == 0o711

    play = tmp_path / "serial.yml"
    before = "{{ (lookup('file', trunk_audit_directory ~ '/audit.json') | from_json).pending if (trunk_audit_directory ~ '/audit.json') is file else '' }}"
    play.write_text(
        json.dumps(
            [
                {
                    "hosts": "all",
                    "connection": "local",
                    "gather_facts": False,
                    "serial": 2,
                    "order": "sorted",
                    "vars": {
                        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
                        "trunk_audit_fail_on_drift": True,
                    },
                    "pre_tasks": [
                        {"ansible.builtin.fail": {"msg": "before the audit"}, "when": "inventory_hostname == 'early'"},
                        {"ansible.builtin.debug": {"msg": before}, "run_once": True},
                    ],
                    "roles": ["alianza.sip_trunking.trunk_audit"],
                }
            ]
        )
    )
    played = accounts(
        {"a-oak": HOSTS["oak"], "early": {"alianza_account_id": "EARLY"}, "maple": hosts["maple"]}, name=str(play)
    )
    assert played.code == 2, played.output
    made, rows = report(tmp_path)
    assert [str(event["result"]["msg"]) for event in played.events if event["task"] == "ansible.builtin.debug"] == [
        "",
        "1",
    ]
    assert {host: row["status"] for host, row in rows.items()} == {
        "a-oak": "drifted",
        "early": "not_audited",
        "maple": "in_line",
    } and made["complete"]
    assert "did not get as far as the audit" in rows["early"]["reason"]
    failed = [(event["host"], event["result"]["msg"]) for event in played.events if event["outcome"] == "failed"]
    assert failed == [
        ("early", "before the audit"),
        ("maple", "Accounts of earlier batches need attention: early, a-oak"),
    ]

    # A play of one's own may let hosts run free: each fails for itself, in whatever order they are audited.
    play.write_text(
        json.dumps(
            [
                {
                    "hosts": "all",
                    "connection": "local",
                    "gather_facts": False,
                    "strategy": "free",
                    "roles": ["alianza.sip_trunking.trunk_audit"],
                    "vars": {
                        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
                        "trunk_audit_fail_on_drift": True,
                    },
                }
            ]
        )
    )
    emulator.fault("delay", path="/account/200$", seconds=4)
    played = accounts(hosts, name=str(play))
    failed = [(event["host"], event["result"]["msg"]) for event in played.events if event["outcome"] == "failed"]
    assert played.code == 2 and failed == [("oak", "oak: %s" % first["accounts"][0]["summary"])], played.output

    times = dict.fromkeys(("host", "audited_at"))
    assert [dict(row, **times) for row in first["accounts"]] == [
        dict(rows[host], **times) for host in ("a-oak", "maple")
    ]
    assert not emulator.writes() and emulator.open_tokens == 0


def test_hosts_of_different_batches_that_are_one_account_are_both_refused(accounts, emulator, tmp_path):
    """The first batch has the number and the second one the ID, so that only what the first one looked up shows it."""
    hosts = {
        "a-number": {"alianza_account_number": "100200"},
        "b-id": {"alianza_account_id": "ACCOUNT_1"},
        "c-oak": HOSTS["oak"],
    }
    play = tmp_path / "serial.yml"
    audit = {"hosts": "all", "connection": "local", "gather_facts": False, "serial": 1, "order": "sorted"}
    audit["vars"] = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    play.write_text(json.dumps([dict(audit, roles=["alianza.sip_trunking.trunk_audit"])]))
    played = accounts(hosts, name=str(play))
    rows = report(tmp_path)[1]
    assert {host: row["status"] for host, row in rows.items()} == {
        "a-number": "not_audited",
        "b-id": "not_audited",
        "c-oak": "drifted",
    }, played.output
    for host in ("a-number", "b-id"):
        assert "a-number and b-id are the same account ACCOUNT_1" in rows[host]["reason"]
    looked_up = [entry for entry in emulator.log("GET") if "100200" in json.dumps(entry)]
    assert len(looked_up) == 1, looked_up


def test_a_report_that_is_lost_with_the_job_is_written_with_a_warning(accounts, tmp_path):
    played = accounts(HOSTS, "-e", "alianza_state_is_ephemeral=true")
    assert played.code == 0 and report(tmp_path)[0]["totals"]["accounts"] == 2, played.output
    # Ansible breaks the lines of warnings.
    said = " ".join(played.output.split())
    assert "would be lost when the job ends" in said and "set trunk_audit_directory to a directory" in said
    wrong = accounts(HOSTS, "-e", "alianza_state_is_ephemeral=perhaps")
    assert wrong.code == 2 and "alianza_state_is_ephemeral has to be true or false" in wrong.output
