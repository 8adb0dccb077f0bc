# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: what the client sees, and whether the operation was carried out."""

from __future__ import annotations

import time

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

NEW = {"trunkName": "New", "sipUsername": "new-trunk.1", "sipPassword": "secret", "concurrentCalls": 3}


def created(emu):
    return any(trunk["trunkName"] == "New" for trunk in emu.account("acme")["trunks"])


@pytest.mark.parametrize("when", ["before", "after"])
def test_status(emu, api, when):
    fault = emu.fault("status", method="POST", path="/siptrunk_2$", status=429, headers={"Retry-After": "7"}, when=when)
    answer = api("POST", "/siptrunk_2", NEW)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json()["status"] == 429
    assert created(emu) == (when == "after")
    assert fault.hits == 1
    (entry,) = emu.log("POST")
    assert (entry["status"], entry["fault"]) == (429, fault.id)
    assert api("GET", "/siptrunk_2").status_code == 200


def test_status_with_a_body(emu, api):
    emu.fault("status", status=500, body="ErrorUpdatingSipCredential")
    emu.fault("status", status=404, body={"code": 7})
    emu.fault("status", status=200, body="{}", content_type="application/json")
    emu.fault("status", status=204)
    answer = api("GET", "")
    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (
        500,
        "ErrorUpdatingSipCredential",
        "text/plain",
    )
    assert api("GET", "").json() == {"code": 7}
    assert api("GET", "").json() == {}
    assert api("GET", "").content == b""
    assert api("GET", "").json()["id"] == "acme"


@pytest.mark.parametrize("when", ["before", "after"])
def test_reset(emu, api, when):
    emu.fault("reset", method="POST", when=when)
    with pytest.raises(requests.ConnectionError, match="[Rr]eset"):
        api("POST", "/siptrunk_2", NEW)
    assert created(emu) == (when == "after")
    assert emu.log("POST")[0]["status"] is None
    assert api("GET", "").status_code == 200


def test_close_midway(emu, api):
    emu.fault("close_midway")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api("POST", "/siptrunk_2", NEW)
    assert created(emu)
    assert emu.log("POST")[0]["status"] == 200


def test_truncate(emu, api):
    emu.fault("truncate")
    answer = api("POST", "/siptrunk_2", NEW)
    assert answer.status_code == 200 and len(answer.content) == int(answer.headers["Content-Length"])
    assert answer.headers["Content-Type"].startswith("application/json")
    with pytest.raises(ValueError):
        answer.json()
    assert created(emu)


def test_garbage(emu, api):
    emu.fault("garbage")
    answer = api("POST", "/siptrunk_2", NEW)
    assert answer.headers["Content-Type"].startswith("application/json") and answer.text.startswith("<!DOCTYPE")
    assert not created(emu)


def test_hang(emu, api):
    emu.fault("hang", seconds=300, when="after")
    connection = api.send("POST", "/siptrunk_2", NEW)
    wait_until(lambda: created(emu), "the request is carried out")
    connection.sock.settimeout(0.2)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    assert emu.state()["in_flight"] == 1
    connection.close()
    wait_until(lambda: emu.state()["in_flight"] == 0, "the request ends with its client")
    assert emu.log("POST")[0]["status"] is None
    emu.fault("hang", seconds=0.1)
    with pytest.raises(requests.ConnectionError):
        api("GET", "")


def test_delay(emu, api):
    emu.fault("delay", seconds=0.2)
    start = time.monotonic()
    assert api("GET", "").status_code == 200
    assert time.monotonic() - start >= 0.2
    emu.fault("delay", seconds=0.5)
    start = time.monotonic()
    connection = api.send("POST", "/siptrunk_2", NEW)
    wait_until(lambda: emu.log("POST"), "the request has arrived")
    connection.close()
    wait_until(lambda: created(emu), "a request goes on without its client")
    assert time.monotonic() - start >= 0.5


def test_gather(emu, api):
    emu.fault("gather", method="POST", times=2, seconds=300)
    first = api.send("POST", "/siptrunk_2", NEW)
    wait_until(lambda: emu.log("POST"), "the first request has arrived")
    # Others are let through, and the first one is held back all the while.
    assert api("GET", "/siptrunk_2").status_code == 200 and not created(emu)
    assert api("POST", "/siptrunk_2", dict(NEW, trunkName="Second", sipUsername="second.1")).status_code == 200
    assert first.getresponse().status == 200 and created(emu)
    assert [entry["in_flight"] for entry in emu.log("POST")] == [1, 2]
    # The one that is missing is not waited for endlessly.
    emu.fault("gather", times=2, seconds=0.1)
    assert api("GET", "/siptrunk_2").status_code == 200
    first.close()


def test_redirect(emu, api):
    emu.fault("redirect", location="http://127.0.0.1:1/elsewhere")
    answer = api("GET", "", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://127.0.0.1:1/elsewhere")
    emu.fault("redirect", location="/x", status=307, method="PATCH")
    assert api("PATCH", "/siptrunk_2/trunk-hq", {"trunkName": "x"}, allow_redirects=False).status_code == 307
    assert emu.trunk("acme", "trunk-hq")["trunkName"] == "HQ"


def test_expire_tokens(emu, api):
    emu.fault("expire_tokens", skip=1)
    assert [api("GET", "").status_code for dummy in range(2)] == [200, 401]


def test_drip(emu, api):
    emu.fault("drip", seconds=0.3)
    start = time.monotonic()
    assert api("GET", "/siptrunk_2").json()[0]["id"] == "trunk-hq"
    assert time.monotonic() - start >= 0.25
    assert api("GET", "/siptrunk_2").status_code == 200


def test_which_rule_hits(emu, api):
    first = emu.fault("status", status=500, path="telephonenumber/", skip=1, times=2)
    second = emu.fault("status", status=502, method="PATCH|PUT", times=None, id="mine")
    path, body = "/telephonenumber/18015551212", {"ringType": "Ring1"}
    assert [api("PATCH", path, body).status_code for dummy in range(4)] == [502, 500, 500, 502]
    assert api("GET", "/telephonenumber").status_code == 200
    assert (first.hits, second.hits, second.id) == (2, 2, "mine")
    assert first.as_dict()["matched"] == 3
    emu.clear_faults()
    assert api("PATCH", path, body).status_code == 200
    for wrong in (
        {"action": "explode"},
        {"action": "status", "path": "("},
        {"action": "status", "times": -1},
        {"action": "delay", "x": 1},
    ):
        with pytest.raises(ValueError):
            emu.fault(**wrong)
