# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control plane over HTTP, and seeds."""

from __future__ import annotations

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator


@pytest.fixture
def control(emu):
    def call(method, path, document=None, status=200):
        answer = requests.request(method, f"{emu.url}/_emulator{path}", json=document, timeout=60)
        assert answer.status_code == status, answer.text
        return answer.json()

    return call


def test_settings(emu, control):
    assert control("GET", "/settings")["trunk_patch_null"] == "clears"
    assert control("PUT", "/settings", {"trunk_patch_null": "ignored", "latency_ms": 5})["latency_ms"] == 5
    assert emu.settings.trunk_patch_null == "ignored"
    control("PUT", "/settings", {"latency_ms": 0, "unknown": 1}, status=400)
    control("PUT", "/settings", {"latency_ms": 0, "write_status": 500}, status=400)
    assert emu.settings.latency_ms == 5
    with pytest.raises(ValueError):
        emu.settings.locale = "xx"
    control("POST", "/reset")
    assert emu.settings.latency_ms == 0 and emu.state()["accounts"] == []


def test_faults(emu, api, control):
    made = control("POST", "/faults", {"action": "status", "status": 503, "times": 1})
    assert api("GET", "").status_code == 503
    assert control("GET", "/faults")[0] == {**made, "hits": 1, "matched": 1}
    control("POST", "/faults", {"action": "status", "id": made["id"]}, status=400)
    control("POST", "/faults", {}, status=400)
    control("POST", "/faults", {"action": "nothing"}, status=400)
    control("DELETE", "/faults")
    assert control("GET", "/faults") == []


def test_log(emu, api, control):
    api("PATCH", "/siptrunk_2/trunk-hq", {"concurrentCalls": 7})
    api("GET", "/siptrunk_2")
    assert len(control("GET", "/log")) == 2
    assert control("GET", "/log?method=PATCH&path=trunk-hq")[0]["body"] == {"concurrentCalls": 7}
    assert [entry["method"] for entry in control("GET", "/log?writes=true")] == ["PATCH"]
    assert len(control("GET", "/log?status=200")) == 2
    control("DELETE", "/log")
    assert control("GET", "/log") == []


def test_state_and_credentials(emu, api, control):
    emu.set(return_sip_password=False)
    state = control("GET", "/state")
    trunk = state["accounts"][0]["trunks"][0]
    assert trunk["sipPassword"] == "hq-secret" and trunk["registered"] is False
    assert trunk["forward"] == {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "trunk-dr"}]}
    assert (state["open_tokens"], state["logins"]) == (1, 1)
    found = control("GET", "/sip-credentials?username=acme-hq-1")
    assert (found["sip_password"], found["trunk_id"], found["locked_out"]) == ("hq-secret", "trunk-hq", False)
    control("GET", "/sip-credentials?username=nobody", status=404)
    control("GET", "/sip-credentials", status=400)


def test_registration(api, control):
    control("PUT", "/registration", {"account_id": "acme", "name": "HQ", "registered": True, "locked_out": True})
    assert api("GET", "/siptrunk_2/trunk-hq/registrationstatus").json() == {"registered": True, "lockedOut": True}
    control("POST", "/registration", {"account_id": "acme", "trunk_id": "trunk-dr", "register_after_reads": 0})
    assert api("GET", "/siptrunk_2/trunk-dr/registrationstatus").json()["registered"] is True
    control("PUT", "/registration", {"account_id": "acme", "name": "nothing"}, status=404)
    control("PUT", "/registration", {"account_id": "acme", "name": "HQ", "registred": True}, status=400)
    control("PUT", "/registration", {"account_id": "acme"}, status=400)


def test_what_a_registrar_tells(emu, api, control):
    def tell(outcome, status=200):
        return control("POST", "/sip-registration", {"username": "acme-hq-1", "outcome": outcome}, status)

    path = "/siptrunk_2/trunk-hq/registrationstatus"
    emu.set(lock_out_after=2)
    assert tell("registered") == {"trunk_id": "trunk-hq", "registered": True, "locked_out": False, "refusals": 0}
    assert api("GET", path).json() == {"registered": True, "lockedOut": False}
    assert tell("refused")["registered"] is True, "one wrong password ends no registration"
    assert tell("unregistered") == {"trunk_id": "trunk-hq", "registered": False, "locked_out": False, "refusals": 1}
    assert tell("registered")["refusals"] == 0
    assert [tell("refused")["locked_out"] for dummy in range(2)] == [False, True]
    assert api("GET", path).json() == {"registered": False, "lockedOut": True}
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"sipPassword": "another"}).json()["lockedOut"] is True
    assert "locked out" in tell("registered", status=400)["error"]
    api("PUT", "/siptrunk_2/trunk-hq/unlock")
    assert tell("refused") == {"trunk_id": "trunk-hq", "registered": False, "locked_out": False, "refusals": 1}
    emu.registration("acme", "HQ", locked_out=False)
    assert tell("refused")["refusals"] == 1
    emu.set(lock_out_after=0)
    assert [tell("refused")["locked_out"] for dummy in range(5)] == [False] * 5
    assert emu.trunk("acme", "DR")["lockedOut"] is False


