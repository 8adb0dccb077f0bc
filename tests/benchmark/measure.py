# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring one command: its wall and processor time, and the most memory that any of its processes took. Linux only: it reads /proc."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# The kernel keeps a process's peak by itself; what grows between the last look and the end is missed.
LOOK_SECONDS = 0.02
LONGEST_SECONDS = 600
MEGABYTE = 1024


class CommandFailed(Exception):
    """A command ended with another code than 0; the text is what it printed last."""


@dataclass(frozen=True)
class Run:
    """One run of a command.

    Attributes:
        seconds: from its start to its end.
        processor: seconds of processor of all of its processes.
        worker_mb: the peak resident memory of its largest Python process that is not ansible-playbook, in MiB: the module's
            process, or the script itself. 0 if there was none.
        largest_mb: the same of whatever process was largest, ansible-playbook and its forks among them.
        output: what it printed.
    """

    seconds: float
    processor: float
    worker_mb: float
    largest_mb: float
    output: str


def run(command: list[str], env: dict[str, str], folder: Path) -> Run:
    """Run a command to its end.

    Raises:
        CommandFailed: it failed, or took longer than LONGEST_SECONDS.
    """
    output = folder / "output.txt"
    with open(output, "w", encoding="utf-8") as stream:
        started, used = time.perf_counter(), _processor()
        process = subprocess.Popen(
            command,
            env=env,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        limit = threading.Timer(LONGEST_SECONDS, _end, [process.pid])
        try:
            watch.start()
            limit.start()
            # Without a timeout: with one Python would look from time to time only, and the time would be that much off.
            code = process.wait()
            seconds, processor = time.perf_counter() - started, _processor() - used
        except BaseException:
            _end(process.pid)
            process.wait()
            raise
        finally:
            limit.cancel()
            watch.stop()
    text = output.read_text(encoding="utf-8", errors="replace")
    if code:
        raise CommandFailed(f"{Path(command[0]).name} ended with code {code}:\n{text[-3000:]}")
    return Run(seconds, processor, watch.worker / MEGABYTE, watch.largest / MEGABYTE, text)


def _processor() -> float:
    """Return the seconds of processor of all processes that this one started and that ended, with those that they waited for."""
    times = os.times()
    return times.children_user + times.children_system


class Bystanders:
    """How busy others kept the machine since this object was made: their share of what was measured is nobody's merit."""

    def __init__(self) -> None:
        self._before = self._seconds()

    def cores(self) -> float:
        """Return how many cores the others took on average; what this process started counts once it has ended."""
        busy, own, clock = (after - before for after, before in zip(self._seconds(), self._before))
        return max(0.0, (busy - own) / clock)

    @staticmethod
    def _seconds() -> tuple[float, float, float]:
        with open("/proc/stat", encoding="ascii") as file:
            user, nice, system, _idle, _wait, irq, softirq, steal = map(int, file.readline().split()[1:9])
        busy = (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
        return busy, sum(os.times()[:4]), time.monotonic()


class _Watch:
    """Looks at a process and everything below it, again and again; sizes are in KiB."""

    def __init__(self, pid: int) -> None:
        self.worker = 0
        self.largest = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.start = self._thread.start

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            queue = [self._pid]
            while queue:
                pid = queue.pop()
                try:
                    queue.extend(_children(pid))
                    self._look(pid)
                except (OSError, ValueError):
                    # It ended meanwhile.
                    continue

    def _look(self, pid: int) -> None:
        peak = _peak(pid)
        self.largest = max(self.largest, peak)
        if peak > self.worker:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if os.path.basename(words[0]).startswith(b"python") and not any(
                word.endswith(b"ansible-playbook") for word in words
            ):
                self.worker = peak


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in os.listdir(f"/proc/{pid}/task"):
        found.extend(map(int, Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="ascii").split()))
    return found


def _peak(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def _end(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
