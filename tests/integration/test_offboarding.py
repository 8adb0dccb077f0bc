# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role sip_trunk_offboarding: what goes, what stays, what stops it, and what brings it back."""

from __future__ import annotations

import json
import os
import re

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, known, leaks

OFFBOARD, CONVERGE, EXPORT = ("alianza.sip_trunking." + name for name in ("offboard", "converge", "export_account"))
NUMBERS = ["180155500%02d" % last for last in range(12)]


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
SITE = {
    "id": "SITE",
    "accountNumber": "500",
    "accountName": "Site",
    "trunks": [
        {"id": "HQ", "trunkName": "HQ", "concurrentCalls": 20, "registered": True},
        {"id": "DR", "trunkName": "DR {{ 1 }}", "concurrentCalls": 5, "sipPassword": "dr\"\\ <p&ss>'1"},
        {"id": "LAB", "trunkName": "Lab"},
    ],
    "forwards": {
        "HQ": {
            "forwardAlways": dict(to("DR"), enabled=False),
            "forwardOnFailure": [to("DR"), PHONE],
            "forwardOnCapacityExceeded": [PHONE],
        },
        "DR": {"forwardOnFailure": [to("HQ")]},
    },
    "telephone_numbers": NUMBERS[8:]
    + [dict(to("HQ"), phoneNumber=number) for number in NUMBERS[:5]]
    + [dict(to("DR"), phoneNumber=number) for number in NUMBERS[5:8]],
}


@pytest.fixture(name="site")
def fixture_site(player, emulator, tmp_path):
    """An account in use as an inventory host; returns what runs the playbook on it, with the role's variables without their prefix."""
    emulator.seed(accounts=[SITE])
    del player.environ["ALIANZA_ACCOUNT_ID"]
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"site": {"alianza_account_number": "500"}}}}))

    def offboard(check=False, environ=None, ephemeral="", place=tmp_path / "kept", **options):
        given = {"sip_trunk_offboarding_" + name: value for name, value in options.items()}
        # What stands in variables is a template, unless it says that it is none.
        if "trunks" in options:
            given["sip_trunk_offboarding_trunks"] = ["{%% raw %%}%s{%% endraw %%}" % name for name in options["trunks"]]
        given.update(alianza_offboarding_directory=str(place), alianza_state_is_ephemeral=ephemeral)
        return player.playbook(
            *(OFFBOARD, "-i", str(inventory), "-e", json.dumps(given)),
            check=check,
            diff=True,
            verbosity=3,
            environ=environ,
        )

    return offboard


def kept(tmp_path):
    """Return the documents that were kept, the oldest first."""
    return sorted((tmp_path / "kept").iterdir()) if (tmp_path / "kept").exists() else []


def shape(account):
    """Return what an account's trunks are and do, with names in place of ids."""
    names = {trunk["id"]: trunk["trunkName"] for trunk in account["trunks"]}

    def by_name(value):
        return dict(
            value, **({"referenceId": names[value["referenceId"]]} if value.get("referenceId") in names else {})
        )

    return {
        trunk["trunkName"]: [trunk[key] for key in ("sipUsername", "concurrentCalls", "telephoneNumbers")]
        + [json.loads(json.dumps(trunk["forward"]), object_hook=by_name)]
        for trunk in account["trunks"]
    }


def said(played):
    """Return everything that the play's tasks say, in one text."""
    return json.dumps([result.get("msg", "") for result in played.results])


def told_last(played, host):
    """Return what a host's run says at its end: the report, or why it failed."""
    last = [
        event["result"]["msg"]
        for event in played.events
        if event["host"] == host
        and event["task"].endswith(
            (
                "Report",
                "Fail if the trunks cannot be chosen or must not be removed",
                "Fail with the path of the restore document",
            )
        )
        and event["outcome"] != "skipped"
    ][-1]
    return "\n".join(last) if isinstance(last, list) else last


def planned(played):
    """Return the plan that the play showed."""
    return [result["plan"] for result in played.results if "plan" in result][0]


