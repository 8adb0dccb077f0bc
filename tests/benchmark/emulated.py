# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated API, in a process of its own."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from emulator.process import Remote, running

from .jobs import ACCOUNT_ID, Job, kind

# The emulator takes bodies of up to 64 MiB.
SEEDED_AT_ONCE = 1000
END_SECONDS = 5


class Platform(Remote):
    """The emulated API, as the jobs need it."""

    def prepare(self, job: Job, latency_ms: float) -> None:
        """Make the account what it is before the job, and every request take so many milliseconds."""
        self.fill([job.account], latency_ms)

    def fill(self, accounts: list[dict[str, Any]], latency_ms: float) -> None:
        """Have these accounts and no others, and every request take so many milliseconds."""
        self.ask("POST", "reset")
        for first in range(0, len(accounts), SEEDED_AT_ONCE):
            self.ask("POST", "seed", {"accounts": accounts[first : first + SEEDED_AT_ONCE]})
        self.take(latency_ms)

    def take(self, latency_ms: float) -> None:
        """Let every request take so many milliseconds from now on, and forget the ones before."""
        self.ask("PUT", "settings", {"latency_ms": latency_ms})
        self.ask("DELETE", "log")

    def account(self) -> dict[str, Any]:
        """Return the account with everything in it."""
        return next(account for account in self.accounts() if account["id"] == ACCOUNT_ID)

    def accounts(self) -> list[dict[str, Any]]:
        """Return all accounts with everything in them."""
        accounts: list[dict[str, Any]] = self.ask("GET", "state")["accounts"]
        return accounts

    def calls(self) -> Counter[str]:
        """Return how many calls of each kind there were."""
        return Counter(kind(entry["method"], entry["path"]) for entry in self.ask("GET", "log"))


@contextmanager
def emulator(folder: Path, username: str, password: str) -> Iterator[Platform]:
    """Run the emulator on a free port; its files go into the folder."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}

    def start(command: list[str], output: TextIO) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=env, cwd=folder, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
        )

    # The password is made up for this run and opens nothing else, so that others may see the command line.
    with running(folder, ["--username", username, "--password", password], start, _end) as remote:
        yield Platform(remote.url)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
