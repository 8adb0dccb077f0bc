# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runs over many accounts: an audit, and a converge of which few accounts differ, beside a bare script."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import measure
from .contestants import HERE
from .emulated import Platform
from .estate_results import EstateCell, EstateSample
from .estates import CALL_PATHS, CONCURRENCY, Estate
from .race import LATENCY_MS, NotDone

AUDIT, CONVERGE = "d", "e"
SIZES = (100, 1000)
CONVERGED, DRIFTED = 1000, 10
# What is larger takes minutes and is measured once.
REPEATED_MOST = 1000
PLAYBOOKS = {AUDIT: "alianza.sip_trunking.audit", CONVERGE: "alianza.sip_trunking.converge"}


@dataclass
class EstateRace:
    """Has an audit and a converge of many accounts done, by the collection and by the bare script.

    Attributes:
        platform: the emulated API.
        folder: a scratch folder.
        env: the environment of what is run.
        repetitions: how often a size up to REPEATED_MOST is measured.
        say: takes what was measured, a line each.
        sizes: the sizes of the audit; that of the converge is the largest of these up to CONVERGED.
    """

    platform: Platform
    folder: Path
    env: dict[str, str]
    repetitions: int
    say: Callable[[str], None]
    sizes: tuple[int, ...] = SIZES
    cells: list[EstateCell] = field(default_factory=list)
    #: Requests a second of the bare script at the size of the converge, with the latency and without.
    rates: tuple[float, float] = (0.0, 0.0)

    def run(self) -> None:
        """Do everything."""
        for size in self.sizes:
            self.cells.append(self._measure(AUDIT, Estate(size)))
        size = min(CONVERGED, max(self.sizes))
        self.cells.append(self._measure(CONVERGE, Estate(size, max(1, size * DRIFTED // CONVERGED))))
        self.rates = self._rate(Estate(size), LATENCY_MS), self._rate(Estate(size), 0)

    def _measure(self, job: str, estate: Estate) -> EstateCell:
        inventory = self.folder / "estate.json"
        inventory.write_text(json.dumps(estate.inventory()), encoding="utf-8")
        cell = EstateCell(job, estate.size, estate.drifted)
        for dummy in range(self.repetitions if estate.size <= REPEATED_MOST else 1):
            for who, samples in ((cell.EMPTY, cell.empty), (cell.BARE, cell.bare), (cell.COLLECTION, cell.collection)):
                samples.append(self._take(job, estate, who, inventory))
                self.say(
                    f"({job}) {estate.size:,} accounts, {who:40} {samples[-1].seconds:7.2f} s {samples[-1].processor:7.2f} s of processor"
                )
        return cell

    def _take(self, job: str, estate: Estate, who: str, inventory: Path) -> EstateSample:
        """Have a job done once, check that it was done, and return what it took."""
        self.platform.fill(estate.seeds(), LATENCY_MS)
        if who == EstateCell.BARE:
            command = self._bare(job, estate)
        else:
            name = str(HERE / "playbooks/empty_estate.yml") if who == EstateCell.EMPTY else PLAYBOOKS[job]
            command = [str(Path(sys.executable).parent / "ansible-playbook"), "-i", str(inventory), name]
            command += ["-e", f"trunk_audit_directory={self.folder / 'audit'}"] if name == PLAYBOOKS[AUDIT] else []
        run = measure.run(command, self.env, self.folder)
        calls = self.platform.calls()
        fewest = estate.audit_calls() if job == AUDIT else estate.converge_calls()
        if who == EstateCell.COLLECTION and job == AUDIT:
            self._check_audit(estate)
        if who != EstateCell.EMPTY and job == CONVERGE:
            self._check_converge(estate)
        return EstateSample(
            run.seconds, run.processor, run.largest_mb, calls, fewest if who == EstateCell.COLLECTION else Counter()
        )

    def _bare(self, job: str, estate: Estate) -> list[str]:
        parts = ["forward", "registrationstatus"] if job == AUDIT else ["forward"]
        given = dict({"accounts": estate.ids, "parts": parts}, **({} if job == AUDIT else {"call_paths": CALL_PATHS}))
        path = self.folder / "job.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        return [sys.executable, str(HERE / "bare_estate.py"), str(path), str(CONCURRENCY)]

    def _check_audit(self, estate: Estate) -> None:
        totals = json.loads((self.folder / "audit/audit.json").read_text(encoding="utf-8"))["totals"]
        if (totals["accounts"], totals["in_line"]) != (estate.size, estate.size):
            raise NotDone(f"the audit of {estate.size} accounts found {totals}")

    def _check_converge(self, estate: Estate) -> None:
        left = [
            account["id"]
            for account in self.platform.accounts()
            if any(trunk["concurrentCalls"] != CALL_PATHS for trunk in account["trunks"])
        ]
        if left:
            raise NotDone(f"{len(left)} accounts were not converged, {left[0]} among them")

    def _rate(self, estate: Estate, latency_ms: float) -> float:
        self.platform.fill(estate.seeds(), latency_ms)
        own = json.loads(measure.run(self._bare(AUDIT, estate), self.env, self.folder).output)["seconds"]
        return self.platform.calls().total() / own
