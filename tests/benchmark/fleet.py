# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A night's work: converge the accounts of a whole inventory, and again, and count: python tests/benchmark/fleet.py, or make fleet."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
LATENCY_MS = 40
PLAYBOOK = "alianza.sip_trunking.converge"


def main() -> int:
    """Run; returns 0 if everything was as it has to be, 1 if not."""
    # As a package, so that the modules here hide none of the standard library.
    sys.path[:] = [str(TESTS), *(entry for entry in sys.path if Path(entry or ".").resolve() != TESTS / "benchmark")]
    from emulator import Emulator

    from benchmark import contestants

    parser = argparse.ArgumentParser(prog="fleet", description="Converges many accounts, twice.")
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--forks", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fleet-", ignore_cleanup_errors=True) as scratch, Emulator() as platform:
        folder = Path(scratch)
        platform.seed(accounts=[account(place) for place in range(options.accounts)])
        platform.set(latency_ms=LATENCY_MS)
        inventory = folder / "inventory.json"
        inventory.write_text(
            json.dumps(
                {"all": {"hosts": {f"customer-{place:03}": variables(place) for place in range(options.accounts)}}}
            )
        )
        env = contestants.environment(folder, platform.url, platform.username, platform.password)
        command = [
            str(Path(sys.executable).parent / "ansible-playbook"),
            PLAYBOOK,
            "-i",
            str(inventory),
            "--forks",
            str(options.forks),
        ]
        faults = []
        # One login compares all accounts, and each that differs has a task of its own.
        for title, writes, logins in (
            ("from nothing", options.accounts * 9, 1 + options.accounts),
            ("converged already", 0, 1),
        ):
            platform.clear_log()
            started = time.monotonic()
            done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
            faults += judge(title, time.monotonic() - started, done, platform, (options.accounts, writes, logins))
    print(
        "\n".join(faults)
        or f"{options.accounts} accounts, no login too many, no token left open, nothing written and one login the second time"
    )
    return 1 if faults else 0


def number(place: int, last: int) -> str:
    """Return a telephone number of an account."""
    return f"1801{200 + place:03}{last:04}"


def account(place: int) -> dict:
    """Return an account without trunks, as the emulator is seeded with it."""
    return {
        "id": f"CUSTOMER_{place:03}",
        "accountNumber": str(1000 + place),
        "accountName": f"Customer {place:03}",
        "telephone_numbers": [f"{number(place, 0)}-{number(place, 9)}"],
    }


def variables(place: int) -> dict:
    """Return the host variables of an account: two trunks, the rules of both, five numbers; nine writes from nothing."""
    return {
        "alianza_account_id": f"CUSTOMER_{place:03}",
        "alianza_trunks": [
            {
                "name": "Head Office",
                "concurrent_calls": 10,
                "telephone_numbers": [f"{number(place, 0)}-{number(place, 3)}"],
                "forwarding": {"forward_on_failure": [{"trunk_name": "Second Site"}]},
            },
            {
                "name": "Second Site",
                "concurrent_calls": 10,
                "telephone_numbers": [number(place, 4)],
                "forwarding": {"forward_on_failure": [{"reference_type": "TELEPHONE", "reference_id": "18019999999"}]},
            },
        ],
    }


def judge(
    title: str, seconds: float, done: subprocess.CompletedProcess, platform, expected: tuple[int, int, int]
) -> list[str]:
    """Print what a run took, and return what is wrong with it.

    Args:
        title: the run in words.
        seconds: its wall time.
        done: the command.
        platform: the emulator.
        expected: how many accounts, writes, and logins there have to be.
    """
    accounts, writes, sessions = expected
    log = platform.log()
    logins = Counter(entry["path"].rpartition("/")[2] for entry in log if entry["path"].startswith("/v2/authorize"))
    written = len(platform.writes())
    print(
        f"{title + ':':20} {accounts} accounts in {seconds:.1f} s, {len(log):,} calls, {written:,} writes, "
        f"{logins['authorize']} logins, {logins['logout']} logouts, {platform.open_tokens} tokens left open",
        flush=True,
    )
    faults = (
        [f"ended with code {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-1000:]}"] if done.returncode else []
    )
    faults += [f"{logins[kind]} of {sessions} {kind}s" for kind in ("authorize", "logout") if logins[kind] != sessions]
    faults += [f"{platform.open_tokens} tokens left open"] if platform.open_tokens else []
    faults += [f"{written} writes instead of {writes}"] if written != writes else []
    return [f"{title}: {fault}" for fault in faults]


if __name__ == "__main__":
    sys.exit(main())