def test_a_trunk_goes_with_its_numbers_and_the_rules_that_point_at_it_and_comes_back(player, emulator, site, tmp_path):
    before = emulator.account("SITE")
    predicted = site(check=True, trunks=["DR {{ 1 }}"])
    assert predicted.code == 0 and not emulator.writes() and kept(tmp_path) == [], predicted.output
    real = site(trunks=["DR {{ 1 }}"])
    assert real.code == 0 and planned(predicted) == planned(real), real.output
    assert [(step["action"], step["resource"], step["name"]) for step in planned(real)] == [
        ("update", "trunk_forwarding", "HQ"),
        ("delete", "tn_route", "DR {{ 1 }}"),
        ("delete", "sip_trunk", "DR {{ 1 }}"),
    ]
    account = emulator.account("SITE")
    assert [trunk["trunkName"] for trunk in account["trunks"]] == ["HQ", "Lab"]
    assert account["trunks"][0]["forward"] == {"forwardOnFailure": [PHONE], "forwardOnCapacityExceeded": [PHONE]}
    written = ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in emulator.writes()]
    assert (
        written[0] == "PUT forward"
        and sorted(written[1:4]) == ["PATCH " + number for number in NUMBERS[5:8]]
        and written[4:] == ["DELETE DR"]
    )
    assert "Still on the account, and unrouted: 18015550005-18015550007" in said(
        real
    ) and "Removed: DR {{ 1 }}" in said(real)
    logins = [entry["path"].rpartition("/")[2] for entry in emulator.log() if "authorize" in entry["path"]]
    assert sorted(logins) == ["authorize"] * 2 + ["logout"] * 2 and emulator.open_tokens == 0

    (document,) = kept(tmp_path)
    assert document.stat().st_mode & 0o777 == 0o600 and document.parent.stat().st_mode & 0o777 == 0o700
    trunks = yaml.safe_load(document.read_text().replace("!unsafe ", ""))["alianza_trunks"]
    assert [entry["name"] for entry in trunks] == ["DR {{ 1 }}", "HQ"] and sorted(trunks[1]) == ["forwarding", "name"]
    secrets = {
        name: secret
        for name, secret in known(emulator, **{"DR's password": SITE["trunks"][1]["sipPassword"]}).items()
        if secret
    }
    assert leaks(secrets, dict(files(tmp_path), output=real.output + predicted.output)) == []

    emulator.clear_log()
    again = site(trunks=["DR {{ 1 }}"])
    assert again.code == 0 and not emulator.writes() and kept(tmp_path) == [document] and again.changes() == 0, (
        again.output
    )
    assert (
        "Not on the account, so nothing to remove: DR {{ 1 }}. Check the names: before this run its trunks were HQ, Lab"
        in said(again)
    )
    assert "Documents of earlier runs on this account, the oldest first: %s" % document in said(again)
    back = player.playbook(CONVERGE, "-i", "site,", "-e", "@%s" % document)
    assert back.code == 0, back.output
    assert shape(emulator.account("SITE")) == shape(before)


def test_the_whole_account_only_when_said_and_a_registered_trunk_only_by_force(player, emulator, site, tmp_path):
    before = emulator.state()["accounts"]
    nothing, both, registered = site(), site(trunks=["Lab"], whole_account=True), site(whole_account=True)
    assert "No trunk is named" in said(nothing) and "both to be removed" in said(both)
    assert "Trunk 'HQ' has state: absent, and its PBX is registered" in said(registered)
    assert "or set sip_trunk_offboarding_force: true" in said(registered)
    assert [played.code != 0 for played in (nothing, both, registered)] == [True] * 3
    assert (
        emulator.state()["accounts"] == before
        and not emulator.writes()
        and kept(tmp_path) == []
        and emulator.open_tokens == 0
    )
    crowd = tmp_path / "crowd.json"
    crowd.write_text(
        json.dumps({"all": {"hosts": {"site-%d" % place: {"alianza_account_id": str(place)} for place in range(2)}}})
    )
    emulator.clear_log()
    slip = player.playbook(OFFBOARD, "-i", str(crowd), "-e", "sip_trunk_offboarding_whole_account=true")
    assert slip.code != 0 and "take trunks out of service at 2 customers" in said(slip) and emulator.log() == []
    forced = site(whole_account=True, force=True)
    assert (
        forced.code == 0 and emulator.account("SITE")["trunks"] == [] and "its PBX is registered" in forced.warnings()
    ), forced.output
    assert len(yaml.safe_load(kept(tmp_path)[0].read_text().replace("!unsafe ", ""))["alianza_trunks"]) == 3


