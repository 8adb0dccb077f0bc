# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated API, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .jobs import ACCOUNT_ID, Job, kind

EMULATOR = Path(__file__).resolve().parents[1] / "emulator"
START_SECONDS = 30
# The state of an account with ten thousand numbers is large.
ASK_SECONDS = 120
# The emulator takes bodies of up to 64 MiB.
SEEDED_AT_ONCE = 1000


class Platform:
    """The emulated API, seen through its control plane."""

    def __init__(self, url: str) -> None:
        """Take where it listens."""
        self.url = url
        # A proxy of the environment has no business on this machine's own address.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def prepare(self, job: Job, latency_ms: float) -> None:
        """Make the account what it is before the job, and every request take so many milliseconds."""
        self.seed([job.account], latency_ms)

    def seed(self, accounts: list[dict[str, Any]], latency_ms: float) -> None:
        """Have these accounts and no others, and every request take so many milliseconds."""
        self._ask("POST", "reset")
        for first in range(0, len(accounts), SEEDED_AT_ONCE):
            self._ask("POST", "seed", {"accounts": accounts[first : first + SEEDED_AT_ONCE]})
        self.take(latency_ms)

    def take(self, latency_ms: float) -> None:
        """Let every request take so many milliseconds from now on, and forget the ones before."""
        self._ask("PUT", "settings", {"latency_ms": latency_ms})
        self._ask("DELETE", "log")

    def account(self) -> dict[str, Any]:
        """Return the account with everything in it."""
        return next(account for account in self.accounts() if account["id"] == ACCOUNT_ID)

    def accounts(self) -> list[dict[str, Any]]:
        """Return all accounts with everything in them."""
        accounts: list[dict[str, Any]] = self._ask("GET", "state")["accounts"]
        return accounts

    def calls(self) -> Counter[str]:
        """Return how many calls of each kind there were."""
        return Counter(kind(entry["method"], entry["path"]) for entry in self._ask("GET", "log"))

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_emulator/{path}", data, method=method)
        with self._opener.open(request, timeout=ASK_SECONDS) as answer:
            return json.load(answer)


@contextmanager
def emulator(folder: Path, username: str, password: str) -> Iterator[Platform]:
    """Run the emulator on a free port; its files go into the folder."""
    state, log = folder / "emulator.json", folder / "emulator.log"
    # The password is made up for this run and opens nothing else, so that others may see the command line.
    command = [
        sys.executable,
        str(EMULATOR),
        "--state-file",
        str(state),
        "--username",
        username,
        "--password",
        password,
    ]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, env=env, cwd=folder, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not state.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the emulated API did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.02)
        yield Platform(json.loads(state.read_text(encoding="utf-8"))["url"])
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
