# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX that registers: onboarded, configured, locked out and freed, stopped; each step done by the collection where it has one."""

from __future__ import annotations

import json
import string

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.sip.plays import INFO, configure, until
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

# Every printable character but the one that baresip's accounts cannot hold beside a blank or a semicolon.
SECRET = string.ascii_letters + string.digits + string.punctuation.replace('"', "") + " "


def test_onboarded_and_registered(player, emulator, registrar, pbx, tmp_path):
    document = {
        "alianza_account_id": "ACCOUNT_1",
        "alianza_trunks": [
            {
                "name": "HQ",
                "concurrent_calls": 6,
                "sip_password": SECRET,
                "telephone_numbers": ["18015550000-18015550002"],
            }
        ],
    }
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"maple-dental": document}}}))
    onboarded = player.playbook("alianza.sip_trunking.onboard", "-i", str(inventory))
    assert onboarded.code == 0, onboarded.output
    assert emulator.trunk("ACCOUNT_1", "HQ")["sipProxyServer"] == registrar.address

    played = configure(player, pbx(), until("registered"))
    assert played.results[-1]["registered"] is True and played.results[-1]["locked_out"] is False


def test_a_wrong_password_locks_the_trunk_out_until_it_is_unlocked(player, emulator, registrar, pbx, trunk):
    player.environ["ALIANZA_ACCOUNT_ID"] = "LINDON"
    username, old, new = trunk["sipUsername"], trunk["sipPassword"], "n3w-" + trunk["sipPassword"]
    configure(player, pbx(), until("registered"), ("alianza_sip_trunk", {"name": "HQ", "sip_password": new}))
    for dummy in range(emulator.settings.lock_out_after):
        refused = emulator.sip_credentials(username)["refusals"]
        pbx().restart()
        wait_until(
            lambda before=refused: (
                emulator.sip_credentials(username)["refusals"] > before
                or emulator.sip_credentials(username)["locked_out"]
            ),
            "a refusal",
        )
    assert registrar.register_once(username, new) == 403, "not even with the right password"

    before, unlocked, after = player.tasks(
        (INFO, {"trunk_name": "HQ"}), ("alianza_trunk_unlock", {"trunk_name": "HQ"}), (INFO, {"trunk_name": "HQ"})
    ).results
    assert (before["locked_out"], before["registered"], unlocked["changed"], after["locked_out"]) == (
        True,
        False,
        True,
        False,
    )
    freed = configure(player, pbx(), until("registered"))
    assert freed.results[-1]["registered"] is True
    assert registrar.register_once(username, old) == 403, "nobody has the old password any more"


@pytest.mark.parametrize(("ends", "lifetime"), [("stop", 60), ("kill", 2)])
def test_a_pbx_that_ends_is_unregistered(player, pbx, trunk, ends):
    """It says so when it is stopped; when it is killed, its registration expires."""
    player.environ["ALIANZA_ACCOUNT_ID"] = "LINDON"
    configure(player, pbx(), until("registered"))
    getattr(pbx(), ends)()
    played = player.tasks(until("unregistered"))
    assert played.results[0].get("registered") is False, played.output