def test_a_run_that_failed_is_finished_by_the_next_and_what_was_kept_stays(emulator, site, tmp_path):
    emulator.fault("status", method="PUT", path="HQ/forward$", status=400)
    failed = site(trunks=["DR {{ 1 }}", "Lab"])
    assert (
        failed.code != 0 and "not attempted: calls are still sent to it" in said(failed) and emulator.open_tokens == 0
    )
    assert [trunk["trunkName"] for trunk in emulator.account("SITE")["trunks"]] == ["HQ", "DR {{ 1 }}"]
    (first,) = kept(tmp_path)
    text = first.read_text()
    assert [told.count(str(first)) for told in (said(failed), told_last(failed, "site"))] == [2, 1], said(failed)
    rerun = site(trunks=["DR {{ 1 }}", "Lab"])
    assert rerun.code == 0 and [trunk["trunkName"] for trunk in emulator.account("SITE")["trunks"]] == ["HQ"], (
        rerun.output
    )
    assert len(kept(tmp_path)) == 2 and first.read_text() == text and "telephone_numbers" in text
    assert "What brings back what this run removes is in %s" % kept(tmp_path)[1] in told_last(rerun, "site")
    assert (
        "the oldest first: %s" % first in told_last(rerun, "site")
        and "#   %s\n" % first in kept(tmp_path)[1].read_text()
    )


def test_what_the_platform_does_not_do_is_noticed(emulator, site):
    """A rule that is accepted and not taken, told by an empty answer: only reading back shows it."""
    emulator.set(ignored_fields=["forwardOnFailure"], write_status=204)
    played = site(trunks=["DR {{ 1 }}"])
    assert played.code != 0 and emulator.open_tokens == 0
    assert "still shows steps to do: update forwarding of trunk 'HQ'" in said(played), said(played)


@pytest.fixture(name="crowd")
def fixture_crowd(player, tmp_path):
    """Accounts as hosts of one play; returns what gives the arguments to run a playbook over them."""
    del player.environ["ALIANZA_ACCOUNT_ID"]

    def arguments(name, hosts):
        inventory = tmp_path / "inventory.json"
        # From where the command runs.
        shared = {"sip_trunk_offboarding_directory": "kept", "alianza_hosts": "all"}
        inventory.write_text(
            json.dumps(
                {
                    "all": {
                        "vars": shared,
                        "hosts": {host: dict(more, alianza_account_id=host) for host, more in hosts.items()},
                    }
                }
            )
        )
        return [name, "-i", str(inventory), "-e", "alianza_hosts=all"]

    return arguments


