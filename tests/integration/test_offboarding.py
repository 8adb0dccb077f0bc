# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role sip_trunk_offboarding: what goes, what stays, what stops it, and what brings it back."""

from __future__ import annotations

import json

import pytest
import yaml

from test_leaks import files, known, leaks

OFFBOARD, CONVERGE, EXPORT = (
    "alianza.sip_trunking." + name for name in ("offboard", "converge", "export_account"))
NUMBERS = ["180155500%02d" % last for last in range(12)]


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
SITE = {
    "id": "SITE", "accountNumber": "500", "accountName": "Site",
    "trunks": [
        {"id": "HQ", "trunkName": "HQ", "concurrentCalls": 20, "registered": True},
        {"id": "DR", "trunkName": "DR {{ 1 }}", "concurrentCalls": 5, "sipPassword": 'dr"\\ <p&ss>\'1'}, {"id": "LAB", "trunkName": "Lab"}],
    "forwards": {
        "HQ": {"forwardAlways": dict(to("DR"), enabled=False), "forwardOnFailure": [to("DR"), PHONE], "forwardOnCapacityExceeded": [PHONE]},
        "DR": {"forwardOnFailure": [to("HQ")]}},
    "telephone_numbers": NUMBERS[8:] + [dict(to("HQ"), phoneNumber=number) for number in NUMBERS[:5]] + [
        dict(to("DR"), phoneNumber=number) for number in NUMBERS[5:8]]}


@pytest.fixture(name="site")
def fixture_site(player, emulator, tmp_path):
    """An account in use as an inventory host; returns what runs the playbook on it, with the role's variables without their prefix."""
    emulator.seed(accounts=[SITE])
    del player.environ["ALIANZA_ACCOUNT_ID"]
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"site": {"alianza_account_number": "500"}}}}))

    def offboard(check=False, **options):
        given = {"sip_trunk_offboarding_" + name: value for name, value in options.items()}
        # What stands in variables is a template, unless it says that it is none.
        if "trunks" in options:
            given["sip_trunk_offboarding_trunks"] = ["{%% raw %%}%s{%% endraw %%}" % name for name in options["trunks"]]
        given["alianza_offboarding_directory"] = str(tmp_path / "kept")
        return player.playbook(OFFBOARD, "-i", str(inventory), "-e", json.dumps(given), check=check, diff=True, verbosity=3)
    return offboard


def kept(tmp_path):
    """Return the documents that were kept, the oldest first."""
    return sorted((tmp_path / "kept").iterdir()) if (tmp_path / "kept").exists() else []


def shape(account):
    """Return what an account's trunks are and do, with names in place of ids."""
    names = {trunk["id"]: trunk["trunkName"] for trunk in account["trunks"]}

    def by_name(value):
        return dict(value, **({"referenceId": names[value["referenceId"]]} if value.get("referenceId") in names else {}))

    return {trunk["trunkName"]: [trunk[key] for key in ("sipUsername", "concurrentCalls", "telephoneNumbers")] + [
        json.loads(json.dumps(trunk["forward"]), object_hook=by_name)] for trunk in account["trunks"]}


def said(played):
    """Return everything that the play's tasks say, in one text."""
    return json.dumps([result.get("msg", "") for result in played.results])


def planned(played):
    """Return the plan that the play showed."""
    return [result["plan"] for result in played.results if "plan" in result][0]


