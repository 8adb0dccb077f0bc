# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which trunks get new passwords, and what keeps them from it."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._session.rotation import check_rotation

TRUNKS = [
    {"trunk_id": trunk_id, "name": name, "registration": {"registered": registered}, "sip_username": "x"}
    for trunk_id, name, registered in (("1", "HQ", True), ("2", "DR", False), ("3", "Lab", True), ("4", "Lab", True))
]
OPTIONS = {
    "trunks": ["HQ"],
    "force": False,
    "handover_tasks": "handover.yml",
    "handover_file": "/x/handover.yml",
    "password_length": 32,
    "settle": 60,
    "registration_interval": 60,
    "handover_registers": False,
    "wait_timeout": 120,
    "poll_interval": "5",
}


def test_trunks_are_rotated_in_the_order_of_the_selection():
    work = check_rotation(TRUNKS, dict(OPTIONS, trunks="DR\n1\nHQ", force=True))
    assert work["fault"] == "" and [trunk["name"] for trunk in work["trunks"]] == ["DR", "HQ"]
    assert work["trunks"][1] == {"trunk_id": "1", "name": "HQ", "registration": {"registered": True}}


@pytest.mark.parametrize(
    "changes, fault",
    [
        ({"trunks": ""}, "No trunk is named: give credential_rotation_trunks"),
        ({"trunks": {"a": 1}}, "The choice is no list of trunks"),
        ({"trunks": "Lab"}, "2 trunks of this account are named 'Lab': give the ID of one, of 3, 4"),
        ({"trunks": "Gone"}, "no trunk with the name or ID Gone: check the names, it has DR, HQ, Lab, Lab"),
        ({"trunks": ["DR"]}, "Not registered: DR"),
        ({"handover_tasks": "", "handover_file": ""}, "There is no file of tasks"),
        ({"handover_file": ""}, "There is no file handover.yml (credential_rotation_handover_tasks)"),
        ({"password_length": 5}, "credential_rotation_password_length is 5: a SIP password has at least 6 characters"),
        ({"password_length": "x"}, "credential_rotation_password_length is not a number"),
        ({"settle": "soon"}, "credential_rotation_settle is not a number: give at least 0 seconds"),
        ({"settle": 59}, "credential_rotation_settle is 59 s and the registration from before may be shown for 60 s"),
        ({"registration_interval": 0}, "It is not known for how long the registration from before is shown"),
        ({"wait_timeout": -1}, "credential_rotation_wait_timeout is -1: give at least 0 seconds"),
        ({"poll_interval": "0"}, "credential_rotation_poll_interval is 0: give at least 0.1 seconds"),
    ],
)
def test_a_fault_names_its_variable(changes, fault):
    assert fault in check_rotation(TRUNKS, dict(OPTIONS, **changes))["fault"]


@pytest.mark.parametrize(
    "changes", [{"settle": 0, "handover_registers": True}, {"settle": 0, "trunks": ["DR"], "force": True}]
)
def test_a_short_settle_is_fine_where_no_registration_from_before_is_shown(changes):
    assert check_rotation(TRUNKS, dict(OPTIONS, **changes))["fault"] == ""


@pytest.mark.parametrize(
    "changes, settle",
    [
        ({"settle": "", "registration_interval": "3600"}, 3600),
        ({"settle": None, "registration_interval": 5}, 10),
        ({"settle": " ", "handover_registers": True, "registration_interval": 3600}, 10),
        ({"settle": "0", "handover_registers": True}, "0"),
    ],
)
def test_without_a_settle_the_check_comes_when_it_says_something(changes, settle):
    work = check_rotation(TRUNKS, dict(OPTIONS, **changes))
    assert (work["settle"], work["fault"]) == (settle, "")


def test_without_anything_that_says_when_a_check_is_worth_something_it_is_refused():
    assert "It is not known" in check_rotation(TRUNKS, dict(OPTIONS, settle="", registration_interval=0))["fault"]


def test_all_faults_are_reported_together():
    work = check_rotation(TRUNKS, dict(OPTIONS, trunks=["DR", "Gone"], handover_file="", password_length=5))
    assert all(part in work["fault"] for part in ("Gone", "Not registered: DR", "handover.yml", "is 5"))
