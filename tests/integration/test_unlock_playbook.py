# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook unlock: all trunks that are locked out, or those that somebody named."""

from __future__ import annotations

import json

import pytest

UNLOCK = "alianza.sip_trunking.unlock"
TRUNKS = {"HQ": True, "DR": True, "Lab": False}


@pytest.fixture(name="unlock")
def fixture_unlock(player, emulator, tmp_path):
    """Two accounts with locked-out trunks; returns what runs the playbook with a choice of trunks."""
    emulator.seed(
        accounts=[
            {
                "id": key,
                "accountNumber": number,
                "accountName": key,
                "trunks": [
                    {"id": "%s-%s" % (key, name), "trunkName": name, "lockedOut": locked}
                    for name, locked in TRUNKS.items()
                ],
            }
            for key, number in (("ONE", "601"), ("TWO", "602"))
        ]
    )
    del player.environ["ALIANZA_ACCOUNT_ID"]
    hosts = {"one": {"alianza_account_id": "ONE"}, "two": {"alianza_account_number": "602"}}
    (tmp_path / "inventory.json").write_text(json.dumps({"all": {"hosts": hosts}}))

    def unlock(*arguments, check=False, **variables):
        variables = ["-e", json.dumps(variables)] if variables else []
        return player.playbook(
            UNLOCK, "-i", str(tmp_path / "inventory.json"), *variables, *arguments, check=check, diff=True
        )

    return unlock


def unlocked(emulator):
    """Return the trunks that were unlocked, in the order of the requests."""
    return [entry["path"].split("/")[-2] for entry in emulator.writes() if entry["path"].endswith("/unlock")]


def test_all_that_are_locked_out_once_and_in_check_mode_none(unlock, emulator):
    checked = unlock(check=True)
    assert checked.code == 0 and checked.changes() == 2, checked.output
    assert unlocked(emulator) == []
    played = unlock()
    assert played.code == 0, played.output
    assert sorted(unlocked(emulator)) == ["ONE-DR", "ONE-HQ", "TWO-DR", "TWO-HQ"]
    assert emulator.open_tokens == 0
    emulator.clear_log()
    # A survey that was left blank sends an empty text.
    again = unlock(unlock_trunks="")
    assert again.code == 0 and "one: no trunk is locked out" in again.output, again.output
    assert unlocked(emulator) == [] and again.changes() == 0


@pytest.mark.parametrize("chosen", ["HQ\nLab\n", ["HQ"], "ONE-HQ"])
def test_only_those_that_are_named(unlock, emulator, chosen):
    played = unlock("--limit", "one", unlock_trunks=chosen)
    assert played.code == 0, played.output
    assert unlocked(emulator) == ["ONE-HQ"]


def test_a_trunk_that_is_not_there_stops_before_any_write(unlock, emulator):
    played = unlock("--limit", "one", unlock_trunks="HQ\nProvo")
    assert played.code != 0 and "Provo" in played.output and "DR, HQ, Lab" in played.output, played.output
    assert unlocked(emulator) == [] and emulator.open_tokens == 0


def test_two_hosts_of_one_account_are_refused_although_one_gives_its_number(unlock, emulator, tmp_path):
    hosts = {"one": {"alianza_account_id": "ONE"}, "same": {"alianza_account_number": "601"}}
    (tmp_path / "inventory.json").write_text(json.dumps({"all": {"hosts": hosts}}))
    played = unlock()
    assert played.code != 0 and "one and same are the same account ONE" in played.output, played.output
    assert unlocked(emulator) == [] and emulator.open_tokens == 0
