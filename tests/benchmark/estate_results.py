# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured of many accounts, whether it is what it has to be, and the table of it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar

from .report import table
from .targets import GROWTH_RATIO, RATIO, Verdict

MEMORY_MB = 500
#: How many times the rate without latency has to be that with it, for the emulator to count as no bottleneck.
RATE_RATIO = 1.5
HEADINGS = ("Job", "Accounts", "Done by", "Time", "Processor", "API calls", "Largest process", "Times the limit")


@dataclass(frozen=True)
class EstateSample:
    """One run.

    Attributes:
        seconds: wall time of the whole process.
        processor: seconds of processor of all of its processes.
        largest_mb: peak resident memory of the largest process, in MiB.
        calls: API calls by kind, as the emulator logged them.
        fewest: those that the collection has to make; empty for the others.
    """

    seconds: float
    processor: float
    largest_mb: float
    calls: Counter[str]
    fewest: Counter[str]

    def as_dict(self) -> dict[str, Any]:
        """Return it for the results file."""
        return {**vars(self), "calls": dict(self.calls), "fewest": dict(self.fewest)}


@dataclass
class EstateCell:
    """A job of one size, done by an empty play, the bare script and the collection. Of several runs the fastest counts.

    Attributes:
        job: its letter.
        size: how many accounts.
        drifted: how many of them differ from their documents.
    """

    EMPTY: ClassVar[str] = "an empty play over the same inventory"
    BARE: ClassVar[str] = "bare requests script, 16 threads: the limit"
    COLLECTION: ClassVar[str] = "this collection"

    job: str
    size: int
    drifted: int
    empty: list[EstateSample] = field(default_factory=list)
    bare: list[EstateSample] = field(default_factory=list)
    collection: list[EstateSample] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Wall time of the collection over the empty play."""
        return _fastest(self.collection) - _fastest(self.empty)

    @property
    def processor(self) -> float:
        """Seconds of processor of the collection over the empty play."""
        return _least(self.collection) - _least(self.empty)

    @property
    def ratio(self) -> float:
        """How many times the time of the bare script the collection takes."""
        return self.seconds / _fastest(self.bare)

    @property
    def largest_mb(self) -> float:
        """The highest peak of any process of the collection in MiB."""
        return max(run.largest_mb for run in self.collection)

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the table."""
        what = f"({self.job}) audit" if self.job == "d" else f"({self.job}) converge, {self.drifted} differ"
        return [
            self._row(what, f"{self.size:,}", self.COLLECTION + ", over the empty play", self.collection, self.empty),
            self._row("", "", self.BARE, self.bare, []),
            self._row("", "", self.EMPTY, self.empty, []),
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return everything for the results file."""
        runs = {who: [run.as_dict() for run in getattr(self, who)] for who in ("empty", "bare", "collection")}
        about = {"job": self.job, "size": self.size, "drifted": self.drifted}
        return {**about, "seconds": self.seconds, "processor": self.processor, "ratio": self.ratio, "runs": runs}

    def _row(
        self, what: str, size: str, who: str, runs: list[EstateSample], less: list[EstateSample]
    ) -> tuple[str, ...]:
        seconds = _fastest(runs) - (_fastest(less) if less else 0)
        processor = _least(runs) - (_least(less) if less else 0)
        largest = max(run.largest_mb for run in runs)
        ratio = f"{seconds / _fastest(self.bare):.2f}" if runs is not self.empty else "-"
        calls = max(run.calls.total() for run in runs)
        return what, size, who, f"{seconds:.1f} s", f"{processor:.1f} s", f"{calls:,}", f"{largest:.0f} MiB", ratio


def verdicts(cells: list[EstateCell], rates: tuple[float, float]) -> list[Verdict]:
    """Return the judgements.

    Args:
        cells: the cells, the audits in the order of their sizes.
        rates: requests a second of the bare script with the latency and without.
    """
    judged = [
        Verdict(
            f"({cell.job}) with {cell.size:,} accounts takes at most {RATIO} times the limit: {cell.ratio:.2f}",
            cell.ratio <= RATIO,
        )
        for cell in cells
        if cell.job == "d" and cell.size >= 1000
    ]
    judged += [_calls(cell) for cell in cells]
    audits = [cell for cell in cells if cell.job == "d" and cell.size >= 1000]
    judged += [
        Verdict(
            f"(d) grows linearly, an account among {more.size:,} takes at most {GROWTH_RATIO} times that among {less.size:,}: "
            f"{(more.seconds / more.size) / (less.seconds / less.size):.2f}",
            more.seconds / more.size <= GROWTH_RATIO * less.seconds / less.size,
        )
        for less, more in pairwise(audits)
    ]
    judged += [
        Verdict(
            f"({cell.job}) with {cell.size:,} accounts no process takes {MEMORY_MB} MiB: {cell.largest_mb:.0f}",
            0 < cell.largest_mb < MEMORY_MB,
        )
        for cell in cells
    ]
    ratio = rates[1] / rates[0]
    judged.append(
        Verdict(
            f"the emulator is not the bottleneck for many accounts, without latency it answers at least {RATE_RATIO} times as fast: "
            f"{ratio:.1f} ({rates[1]:.0f} instead of {rates[0]:.0f} requests a second)",
            ratio >= RATE_RATIO,
        )
    )
    return judged


def comparison(cells: list[EstateCell]) -> str:
    """Return the table."""
    return table(HEADINGS, [row for cell in cells for row in cell.rows()])


def _calls(cell: EstateCell) -> Verdict:
    fewest = cell.collection[0].fewest
    odd = [run.calls for run in cell.collection if run.calls != run.fewest]
    text = f"({cell.job}) with {cell.size:,} accounts makes exactly the fewest calls possible, {fewest.total():,}"
    if odd:
        text += f" (too many: {dict(odd[0] - fewest)}; missing: {dict(fewest - odd[0])})"
    return Verdict(text, not odd)


def _fastest(runs: list[EstateSample]) -> float:
    return min(run.seconds for run in runs)


def _least(runs: list[EstateSample]) -> float:
    return min(run.processor for run in runs)
