# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role trunk_diversion and its playbooks: what goes over the wire, what is kept, what stops it, and what a killed run leaves."""

from __future__ import annotations

import json
import os
import re

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, known, leaks

DIVERT, RESTORE = "alianza.sip_trunking.divert", "alianza.sip_trunking.restore"
# More than one customer is confirmed.
ALL = ("-e", "alianza_hosts=all")
PHONE, USER = (
    {"referenceType": "TELEPHONE", "referenceId": "18015559999"},
    {"referenceType": "END_USER", "referenceId": "eu-1"},
)
CELL = {"referenceType": "TELEPHONE", "referenceId": "18015552222", "enabled": True}
LOUD = {"ANSIBLE_INJECT_INVOCATION": "True", "ANSIBLE_DISPLAY_TRACEBACK": "always"}
TO_CELL = {"trunk_diversion_target": "+1 (801) 555-2222"}


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


# The order counts, and so does a target that is switched off.
RULES = {
    "forwardAlways": dict(to("T2"), enabled=False),
    "forwardOnFailure": [USER, to("T2"), PHONE],
    "forwardOnCapacityExceeded": [PHONE, to("T2")],
}


def account(name, number=None, forwards=None, trunks=("HQ", "DR"), **more):
    """Return the seed of an account with trunks T1, T2 and so on."""
    return dict(
        {
            "id": name,
            "accountNumber": number or name,
            "accountName": name,
            "forwards": {"T1": RULES} if forwards is None else forwards,
            "trunks": [{"id": "T%d" % place, "trunkName": trunk} for place, trunk in enumerate(trunks, 1)],
        },
        **more,
    )


@pytest.fixture(name="role")
def fixture_role(player, emulator, tmp_path):
    """Returns what runs a playbook, or the role by itself, over hosts that are given with their variables."""
    del player.environ["ALIANZA_ACCOUNT_ID"]
    player.environ.update(ALIANZA_DIVERSION_DIRECTORY=str(tmp_path / "kept"), HOME=str(tmp_path))
    book = tmp_path / "role.yml"
    book.write_text(
        json.dumps(
            [
                {
                    "hosts": "all",
                    "connection": "local",
                    "gather_facts": False,
                    "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
                    "tasks": [{"ansible.builtin.include_role": {"name": "alianza.sip_trunking.trunk_diversion"}}],
                }
            ]
        )
    )

    def arguments(hosts, name=None):
        inventory = tmp_path / "inventory.json"
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        return (name or str(book), "-i", str(inventory))

    def run(hosts, name=None, *more, **keywords):
        return player.playbook(*arguments(hosts, name), *more, **keywords)

    run.arguments = arguments
    return run


def said(played, host):
    """Return what a host's run says, its last message as lines: what it did, or why it did not."""
    told = [
        event["result"]["msg"]
        for event in played.events
        if event["host"] == host
        and event["task"].endswith(
            (
                "Report",
                "Lock the snapshot",
                "Plan the diversion and write the snapshot",
                "Plan the restore",
                "Fail with instructions to continue",
            )
        )
        and "msg" in event["result"]
        and event["outcome"] != "skipped"
    ]
    return "\n".join(told[-1]) if isinstance(told[-1], list) else told[-1]


def failed(played):
    """Return the hosts that failed in the end."""
    return sorted(re.findall(r"^(\S+) +: .* failed=1", played.output, re.MULTILINE))


def changed(played):
    """Return {host: tasks that changed something}."""
    tasks = {event["host"]: [] for event in played.events}
    for event in played.events:
        if event["result"].get("changed"):
            tasks[event["host"]].append(event["task"].rpartition(" : ")[2])
    return tasks


def written(emulator):
    """Return {account/trunk: the body} of the writes, which have to be PUTs of rules, one a trunk."""
    writes = {
        re.sub("^.*/account/(.*)/siptrunk_2/(.*)/forward$", r"\1/\2", entry["path"]): entry["body"]
        for entry in emulator.writes()
    }
    assert len(writes) == len(emulator.writes()) and all("/v2" not in path for path in writes)
    return writes


