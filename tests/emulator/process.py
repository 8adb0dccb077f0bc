# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator in a process of its own, and its control plane as seen from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

START_SECONDS = 60
# The state of an account with ten thousand numbers is large.
ASK_SECONDS = 120
INTERVAL = 0.02


class NotStarted(RuntimeError):
    """The emulator did not start; the text holds what it printed."""


class Remote:
    """The control plane of an emulator in another process."""

    def __init__(self, url: str) -> None:
        """Take where it listens."""
        self.url = url
        # A proxy of the environment has no business on this machine's own address.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Send a request to the control plane and return the answer; `path` is what follows /_emulator/."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_emulator/{path}", data, method=method)
        with self._opener.open(request, timeout=ASK_SECONDS) as answer:
            return json.load(answer)


@contextmanager
def running(
    folder: Path,
    options: list[str],
    start: Callable[[list[str], TextIO], subprocess.Popen[str]],
    end: Callable[[subprocess.Popen[str]], None],
) -> Iterator[Remote]:
    """Run the emulator on a free port while the `with` block lasts.

    Args:
        folder: where its state file and its log go.
        options: further options of its command line.
        start: starts a command whose output goes to a file, and returns the process.
        end: ends that process.

    Raises NotStarted.
    """
    state, log = folder / "emulator.json", folder / "emulator.log"
    with open(log, "w", encoding="utf-8") as output:
        process = start([sys.executable, str(Path(__file__).parent), "--state-file", str(state), *options], output)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not state.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise NotStarted(f"the emulated API did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(INTERVAL)
        yield Remote(json.loads(state.read_text(encoding="utf-8"))["url"])
    finally:
        end(process)
