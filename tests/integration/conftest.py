# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulator for all tests of a process, new for each test, and a player that points at it."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.contract import Gate
from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator
from ansible_collections.alianza.sip_trunking.tests.support.login import ACCOUNT_NUMBER, NUMBERS, PASSWORD, USERNAME
from ansible_collections.alianza.sip_trunking.tests.support.player import Player


@pytest.fixture(name="server", scope="session")
def fixture_server():
    """The emulator's process-wide server."""
    with Emulator(username=USERNAME, password=PASSWORD) as emulator:
        yield emulator


@pytest.fixture(name="gate", scope="session")
def fixture_gate():
    """Holds what went over the wire against the description of the API."""
    return Gate()


@pytest.fixture(name="emulator")
def fixture_emulator(server, gate):
    """An emulator with one account that has twenty numbers and no trunk; every call to it has to be as described."""
    server.reset()
    exchanges = server.journal.record()
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
    yield server
    assert server.state()["deleted_numbers"] == [], "a telephone number was deleted"
    assert gate.check(exchanges) == []


@pytest.fixture(name="player")
def fixture_player(emulator, tmp_path):
    """Runs playbooks against the emulator, with a timeout that nothing reaches by being slow."""
    return Player(
        tmp_path,
        {
            "ALIANZA_API_URL": emulator.url,
            "ALIANZA_USERNAME": USERNAME,
            "ALIANZA_PASSWORD": PASSWORD,
            "ALIANZA_ACCOUNT_ID": "ACCOUNT_1",
            "ALIANZA_TIMEOUT": "60",
        },
        idle=lambda: emulator.state()["in_flight"] == 0,
    )


@pytest.fixture(name="account")
def fixture_account(emulator):
    """Returns the emulator's view of the account, afresh at each call."""
    return lambda: emulator.account("ACCOUNT_1")
