# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role credential_rotation: all of it or nothing, and no password anywhere.

The PBX is a file of hand-over tasks that keeps what it was handed, and tells the emulator what such a PBX would do.
"""

from __future__ import annotations

import json
import threading

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, known, leaks
from ansible_collections.alianza.sip_trunking.tests.support.player import INTEGRATION

ROTATE = "alianza.sip_trunking.rotate_credentials"
OLD = {"HQ": "hq\"old\\ <p&ss>'1", "DR": "dr-old-passw0rd", "Lab": "lab-old-passw0rd"}
LOOKUP = "lookup('alianza.sip_trunking.sip_credentials', credential_rotation_trunk_name, **credential_rotation_lookup)"
KEEP = {
    "name": "Keep",
    "no_log": True,
    "ansible.builtin.copy": {
        "content": "{{ (%s).sip_password }}" % LOOKUP,
        "dest": "{{ lookup('env', 'PBX_FOLDER') }}/{{ credential_rotation_trunk_name }}",
        "mode": "0600",
    },
}


def tell(**status):
    """Return the task with which the PBX changes what the platform sees of it."""
    return {
        "name": "Tell",
        "ansible.builtin.uri": {
            "url": "{{ lookup('env', 'ALIANZA_API_URL') }}/_emulator/registration",
            "method": "PUT",
            "body_format": "json",
            "body": dict({"account_id": "SITE", "trunk_id": "{{ credential_rotation_trunk_id }}"}, **status),
        },
        "when": "not ansible_check_mode",
    }


@pytest.fixture(name="pbx")
def fixture_pbx(player, emulator, tmp_path):
    """Three registered trunks; returns what runs the playbook with some hand-over tasks."""
    emulator.seed(
        accounts=[
            {
                "id": "SITE",
                "accountNumber": "500",
                "accountName": "Site",
                "trunks": [
                    {"id": "ID-" + name, "trunkName": name, "sipPassword": password, "registered": True}
                    for name, password in OLD.items()
                ],
            }
        ]
    )
    del player.environ["ALIANZA_ACCOUNT_ID"]
    (tmp_path / "pbx").mkdir()
    (tmp_path / "inventory.json").write_text(
        json.dumps({"all": {"hosts": {"site": {"alianza_account_number": "500"}}}})
    )

    def arguments(*tasks, trunks=("HQ",), **options):
        (tmp_path / "handover.yml").write_text(
            tasks[0] if tasks and isinstance(tasks[0], str) else json.dumps([KEEP, *tasks])
        )
        given = dict(
            {
                "trunks": list(trunks),
                "handover_tasks": "handover.yml",
                "settle": 0,
                "handover_registers": True,
                "wait_timeout": 60,
                "poll_interval": 0.2,
            },
            **options,
        )
        given = {"credential_rotation_" + name: value for name, value in given.items()}
        return ROTATE, "-i", str(tmp_path / "inventory.json"), "-e", json.dumps(given)

    def rotate(*tasks, check=False, **options):
        return player.playbook(*arguments(*tasks, **options), check=check, diff=True, verbosity=5)

    player.environ.update(
        PBX_FOLDER=str(tmp_path / "pbx"),
        HOME=str(tmp_path),
        ANSIBLE_CONNECTION_PLUGINS=str(INTEGRATION / "connection_plugins"),
    )
    rotate.arguments = arguments
    return rotate


@pytest.fixture(name="clean")
def fixture_clean(emulator, tmp_path):
    """Returns what proves that a run left no secret anywhere but at the PBX, and no token open."""

    def prove(played):
        secrets = known(emulator, **{"old password of " + name: password for name, password in OLD.items()})
        secrets.update(
            {
                "password at the PBX %d" % place: path.read_text()
                for place, path in enumerate((tmp_path / "pbx").iterdir())
            }
        )
        texts = {where: text for where, text in files(tmp_path).items() if "/pbx/" not in where}
        assert leaks(secrets, dict(texts, output=played.output)) == [] and emulator.open_tokens == 0

    return prove


def passwords(emulator):
    """Return {trunk's name: its password} as the platform holds them."""
    return {name: emulator.trunk("SITE", name)["sipPassword"] for name in OLD}


def said(played):
    """Return everything that the play's tasks say, in one text."""
    return json.dumps([result.get("msg", "") for result in played.results])


@pytest.mark.quick
def test_new_passwords_one_trunk_after_another(pbx, emulator, clean, tmp_path):
    checked = pbx(check=True, trunks=["HQ", "ID-DR"])
    assert checked.code == 0 and not emulator.writes() and passwords(emulator) == OLD, said(checked)
    assert (
        "Trunk 'HQ' would get a new password and is registered" in said(checked)
        and list((tmp_path / "pbx").iterdir()) == []
    )
    emulator.clear_log()
    played = pbx(trunks=["HQ", "ID-DR"])
    assert played.code == 0, said(played)
    new = passwords(emulator)
    assert new["Lab"] == OLD["Lab"] and all(
        new[name] != OLD[name] and len(new[name]) == 32 and new[name].isalnum() for name in ("HQ", "DR")
    )
    assert {path.name: path.read_text() for path in (tmp_path / "pbx").iterdir()} == {
        name: new[name] for name in ("HQ", "DR")
    }
    assert [
        (entry["method"], entry["path"].rpartition("/")[2], list(entry["body"])) for entry in emulator.writes()
    ] == [("PATCH", "ID-HQ", ["sipPassword"]), ("PATCH", "ID-DR", ["sipPassword"])]
    assert len([entry for entry in emulator.log() if entry["path"].endswith("/authorize")]) == 1
    assert "Trunk 'DR' has a new password and is registered, 0 s and more after the hand-over" in said(played)
    clean(checked)
    clean(played)


def test_a_lock_out_on_the_way_is_lifted(pbx, emulator, clean):
    # The PBX tried its old password before the hand-over.
    before = pbx(tell(registered=False, locked_out=True, register_after_reads=1))
    assert before.code == 0 and [entry["path"].rpartition("/")[2] for entry in emulator.writes()] == [
        "ID-HQ",
        "unlock",
    ], said(before)
    assert not emulator.trunk("SITE", "HQ")["lockedOut"] and "is registered" in said(before)
    clean(before)


def test_a_second_lock_out_while_the_registration_is_waited_for_is_lifted_too(pbx, emulator, clean):
    def unlocks():
        return len([entry for entry in emulator.writes() if entry["path"].endswith("/unlock")])

    def pbx_tries_its_old_password_once_more():
        for count, status in ((1, {"registered": False, "locked_out": True}), (2, {"registered": True})):
            while unlocks() < count and not done.wait(0.02):
                pass
            emulator.registration("SITE", "HQ", **status)

    done = threading.Event()
    thread = threading.Thread(target=pbx_tries_its_old_password_once_more)
    thread.start()
    try:
        played = pbx(tell(registered=False, locked_out=True), wait_timeout=5)
    finally:
        done.set()
        thread.join()
    assert played.code == 0 and unlocks() == 2, said(played)
    assert [entry["path"].rpartition("/")[2] for entry in emulator.writes()] == ["ID-HQ", "unlock", "unlock"]
    assert not emulator.trunk("SITE", "HQ")["lockedOut"] and "is registered" in said(played)
    clean(played)


def test_what_stands_against_it_is_told_before_anything_is_changed(pbx, emulator):
    emulator.registration("SITE", "HQ", registered=False)
    emulator.seed(
        accounts=[
            {
                "id": "TWIN",
                "accountNumber": "501",
                "accountName": "Twin",
                "trunks": [{"id": "A", "trunkName": "T"}, {"id": "B", "trunkName": "T"}],
            }
        ]
    )
    wrong = pbx(trunks=["HQ", "Nobody"], handover_tasks="gone.yml", poll_interval=0, password_length=5)
    twins = pbx(trunks="T\n", account_id="TWIN", handover_tasks="")
    for text in (
        "no trunk with the name or ID Nobody",
        "it has DR, HQ, Lab",
        "Not registered: HQ",
        "There is no file gone.yml",
        "at least 0.1 seconds",
        "password_length is 5",
    ):
        assert text in said(wrong), said(wrong)
    assert "2 trunks of this account are named 'T'" in said(
        twins
    ) and "give credential_rotation_handover_tasks" in said(twins)
    emulator.set(return_sip_password=False)
    unreadable = pbx(trunks=["DR"])
    assert "Nothing was changed, since the old password could not be restored" in said(unreadable)
    assert wrong.code and twins.code and unreadable.code and not emulator.writes() and emulator.open_tokens == 0
    emulator.set(return_sip_password=True)
    forced = pbx(trunks=["HQ"], force=True, wait_timeout=0)
    assert forced.code != 0 and passwords(emulator) == OLD and 'The old password is in force again"' in said(forced), (
        said(forced)
    )


def test_a_failure_puts_the_old_password_back_and_stops(pbx, emulator, clean, tmp_path):
    """A PBX that only takes its old password, as if nothing had been handed over to it."""
    stubborn = tell(
        registered="{{ (%s).sip_password == lookup('file', lookup('env', 'PBX_FOLDER') ~ '/../old') }}" % LOOKUP
    )
    (tmp_path / "old").write_text(OLD["HQ"])
    played = pbx(dict(stubborn, no_log=True), trunks=["HQ", "DR"], wait_timeout=3)
    (tmp_path / "old").unlink()
    assert played.code != 0 and passwords(emulator) == OLD, said(played)
    assert "was not rotated: Trunk 'HQ' is not registered after 3 s" in said(played)
    assert "The old password is in force again, and the PBX is registered with it" in said(played)
    assert [entry["path"].rpartition("/")[2] for entry in emulator.writes()] == ["ID-HQ", "ID-HQ"]
    assert [path.read_text() for path in (tmp_path / "pbx").iterdir()] == [OLD["HQ"]]
    clean(played)


def test_a_hand_over_that_fails_is_rolled_back_and_said_without_what_it_said(pbx, emulator, clean, tmp_path):
    played = pbx(
        {
            "name": "Reload the PBX",
            "ansible.builtin.fail": {"msg": "no"},
            # In the rehearsal nothing is there yet.
            "when": "(lookup('env', 'PBX_FOLDER') ~ '/HQ') is exists",
        }
    )
    assert played.code != 0 and passwords(emulator) == OLD, said(played)
    assert 'the hand-over failed in the task \\"Reload the PBX\\"' in said(played)
    assert "The platform has the old password again, and whether the PBX has it too could not be verified" in said(
        played
    )
    assert [path.read_text() for path in (tmp_path / "pbx").iterdir()] == [OLD["HQ"]]
    clean(played)


def test_a_write_that_is_refused_or_lost_leaves_the_old_password(pbx, emulator, clean, tmp_path):
    emulator.fault("status", method="PATCH", path="ID-HQ$", status=400)
    refused = pbx()
    assert refused.code != 0 and "The old password is in force again, and the PBX is registered" in said(refused), said(
        refused
    )
    # Written, and every answer lost: what the platform holds is read back, and put right.
    emulator.fault("reset", method="PATCH", path="ID-HQ$", times=5, when="after")
    lost = pbx()
    assert lost.code != 0 and passwords(emulator) == OLD and "The old password is in force again" in said(lost), said(
        lost
    )
    assert [path.read_text() for path in (tmp_path / "pbx").iterdir()] == [OLD["HQ"]]
    clean(lost)


def test_what_would_end_the_run_does_so_before_anything_is_changed(pbx, emulator):
    """Ansible neither rescues nor cleans up after a host that cannot be reached, or a file that it cannot read."""
    unreachable = pbx(
        {
            "name": "Reach it",
            "ansible.builtin.ping": {},
            "delegate_to": "pbx",
            "vars": {"ansible_connection": "unplugged"},
        }
    )
    assert (
        unreachable.code == 4
        and "UNREACHABLE" in unreachable.output
        and not emulator.writes()
        and passwords(emulator) == OLD
    ), unreachable.output
    emulator.clear_log()
    for text in ("- name: [", "- ansible.builtin.no_such_module: {}", "- ansible.builtin.ping: {}\n  delgate_to: pbx"):
        broken = pbx(text)
        assert broken.code != 0 and emulator.log() == [], text
    failing = pbx({"name": "Reload the PBX", "ansible.builtin.fail": {"msg": "no"}})
    assert 'in check mode the hand-over fails in the task \\"Reload the PBX\\", so nothing was changed' in said(
        failing
    ), said(failing)
    assert not emulator.writes() and emulator.open_tokens == 1, "the one of the run that ended"


def test_a_list_that_lags_behind_hands_over_the_right_password(pbx, emulator, clean, tmp_path):
    emulator.set(list_lag_reads=3)
    played = pbx()
    assert played.code == 0 and passwords(emulator)["HQ"] == (tmp_path / "pbx" / "HQ").read_text() != OLD["HQ"], said(
        played
    )
    clean(played)
    # Handed over, refused, and put back: the same in reverse.
    before = passwords(emulator)["HQ"]
    (tmp_path / "pbx" / "before").write_text(before)
    stubborn = {
        "name": "Keep to it",
        "ansible.builtin.fail": {"msg": "no"},
        "when": "lookup('file', '%s') != lookup('file', '%s')" % (tmp_path / "pbx" / "HQ", tmp_path / "pbx" / "before"),
        "no_log": True,
    }
    failed = pbx(stubborn)
    assert failed.code != 0 and 'the hand-over failed in the task \\"Keep to it\\"' in said(failed), said(failed)
    assert "The old password is in force again" in said(failed)
    assert passwords(emulator)["HQ"] == (tmp_path / "pbx" / "HQ").read_text() == before and len(emulator.writes()) == 3
    clean(failed)


def test_a_platform_that_keeps_returning_another_password_is_named_as_the_reason(pbx, emulator, clean):
    emulator.set(list_lag_reads=1000)
    played = pbx()
    assert played.code != 0 and passwords(emulator) == OLD, said(played)
    reason = "the platform accepted the password, and ten seconds later still returned another one"
    assert "trunk 'HQ' was not rotated: %s" % reason in said(played), said(played)
    clean(played)


@pytest.mark.parametrize(
    "where", ["write", pytest.param("hand-over", marks=pytest.mark.slow), pytest.param("wait", marks=pytest.mark.slow)]
)
def test_killed_in_between_a_rerun_by_force_ends_with_one_password(pbx, player, emulator, tmp_path, where):
    stuck = {"name": "Hang", "ansible.builtin.wait_for": {"timeout": 600}, "when": "not ansible_check_mode"}
    arguments = pbx.arguments(*[stuck] * (where == "hand-over"), wait_timeout=600)
    if where == "write":
        emulator.fault("hang", method="PATCH", path="ID-HQ$", seconds=600, when="after")
        player.killed(*arguments, when=lambda: passwords(emulator)["HQ"] != OLD["HQ"])
    elif where == "hand-over":
        player.killed(*arguments, when=lambda: emulator.writes() and (tmp_path / "pbx" / "HQ").exists())
    else:
        emulator.registration("SITE", "HQ", registered=True, unregister_after_reads=1)
        player.killed(*arguments, when=lambda: len(emulator.log("GET", "registrationstatus$")) >= 8)
    emulator.clear_faults()
    assert len(emulator.writes()) == 1 and passwords(emulator)["HQ"] != OLD["HQ"]
    # A PBX that was left with a password that is no longer right does not stay registered.
    emulator.registration("SITE", "HQ", registered=False)
    refused = pbx()
    assert refused.code != 0 and "Not registered: HQ" in said(refused) and len(emulator.writes()) == 1
    finished = pbx(tell(registered=True), force=True)
    assert finished.code == 0 and passwords(emulator)["HQ"] == (tmp_path / "pbx" / "HQ").read_text(), said(finished)