def test_what_a_registrar_may_not_tell(control):
    control("POST", "/sip-registration", {"username": "nobody", "outcome": "registered"}, status=404)
    control("POST", "/sip-registration", {"username": "acme-hq-1", "outcome": "lost"}, status=400)
    control("POST", "/sip-registration", {"username": "acme-hq-1"}, status=400)
    control("POST", "/sip-registration", {"username": ["acme-hq-1"], "outcome": "registered"}, status=404)


def test_where_pbxs_register(emu, api, control):
    control("PUT", "/settings", {"sip_proxy_server": "127.0.0.1:5999"})
    assert {trunk["sipProxyServer"] for trunk in api("GET", "/siptrunk_2").json()} == {"127.0.0.1:5999"}


def test_tokens(emu, api, control):
    assert control("POST", "/expire-tokens") == {"expired": 1}
    assert api("GET", "").status_code == 401
    control("POST", "/clock", {"advance": 10})
    control("POST", "/clock", {}, status=400)


def test_seed(emu, control):
    made = control(
        "POST",
        "/seed",
        {
            "accounts": [
                {
                    "accountNumber": "7",
                    "accountName": "Seven",
                    "telephone_numbers": ["18017770000-18017770002"],
                    # Two of one name and a dead target: the API would refuse them, a seed may hold them.
                    "trunks": [{"trunkName": "Twin"}, {"trunkName": "Twin"}, {"trunkName": "One", "registered": True}],
                    "forwards": {
                        "One": {"forwardAlways": {"referenceType": "SIP_TRUNK", "referenceId": "gone", "enabled": True}}
                    },
                    "groups": [
                        {
                            "name": "G",
                            "capacityForward": [{"referenceType": "SIP_TRUNK", "referenceId": "One"}],
                            "sipTrunksIds": ["One"],
                        }
                    ],
                },
            ]
        },
    )["accounts"][0]
    assert made["telephoneNumbers"] == ["18017770000", "18017770001", "18017770002"]
    assert [trunk["trunkName"] for trunk in made["trunks"]] == ["Twin", "Twin", "One"]
    assert all(len(trunk["id"]) == 22 and len(trunk["sipPassword"]) >= 6 for trunk in made["trunks"])
    account = emu.account(made["id"])
    assert account["groups"][0]["capacityForward"][0]["referenceId"] == made["trunks"][2]["id"]
    assert account["trunks"][2]["registered"] is True
    assert len(emu.state()["accounts"]) == 3


@pytest.mark.parametrize(
    "document",
    [
        {"accounts": [{"accountName": "x"}]},
        {"accounts": [{"id": "acme", "accountNumber": "1", "accountName": "x"}]},
        {"accounts": [{"accountNumber": "1", "accountName": "x", "telephone_numbers": ["8015551212"]}]},
        {"accounts": [{"accountNumber": "1", "accountName": "x", "telephone_numbers": ["18015551300-18015551200"]}]},
        {
            "accounts": [
                {"accountNumber": "1", "accountName": "x", "trunks": [{"trunkName": "x", "concurrentCalls": "1"}]}
            ]
        },
        {"unknown": []},
    ],
)
def test_faulty_seeds(emu, control, document):
    control("POST", "/seed", document, status=400)
    assert len(emu.state()["accounts"]) == 2


def test_only_loopback():
    with pytest.raises(ValueError, match="127.0.0.1"):
        Emulator(host="0.0.0.0").start()


def test_a_port_in_use(emu):
    with pytest.raises(OSError):
        Emulator(port=int(emu.url.rpartition(":")[2])).start()


def test_start_and_stop_twice():
    emulator = Emulator(seed={"accounts": [{"id": "a", "accountNumber": "1", "accountName": "x"}]})
    assert emulator.seeded["accounts"][0]["id"] == "a"
    for dummy in range(2):
        with emulator:
            assert requests.get(emulator.url + "/_emulator/state", timeout=60).json()["accounts"][0]["id"] == "a"
        with pytest.raises(requests.ConnectionError):
            requests.get(emulator.url, timeout=60)
    emulator.stop()