def rules(emulator, name):
    """Return {trunk id: its rules} of an account, as the platform holds them."""
    return {trunk["id"]: trunk["forward"] for trunk in emulator.account(name)["trunks"]}


def test_two_accounts_are_diverted_and_put_back_exactly(player, emulator, role, tmp_path):
    site, mill = account("SITE.1", "500", trunks=("HQ {{ 1 }}", "DR", "Lab")), account("MILL", trunks=("Mill", "Spare"))
    emulator.seed(accounts=[site, mill])
    before = emulator.state()["accounts"]
    hosts = {
        "site": dict(TO_CELL, alianza_account_number="500"),
        "mill": {
            "alianza_account_id": "MILL",
            "trunk_diversion_trunks": "Mill\n",
            "trunk_diversion_target": {"trunk_name": "Spare"},
        },
    }
    del player.environ["ALIANZA_DIVERSION_DIRECTORY"]
    kept = tmp_path / ".alianza" / "diversions"
    predicted = role(hosts, DIVERT, *ALL, check=True, diff=True)
    assert predicted.code == 0 and not emulator.writes() and not kept.parent.exists(), predicted.output
    environ = dict(LOUD, ALIANZA_TRANSCRIPT_PATH=str(tmp_path / "transcript.har"))
    diverted = role(hosts, DIVERT, *ALL, diff=True, verbosity=5, environ=environ)
    assert diverted.code == 0 and changed(diverted) == changed(predicted) == dict.fromkeys(
        hosts, ["Plan the diversion and write the snapshot", "Set the forwarding rules"]
    ), diverted.output
    lists = {key: RULES[key] for key in ("forwardOnFailure", "forwardOnCapacityExceeded")}
    none = dict.fromkeys(lists, [])
    assert written(emulator) == {
        "SITE.1/T1": dict(lists, forwardAlways=CELL),
        "SITE.1/T2": dict(none, forwardAlways=CELL),
        "SITE.1/T3": dict(none, forwardAlways=CELL),
        "MILL/T1": dict(lists, forwardAlways=dict(to("T2"), enabled=True)),
    }
    for run, word in ((predicted, "would go"), (diverted, "go")):
        assert "HQ {{ 1 }}: all calls %s to 18015552222; before, to its PBX" % word in said(run, "site")
        assert "Mill: all calls %s to trunk 'Spare'; before, to its PBX" % word in said(run, "mill")
    assert (
        "To put it back: ansible-playbook alianza.sip_trunking.restore -i %s/inventory.json --limit site" % tmp_path
        in said(diverted, "site")
    )
    diffs = [
        [
            event["result"]["diff"]
            for event in run.events
            if event["host"] == "mill" and "plan" in event["result"] and "diff" in event["result"]
        ]
        for run in (predicted, diverted)
    ]
    assert diffs[0] == diffs[1] and len(diffs[0]) == 1
    snapshots = sorted(kept.iterdir())
    assert [path.name for path in snapshots] == ["MILL.yml", "SITE%2E1.yml"] and kept.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in snapshots)
    texts = [path.read_text() for path in snapshots]
    assert leaks(known(emulator), dict(files(tmp_path), output=diverted.output)) == [] and emulator.open_tokens == 0
    assert [entry["path"].rpartition("/")[2] for entry in emulator.log() if "authorize" in entry["path"]].count(
        "authorize"
    ) == 4

    emulator.clear_log()
    predicted = role({"site": hosts["site"]}, RESTORE, check=True, diff=True)
    assert (
        predicted.code == 0 and not emulator.writes() and [path.read_text() for path in sorted(kept.iterdir())] == texts
    ), predicted.output
    assert "HQ {{ 1 }}: calls would go to its PBX again; they went to 18015552222" in said(predicted, "site")
    restored = role(hosts, RESTORE, diff=True, verbosity=5, environ=environ)
    assert restored.code == 0, restored.output
    does = ["Set the forwarding rules", "Close the snapshot"]
    assert changed(restored) == dict.fromkeys(hosts, does) and changed(predicted) == {"site": does}
    assert emulator.state()["accounts"] == before and sorted(written(emulator)) == [
        "MILL/T1",
        "SITE.1/T1",
        "SITE.1/T2",
        "SITE.1/T3",
    ]
    records = sorted(path.name for path in kept.iterdir())
    assert (
        len(records) == 2 and re.fullmatch(r"MILL\.closed-\d{8}T\d{6}Z\.yml", records[0]) and emulator.open_tokens == 0
    )
    assert leaks(known(emulator), dict(files(tmp_path), output=restored.output)) == []
    assert "The snapshot is closed, and kept as %s/%s" % (kept, records[0]) in said(restored, "mill")


