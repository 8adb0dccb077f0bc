# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diversions by automation: it restores only what it has diverted itself, and people restore everything."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.diverted import OPEN, World

NAMES = {"T1": "HQ", "T2": "Branch"}
CELL, DESK = "18015552222", "18015553333"


@pytest.fixture(name="world")
def fixture_world():
    return World(NAMES)


def test_automation_restores_what_it_diverted(world):
    world.divert(CELL, ["HQ"], owner="robot")
    assert "owner: robot" in world.files[OPEN]
    restored = world.restore(["T1"], owner="robot")
    assert restored["fault"] == "" and world.wires["T1"] == {} and OPEN not in world.files


@pytest.mark.parametrize("owner", ["", "another"])
def test_automation_leaves_what_others_diverted(world, owner):
    world.divert(CELL, ["HQ"], owner=owner)
    before = dict(world.wires)
    restored = world.restore(["T1"], owner="robot")
    assert restored["fault"] == "" and restored["trunks"] == [] and world.wires == before
    assert "none was diverted by robot" in restored["report"][0]


@pytest.mark.parametrize("target", [CELL, DESK])
def test_what_people_divert_again_is_theirs(world, target):
    world.divert(CELL, ["HQ"], owner="robot")
    world.divert(target, ["HQ"])
    assert world.restore(["T1"], owner="robot")["trunks"] == []
    assert world.restore(["T1"])["fault"] == "" and world.wires["T1"] == {}


def test_what_people_restored_and_diverted_anew_is_theirs(world):
    world.divert(CELL, ["HQ"], owner="robot")
    world.restore()
    world.divert(CELL, ["HQ"])
    assert world.restore(["T1"], owner="robot")["trunks"] == []


def test_people_restore_what_automation_diverted(world):
    world.divert(CELL, ["HQ"], owner="robot")
    world.divert(DESK, ["Branch"])
    assert world.restore()["fault"] == "" and world.wires == {"T1": {}, "T2": {}}


def test_automation_restores_its_own_of_several(world):
    world.divert(CELL, ["HQ"], owner="robot")
    world.divert(DESK, ["Branch"])
    world.restore(owner="robot")
    assert world.wires["T1"] == {} and world.wires["T2"] != {} and world.parsed(OPEN).of("T1") is None


def test_nothing_to_restore_is_no_failure_of_automation(world):
    assert world.restore(["T1"], owner="robot")["fault"] == ""
    assert world.restore(["T1"])["fault"] != ""
