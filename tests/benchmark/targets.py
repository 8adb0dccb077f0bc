# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection is to reach, and whether it did. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .results import Cell

#: How much longer than the bare script the collection may take.
RATIO = 1.3
#: How much more time a number may take among ten thousand than among one thousand.
GROWTH_RATIO = 1.3
MEMORY_MB = 150
#: How many times the rate without latency has to be that with it, for the emulator to count as no bottleneck.
RATE_RATIO = 3


@dataclass(frozen=True)
class Verdict:
    """A target in words, with what was measured, and whether it is met."""

    text: str
    met: bool

    def __str__(self) -> str:
        return f"{'met    ' if self.met else 'NOT met'}  {self.text}"


def speed(collection: Cell, limit: Cell) -> Verdict:
    """Whether the collection is nearly as fast as the limit."""
    ratio = collection.seconds / limit.seconds
    return Verdict(f"({collection.job}) takes at most {RATIO} times the limit: {ratio:.2f}", ratio <= RATIO)


def calls(collection: Cell) -> Verdict:
    """Whether the collection makes the fewest calls possible, kind by kind, in every run."""
    fewest = collection.runs[0].fewest
    what = f"({collection.job}) with {collection.size:,} {'numbers' if collection.job == 'a' else 'trunks'}"
    text = f"{what} makes exactly the fewest calls possible, {fewest.total():,}: {collection.calls:,}"
    odd = [run for run in collection.runs if run.calls != run.fewest]
    if odd:
        # Kind by kind, since too many of one may hide that another is missing.
        text += (
            f" (too many: {_listed(odd[0].calls - odd[0].fewest)}; missing: {_listed(odd[0].fewest - odd[0].calls)})"
        )
    return Verdict(text, collection.frugal)


def growth(middle: Cell, largest: Cell) -> Verdict:
    """Whether the time grows with the numbers, and not faster."""
    ratio = (largest.seconds / largest.size) / (middle.seconds / middle.size)
    return Verdict(
        f"(a) grows linearly, a number among {largest.size:,} takes at most {GROWTH_RATIO} times that among {middle.size:,}: {ratio:.2f}",
        ratio <= GROWTH_RATIO,
    )


def memory(largest: Cell) -> Verdict:
    """Whether the memory stays small; the largest process counts, whether it is the module's or Ansible's."""
    return Verdict(
        f"(a) with {largest.size:,} numbers no process takes {MEMORY_MB} MiB: {largest.largest_mb:.0f}, the module's {largest.worker_mb:.0f}",
        0 < largest.worker_mb <= largest.largest_mb < MEMORY_MB,
    )


def bottleneck(with_latency: Cell, without: Cell) -> Verdict:
    """Whether the emulator could answer much faster than it was asked, so that what was measured is not its own speed."""
    ratio = without.rate / with_latency.rate
    return Verdict(
        f"the emulator is not the bottleneck, without latency it answers at least {RATE_RATIO} times as fast: {ratio:.1f} "
        f"({without.rate:.0f} instead of {with_latency.rate:.0f} requests a second)",
        ratio >= RATE_RATIO,
    )


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in kinds.items()) or "none"
