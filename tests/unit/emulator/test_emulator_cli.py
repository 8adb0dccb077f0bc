# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: start, state file, stop."""

from __future__ import annotations

import http.client
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.emulator.process import NotStarted, running
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

EMULATOR = Path(__file__).resolve().parents[2] / "emulator"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_start_and_stop(tmp_path, number):
    seed, state = tmp_path / "seed.json", tmp_path / "state.json"
    seed.write_text(json.dumps({"accounts": [{"id": "a", "accountNumber": "1", "accountName": "x"}]}), encoding="utf-8")
    process = subprocess.Popen(
        [
            sys.executable,
            str(EMULATOR),
            "--state-file",
            str(state),
            "--seed",
            str(seed),
            "--username",
            "me",
            "--password",
            "pw",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    try:
        line = process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:")
        assert json.loads(state.read_text(encoding="utf-8")) == {"pid": process.pid, "url": line.split()[-1]}
        assert stat.S_IMODE(state.stat().st_mode) == 0o600
        url = line.split()[-1]
        assert (
            requests.post(url + "/v2/authorize", json={"username": "me", "password": "pw"}, timeout=60).status_code
            == 200
        )
        # A request that hangs must not hold up the end.
        requests.post(url + "/_emulator/faults", json={"action": "hang", "seconds": 300}, timeout=60)
        hanging = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
        hanging.request("GET", "/v2/authorize/userinfo")
        wait_until(
            lambda: requests.get(url + "/_emulator/state", timeout=60).json()["in_flight"] == 1, "the request hangs"
        )
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        hanging.close()
        assert (process.returncode, out, err) == (0, "", "")
        assert os.listdir(tmp_path) == ["seed.json"]
    finally:
        process.kill()
        process.wait()


def start(command, output):
    return subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True)


def end(process):
    process.terminate()
    process.wait(timeout=60)


def test_a_process_of_its_own(tmp_path):
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"accounts": [{"id": "a", "accountNumber": "1", "accountName": "x"}]}), encoding="utf-8")
    with running(tmp_path, ["--seed", str(seed)], start, end) as remote:
        assert [account["id"] for account in remote.ask("GET", "state")["accounts"]] == ["a"]
        assert remote.ask("PUT", "settings", {"latency_ms": 5})["latency_ms"] == 5
    with pytest.raises(OSError):
        remote.ask("GET", "state")
    seed.write_text("[", encoding="utf-8")
    with pytest.raises(NotStarted, match="emulator: .*line 1"):
        with running(tmp_path, ["--seed", str(seed)], start, end):
            pass


def test_other_hosts_are_refused(tmp_path):
    done = subprocess.run(
        [sys.executable, str(EMULATOR), "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2 and "invalid choice: '0.0.0.0'" in done.stderr and done.stdout == ""
