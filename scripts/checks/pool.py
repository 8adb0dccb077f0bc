# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs jobs side by side as soon as what they need is done, logs them, and stops all of them on an interrupt."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from .workspace import lock

# Seconds. Only for a command that hangs: on a machine that others use too, an honest one may take an hour.
COMMAND_TIMEOUT = 4 * 3600
# How often what is running is shown, in seconds.
PROGRESS = 60
TAIL_LINES = 50
CLOSING_LINES = 8
_COUNT = re.compile(r"(\d+) (passed|failed|error|skipped)s?\b")


class JobFailed(Exception):
    """A job's command failed; its log says why."""


@dataclass
class Job:
    """Something to run; action gets the job's log and may return a remark for the report."""

    name: str
    action: Callable[[Log], str]
    needs: tuple[str, ...] = ()


@dataclass
class Result:
    """How a job ended."""

    name: str
    state: str
    seconds: float
    remark: str = ""
    tests: dict[str, int] = field(default_factory=dict)
    log: Log | None = None


class Log:
    """A log file, and the commands that write to it."""

    def __init__(self, path: Path, processes: Processes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
        self.path = path
        self._processes = processes

    def run(self, command: list[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
        """Run a command, its output appended to the log."""
        with open(self.path, "ab") as handle:
            handle.write(f"$ {' '.join(command)}\n".encode())
            handle.flush()
            self._processes.run(command, handle, cwd, env)

    def text(self) -> str:
        """What was logged."""
        return self.path.read_text(encoding="utf-8", errors="replace")

    def tail(self) -> str:
        """What to show of a failure, indented: lines that are marked as errors, else the last ones."""
        lines = self.text().splitlines()
        marked = [line for line in lines[:-CLOSING_LINES] if line.startswith(("ERROR", "FATAL"))]
        shown = [*marked[:TAIL_LINES], "...", *lines[-CLOSING_LINES:]] if marked else lines[-TAIL_LINES:]
        return "\n".join("    " + line for line in shown)


class Processes:
    """The commands that are running, each in a process group of its own."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, command: list[str], output, cwd: Path | None, env: dict[str, str] | None) -> None:
        """Run one to its end."""
        with self._lock:
            if self._stopped:
                raise JobFailed("interrupted")
            try:
                process = subprocess.Popen(
                    command,
                    cwd=cwd,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as exc:
                raise JobFailed(f"{command[0]} did not start: {exc}") from exc
            self._running.add(process)
        try:
            code = process.wait(COMMAND_TIMEOUT)
        except subprocess.TimeoutExpired as exc:
            _stop(process)
            raise JobFailed(f"{command[0]} was stopped after {COMMAND_TIMEOUT} seconds") from exc
        finally:
            with self._lock:
                self._running.discard(process)
        if code:
            raise JobFailed(f"{Path(command[0]).name} ended with code {code}")

    def stop(self) -> None:
        """End all of them, and start no more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            _stop(process)


def run_jobs(
    jobs: list[Job],
    logs: Path,
    at_once: int,
    show: Callable[[Result], None],
    tell: Callable[[dict[str, float]], None],
) -> list[Result]:
    """Run the jobs, at most so many at once, in their order where needs allow.

    show gets each result as its job ends; tell gets, while no job ends, the names of those that run and for how many seconds.
    """
    processes = Processes()
    waiting, done, results = list(jobs), {}, []
    pending: set[Future] = set()
    begun: dict[Future, tuple[str, float]] = {}
    with ThreadPoolExecutor(at_once) as pool:
        try:
            while waiting or pending:
                for job in [job for job in waiting if all(name in done for name in job.needs)]:
                    if len(pending) == at_once:
                        break
                    waiting.remove(job)
                    broken = [name for name in job.needs if done[name] != "ok"]
                    future = pool.submit(_run_job, job, broken, logs / f"{job.name}.log", processes)
                    pending.add(future)
                    begun[future] = (job.name, time.monotonic())
                finished, pending = wait(pending, timeout=PROGRESS, return_when=FIRST_COMPLETED)
                if not finished:
                    now = time.monotonic()
                    tell({name: now - start for name, start in (begun[future] for future in pending)})
                for result in (future.result() for future in finished):
                    done[result.name] = result.state
                    results.append(result)
                    show(result)
        except BaseException:
            processes.stop()
            raise
    return results


def _run_job(job: Job, broken: list[str], path: Path, processes: Processes) -> Result:
    """Run one job in this thread."""
    if broken:
        return Result(job.name, "skipped", 0, "needs " + ", ".join(broken))
    with lock(job.name):
        start = time.monotonic()
        log = Log(path, processes)
        try:
            state, remark = "ok", job.action(log)
        except (JobFailed, OSError, subprocess.SubprocessError) as exc:
            state, remark = "FAILED", str(exc)
        return Result(job.name, state, time.monotonic() - start, remark, count_tests(log.text()), log)


def count_tests(text: str) -> dict[str, int]:
    """The numbers in pytest's closing line; empty if there is none."""
    closing = [line for line in text.splitlines() if re.search(r" in [\d.]+s\b", line) and _COUNT.search(line)]
    return {word: int(number) for number, word in _COUNT.findall(closing[-1])} if closing else {}


def _stop(process: subprocess.Popen) -> None:
    """Interrupt a process group, so that it can clean up; kill it if it does not end."""
    for number, patience in ((signal.SIGINT, 10), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