SNAPSHOT = """account_id: %s
host: whoever
opened: '2026-11-25T03:00:00Z'
trunks:
  - trunk_id: T1
    name: HQ
    diverted_to:
      - {reference_type: TELEPHONE, reference_id: '18015552222'}
    forwarding:
      forward_always: {reference_type: SIP_TRUNK, reference_id: T2, trunk_name: DR, enabled: false}
      forward_on_failure: [{reference_type: END_USER, reference_id: eu-1}, {reference_type: SIP_TRUNK, reference_id: T2},
                           {reference_type: TELEPHONE, reference_id: '18015559999'}]
      forward_on_capacity_exceeded: [{reference_type: TELEPHONE, reference_id: '18015559999'}, {reference_type: SIP_TRUNK, reference_id: T2}]
"""


@pytest.mark.any_core
def test_what_prevents_it_is_reported_and_what_is_so_already_stays(emulator, role, tmp_path):
    touched = dict(RULES, forwardAlways=CELL, forwardOnFailure=[PHONE])
    restored, hq = {"trunk_diversion_state": "restored"}, {"trunk_diversion_trunks": ["HQ"]}
    emulator.seed(
        accounts=[
            account("ITSELF"),
            account("UNKNOWN"),
            account("NAMED"),
            account("CHANGED", forwards={"T1": touched}),
            account("FORCED", forwards={"T1": touched}),
            account("CLOSING"),
            account("NOTHING"),
            account("REFUSED"),
            account("LYING"),
            account("CUT"),
            account("LOCKED"),
            account("LOST", forwards={"T2": {"forwardAlways": CELL}}),
            account("AGAIN", forwards={"T1": dict(RULES, forwardAlways=CELL)}),
            account("BACK"),
        ]
    )
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("CHANGED", "FORCED", "CLOSING", "LOCKED", "AGAIN", "BACK.closed-20261125T030000Z"):
        (kept / (name + ".yml")).write_text(SNAPSHOT % name.partition(".")[0])
    two = "format: 2\n%s%scount: 2\n" % (SNAPSHOT % "CUT", SNAPSHOT.partition("trunks:\n")[2].replace("T1", "T2"))
    (kept / "CUT.yml").write_text(two[: two.index("  - trunk_id: T2")])
    elsewhere = {
        "host": "other",
        "since": "2026-11-25T03:01:00Z",
        "user": "noc",
        "machine": "awx-7",
        "system": "",
        "pid": 7,
    }
    (kept / "LOCKED.yml.lock").write_text(json.dumps(dict(elsewhere, started="")))
    before = {path.name: path.read_text() for path in kept.iterdir()}
    emulator.fault("status", method="PUT", path="/REFUSED/siptrunk_2/T2/forward$", status=400)
    emulator.fault("status", method="PUT", path="/LYING/siptrunk_2/T1/forward$", status=204, body="")
    cases = {
        "ITSELF": dict(hq, trunk_diversion_target={"trunk_name": "HQ"}),
        "UNKNOWN": {"trunk_diversion_trunks": "HQ\nHQ2", "trunk_diversion_target": "555-2222"},
        "NAMED": dict(hq, **restored),
        "CHANGED": restored,
        "FORCED": dict(restored, trunk_diversion_force="true"),
        "CLOSING": restored,
        "NOTHING": restored,
        "REFUSED": TO_CELL,
        "LYING": dict(hq, **TO_CELL),
        "AGAIN": dict(hq, **TO_CELL),
        "BACK": dict(hq, **restored),
        "CUT": restored,
        "LOCKED": dict(hq, **TO_CELL),
        "LOST": restored,
    }
    played = role(
        {name: dict(case, alianza_account_id=name) for name, case in cases.items()}, verbosity=5, environ=LOUD
    )
    assert leaks(known(emulator), dict(files(tmp_path), output=played.output)) == []
    assert (
        failed(played) == sorted(set(cases) - {"FORCED", "CLOSING", "NOTHING", "AGAIN", "BACK"})
        and emulator.open_tokens == 0
    ), played.output
    for host, words in {
        "ITSELF": ["is trunk 'HQ', which is to be diverted itself"],
        "UNKNOWN": ["2 faults, nothing was written", "with the name or ID HQ2", "'555-2222' is not a telephone number"],
        "NAMED": ["There is no open snapshot (%s/NAMED.yml)" % kept],
        "CHANGED": [
            "Somebody changed trunk 'HQ' since it was diverted",
            "forward_on_failure is 18015559999, and was END_USER eu-1 then trunk 'DR' then 18015559999",
        ],
        "FORCED": ["Note: Somebody changed trunk 'HQ'", "The snapshot is closed"],
        "CLOSING": ["HQ: as it was before it was diverted", "The snapshot is closed"],
        "NOTHING": ["Nothing to put back: there is no open snapshot (%s/NOTHING.yml)" % kept],
        "AGAIN": ["HQ: all calls go to 18015552222 already; before, to its PBX"],
        "BACK": ["HQ: as it was before it was diverted; it was put back before"],
        "REFUSED": [
            "1 of 2 objects were not written",
            "What was there before is kept in %s/REFUSED.yml" % kept,
            "run it again to finish",
        ],
        "LYING": ["The platform accepted the rules and still shows others: update forwarding of trunk 'HQ'"],
        "CUT": [
            "The snapshot %s/CUT.yml cannot be used, it was cut short, the count at its end is missing: fix the file"
            % kept
        ],
        "LOCKED": [
            "Another run diverts or restores calls of this account (process 7 of noc on awx-7, for host other, since 2026-11-25T03:01:00Z)",
            "let it finish and run again, or delete %s/LOCKED.yml.lock if that run is dead" % kept,
        ],
        "LOST": ["There is no open snapshot (%s/LOST.yml), and all calls of DR go to 18015552222" % kept],
    }.items():
        assert [word for word in words if word not in said(played, host)] == [], said(played, host)
    assert sorted(written(emulator)) == ["FORCED/T1", "LYING/T1", "REFUSED/T1", "REFUSED/T2"]
    assert (
        rules(emulator, "FORCED") == rules(emulator, "CLOSING") == {"T1": RULES, "T2": {}}
        and rules(emulator, "CHANGED")["T1"] == touched
    )
    after = {path.name: path.read_text() for path in kept.iterdir()}
    assert all(after[name] == before[name] for name in ("CHANGED.yml", "CUT.yml", "LOCKED.yml", "LOCKED.yml.lock"))
    assert [changed(played)[host] for host in ("NOTHING", "AGAIN", "BACK", "CHANGED", "LOST")] == [[]] * 5
    assert sorted(after) == [
        "AGAIN.yml",
        "BACK.closed-20261125T030000Z.yml",
        "CHANGED.yml",
        "CLOSING.closed-20261125T030000Z.yml",
        "CUT.yml",
        "FORCED.closed-20261125T030000Z.yml",
        "LOCKED.yml",
        "LOCKED.yml.lock",
        "LYING.yml",
        "REFUSED.yml",
    ]


