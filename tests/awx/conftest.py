# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller for each test, the data of the role awx_setup, and what runs the playbook that applies it."""

from __future__ import annotations

import copy
import functools
import json

import pytest

from ansible_collections.alianza.sip_trunking.tests.awx.controller import Controller
from ansible_collections.alianza.sip_trunking.tests.awx.controller.projects import playbooks
from ansible_collections.alianza.sip_trunking.tests.awx.estate import documents, seed
from ansible_collections.alianza.sip_trunking.tests.awx.foreign import awx_awx
from ansible_collections.alianza.sip_trunking.tests.awx.jobs import Runner
from ansible_collections.alianza.sip_trunking.tests.awx.settings import PASSWORD, PROJECT, SETTINGS, TOKEN, USERNAME
from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator
from ansible_collections.alianza.sip_trunking.tests.support.player import Player


@pytest.fixture(name="foreign", scope="session")
def fixture_foreign():
    """The folder of the collection awx.awx."""
    return awx_awx()


def play(player, foreign, controller, check=False, environ=None, **variables):
    """Run the playbook awx_setup against a controller, with some variables, and return what was Played."""
    return player.playbook(
        "alianza.sip_trunking.awx_setup",
        "-e",
        json.dumps(dict(SETTINGS, **variables)),
        check=check,
        environ=dict(
            {
                "ANSIBLE_COLLECTIONS_PATH": "%s:%s" % (player.tree(), foreign),
                "CONTROLLER_HOST": controller.url,
                "CONTROLLER_OAUTH_TOKEN": TOKEN,
                "ALIANZA_USERNAME": USERNAME,
                "ALIANZA_PASSWORD": PASSWORD,
                "HOME": str(player.folder),
            },
            **(environ or {}),
        ),
    )


@pytest.fixture(name="first", scope="session")
def fixture_first(foreign, tmp_path_factory):
    """The first run of the playbook on an AWX that nothing was set up in: (what was Played, the controller's log, its store)."""
    with Controller(playbooks(PROJECT), TOKEN) as controller:
        played = play(
            Player(tmp_path_factory.mktemp("first"), {}), foreign, controller, environ={"ANSIBLE_VERBOSITY": "3"}
        )
        assert played.code == 0, played.output
        return played, controller.log, controller.store


@pytest.fixture(name="controller")
def fixture_controller():
    """An AWX that nothing was set up in."""
    with Controller(playbooks(PROJECT), TOKEN) as controller:
        yield controller


@pytest.fixture(name="ready")
def fixture_ready(first, controller):
    """An AWX as the first run leaves it."""
    controller.store = copy.deepcopy(first[2])
    return controller


@pytest.fixture(name="setup")
def fixture_setup(controller, foreign, tmp_path):
    """Returns what runs the playbook awx_setup with some variables."""
    return functools.partial(play, Player(tmp_path, {}), foreign, controller)


@pytest.fixture(name="server", scope="session")
def fixture_server():
    """The emulator of the platform, for all tests of a process."""
    with Emulator(username=USERNAME, password=PASSWORD) as emulator:
        yield emulator


@pytest.fixture(name="emulator")
def fixture_emulator(server):
    """The platform, with nothing on it."""
    server.reset()
    return server


@pytest.fixture(name="runner")
def fixture_runner(first, emulator, tmp_path):
    """What runs jobs of the AWX that the first run set up, with seven accounts on the platform and their documents."""
    seed(emulator)
    runner = Runner(tmp_path, first[2], emulator.url, Player(tmp_path, {}).tree())
    documents(runner)
    return runner