def test_names_ids_and_trunks_that_share_a_name_on_a_platform_that_lags_behind(player, emulator, crowd, tmp_path):
    twins = {
        "trunks": [
            {"id": "HQ", "trunkName": "HQ"},
            {"id": "T1", "trunkName": "Twin"},
            {"id": "T2", "trunkName": "Twin"},
        ],
        "forwards": {
            "T1": {"forwardAlways": dict(to("T2"), enabled=True)},
            "HQ": {"forwardOnFailure": [to("T2"), PHONE]},
        },
    }
    hosts = {
        "IDS": {"sip_trunk_offboarding_trunks": "HQ-1"},
        "TWIN": {"sip_trunk_offboarding_trunks": ["T2"]},
        "TWINS": {"sip_trunk_offboarding_trunks": ["T2", "T1"]},
        "NAME": {"sip_trunk_offboarding_trunks": ["Twin"]},
        "DICTS": {"sip_trunk_offboarding_trunks": [{"name": "HQ"}]},
        "INT": {"sip_trunk_offboarding_trunks": 2024},
    }
    emulator.seed(
        accounts=[dict(twins, id=name, accountNumber=name, accountName=name) for name in hosts if name != "IDS"]
        + [
            {
                "id": "IDS",
                "accountNumber": "IDS",
                "accountName": "IDS",
                "trunks": [{"id": "HQ-1", "trunkName": "HQ"}],
                "telephone_numbers": [dict(to("HQ-1"), phoneNumber=NUMBERS[0])],
            }
        ]
    )
    before = emulator.account("TWINS")
    (tmp_path / "kept").mkdir(mode=0o755)
    emulator.set(list_lag_reads=1)
    played = player.playbook(*crowd(OFFBOARD, hosts))
    assert "2 trunks of this account are named 'Twin'" in told_last(played, "NAME") and "T1, T2" in told_last(
        played, "NAME"
    )
    assert "The choice is no list of trunks" in told_last(played, "DICTS")
    assert "nothing to remove: 2024" in told_last(played, "INT") and "HQ, Twin, Twin" in told_last(played, "INT")
    assert "Removed: HQ" in told_last(played, "IDS") and "unrouted: %s" % NUMBERS[0] in told_last(played, "IDS"), (
        played.output
    )
    assert sorted(re.findall(r"^(\w+) +: .* failed=1", played.output, re.MULTILINE)) == ["DICTS", "NAME"], played.output
    left = {name: [trunk["id"] for trunk in emulator.account(name)["trunks"]] for name in hosts}
    assert left == dict(
        {name: ["HQ", "T1", "T2"] for name in ("NAME", "DICTS", "INT")}, IDS=[], TWIN=["HQ", "T1"], TWINS=["HQ"]
    )
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o755 and [
        path.name.partition("-")[0] for path in kept(tmp_path)
    ] == ["IDS", "TWIN", "TWINS"]
    assert "listed under removed as 'Twin (T1)'" in played.warnings() and emulator.open_tokens == 0

    emulator.set(list_lag_reads=0)
    (tmp_path / "host_vars").mkdir()
    for path in kept(tmp_path):
        path.rename(tmp_path / "host_vars" / (path.name.partition("-")[0] + ".yml"))
    back = player.playbook(*crowd(CONVERGE, dict.fromkeys(("IDS", "TWIN", "TWINS"), {})))
    assert back.code == 0, back.output
    # Trunks of one plan are created at the same time, in any order.
    shapes = {name: shape(emulator.account(name)) for name in ("TWIN", "TWINS")}
    rules = {name: [of_name[3] for dummy, of_name in sorted(shapes[name].items())] for name in shapes}
    assert sorted(shape(emulator.account("TWINS"))) == ["HQ", "Twin (T1)", "Twin (T2)"] and sorted(
        shape(emulator.account("TWIN"))
    ) == ["HQ", "Twin", "Twin (T2)"]
    second = {"referenceType": "SIP_TRUNK", "referenceId": "Twin (T2)"}
    assert rules == dict.fromkeys(
        rules, [{"forwardOnFailure": [second, PHONE]}, {"forwardAlways": dict(second, enabled=True)}, {}]
    )
    assert sorted(trunk["sipUsername"] for trunk in emulator.account("TWINS")["trunks"]) == sorted(
        trunk["sipUsername"] for trunk in before["trunks"]
    )