@pytest.mark.any_core
def test_killed_between_two_writes_a_rerun_of_either_ends_consistent(player, emulator, role, tmp_path):
    emulator.seed(accounts=[account("ON"), account("BACK")])
    hosts = {name: dict(TO_CELL, alianza_account_id=name) for name in ("ON", "BACK")}
    before = rules(emulator, "ON")

    def stuck(method, answered):
        """Make every second write hang; return a function that says when all first ones were answered and all second ones were not."""
        emulator.clear_log()
        emulator.clear_faults()
        fault = emulator.fault("hang", method=method, path="siptrunk_2/T2/forward$", times=None, seconds=600)
        return lambda: fault.hits == answered == len(emulator.log("PUT", "siptrunk_2/T1/forward$", 204))

    player.killed(*role.arguments(hosts, DIVERT), *ALL, when=stuck("PUT", 2))
    emulator.clear_faults()
    assert [rules(emulator, name) for name in hosts] == [{"T1": dict(RULES, forwardAlways=CELL), "T2": {}}] * 2
    hosts["BACK"]["trunk_diversion_state"] = "restored"
    rerun = role(hosts)
    assert rerun.code == 0, rerun.output
    assert rerun.warnings().count("from a run that was killed (process ") == 2
    assert (
        rules(emulator, "ON") == {"T1": dict(RULES, forwardAlways=CELL), "T2": {"forwardAlways": CELL}}
        and rules(emulator, "BACK") == before
    )
    assert "HQ: all calls go to 18015552222 already" in said(
        rerun, "ON"
    ) and "DR: as it was before it was diverted" in said(rerun, "BACK")
    player.killed(*role.arguments({"ON": hosts["ON"]}, RESTORE), when=stuck("PUT", 1))
    emulator.clear_faults()
    assert rules(emulator, "ON") == {"T1": RULES, "T2": {"forwardAlways": CELL}}
    rerun = role({"ON": hosts["ON"]}, RESTORE)
    assert rerun.code == 0 and rules(emulator, "ON") == before, rerun.output
    assert sorted(path.name.partition("closed")[0] for path in (tmp_path / "kept").iterdir()) == ["BACK.", "ON."]


