# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request log, latency and concurrency."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import requests


def test_entries(emu, api):
    api("GET", "/telephonenumber?limitedData=true")
    api("PATCH", "/telephonenumber/1801555%31212", {"ringType": "Ring1"}, headers={"User-Agent": "test/1"})
    api("GET", "/nowhere")
    listed, patched, nowhere = emu.log()
    assert (listed["method"], listed["query"], listed["body"], listed["status"]) == (
        "GET",
        {"limitedData": "true"},
        None,
        200,
    )
    assert listed["path"].endswith("/account/acme/telephonenumber")
    assert patched["path"].endswith("/telephonenumber/18015551212") or patched["path"].endswith("%31212")
    assert (patched["body"], patched["headers"]["User-Agent"]) == ({"ringType": "Ring1"}, "test/1")
    assert patched["headers"]["X-AUTH-TOKEN"] == api.login["authToken"] and "Cookie" not in patched["headers"]
    assert nowhere["status"] == 404
    assert listed["n"] + 2 == patched["n"] + 1 == nowhere["n"]
    assert listed["t"] <= patched["t"] <= nowhere["t"]
    assert listed["connection"] == patched["connection"] == nowhere["connection"]
    assert {entry["in_flight"] for entry in emu.log()} == {1}


def test_filters(emu, api):
    for number in ("18015551212", "18015551300"):
        api("PATCH", "/telephonenumber/" + number, {"referenceType": "IVR", "referenceId": "x"})
    api("GET", "/siptrunk_2")
    api("DELETE", "/siptrunk_2/nothing")
    api("PUT", emu.url + "/v2/authorize/logout")
    assert len(emu.log("PATCH")) == len(emu.log(path=r"/telephonenumber/\d+$")) == 2
    assert len(emu.log("GET|DELETE", "siptrunk_2")) == 2
    assert [entry["method"] for entry in emu.log(status=404)] == ["DELETE"]
    assert [entry["method"] for entry in emu.writes()] == ["PATCH", "PATCH", "DELETE"]
    emu.clear_log()
    assert emu.log() == []


def test_connections_are_told_apart(emu, api):
    api("GET", "")
    requests.get(api.base, headers={"X-AUTH-TOKEN": api.login["authToken"]}, timeout=60)
    assert len({entry["connection"] for entry in emu.log()}) == 2


def test_latency_and_concurrency(emu, api):
    emu.set(latency_ms=100)
    # However busy the machine is, eight are under way at once.
    emu.fault("gather", times=8, seconds=60)

    def read(dummy):
        return requests.get(api.base, headers={"X-AUTH-TOKEN": api.login["authToken"]}, timeout=60).status_code

    start = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(read, range(16))) == {200}
    assert time.monotonic() - start >= 0.2, "two rounds"
    assert max(entry["in_flight"] for entry in emu.log()) == 8 and emu.state()["in_flight"] == 0
