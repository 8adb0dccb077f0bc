# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many accounts in one run of converge: one process compares them, and only those that differ or fail have tasks of their own."""

from __future__ import annotations

import json
from collections import Counter

import pytest

CONVERGE = "alianza.sip_trunking.converge"
PATHS = 5
DOCUMENT = [
    {
        "name": "HQ",
        "concurrent_calls": PATHS,
        "forwarding": {"forward_on_failure": [{"reference_type": "TELEPHONE", "reference_id": "18015559999"}]},
    }
]


def seed(emulator, *names, paths=PATHS):
    """Seed accounts with a trunk and its rules; what is not in them is the document's."""
    emulator.seed(
        accounts=[
            {
                "id": name.upper(),
                "accountNumber": "N-" + name,
                "accountName": name,
                "trunks": [{"trunkName": "HQ", "concurrentCalls": paths, "registered": True}],
                "forwards": {
                    "HQ": {"forwardOnFailure": [{"referenceType": "TELEPHONE", "referenceId": "18015559999"}]}
                },
            }
            for name in names
        ]
    )


def host(name, **more):
    """Return the variables of a host."""
    return dict({"alianza_account_id": name.upper(), "alianza_trunks": DOCUMENT}, **more)


@pytest.fixture(name="inventory")
def fixture_inventory(player, tmp_path):
    """Returns the arguments that run a playbook over hosts; the account comes from their variables alone."""
    del player.environ["ALIANZA_ACCOUNT_ID"]

    def write(hosts):
        path = tmp_path / "inventory.json"
        path.write_text(json.dumps({"all": {"hosts": hosts}}))
        return ("-i", str(path))

    return write


def failures(played):
    """Return {host: the result of its failed task}."""
    return {event["host"]: event["result"] for event in played.events if event["outcome"] == "failed"}


def asked(emulator, name):
    """Return the calls to an account, as method and end of the path, in order."""
    found = emulator.log(path="/account/%s(/|$)" % name.upper())
    return ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in found]


READS = ["GET siptrunk_2", "GET forward"]


@pytest.mark.quick
def test_an_account_that_fails_holds_up_no_other(player, emulator, inventory):
    """Those that hang or are refused are asked once, and not again by a task of their own."""
    matching = ["match%d" % place for place in range(4)]
    seed(emulator, *matching, "hanging", "faulty", "guarded", "twin")
    seed(emulator, "differs", "ours", paths=PATHS + 4)
    emulator.seed(users=[{"username": "second@example.net", "password": "second-passw0rd"}])
    emulator.fault("hang", path="/account/HANGING/", seconds=60, times=None)
    hosts = {name: host(name) for name in (*matching, "differs", "ghost")}
    hosts.update(
        hanging=host("hanging", alianza_timeout=1, alianza_retries=0),
        stranger=host("stranger", alianza_password="wr0ng-password"),
        faulty=host("faulty", alianza_trunks=[{"name": "HQ", "telephone_numbers": ["18019999999"]}]),
        unreadable=host("unreadable", alianza_trunks="{{ not_there }}"),
        guarded=host("guarded", alianza_trunks=[{"name": "Other", "concurrent_calls": 1}], alianza_prune="all"),
        wrong=host("wrong", alianza_prune="everything"),
        ours=host("ours", alianza_username="second@example.net", alianza_password="second-passw0rd"),
        twin=host("twin"),
        other_twin=host("twin"),
        pbx={"alianza_account_id": "TWIN", "alianza_pbxs": []},
    )
    played = player.playbook(CONVERGE, *inventory(hosts), diff=True)
    failed = failures(played)
    for name, kind, said in (
        ("ghost", "not_found", "GHOST"),
        ("hanging", "timeout", "did not respond"),
        ("stranger", "authentication", "refused the login"),
        ("faulty", "invalid_input", "18019999999"),
        ("unreadable", "invalid_input", "not_there"),
        ("guarded", "guarded", "HQ"),
        ("wrong", "invalid_input", "prune"),
        ("twin", "invalid_input", "twin and other_twin have the same"),
        ("other_twin", "invalid_input", "twin and other_twin have the same"),
        ("pbx", "invalid_input", "is a PBX"),
    ):
        result = failed.pop(name)
        assert (result["failure"]["kind"], said in result["msg"]) == (kind, True), result
    assert not failed and played.code == 2, played.output
    # Only those that differ or fail have results, and the first host for all.
    assert {event["host"] for event in played.events} == set(hosts) - set(matching[1:]), played.output
    assert "4 of 16 accounts match their documents" in played.output and "Differ: differs, ours" in played.output
    for name in matching:
        assert sorted(asked(emulator, name)) == sorted(READS)
    for name in ("differs", "ours"):
        calls = asked(emulator, name)
        assert Counter(call.split()[0] for call in calls) == {"GET": 4, "PATCH": 1}, calls
        assert emulator.trunk(name.upper(), "HQ")["concurrentCalls"] == PATHS
    assert len(set(asked(emulator, "hanging"))) == len(asked(emulator, "hanging")) and asked(emulator, "twin") == []
    logins = Counter(entry["status"] for entry in emulator.log(path="/authorize$"))
    # Two logins read everything, the stranger's was refused once, and each that differs logs in for its task.
    assert logins == {200: 4, 401: 1} and emulator.open_tokens == 0
    assert "wr0ng-password" not in played.output and "second-passw0rd" not in json.dumps(played.events)