@pytest.mark.any_core
def test_of_two_runs_at_once_the_second_one_is_refused(player, emulator, role, tmp_path):
    """Each of them would save what the other has written as what was there before."""
    emulator.seed(accounts=[account("SITE")])
    hosts, before = {"site": dict(TO_CELL, alianza_account_id="SITE")}, rules(emulator, "SITE")
    fault = emulator.fault("hang", method="PUT", path="siptrunk_2/T2/forward$", times=None, seconds=600)
    others = []

    def beside():
        """Run others once the first one is in the middle of its writes."""
        if not (fault.hits and emulator.log("PUT", "siptrunk_2/T1/forward$", 204)):
            return False
        writes = len(emulator.writes())
        others.extend(role(hosts, book, "-e", "trunk_diversion_target=801-555-3333") for book in (RESTORE, DIVERT))
        assert all("801555333" not in str(entry["body"]) for entry in emulator.writes()[writes:])
        return True

    player.killed(*role.arguments(hosts, DIVERT), *ALL, when=beside)
    assert len(others) == 2
    for other in others:
        assert other.code == 2 and "Another run diverts or restores calls of this account (process " in said(
            other, "site"
        )
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["SITE.yml", "SITE.yml.lock"]
    emulator.clear_faults()
    restored = role(hosts, RESTORE)
    assert restored.code == 0 and rules(emulator, "SITE") == before, restored.output
    assert [path.name.partition("-")[0] for path in (tmp_path / "kept").iterdir()] == ["SITE.closed"]


@pytest.mark.any_core
def test_a_snapshot_that_cannot_be_written_keeps_the_rules_as_they_are(emulator, role, tmp_path):
    emulator.seed(accounts=[account("SITE")])
    (tmp_path / "kept").write_text("a file where the directory should be")
    played = role({"site": dict(TO_CELL, alianza_account_id="SITE")}, DIVERT)
    assert played.code == 2 and "%s/kept: File exists; check trunk_diversion_directory" % tmp_path in said(
        played, "site"
    )
    assert not emulator.writes() and emulator.open_tokens == 0


