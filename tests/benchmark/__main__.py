# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmark and judges it: python tests/benchmark, or make bench, which also makes the virtual environment."""

from __future__ import annotations

import argparse
import functools
import json
import secrets
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark import estate_race, race, targets

    # Texts, judgements, and what goes into the results file.
    Part = tuple[list[str], list[targets.Verdict], dict[str, Any]]

REPO = Path(__file__).resolve().parents[2]
OUTPUT = REPO / ".cache/benchmark"
USERNAME = "benchmark@example.net"


def main() -> int:
    """Run; returns 0 if every target is met, 1 if one is not, 2 if it could not be measured."""
    # As a package, so that the modules here find each other and hide none of the standard library.
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != here)]
    from benchmark import contestants, emulated, estate_race, measure, race, report

    parser = argparse.ArgumentParser(
        prog="benchmark", description="Measures the collection beside three other ways to do the same."
    )
    parser.add_argument("--runs", type=int, default=3, help="how often what is quick is measured (3)")
    parser.add_argument(
        "--part", choices=["account", "estate", "all"], default="all", help="one account, many accounts, or all (all)"
    )
    parser.add_argument(
        "--estates",
        default=",".join(map(str, estate_race.SIZES)),
        help="how many accounts are audited; 10000 takes some ten minutes (100,1000)",
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    if not Path("/proc/self/task").exists():
        print("benchmark: memory is measured with /proc, so Linux is needed", file=sys.stderr)
        return 2
    bystanders = measure.Bystanders()
    try:
        with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as scratch:
            folder, password = Path(scratch), secrets.token_hex(12)
            with emulated.emulator(folder, USERNAME, password) as platform:
                env = contestants.environment(folder, platform.url, USERNAME, password)
                say = functools.partial(print, file=sys.stderr, flush=True)
                parts = []
                if options.part != "estate":
                    runs = race.Race(platform, folder, env, options.runs, say)
                    runs.run()
                    parts.append(one_account(runs))
                if options.part != "account":
                    sizes = tuple(sorted(map(int, options.estates.split(","))))
                    estates = estate_race.EstateRace(platform, folder, env, options.runs, say, sizes)
                    estates.run()
                    parts.append(many_accounts(estates))
    except (measure.CommandFailed, race.NotDone, RuntimeError) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130
    return conclude(parts, report.machine(bystanders.cores()), time.monotonic() - started)


def one_account(runs: race.Race) -> Part:
    """Return what was measured of one account."""
    from benchmark import contestants, jobs, race, report, targets

    rows = [
        [
            runs.cell(who, job)
            for who in (contestants.BARE, contestants.COLLECTION, contestants.MODULES, contestants.URI)
        ]
        for job in race.JOBS
    ]
    sizes = [runs.cell(contestants.COLLECTION, jobs.route(size)) for size in race.GROWTH]
    no_latency = runs.cell(contestants.BARE, race.JOBS[0], latency_ms=0)
    judged = [
        *(targets.speed(row[1], row[0]) for row in rows[:2]),
        *(targets.calls(row[1]) for row in rows),
        *(targets.calls(cell) for cell in sizes if cell.size != race.JOBS[0].size),
        targets.growth(sizes[1], sizes[2]),
        targets.memory(sizes[2]),
        targets.bottleneck(rows[0][0], no_latency),
    ]
    texts = [
        report.comparison({job.key: job.title for job in race.JOBS}, rows),
        report.notes(rows, runs.empty, race.LATENCY_MS, runs.repetitions),
        "How (a) grows with the numbers, done by this collection:",
        report.growth(sizes),
    ]
    data = {
        "empty_playbook_seconds": runs.empty,
        "cells": [cell.as_dict() for cell in [*(cell for row in rows for cell in row), *sizes]],
        "no_latency": no_latency.as_dict(),
        "requests_a_second": {"with_latency": rows[0][0].rate, "without": no_latency.rate},
    }
    return texts, judged, data


def many_accounts(runs: estate_race.EstateRace) -> Part:
    """Return what was measured of many accounts."""
    from benchmark import estate_results

    texts = ["Many accounts of two trunks, ten numbers and rules:", estate_results.comparison(runs.cells)]
    rates = dict(zip(("with_latency", "without"), runs.rates))
    data = {"estates": [cell.as_dict() for cell in runs.cells], "estate_requests_a_second": rates}
    return texts, estate_results.verdicts(runs.cells, runs.rates), data


def conclude(parts: list[Part], facts: dict[str, str], seconds: float) -> int:
    """Print and keep the results; returns 0 if every target is met, 1 if one is not."""
    from benchmark import race, report

    judged = [verdict for dummy, verdicts, unused in parts for verdict in verdicts]
    about = "; ".join(f"{name}: {fact}" for name, fact in facts.items())
    texts = [text for some, dummy, unused in parts for text in some]
    measured = f"Measured in {seconds / 60:.1f} minutes; {about}. Targets:"
    text = "\n\n".join((*texts, measured, report.verdicts(judged)))
    print(f"\n{text}", flush=True)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "results.md").write_text(text + "\n", encoding="utf-8")
    results = {"machine": facts, "seconds": seconds, "latency_ms": race.LATENCY_MS}
    for dummy, unused, data in parts:
        results.update(data)
    results["targets"] = [{"text": verdict.text, "met": verdict.met} for verdict in judged]
    (OUTPUT / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0 if all(verdict.met for verdict in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
