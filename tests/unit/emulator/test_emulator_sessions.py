# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users and tokens."""

from __future__ import annotations

import requests

from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator


def test_login_and_logout(emu, api):
    assert api.login["partitionId"] == emu.partition_id and api.login["maxLifeInHours"] == 8
    assert {"userId", "username", "authToken"} <= set(api.login)
    assert (emu.logins, emu.open_tokens) == (1, 1)
    assert api("GET", emu.url + "/v2/authorize/userinfo").json()["username"] == emu.username
    out = api("PUT", emu.url + "/v2/authorize/logout")
    assert (out.status_code, out.content) == (200, b"")
    assert emu.open_tokens == 0
    assert api("PUT", emu.url + "/v2/authorize/logout").status_code == 401


def test_refused_logins(emu):
    url = emu.url + "/v2/authorize"
    for document, status in (
        ({"username": emu.username, "password": "wrong"}, 401),
        ({"username": "nobody", "password": emu.password}, 401),
        ({"username": emu.username}, 400),
        ({"username": emu.username, "password": 5}, 400),
        ({"username": emu.username, "password": emu.password, "remember": True}, 400),
    ):
        answer = requests.post(url, json=document, timeout=60)
        assert answer.status_code == answer.json()["status"] == status
    assert (emu.logins, emu.failed_logins, emu.open_tokens) == (0, 2, 0)


def test_calls_without_a_good_token(emu, api):
    for headers in ({}, {"X-AUTH-TOKEN": "wrong"}, {"Authorization": "Bearer " + api.login["authToken"]}):
        answer = requests.get(api.base, headers=headers, timeout=60)
        assert answer.status_code == 401 and set(answer.json()) == {"status", "messages", "data"}


def test_a_token_lives_eight_hours_from_its_last_use(emu, api):
    for dummy in range(3):
        emu.advance(8 * 3600 - 60)
        assert api("GET", "").status_code == 200
    emu.advance(8 * 3600 + 60)
    assert emu.open_tokens == 0
    assert api("GET", "").status_code == 401


def test_all_tokens_can_expire_at_once(emu, api):
    assert emu.expire_tokens() == 1
    assert api("GET", "").status_code == 401
    assert emu.open_tokens == 0


def test_other_users_and_partitions(emu, api):
    emu.seed(
        users=[{"username": "second@example.net", "password": "pw", "partitionId": "p2"}],
        accounts=[{"id": "far", "partitionId": "p2", "accountNumber": "1", "accountName": "Far"}],
    )
    login = requests.post(
        emu.url + "/v2/authorize", json={"username": "second@example.net", "password": "pw"}, timeout=60
    ).json()
    assert login["partitionId"] == "p2"
    headers = {"X-AUTH-TOKEN": login["authToken"]}
    assert requests.get(emu.url + "/v2/partition/p2/account/far", headers=headers, timeout=60).json()["id"] == "far"
    assert requests.get(api.base, headers=headers, timeout=60).status_code == 404
    assert api("GET", emu.url + "/v2/partition/p2/account/far").status_code == 404


def test_clock_and_first_user_are_options():
    now = [0.0]
    with Emulator(clock=lambda: now[0], username="me", password="pw", latency_ms=1) as emu:
        login = requests.post(emu.url + "/v2/authorize", json={"username": "me", "password": "pw"}, timeout=60)
        assert login.status_code == 200 and emu.open_tokens == 1
        now[0] = 8 * 3600 + 1
        assert emu.open_tokens == 0
        assert emu.settings.latency_ms == 1