@pytest.mark.quick
def test_a_trunk_goes_with_its_numbers_and_the_rules_that_point_at_it_and_comes_back(player, emulator, site, tmp_path):
    before = emulator.account("SITE")
    predicted = site(check=True, trunks=["DR {{ 1 }}"])
    assert predicted.code == 0 and not emulator.writes() and kept(tmp_path) == [], predicted.output
    real = site(trunks=["DR {{ 1 }}"])
    assert real.code == 0 and planned(predicted) == planned(real), real.output
    assert [(step["action"], step["resource"], step["name"]) for step in planned(real)] == [
        ("update", "trunk_forwarding", "HQ"), ("delete", "tn_route", "DR {{ 1 }}"), ("delete", "sip_trunk", "DR {{ 1 }}")]
    account = emulator.account("SITE")
    assert [trunk["trunkName"] for trunk in account["trunks"]] == ["HQ", "Lab"]
    assert account["trunks"][0]["forward"] == {"forwardOnFailure": [PHONE], "forwardOnCapacityExceeded": [PHONE]}
    written = ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in emulator.writes()]
    assert written[0] == "PUT forward" and sorted(written[1:4]) == ["PATCH " + number for number in NUMBERS[5:8]] and written[4:] == ["DELETE DR"]
    assert "Still on the account, and ringing nowhere: 18015550005-18015550007" in said(real) and "Removed: DR {{ 1 }}" in said(real)
    logins = [entry["path"].rpartition("/")[2] for entry in emulator.log() if "authorize" in entry["path"]]
    assert sorted(logins) == ["authorize"] * 2 + ["logout"] * 2 and emulator.open_tokens == 0

    document, = kept(tmp_path)
    assert document.stat().st_mode & 0o777 == 0o600 and document.parent.stat().st_mode & 0o777 == 0o700
    trunks = yaml.safe_load(document.read_text().replace("!unsafe ", ""))["alianza_trunks"]
    assert [entry["name"] for entry in trunks] == ["DR {{ 1 }}", "HQ"] and sorted(trunks[1]) == ["forwarding", "name"]
    secrets = {name: secret for name, secret in known(emulator, **{"DR's password": SITE["trunks"][1]["sipPassword"]}).items() if secret}
    assert leaks(secrets, dict(files(tmp_path), output=real.output + predicted.output)) == []

    emulator.clear_log()
    again = site(trunks=["DR {{ 1 }}"])
    assert again.code == 0 and not emulator.writes() and kept(tmp_path) == [document] and "changed=0" in again.output, again.output
    assert "Not on the account, so nothing to remove: DR {{ 1 }}" in said(again)
    back = player.playbook(CONVERGE, "-i", "site,", "-e", "@%s" % document)
    assert back.code == 0, back.output
    assert shape(emulator.account("SITE")) == shape(before)


def test_the_whole_account_only_when_said_and_a_registered_trunk_only_by_force(player, emulator, site, tmp_path):
    before = emulator.state()["accounts"]
    nothing, both, registered = site(), site(trunks=["Lab"], whole_account=True), site(whole_account=True)
    assert "No trunk is named" in said(nothing) and "both to be taken out" in said(both)
    assert "Trunk 'HQ' has state: absent, and its PBX is registered" in said(registered)
    assert "or set sip_trunk_offboarding_force: true" in said(registered)
    assert [played.code != 0 for played in (nothing, both, registered)] == [True] * 3
    assert emulator.state()["accounts"] == before and not emulator.writes() and kept(tmp_path) == [] and emulator.open_tokens == 0
    crowd = tmp_path / "crowd.json"
    crowd.write_text(json.dumps({"all": {"hosts": {"site-%d" % place: {"alianza_account_id": str(place)} for place in range(2)}}}))
    emulator.clear_log()
    slip = player.playbook(OFFBOARD, "-i", str(crowd), "-e", "sip_trunk_offboarding_whole_account=true")
    assert slip.code != 0 and "take trunks out of service at 2 customers" in said(slip) and emulator.log() == []
    forced = site(whole_account=True, force=True)
    assert forced.code == 0 and emulator.account("SITE")["trunks"] == [] and "its PBX is registered" in forced.warnings(), forced.output
    assert len(yaml.safe_load(kept(tmp_path)[0].read_text().replace("!unsafe ", ""))["alianza_trunks"]) == 3


def test_a_run_that_failed_is_finished_by_the_next_and_what_was_kept_stays(emulator, site, tmp_path):
    emulator.fault("status", method="PUT", path="HQ/forward$", status=400)
    failed = site(trunks=["DR {{ 1 }}", "Lab"])
    assert failed.code != 0 and "not attempted: calls are still sent to it" in said(failed) and emulator.open_tokens == 0
    assert [trunk["trunkName"] for trunk in emulator.account("SITE")["trunks"]] == ["HQ", "DR {{ 1 }}"]
    first, = kept(tmp_path)
    text = first.read_text()
    rerun = site(trunks=["DR {{ 1 }}", "Lab"])
    assert rerun.code == 0 and [trunk["trunkName"] for trunk in emulator.account("SITE")["trunks"]] == ["HQ"], rerun.output
    assert len(kept(tmp_path)) == 2 and first.read_text() == text and "telephone_numbers" in text


def test_what_the_platform_does_not_do_is_noticed(emulator, site):
    """A rule that is accepted and not taken, told by an empty answer: only reading back shows it."""
    emulator.set(ignored_fields=["forwardOnFailure"], write_status=204)
    played = site(trunks=["DR {{ 1 }}"])
    assert played.code != 0 and emulator.open_tokens == 0
    assert "still shows update trunk_forwarding HQ" in said(played), said(played)
