# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""credential_rotation with a PBX that really registers."""

from __future__ import annotations

import json

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.sip.plays import configure, until
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

ROTATE = "alianza.sip_trunking.rotate_credentials"


@pytest.fixture(name="rotate")
def fixture_rotate(player, pbx, trunk, tmp_path):
    """A registered PBX; returns what rotates its credentials: whether the hand-over reaches the PBX, and the role's variables."""
    player.environ["ALIANZA_ACCOUNT_ID"] = "LINDON"
    configure(player, pbx(), until("registered"))
    described = {"format": "baresip", "path": str(pbx().accounts), "trunks": ["{{ credential_rotation_trunk_name }}"]}
    write = {
        "name": "Configure the PBX",
        "ansible.builtin.include_role": {"name": "alianza.sip_trunking.pbx_registration"},
        "vars": {"pbx_registration_pbxs": [described]},
    }
    restart = {
        "name": "Restart the PBX",
        "ansible.builtin.command": {"argv": [*pbx().control, "restart"]},
        "changed_when": True,
    }
    (tmp_path / "inventory.json").write_text(
        json.dumps({"all": {"hosts": {"lindon": {"alianza_account_id": "LINDON"}}}})
    )

    def run(arrives=True, **options):
        (tmp_path / "handover.yml").write_text(json.dumps([write, restart] if arrives else [restart]))
        given = dict(
            {"trunks": "HQ", "handover_tasks": "handover.yml", "wait_timeout": 10, "poll_interval": 0.2}, **options
        )
        return player.playbook(
            ROTATE,
            "-i",
            str(tmp_path / "inventory.json"),
            "-e",
            json.dumps({"credential_rotation_" + name: value for name, value in given.items()}),
        )

    return run


def test_the_pbx_registers_with_a_new_password_and_nobody_with_the_old_one(rotate, emulator, registrar, pbx, trunk):
    played = rotate(settle=1, handover_registers=True)
    assert played.code == 0, played.output
    new = emulator.sip_credentials(trunk["sipUsername"])
    assert new["sip_password"] != trunk["sipPassword"] and new["registered"] and not new["locked_out"]
    assert registrar.register_once(trunk["sipUsername"], trunk["sipPassword"]) == 403
    # Only who has the password can end the registration.
    pbx().stop()
    wait_until(lambda: not emulator.sip_credentials(trunk["sipUsername"])["registered"], "the PBX has said goodbye")
    assert (
        new["sip_password"] not in played.output
        and trunk["sipPassword"] not in played.output
        and emulator.open_tokens == 0
    )


@pytest.mark.parametrize("lifetime", [2])
def test_a_password_that_does_not_reach_the_pbx_is_taken_back(rotate, emulator, registrar, trunk):
    # Longer than a registration lasts: what is seen then is no registration from before.
    played = rotate(arrives=False, settle=4, registration_interval=2, wait_timeout=1)
    assert (
        played.code != 0 and "The old password is in force again, and the PBX is registered with it" in played.output
    ), played.output
    assert emulator.sip_credentials(trunk["sipUsername"])["sip_password"] == trunk["sipPassword"]
    # On a busy machine the PBX may renew a registration of two seconds late.
    wait_until(lambda: emulator.sip_credentials(trunk["sipUsername"])["registered"], "the PBX is registered")
    assert emulator.open_tokens == 0
    assert registrar.register_once(trunk["sipUsername"], trunk["sipPassword"]) == 200
