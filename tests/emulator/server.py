# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts and stops the HTTP server: in the running event loop, or in a thread of its own for tests in Python."""

from __future__ import annotations

import asyncio
import ssl
import threading
from typing import Any

from aiohttp import web

from .api import add_routes
from .control import Control
from .emulation import Emulation
from .further_api import FURTHER_ROUTES
from .pipeline import middleware

LOOPBACK = "127.0.0.1"
START_SECONDS = 60


def application(emulation: Emulation) -> web.Application:
    """Return the web application: /v2 and the control plane."""
    app = web.Application(
        middlewares=[middleware(emulation.store, emulation.faults, emulation.journal)], client_max_size=64 * 1024 * 1024
    )
    add_routes(app, emulation.store, FURTHER_ROUTES)
    Control(emulation).add_routes(app)
    return app


async def start(
    emulation: Emulation, host: str = LOOPBACK, port: int = 0, tls: ssl.SSLContext | None = None
) -> tuple[web.AppRunner, str]:
    """Listen (with `tls` by HTTPS), and return what `stop` takes and the URL; raises ValueError for a host that is not 127.0.0.1, OSError for a port in use."""
    if host != LOOPBACK:
        raise ValueError(f"The emulator listens on {LOOPBACK} only, not on {host}")
    runner = web.AppRunner(application(emulation), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=512, ssl_context=tls).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, f"http{'s' if tls else ''}://{host}:{runner.addresses[0][1]}"


async def stop(runner: web.AppRunner) -> None:
    """Stop listening and end all connections, hanging ones too."""
    await runner.cleanup()


class Emulator(Emulation):
    """An emulator that serves from a thread of its own while the `with` block lasts (or between start and stop)."""

    def __init__(
        self,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        seed: dict[str, Any] | None = None,
        tls: ssl.SSLContext | None = None,
        **options: Any,
    ) -> None:
        """Take where to listen (port 0: any free one), what to start with, and what Emulation takes, settings among it.

        `tls` makes it an HTTPS server; see certificates.context.
        """
        super().__init__(**options)
        self.host = host
        self.port = port
        self.tls = tls
        self.url = ""
        self.seeded = self.seed(seed) if seed else {"accounts": []}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Emulator:
        """Start."""
        return self.start()

    def __exit__(self, *exc_info: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> Emulator:
        """Serve; returns this object, whose `url` is set. Raises what the function `start` raises."""
        ready: threading.Event = threading.Event()
        failure: list[BaseException] = []

        async def serve() -> None:
            self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
            try:
                runner, self.url = await start(self, self.host, self.port, self.tls)
            except (OSError, ValueError) as error:
                failure.append(error)
                return
            finally:
                ready.set()
            await self._end.wait()
            await stop(runner)

        self._thread = threading.Thread(target=lambda: asyncio.run(serve()), name="emulator", daemon=True)
        self._thread.start()
        if not ready.wait(START_SECONDS):
            raise TimeoutError("The emulator did not start")
        if failure:
            raise failure[0]
        return self

    def stop(self) -> None:
        """End all connections and the thread; harmless if it does not run."""
        if self._thread is None or self._loop is None or self._end is None:
            return
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(START_SECONDS)
        self._thread = None
