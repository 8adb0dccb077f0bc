# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runs: who does which job how often, in which order, and whether it was done."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import measure
from .contestants import BARE, COLLECTION, MODULES, URI, Contestant, playbook
from .emulated import Platform
from .jobs import Job, converge, differences, fewest_calls, route
from .results import Cell, Sample

LATENCY_MS = 40
JOBS = (route(1000), converge(50, converged=False), converge(50, converged=True))
# How often each part is done; more often while the larger one seems to take no longer.
PART_TURNS, PART_TURNS_MOST = 2, 5
GROWTH = (100, 1000, 10000)


class NotDone(Exception):
    """A contestant ended well, and yet the account is not what its job says, or the time cannot be right."""


@dataclass
class Race:
    """Has the contestants do their jobs.

    Attributes:
        platform: the emulated API.
        folder: a scratch folder.
        env: the contestants' environment.
        repetitions: how often what is quick is measured.
        say: is told what was measured, a line each.
    """

    platform: Platform
    folder: Path
    env: dict[str, str]
    repetitions: int
    say: Callable[[str], None]
    _empty: list[float] = field(default_factory=list)
    _samples: dict[tuple[str, str, int, float], dict[int, list[Sample]]] = field(default_factory=dict)

    def run(self) -> None:
        """Do everything."""
        # The first run fills the caches of the operating system and counts for nobody.
        measure.run(playbook("empty"), self.env, self.folder)
        for turn in range(self.repetitions):
            # In turns, so that a machine that is busy for a while is so for all.
            self._start_empty(2)
            for job in JOBS:
                for who in (BARE, COLLECTION):
                    self._take(who, job, job, f"{turn + 1} of {self.repetitions}")
            self._take(COLLECTION, route(GROWTH[0]), route(GROWTH[0]), f"{GROWTH[0]} numbers")
            self._take(BARE, JOBS[0], JOBS[0], "no latency", latency_ms=0)
        for who in (MODULES, URI):
            for job in JOBS:
                self._take_parts(who, job)
        self._start_empty(2)
        largest = route(GROWTH[-1])
        self._take(COLLECTION, largest, largest, f"{GROWTH[-1]:,} numbers")

    @property
    def empty(self) -> float:
        """The seconds that a playbook without tasks takes: the fastest run."""
        return min(self._empty)

    def cell(self, who: Contestant, job: Job, latency_ms: float = LATENCY_MS) -> Cell:
        """Return what was measured of a contestant at a job."""
        samples = self._samples[who.key, job.key, job.size, latency_ms]
        return Cell(who.key, who.title, job.key, job.size, samples, 0 if who is BARE else self.empty)

    def _start_empty(self, times: int) -> None:
        for dummy in range(times):
            self._empty.append(measure.run(playbook("empty"), self.env, self.folder).seconds)
            self.say(f"{'an empty playbook':60} {self._empty[-1]:7.2f} s")

    def _take_parts(self, who: Contestant, job: Job) -> None:
        """Have both parts of a job done, several times: scaling up makes much of what disturbed one of them."""
        turns = 0
        while turns < PART_TURNS or (turns < PART_TURNS_MOST and not self.cell(who, job).grows):
            turns += 1
            for size in who.parts[job.key]:
                self._take(who, job, job.part(size), f"{size} of {job.size}")
        if not self.cell(who, job).grows:
            raise NotDone(f"{who.title} took no longer for more of job {job.key}: the machine is too busy to measure")

    def _take(self, who: Contestant, whole: Job, job: Job, remark: str, latency_ms: float = LATENCY_MS) -> None:
        """Have a job done that is a whole one or a part of it, and note what it took."""
        self.platform.prepare(whole, 0)
        if whole.converged:
            measure.run(BARE.command(whole, self.folder), self.env, self.folder)
        self.platform.take(latency_ms)
        fewest = fewest_calls(job, self.platform.account())
        run = measure.run(who.command(job, self.folder), self.env, self.folder)
        calls, left = self.platform.calls(), differences(job, self.platform.account())
        if left:
            raise NotDone(f"{who.title} left undone in job {job.key}: {dict(left)}")
        own = json.loads(run.output)["seconds"] if who is BARE else None
        sample = Sample(run.seconds, own, run.worker_mb, run.largest_mb, calls, fewest)
        self._samples.setdefault((who.key, whole.key, whole.size, latency_ms), {}).setdefault(job.size, []).append(
            sample
        )
        self.say(f"({job.key}) {who.title + ', ' + remark:56} {run.seconds:7.2f} s {calls.total():6} calls")