def test_a_night_in_which_nothing_changed_is_one_process_also_in_a_storm_of_refusals(player, emulator, inventory):
    names = ["customer%02d" % place for place in range(24)]
    seed(emulator, *names)
    hosts = inventory({name: host(name) for name in names})
    # A request takes long enough for another one to be sent meanwhile.
    emulator.set(latency_ms=20)
    emulator.fault("status", path="siptrunk_2$", status=429, headers={"Retry-After": "0"}, times=60)
    played = player.playbook(CONVERGE, *hosts, "-e", "alianza_concurrency=8")
    assert played.code == 0 and "24 of 24 accounts match their documents" in played.output, played.output
    assert {event["host"] for event in played.events} == {names[0]} and "changed=0" in played.output
    log = emulator.log()
    refused = [entry for entry in log if entry["status"] == 429]
    # Each refusal is repeated, nothing else is.
    assert len(refused) == 60 and len(log) == 60 + 2 + len(names) * len(READS)
    assert max(entry["in_flight"] for entry in log) <= 8
    # The whole run slows down together, and recovers.
    assert min(entry["in_flight"] for entry in refused[-20:]) == 1
    assert max(entry["in_flight"] for entry in log[-30:]) > 1
    assert emulator.writes() == [] and emulator.open_tokens == 0

    emulator.clear_log()
    checked = player.playbook(CONVERGE, *hosts, "--limit", "customer03,customer04", check=True, diff=True)
    assert checked.code == 0 and "2 of 2 accounts match their documents" in checked.output, checked.output
    assert len(emulator.log()) == 2 + 2 * len(READS)
    emulator.clear_log()
    tagged = player.playbook(CONVERGE, *hosts, "--tags", "other")
    assert tagged.code == 0 and emulator.log() == [], tagged.output


def test_batches_and_hosts_of_other_connections(player, emulator, inventory, tmp_path):
    """A play of one's own may have batches: accounts are compared among all hosts, and read for the batch."""
    seed(emulator, "one", "three")
    seed(emulator, "two", paths=PATHS + 1)
    compare = {"name": "alianza.sip_trunking.account_session", "tasks_from": "compare.yml"}
    told = "{{ [inventory_hostname, account_session_hosts.remaining, account_session_hosts.report] | to_json }}"
    book = {
        "hosts": "all",
        "connection": "local",
        "gather_facts": False,
        "serial": 2,
        "tasks": [
            {"ansible.builtin.import_role": compare},
            {"name": "Say", "ansible.builtin.debug": {"msg": told}, "run_once": True},
        ],
    }
    path = tmp_path / "site.yml"
    path.write_text(json.dumps([book]))
    remote = host("three", ansible_connection="ssh", ansible_host="192.0.2.1")
    hosts = {"one": host("one"), "two": host("two"), "three": remote, "again": host("one")}
    played = player.playbook(str(path), *inventory(hosts), check=True)
    said = [json.loads(event["result"]["msg"]) for event in played.events if event["task"] == "Say"]
    assert [part[1] for part in said] == [["one", "two"], ["three", "again"]], played.output
    assert "Differ: two" in said[0][2] and "Could not be compared: one" in said[0][2]
    assert "Could not be compared: again" in said[1][2]
    # Its own task runs elsewhere, so that it is left to that.
    assert "Not compared, since they are no local hosts: three" in said[1][2]
    assert sorted(asked(emulator, "two")) == sorted(READS) and asked(emulator, "one") == asked(emulator, "three") == []
    assert emulator.open_tokens == 0


@pytest.mark.parametrize(
    "playbook",
    ["alianza.sip_trunking.audit", CONVERGE, "alianza.sip_trunking.onboard"],
)
def test_no_host_takes_a_step_of_its_own_after_the_first_play(player, emulator, inventory, playbook):
    """Ansible ends a role with a step for each host, which would cost as much as reading the host's account."""
    seed(emulator, "one", "two")
    played = player.playbook(playbook, *inventory({name: host(name) for name in ("one", "two")}), verbosity=2)
    assert played.code == 0 and "META: ending batch" in played.output, played.output
    assert "role_complete" not in played.output, played.output
