# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registrar by itself: what it answers to whom, and what it tells the emulator."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.sip import sip_client
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until


@pytest.fixture(name="state")
def fixture_state(emulator, trunk):
    """Returns (registered, locked out, refusals) of the trunk, afresh at each call."""

    def read():
        known = emulator.sip_credentials(trunk["sipUsername"])
        return known["registered"], known["locked_out"], known["refusals"]

    return read


def test_who_gets_in(registrar, trunk, state):
    username, password = trunk["sipUsername"], trunk["sipPassword"]
    assert registrar.register_once(username, password) == 200 and state() == (True, False, 0)
    assert registrar.register_once(username, "wrong") == 403 and state() == (True, False, 1)
    assert registrar.register_once("nobody-at-all", password) == 403 and state() == (True, False, 1)
    assert registrar.register_once(username, password, aor="somebody") == 403 and state() == (True, False, 1)
    assert registrar.register_once(username, password, expires=0) == 200 and state() == (False, False, 1)


def test_a_password_counts_from_when_it_is_set(emulator, registrar, player, trunk):
    new = "n3w-" + trunk["sipPassword"]
    assert registrar.register_once(trunk["sipUsername"], trunk["sipPassword"]) == 200
    set_it = player.one("alianza_sip_trunk", account_id="LINDON", name="HQ", sip_password=new)
    assert set_it["changed"], set_it
    assert registrar.register_once(trunk["sipUsername"], trunk["sipPassword"]) == 403
    assert registrar.register_once(trunk["sipUsername"], new) == 200


def test_a_request_that_is_sent_again_is_no_further_attempt(registrar, trunk, state):
    username = trunk["sipUsername"]
    with sip_client.Client(registrar.host, registrar.port) as client:
        status, answer = client.ask("REGISTER", username)
        header = sip_client.credentials(sip_client.challenge(answer), "REGISTER", client.uri, username, "wrong")
        request = client.request("REGISTER", username, header)
        assert [status] + [client.send(request)[0] for dummy in range(4)] == [401, 403, 403, 403, 403]
    assert state() == (False, False, 1)


def test_an_answer_to_an_old_challenge_is_no_wrong_password(registrar, trunk, state):
    username = trunk["sipUsername"]
    with sip_client.Client(registrar.host, registrar.port) as client:
        asked = sip_client.challenge(client.ask("REGISTER", username)[1])
        for nonce in ("A" * len(asked["nonce"]), asked["nonce"][:-8] + "A" * 8):
            header = sip_client.credentials(
                dict(asked, nonce=nonce), "REGISTER", client.uri, username, trunk["sipPassword"]
            )
            status, answer = client.ask("REGISTER", username, header)
            assert status == 401 and "stale=true" in answer and state() == (False, False, 0)


@pytest.mark.parametrize("lifetime", [2])
def test_a_registration_that_is_not_renewed_ends(registrar, trunk, state):
    assert registrar.register_once(trunk["sipUsername"], trunk["sipPassword"]) == 200 and state()[0]
    wait_until(lambda: not state()[0], "the registration ends")


def test_lock_out(emulator, registrar, trunk, state):
    username, password = trunk["sipUsername"], trunk["sipPassword"]
    emulator.set(lock_out_after=2)
    assert registrar.register_once(username, password) == 200
    assert [registrar.register_once(username, "wrong") for dummy in range(3)] == [403] * 3
    assert state() == (False, True, 2) and registrar.register_once(username, password) == 403
    emulator.registration("LINDON", "HQ", locked_out=False)
    assert registrar.register_once(username, password) == 200 and state() == (True, False, 0)