def test_a_whole_inventory_is_not_diverted_by_a_slip(emulator, role):
    hosts = {"h%d" % place: dict(TO_CELL, alianza_account_id="A%d" % place) for place in range(2)}
    played = role(hosts, DIVERT)
    assert played.code != 0 and "This would divert the calls of 2 customers" in played.output and not emulator.log()


ODD_NAMES = ("HQ", " HQ", "HQ ", "hq", "HQ\u00a0", "Front, Desk", "Front\nDesk", "{{ 7 * 7 }}", "T1 of old")


def test_trunks_with_odd_names_are_diverted_and_restored_by_them(emulator, role, tmp_path):
    """Such names cannot be given any more, and trunks that have them are there."""
    emulator.seed(accounts=[account("SITE", trunks=ODD_NAMES, forwards={})])
    before, variables = rules(emulator, "SITE"), dict(TO_CELL, alianza_account_id="SITE")
    for chosen, ids in (
        ([" HQ", "HQ\u00a0"], {"T2", "T5"}),
        ("HQ \n hq", {"T3", "T4"}),
        ("Front\nDesk", {"T7"}),
        ("Front, Desk", {"T6"}),
    ):
        hosts = {"site": dict(variables, trunk_diversion_trunks=chosen)}
        diverted = role(hosts, DIVERT)
        assert diverted.code == 0, diverted.output
        now = rules(emulator, "SITE")
        assert {key for key in now if now[key] != before[key]} == ids
        restored = role(hosts, RESTORE)
        assert restored.code == 0 and rules(emulator, "SITE") == before, restored.output


# The file system of /dev/shm is in memory on every Linux, and the environment is that of a job of AWX.
JOB = {"AWX_HOST": "https://awx.example.net", "JOB_ID": "7"}


@pytest.mark.parametrize(
    "environ, more, check",
    [(JOB, {}, False), (JOB, {}, True), ({}, {"alianza_state_is_ephemeral": "yes"}, False)],
    ids=["found out", "check mode", "declared"],
)
def test_no_call_is_diverted_while_its_snapshot_would_be_lost(role, emulator, environ, more, check):
    emulator.seed(accounts=[account("ONE")])
    place = "/dev/shm/alianza-test-snapshots"
    variables = dict(TO_CELL, alianza_diversion_directory=place, **more)
    played = role(
        {"one": {"alianza_account_id": "ONE"}}, DIVERT, "-e", json.dumps(variables), environ=environ, check=check
    )
    assert failed(played) == ["one"], played.output
    message = said(played, "one")
    assert message.startswith("The snapshot that calls are restored from in %s would be lost" % place), message
    assert "set alianza_diversion_directory to a directory that is mounted" in message
    assert emulator.writes() == [] and emulator.open_tokens == 0 and not os.path.exists(place)


def test_what_a_user_says_of_the_directory_counts_and_a_restore_needs_none(role, emulator):
    emulator.seed(accounts=[account("ONE")])
    before = emulator.state()["accounts"]
    hosts = {"one": {"alianza_account_id": "ONE"}}
    wrong = role(hosts, DIVERT, "-e", json.dumps(dict(TO_CELL, alianza_state_is_ephemeral="perhaps")))
    assert said(wrong, "one") == "alianza_state_is_ephemeral has to be true or false" and emulator.writes() == []
    variables = json.dumps(dict(TO_CELL, alianza_state_is_ephemeral="false"))
    assert role(hosts, DIVERT, "-e", variables, environ=JOB).code == 0 and len(emulator.writes()) == 2
    back = role(hosts, RESTORE, "-e", "alianza_state_is_ephemeral=true")
    assert back.code == 0 and emulator.state()["accounts"] == before, back.output
