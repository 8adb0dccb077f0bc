# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, and the arithmetic on it. Pure.

Of several runs the fastest counts, for everybody: the work is the same each time, so whatever makes a run slower is
something else that the machine did.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class Sample:
    """One run of a contestant.

    Attributes:
        seconds: wall time of the whole process.
        own_seconds: what the bare script says of itself, from its first request to its last answer; None for the others.
        worker_mb: peak resident memory of the module's process, or of the script, in MiB.
        largest_mb: peak resident memory of the largest process, in MiB.
        calls: API calls by kind, as the emulator logged them.
        fewest: those that the job costs at least.
    """

    seconds: float
    own_seconds: float | None
    worker_mb: float
    largest_mb: float
    calls: Counter[str]
    fewest: Counter[str]


@dataclass(frozen=True)
class Cell:
    """A contestant at a job.

    Attributes:
        contestant: its key.
        title: it in words.
        job: the job's key.
        size: how many items the whole job has.
        samples: the runs, by how many items they did: of the whole job, or of two parts of it.
        empty: seconds that are not the contestant's own, since an empty playbook takes them too.
    """

    contestant: str
    title: str
    job: str
    size: int
    samples: dict[int, list[Sample]]
    empty: float

    @property
    def scaled(self) -> bool:
        """Whether only parts were measured."""
        return self.size not in self.samples

    @property
    def parts(self) -> str:
        """Which sizes were measured, in words."""
        return f"{' and '.join(f'{size:,}' for size in sorted(self.samples))} of {self.size:,}"

    @property
    def grows(self) -> bool:
        """Whether what is larger took longer, in the fastest runs; without that nothing can be scaled up."""
        fastest = [min(run.seconds for run in self.samples[size]) for size in sorted(self.samples)]
        return all(less < more for less, more in pairwise(fastest))

    @property
    def runs(self) -> list[Sample]:
        """The runs of the largest size that was measured."""
        return self.samples[max(self.samples)]

    @property
    def seconds(self) -> float:
        """Wall time over an empty playbook, of the whole job: the fastest run, or scaled up."""
        return scale_up(
            {size: min(run.seconds for run in runs) - self.empty for size, runs in self.samples.items()}, self.size
        )

    @property
    def calls(self) -> int:
        """API calls of the whole job: as many as were made, or scaled up."""
        return round(
            scale_up({size: max(run.calls.total() for run in runs) for size, runs in self.samples.items()}, self.size)
        )

    @property
    def worker_mb(self) -> float:
        """The highest peak of the module's process in MiB."""
        return max(run.worker_mb for run in self.runs)

    @property
    def largest_mb(self) -> float:
        """The highest peak of any process in MiB."""
        return max(run.largest_mb for run in self.runs)

    @property
    def frugal(self) -> bool:
        """Whether every run made the fewest calls possible, kind by kind."""
        return all(run.calls == run.fewest for runs in self.samples.values() for run in runs)

    @property
    def spread(self) -> float:
        """How much longer the slowest run took than the fastest, as a share of that."""
        return max(run.seconds for run in self.runs) / min(run.seconds for run in self.runs) - 1

    @property
    def rate(self) -> float:
        """Calls a second of the bare script, from its first request to its last answer."""
        return max(run.calls.total() / run.own_seconds for run in self.runs if run.own_seconds)

    @property
    def own_seconds(self) -> float:
        """The fastest of what the bare script says of itself."""
        return min(run.own_seconds for run in self.runs if run.own_seconds)

    def as_dict(self) -> dict[str, Any]:
        """Return everything for the results file."""
        runs = [
            {
                "size": size,
                "seconds": run.seconds,
                "own_seconds": run.own_seconds,
                "worker_mb": run.worker_mb,
                "largest_mb": run.largest_mb,
                "calls": dict(run.calls),
                "fewest_calls": dict(run.fewest),
            }
            for size, sized in self.samples.items()
            for run in sized
        ]
        return {
            "job": self.job,
            "contestant": self.contestant,
            "size": self.size,
            "scaled": self.scaled,
            "seconds": self.seconds,
            "calls": self.calls,
            "worker_mb": self.worker_mb,
            "largest_mb": self.largest_mb,
            "runs": runs,
        }


def scale_up(values: dict[int, float], size: int) -> float:
    """Return the value at a size: as measured, or from the line through the two sizes that were measured.

    Args:
        values: what was measured, by size.
        size: the size that is asked for.
    """
    if size in values:
        return values[size]
    (small, low), (large, high) = sorted(values.items())
    return high + (high - low) / (large - small) * (size - large)
