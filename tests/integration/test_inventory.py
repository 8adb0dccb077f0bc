# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin, through ansible-inventory and ansible-playbook: hosts, variables, groups, cache, failures."""

from __future__ import annotations

import json
import socket

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, leaks
from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD
from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

PLUGIN = COLLECTION + "alianza_accounts"
SIP_PASSWORDS = {"the password of trunk HQ": 'hq"s3cret\\/ <ü&%+1', "the password of trunk DR": "dr-s3cret/&%2"}
# An account's name is somebody else's text: it may look like a template, and like a pattern of hosts.
TRICKY = "{{ 6 * 7 }}, all:!x"


@pytest.fixture(name="write")
def fixture_write(player):
    """Writes a configuration and returns its path; each has a folder of its own."""

    def write(folder="inventory", **options):
        path = player.folder / folder / "alianza_accounts.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(dict({"plugin": PLUGIN}, **options)))
        return path

    return write


@pytest.fixture(name="customers")
def fixture_customers(emulator):
    """Three accounts beside the first: one with two trunks, one with a tricky name, and one that is deleted."""
    emulator.seed(
        accounts=[
            {
                "id": "A2",
                "accountNumber": "700",
                "accountName": "Wasatch Furniture",
                "trunks": [
                    {
                        "id": "T1",
                        "trunkName": "HQ",
                        "concurrentCalls": 20,
                        "sipPassword": SIP_PASSWORDS["the password of trunk HQ"],
                        "callbackNumber": "18015551400",
                        "extensionPatterns": ["21XX"],
                    },
                    {
                        "id": "T2",
                        "trunkName": "DR",
                        "concurrentCalls": 7,
                        "sipPassword": SIP_PASSWORDS["the password of trunk DR"],
                    },
                ],
                "forwards": {
                    "T1": {
                        "forwardOnFailure": [
                            {"referenceType": "SIP_TRUNK", "referenceId": "T2"},
                            {"referenceType": "TELEPHONE", "referenceId": "18015559999"},
                        ]
                    }
                },
                "telephone_numbers": [
                    *(
                        {"phoneNumber": "180155514%02d" % last, "referenceType": "SIP_TRUNK", "referenceId": "T1"}
                        for last in range(10)
                    ),
                    "18015551499",
                ],
            },
            {
                "id": "A3",
                "accountNumber": "7:00 [x]",
                "accountName": TRICKY,
                "trunks": [{"id": "T3", "trunkName": TRICKY}],
            },
            {"id": "A4", "accountNumber": "900", "accountName": "Long Gone"},
        ]
    )
    with emulator.store.lock:
        emulator.store.accounts["A4"].info["status"] = "DELETED"
    return emulator


def asked(emulator):
    """Return 'METHOD path' of all requests, without what stands before the account."""
    return [
        "%s %s"
        % (entry["method"], entry["path"].removeprefix("/v2/").removeprefix("partition/%s/" % emulator.partition_id))
        for entry in emulator.log()
    ]


@pytest.mark.quick
def test_the_environment_is_all_it_needs(customers, player, write):
    empty = dict.fromkeys(
        ("AUTH_TOKEN", "PARTITION_ID", "VALIDATE_CERTS", "CA_PATH", "TIMEOUT", "RETRIES", "TRANSCRIPT_PATH"), ""
    )
    # Two accounts of one number, which only a seed can make; braces in the password, for which there is a user of his own.
    customers.seed(
        accounts=[{"id": "A5", "accountNumber": "700", "accountName": "Twin"}],
        users=[{"username": "curly@example.net", "password": "{{ 1 }}{% x"}],
    )
    played, listed = player.inventory(
        write(),
        environ=dict(
            {"ALIANZA_" + name: value for name, value in empty.items()},
            ALIANZA_USERNAME="curly@example.net",
            ALIANZA_PASSWORD="{{ 1 }}{% x",
        ),
    )
    assert played.code == 0, played.output
    assert asked(customers) == ["POST authorize", "GET account", "PUT authorize/logout"] and customers.open_tokens == 0
    hosts = listed["_meta"]["hostvars"]
    assert {name: variables["alianza_account_id"] for name, variables in hosts.items()} == {
        "100200": "ACCOUNT_1",
        "A2": "A2",
        "A5": "A5",
        "7-00-x": "A3",
    }
    said = " ".join(played.output.split())
    assert (
        "Account 700 (Twin) has the account_number of another account: its host is named A5" in said
        and "named A2" in said
    )
    assert "Long Gone" not in played.output and said.count("WARNING") == 2
    first = hosts["100200"]
    assert (first["alianza_account_number"], first["alianza_account_name"]) == ("100200", "Maple Dental")
    assert first["ansible_connection"] == "local" and "alianza_actual_trunks" not in first
    account = first["alianza_account"]
    assert (
        account["account_id"] == "ACCOUNT_1"
        and account["partition_id"] == customers.partition_id
        and account["status"] == "ACTIVE"
    )
    assert "id" not in account and account["extension_length"]


