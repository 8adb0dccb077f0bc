# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulator, a registrar that stands before it, and PBXs that register there."""

from __future__ import annotations

import os

import pytest

from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator
from ansible_collections.alianza.sip_trunking.tests.support.login import ACCOUNT_NUMBER, NUMBERS, PASSWORD, USERNAME
from ansible_collections.alianza.sip_trunking.tests.support.player import Player
from ansible_collections.alianza.sip_trunking.tests.support.sip import baresip, kamailio
from ansible_collections.alianza.sip_trunking.tests.support.sip.programs import find


@pytest.fixture(name="programs", scope="session", autouse=True)
def fixture_programs():
    """The programs that are not Python's. Without them the tests are skipped, unless END_TO_END says that they are required."""
    missing = [
        name for name in ("kamailio", "baresip") if not find(name)
    ] or kamailio.absent_modules() + baresip.absent_modules()
    if missing:
        reason = "%s is not installed; bindep.txt lists the packages" % " and ".join(missing)
        pytest.fail(reason) if os.environ.get("END_TO_END") == "required" else pytest.skip(reason)


@pytest.fixture(name="server", scope="session")
def fixture_server():
    """The emulator's process-wide server."""
    with Emulator(username=USERNAME, password=PASSWORD) as emulator:
        yield emulator


@pytest.fixture(name="emulator")
def fixture_emulator(server):
    """An emulator with one account that has twenty numbers and no trunk."""
    server.reset()
    server.seed(
        accounts=[
            {
                "id": "ACCOUNT_1",
                "accountNumber": ACCOUNT_NUMBER,
                "accountName": "Maple Dental",
                "telephone_numbers": [NUMBERS],
            }
        ]
    )
    return server


@pytest.fixture(name="lifetime")
def fixture_lifetime():
    """How many seconds a registration lasts: longer than a test, unless the test says otherwise."""
    return 60


@pytest.fixture(name="registrar")
def fixture_registrar(emulator, tmp_path, lifetime):
    """A registrar, which is where the platform tells PBXs to register."""
    registrar = kamailio.Registrar(tmp_path / "registrar", emulator.url, lifetime)
    try:
        registrar.start()
        emulator.set(sip_proxy_server=registrar.address)
        yield registrar
    finally:
        registrar.stop()
        # pytest shows this if the test failed.
        print(registrar.log())


@pytest.fixture(name="pbx")
def fixture_pbx(registrar, tmp_path):
    """Returns a function that returns a PBX by its name; its configuration is a folder of that name. All are killed at the end."""
    pbxs = {}

    def named(name="pbx"):
        if name not in pbxs:
            pbxs[name] = baresip.Pbx(tmp_path / name)
        return pbxs[name]

    try:
        yield named
    finally:
        for pbx in pbxs.values():
            pbx.kill()
            print(pbx.log())


@pytest.fixture(name="player")
def fixture_player(emulator, registrar, tmp_path):
    """Runs playbooks against the emulator."""
    return Player(
        tmp_path,
        {
            "ALIANZA_API_URL": emulator.url,
            "ALIANZA_USERNAME": USERNAME,
            "ALIANZA_PASSWORD": PASSWORD,
            "ALIANZA_ACCOUNT_ID": "ACCOUNT_1",
        },
    )


@pytest.fixture(name="trunk")
def fixture_trunk(emulator):
    """A trunk that the platform knows: its name, sipUsername and sipPassword."""
    made = emulator.seed(
        accounts=[{"id": "LINDON", "accountNumber": "900", "accountName": "Lindon", "trunks": [{"trunkName": "HQ"}]}]
    )
    return made["accounts"][0]["trunks"][0]
