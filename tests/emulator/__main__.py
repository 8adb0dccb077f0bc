# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the emulator on the command line: python tests/emulator --help."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any


def arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(
        prog="emulator", description="A stand-in for the SIP trunk part of Alianza's public API."
    )
    parser.add_argument("--host", default="127.0.0.1", choices=["127.0.0.1"], help="the address to listen on")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on (0: any free one)")
    parser.add_argument("--state-file", type=Path, help="where to write {pid, url} while it runs")
    parser.add_argument("--seed", type=Path, help="a JSON file with users and accounts to start with")
    parser.add_argument("--latency-ms", type=float, default=0, help="how long every request takes")
    parser.add_argument("--username", help="the first user's name")
    parser.add_argument("--password", help="the first user's password")
    return parser.parse_args()


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Write the state file so that nobody ever sees half of it; only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(state, file)
    os.replace(name, path)


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT; raises ValueError for a wrong option or seed, OSError for a port in use."""
    from emulator.emulation import Emulation
    from emulator.server import start, stop

    given = {
        name: value
        for name, value in (("username", options.username), ("password", options.password))
        if value is not None
    }
    emulation = Emulation(latency_ms=options.latency_ms, **given)
    if options.seed:
        emulation.seed(json.loads(options.seed.read_text(encoding="utf-8")))
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    runner, url = await start(emulation, options.host, options.port)
    try:
        if options.state_file:
            write_state(options.state_file, {"pid": os.getpid(), "url": url})
        print(f"listening on {url}", flush=True)
        await end.wait()
    finally:
        if options.state_file:
            options.state_file.unlink(missing_ok=True)
        await stop(runner)


def main() -> int:
    """Run with the command line's options; returns the exit status."""
    # The folder itself must not be searched: its modules would be found as top-level ones.
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != here)]
    try:
        asyncio.run(serve(arguments()))
    except (OSError, ValueError) as error:
        print(f"emulator: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
