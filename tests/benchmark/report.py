# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results in words: tables in Markdown that are lined up for terminals too. Pure, but for the machine's facts."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from itertools import pairwise

from .results import Cell
from .targets import Verdict

HEADINGS = ("Job", "Done by", "Time", "API calls", "Module", "Largest process", "Times the limit")
GROWTH_HEADINGS = ("Numbers", "Time", "API calls", "Module", "Largest process", "Time a number")


def machine(bystanders: float) -> dict[str, str]:
    """Return what the results depend on, without saying whose machine it is.

    Args:
        bystanders: how many cores other processes took meanwhile.
    """
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "Python": platform.python_version(),
        "ansible-core": version("ansible-core"),
        "requests": version("requests"),
        "cores that others took meanwhile": f"{bystanders:.2f}",
    }


def comparison(titles: dict[str, str], cells: list[list[Cell]]) -> str:
    """Return the table of contestants.

    Args:
        titles: the jobs' titles by their keys.
        cells: for each job the contestants' cells, the limit first.
    """
    rows = []
    for limit, *others in cells:
        for place, cell in enumerate([*others, limit]):
            about = "~ " if cell.scaled else ""
            rows.append(
                (
                    titles[cell.job] if not place else "",
                    cell.title + (f", from {cell.parts}" if cell.scaled else ""),
                    about + _duration(cell.seconds),
                    f"{about}{cell.calls:,}",
                    f"{cell.worker_mb:.0f} MiB",
                    f"{cell.largest_mb:.0f} MiB",
                    about + _ratio(cell.seconds / limit.seconds),
                )
            )
    return table(HEADINGS, rows)


def growth(cells: list[Cell]) -> str:
    """Return the table of sizes, and what each further number takes."""
    rows = [
        (
            f"{cell.size:,}",
            _duration(cell.seconds),
            f"{cell.calls:,}",
            f"{cell.worker_mb:.0f} MiB",
            f"{cell.largest_mb:.0f} MiB",
            f"{1000 * cell.seconds / cell.size:.2f} ms",
        )
        for cell in cells
    ]
    steps = [
        f"{1000 * (more.seconds - less.seconds) / (more.size - less.size):.2f} ms from {less.size:,} to {more.size:,}"
        for less, more in pairwise(cells)
    ]
    return (
        table(GROWTH_HEADINGS, rows)
        + f"\n\nEach further number takes {' and '.join(steps)}; equal steps mean that it grows linearly."
    )


def notes(cells: list[list[Cell]], empty: float, latency_ms: float, repetitions: int) -> str:
    """Return what the figures mean, a line each."""
    whole = [cell for row in cells for cell in row if not cell.scaled]
    strict = ", ".join(
        f"({limit.job}) {next(cell for cell in others if not cell.scaled).seconds / limit.own_seconds:.2f}"
        for limit, *others in cells
    )
    return "\n".join(
        (
            f"- Time: wall clock, {latency_ms:g} ms for each request. Of playbooks the time of an empty one is taken off ({empty:.2f} s, the fastest).",
            "  Of the script it is that of its whole process, since the start of Python and requests counts for the modules too.",
            f"  Without its start, from its first request to its last answer, this collection takes so many times as long: {strict}.",
            f"- Of {repetitions} runs, in turns, the fastest counts; the slowest took up to {100 * max(cell.spread for cell in whole):.0f} % longer.",
            "- ~ was measured at the two sizes that are named, on an account of the full size, and scaled up along the line through both.",
            "- API calls: from the emulator's log, login and logout included.",
            "- Module, largest process: peak resident memory of the process that runs the module or the script, and of the largest process of all.",
        )
    )


def verdicts(judged: list[Verdict]) -> str:
    """Return the targets, a line each."""
    return "\n".join(f"    {verdict}" for verdict in judged)


def table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a Markdown table whose columns are lined up: words to the left, figures to the right."""
    left = [
        not any(row[column][:1].isdigit() or row[column][:1] == "~" for row in rows) for column in range(len(headings))
    ]
    widths = [max(len(row[column]) for row in [headings, *rows]) for column in range(len(headings))]

    def line(cells: tuple[str, ...]) -> str:
        padded = (
            cell.ljust(width) if to_left else cell.rjust(width) for cell, width, to_left in zip(cells, widths, left)
        )
        return f"| {' | '.join(padded)} |"

    rule = "|".join("-" * (width + 2) if to_left else "-" * (width + 1) + ":" for width, to_left in zip(widths, left))
    return "\n".join((line(headings), f"|{rule}|", *map(line, rows)))


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds / 60:.1f} min"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
