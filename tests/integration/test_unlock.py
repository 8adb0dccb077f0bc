# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_trunk_unlock: a trunk that was locked out after failed registrations."""

from __future__ import annotations

import pytest

MODULE = "alianza_trunk_unlock"
FULL = "alianza.sip_trunking." + MODULE


@pytest.mark.quick
def test_unlock_same_again_check_mode_and_refusals(player, emulator):
    emulator.seed(
        accounts=[
            {
                "id": "LOCK",
                "accountNumber": "600",
                "accountName": "Locked",
                "trunks": [
                    {"id": "T1", "trunkName": "HQ", "lockedOut": True},
                    {"id": "T2", "trunkName": "DR", "lockedOut": True},
                    {"id": "W1", "trunkName": "Twin"},
                    {"id": "W2", "trunkName": "Twin"},
                ],
            }
        ]
    )
    player.environ["ALIANZA_ACCOUNT_ID"] = "LOCK"
    played = player.tasks(
        {FULL: {"trunk_name": "HQ"}, "check_mode": True},
        (MODULE, {"trunk_name": "HQ"}),
        (MODULE, {"trunk_id": "T1"}),
        {FULL: {"trunk_name": "New"}, "check_mode": True},
        (MODULE, {"trunk_name": "New"}),
        (MODULE, {"trunk_id": "T9"}),
        (MODULE, {"trunk_name": "Twin"}),
        (MODULE, {}),
    )
    results = played.results
    assert [(result["failed"], result.get("changed", False)) for result in results] == [
        (False, True),
        (False, True),
        (False, False),
        (False, False),
    ] + [(True, False)] * 4, played.output
    assert results[0]["diff"] == results[1]["diff"] and results[1]["diff"]["before"] != results[1]["diff"]["after"]
    assert "'New'" in results[3]["warnings"][0]
    assert [result["failure"]["kind"] for result in results[4:]] == [
        "not_found",
        "not_found",
        "ambiguous",
        "invalid_input",
    ]
    assert "'New'" in results[4]["msg"] and "T9" in results[5]["msg"] and "W1, W2" in results[6]["msg"]
    (write,) = emulator.writes()
    assert write["method"] == "PUT" and write["path"].endswith("/account/LOCK/siptrunk_2/T1/unlock")
    assert {trunk["id"]: trunk["lockedOut"] for trunk in emulator.account("LOCK")["trunks"]} == {
        "T1": False,
        "T2": True,
        "W1": False,
        "W2": False,
    }
    assert emulator.open_tokens == 0