def test_killed_at_any_step_a_rerun_finishes_and_the_first_document_brings_everything_back(
    player, emulator, crowd, tmp_path
):
    """Each account is stuck at another step when the run is killed."""
    names = ["FIRST", "NUMBER", "DELETE", "GONE"]
    numbers = {name: ["180155%d00%02d" % (place, last) for last in range(12)] for place, name in enumerate(names, 1)}
    emulator.seed(
        accounts=[
            dict(
                SITE,
                id=name,
                accountNumber=name,
                accountName=name,
                telephone_numbers=numbers[name][8:]
                + [
                    dict(to("DR" if place > 4 else "HQ"), phoneNumber=number)
                    for place, number in enumerate(numbers[name][:8])
                ],
                trunks=[dict(trunk, trunkName=trunk["trunkName"].partition(" ")[0]) for trunk in SITE["trunks"]],
            )
            for name in names
        ]
    )
    before = {name: shape(emulator.account(name)) for name in names}
    hosts = dict.fromkeys(names, {"sip_trunk_offboarding_trunks": ["DR"]})
    stuck = [
        emulator.fault("hang", times=None, seconds=600, method=method, path="/%s/%s" % (name, path), when=when)
        for name, method, path, when in (
            ("FIRST", "PUT", "siptrunk_2/HQ/forward$", "before"),
            ("NUMBER", "PATCH", "telephonenumber/%s$" % numbers["NUMBER"][6], "before"),
            ("DELETE", "DELETE", "siptrunk_2/DR$", "before"),
            ("GONE", "DELETE", "siptrunk_2/DR$", "after"),
        )
    ]
    player.killed(
        *crowd(OFFBOARD, hosts),
        when=lambda: (
            all(fault.hits for fault in stuck)
            and all(
                [
                    entry
                    for entry in emulator.log("PATCH", "/NUMBER/telephonenumber/%s$" % numbers["NUMBER"][last])
                    if entry["status"]
                ]
                for last in (5, 7)
            )
            and [trunk["id"] for trunk in emulator.account("GONE")["trunks"]] == ["HQ", "LAB"]
        ),
    )
    emulator.clear_faults()
    first = kept(tmp_path)
    assert [path.name.partition("-")[0] for path in first] == sorted(names)
    record = min(tmp_path.glob("record*.jsonl")).read_text()
    assert [path.name for path in first if "is kept in %s" % path not in record] == []
    half = {name: emulator.account(name) for name in names}
    assert shape(half["FIRST"]) == before["FIRST"] and [len(half[name]["trunks"]) for name in names] == [3, 3, 3, 2]
    assert (
        half["NUMBER"]["trunks"][1]["telephoneNumbers"] == [numbers["NUMBER"][6]]
        and half["DELETE"]["trunks"][1]["telephoneNumbers"] == []
    )

    texts = [path.read_text() for path in first]
    rerun = player.playbook(*crowd(OFFBOARD, hosts))
    assert rerun.code == 0 and [path.read_text() for path in first] == texts, rerun.output
    for name, path in zip(sorted(names), first, strict=True):
        account = emulator.account(name)
        assert [trunk["id"] for trunk in account["trunks"]] == ["HQ", "LAB"]
        assert account["trunks"][0]["forward"] == {"forwardOnFailure": [PHONE], "forwardOnCapacityExceeded": [PHONE]}
        assert str(path) in told_last(rerun, name) and ("Removed: DR" in told_last(rerun, name)) == (name != "GONE")
        assert [emulator.number(number).get("referenceId") for number in numbers[name][5:8]] == [None] * 3

    (tmp_path / "host_vars").mkdir()
    for path in first:
        path.rename(tmp_path / "host_vars" / (path.name.partition("-")[0] + ".yml"))
    back = player.playbook(*crowd(CONVERGE, dict.fromkeys(names, {})))
    assert back.code == 0 and {name: shape(emulator.account(name)) for name in names} == before, back.output


@pytest.mark.parametrize("check", [False, True])
def test_nothing_is_removed_while_the_way_back_would_be_lost(site, emulator, check):
    # The file system of /dev/shm is in memory on every Linux, and the environment is that of a job of AWX.
    job, place = {"AWX_HOST": "https://awx.example.net", "JOB_ID": "7"}, "/dev/shm/alianza-test-documents"
    played = site(check=check, environ=job, place=place, trunks=["Lab"])
    assert played.code != 0, played.output
    assert "The document that brings the trunks back in %s would be lost" % place in played.output
    assert emulator.writes() == [] and emulator.open_tokens == 0 and not os.path.exists(place)


def test_what_a_user_says_of_the_directory_counts(site, emulator, tmp_path):
    refused = site(ephemeral="true", trunks=["Lab"])
    assert refused.code != 0 and "alianza_state_is_ephemeral says so" in refused.output and not kept(tmp_path)
    job = {"AWX_HOST": "https://awx.example.net", "JOB_ID": "7"}
    done = site(environ=job, ephemeral="false", trunks=["Lab"])
    assert done.code == 0 and len(kept(tmp_path)) == 1, done.output