def test_trunks_groups_and_a_playbook_that_changes_nothing(customers, player, write):
    path = write(
        hostname="account_name",
        include_trunks=True,
        strict=True,
        concurrency=4,
        exclude_statuses="{{ 'deleted,' ~ no_more }}",
        account_numbers=["100200", "700", "7:00 [x]", "404"],
        keyed_groups=[
            {"prefix": "status", "key": "alianza_account.status"},
            {
                "prefix": "calls",
                "key": "alianza_actual_trunks | map(attribute='concurrent_calls') | map('string') | list",
            },
        ],
        groups={"bare": "alianza_actual_trunks | length == 0", "big": "capacity | int > 20"},
        compose={"capacity": "alianza_actual_trunks | sum(attribute='concurrent_calls')"},
    )
    play = [
        {
            "hosts": "all",
            "gather_facts": False,
            "tasks": [
                {
                    "ansible.builtin.debug": {
                        "msg": {
                            name: "{{ %s }}" % name
                            for name in (
                                "alianza_account_id",
                                "alianza_account_name",
                                "alianza_actual_trunks",
                                "capacity",
                                "group_names",
                                "ansible_connection",
                            )
                        }
                    },
                }
            ],
        },
        {"import_playbook": COLLECTION + "converge"},
    ]
    book = player.folder / "book.yml"
    book.write_text(json.dumps(play))
    before = customers.state()["accounts"]
    # As many as may be under way at once wait for each other.
    customers.fault("gather", path="/(siptrunk_2|telephonenumber)$", times=4, seconds=60)
    played = player.playbook(
        str(book),
        "-i",
        str(path),
        "-e",
        "no_more=SUSPENDED",
        "-e",
        "alianza_prune=all",
        # What an account has is a document only where somebody says so.
        "-e",
        json.dumps({"alianza_trunks": "{{ alianza_actual_trunks }}"}),
        environ={"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "True", "ALIANZA_ACCOUNT_ID": None},
    )
    assert played.code == 0, played.output
    assert "number 404" in " ".join(played.output.split())
    # What was read: everything once, concurrently and within the bound; after the logout it is the modules' turn.
    requests = asked(customers)
    end = requests.index("PUT authorize/logout")
    assert requests[:2] == ["POST authorize", "GET account"] and sorted(requests[2:end]) == sorted(
        [
            "GET account/%s/%s" % (account, what)
            for account in ("ACCOUNT_1", "A2", "A3")
            for what in ("siptrunk_2", "telephonenumber")
        ]
        + ["GET account/%s/siptrunk_2/%s/forward" % pair for pair in (("A2", "T1"), ("A2", "T2"), ("A3", "T3"))]
    )
    assert max(entry["in_flight"] for entry in customers.log()[:end]) == 4
    # What the hosts know of their accounts, and which groups they are in.
    shown = [(event["host"], event["result"].get("msg")) for event in played.events]
    told = {host: variables for host, variables in shown if isinstance(variables, dict)}
    assert set(told) == {"Maple-Dental", "Wasatch-Furniture", "6-7-all-x"}
    assert all(variables["ansible_connection"] == "local" for variables in told.values())
    assert {name: (variables["group_names"], int(variables["capacity"])) for name, variables in told.items()} == {
        "Maple-Dental": (["bare", "status_ACTIVE"], 0),
        "Wasatch-Furniture": (["big", "calls_20", "calls_7", "status_ACTIVE"], 27),
        "6-7-all-x": (["calls_10", "status_ACTIVE"], 10),
    }
    assert told["6-7-all-x"]["alianza_account_name"] == told["6-7-all-x"]["alianza_actual_trunks"][0]["name"] == TRICKY
    dr, hq = told["Wasatch-Furniture"]["alianza_actual_trunks"]
    assert (dr["name"], hq["name"], hq["callback_number"], hq["extension_patterns"]) == (
        "DR",
        "HQ",
        "18015551400",
        ["21XX"],
    )
    assert (
        hq["telephone_numbers"] == ["18015551400-18015551409"]
        and "telephone_numbers" not in dr
        and "forwarding" not in dr
    )
    assert [
        target.get("trunk_name", target["reference_type"]) for target in hq["forwarding"]["forward_on_failure"]
    ] == ["DR", "TELEPHONE"]
    # Applying the document is no change.
    assert "3 of 3 accounts match their documents" in played.output
    assert not customers.writes() and customers.state()["accounts"] == before and customers.open_tokens == 0


def test_groups_and_caller_ids_are_read_only_if_they_are_asked_for(emulator, player, write):
    trunks = [{"id": "T1", "trunkName": "HQ", "sipTrunkGroupId": "G1"}]
    more = {"caller_ids": ["18015550000"], "from_numbers": ["21XX"], "mappings": {"21XX": "18015550000"}}
    groups = [{"id": "G1", "name": "North", "sipTrunksIds": ["T1"]}]
    emulator.seed(accounts=[dict(more, id="G", accountNumber="9", accountName="Grouped", trunks=trunks, groups=groups)])
    options = {"account_numbers": ["9"], "include_trunks": True}
    bare = player.inventory(write(**options))[1]["_meta"]["hostvars"]["9"]
    assert "alianza_actual_trunk_groups" not in bare and bare["alianza_actual_trunks"][0]["sip_trunk_group_id"] == "G1"
    assert not [entry for entry in emulator.log() if "group" in entry["path"] or "cid" in entry["path"]]
    emulator.clear_log()
    full = player.inventory(write("full", include_trunk_groups=True, include_caller_ids=True, **options))[1]
    known = full["_meta"]["hostvars"]["9"]
    assert known["alianza_actual_trunk_groups"] == [{"name": "North", "trunks": ["HQ"]}]
    assert known["alianza_actual_caller_ids"] == [{"caller_id": "18015550000", "from_numbers": ["21XX"]}]
    assert "sip_trunk_group_id" not in known["alianza_actual_trunks"][0]
    assert len([entry for entry in emulator.log() if "group" in entry["path"] or "cid" in entry["path"]]) == 4
    emulator.fault("status", path="siptrunkgroup", status=403)
    refused = player.inventory(write("refused", include_trunk_groups=True, **options))[0]
    assert "include_trunk_groups: false leaves them out" in " ".join(refused.output.split())
    alone = player.inventory(write("alone", include_caller_ids=True))[0]
    assert "include_caller_ids needs include_trunks: true" in " ".join(alone.output.split())
    assert emulator.open_tokens == 0


def test_a_failing_expression_is_skipped_or_leaves_no_half_inventory(customers, player, write):
    wrong = {
        "zone": "alianza_account_name ~ alianza_account.no_such_thing.at_all if alianza_account_number == '700' else 'none'"
    }
    played, listed = player.inventory(
        write(strict=True, compose=wrong), "other,", environ={"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "False"}
    )
    assert "Could not set zone for host 700" in " ".join(played.output.split())
    assert listed["ungrouped"]["hosts"] == ["other"] and not listed["_meta"]["hostvars"], (
        "some of the hosts would look like all of them"
    )
    played, listed = player.inventory(write("lenient", compose=wrong, hostname="account_id"))
    assert played.code == 0 and {
        name for name, variables in listed["_meta"]["hostvars"].items() if "zone" in variables
    } == {"ACCOUNT_1", "A3"}
    # What might be a template is marked as none.
    assert listed["_meta"]["hostvars"]["A3"]["alianza_account_name"] == {"__ansible_unsafe": TRICKY}


def test_the_cache_saves_every_request_and_holds_no_secret(customers, player, write):
    (player.folder / "vault_key").write_text("vault-key")
    locked = VaultLib([("default", VaultSecret(b"vault-key"))]).encrypt(PASSWORD).decode()
    path = write()
    path.write_text(
        """
plugin: %s
include_trunks: true
username: "{{ lookup('env', 'WHO') }}"
timeout: "{{ 2 + 3 }}"
transcript_path: "{{ lookup('env', 'HOME') }}/t.har"
cache: true
cache_plugin: jsonfile
cache_connection: %s
password: !vault |
%s"""
        % (PLUGIN, player.folder / "cache", "".join("  %s\n" % line for line in locked.splitlines()))
    )
    # The API may hold a secret where nobody expects one.
    real = {"id": "A2", "accountNumber": "700", "accountName": "Odd", "webPassword": "w3b-S3cret"}
    customers.fault("status", method="GET", path="/account$", status=200, body=[real])
    environ = {
        "WHO": customers.username,
        "ALIANZA_USERNAME": None,
        "ALIANZA_PASSWORD": "not this one",
        "ANSIBLE_VAULT_PASSWORD_FILE": str(player.folder / "vault_key"),
        "HOME": str(player.folder),
    }
    (played, listed), (again, same) = [player.inventory(path, verbosity=4, environ=environ) for dummy in range(2)]
    assert played.code == again.code == 0, played.output + again.output
    assert (
        same["_meta"]["hostvars"] == listed["_meta"]["hostvars"]
        and len(listed["_meta"]["hostvars"]["700"]["alianza_actual_trunks"]) == 2
    )
    assert len(asked(customers)) == 1 + 1 + 2 + 2 + 1 and customers.open_tokens == 0, "the second run asked nothing"
    texts = files(player.folder)
    cached = [text for place, text in texts.items() if "/cache/" in place]
    assert len(cached) == 1 and "HQ" in cached[0] and "t.har" in str(list(texts))
    assert {oct(path.stat().st_mode & 0o777) for path in (player.folder / "cache").iterdir()} == {"0o600"}
    secrets = dict(
        SIP_PASSWORDS,
        **{"the password": PASSWORD, "another": "w3b-S3cret"},
        **{
            "token %d" % place: entry["headers"]["X-AUTH-TOKEN"] for place, entry in enumerate(customers.log()) if place
        },
    )
    assert leaks(secrets, dict(texts, first=played.output, second=again.output)) == []
    # Another environment's cache is not ours.
    elsewhere = dict(environ, ALIANZA_PARTITION_ID="NOWHERE")
    assert player.inventory(path, environ=elsewhere)[0].code != 0 and "NOWHERE/account" in customers.log()[-2]["path"]


def test_faults_are_one_sentence_and_leave_nothing_open(customers, player, write):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        # The order is that of the requests: a fault hits the first that matches.
        cases = [
            (write("a", password="wr0ng-S3cret"), "refused the login as user@example.net (HTTP 401)"),
            (write("b", api_url="http://127.0.0.1:%d" % port, retries=1), "refused the connection"),
            (write("c"), "HTTP 503"),
            (write("d"), "not JSON"),
            (write("e", include_trunks=True), "Account 700 (Wasatch Furniture): "),
            (write("f", include_trunks=True), "Account 700 (Wasatch Furniture): "),
            (write("g", include_trunk=True), "There is no option include_trunk"),
            (write("h", concurrency=100, timeout="{{ none_such }}"), "timeout is a template"),
            (write("i", validate_certs="perhaps", retries="x"), "validate_certs"),
            (write("j", concurrency=100), "concurrency is 100"),
            (write("k", username=""), "The username is missing"),
        ]
        customers.fault("status", path="/account$", status=503, times=1)
        customers.fault("garbage", path="/account$", skip=0, times=1)
        customers.fault("status", path="/A2/telephonenumber$", status=404, times=1)
        customers.fault(
            "garbage",
            path="/A2/siptrunk_2/T2/forward$",
            body="<p>%s</p>" % SIP_PASSWORDS["the password of trunk DR"],
            times=1,
        )
        paths = [path for path, dummy in cases]
        environ = {
            "ALIANZA_RETRIES": "0",
            "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "False",
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
        }
        player.environ["ALIANZA_USERNAME"] = ""
        named = {"ALIANZA_USERNAME": customers.username}
        played, dummy = player.inventory(*paths[:-1], verbosity=4, environ=dict(environ, **named))
        last, dummy = player.inventory(paths[-1], environ={"ALIANZA_RETRIES": "0"})
    said = " ".join(played.output.split())
    assert played.code != 0 and last.code != 0
    assert [sentence for dummy, sentence in cases[:-1] if sentence not in said] == []
    assert (
        cases[-1][1] in " ".join(last.output.split()) and "Traceback" not in last.output and "File " not in last.output
    )
    assert (
        "Account 700 (Wasatch Furniture): %s" % customers.url.partition("//")[2] in said
        and "nexpected error" not in said
    )
    requests = asked(customers)
    assert (
        requests.count("POST authorize") == requests.count("PUT authorize/logout") + 1 == 5
        and customers.open_tokens == 0
    )
    secrets = dict(SIP_PASSWORDS, **{"the password": PASSWORD, "the wrong password": "wr0ng-S3cret"})
    secrets.update(
        {
            "token %d" % place: entry["headers"]["X-AUTH-TOKEN"]
            for place, entry in enumerate(customers.log())
            if "X-AUTH-TOKEN" in entry["headers"]
        }
    )
    assert leaks(secrets, {"output": played.output + last.output}) == []
