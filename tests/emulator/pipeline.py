# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every request to /v2 passes: the log, faults, latency, and the conversion of refusals."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from .answers import envelope, refusal
from .api import BODY
from .damage import NoAnswer, act
from .errors import ApiError
from .faults import HARMLESS, Fault, Faults
from .journal import Entry, Journal, parse_body
from .store import Store

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LOGGER = logging.getLogger("emulator")


async def operate(request: web.Request, handler: Handler) -> web.Response:
    """Carry out the operation and return its answer; refusals and unknown routes become error answers."""
    try:
        answer = await handler(request)
    except ApiError as error:
        return refusal(error)
    except web.HTTPException as error:
        return envelope(error.status, f"{error.reason}: {request.method} {request.path}")
    except Exception as error:  # pylint: disable=broad-except
        # A client under test must see a server error as from any other server; the log shows whose fault it is.
        LOGGER.exception("The emulator failed at %s %s", request.method, request.path)
        return envelope(500, f"The emulator failed: {type(error).__name__}")
    assert isinstance(answer, web.Response)
    return answer


def middleware(store: Store, faults: Faults, journal: Journal) -> Any:
    """Return the aiohttp middleware that all requests pass; those outside /v2 are the control plane's and go straight on."""

    async def answer_to(
        request: web.Request, handler: Handler, entry: Entry, fault: Fault | None
    ) -> web.StreamResponse:
        if fault is None:
            proper = await operate(request, handler)
            entry.status = proper.status
            return proper
        try:
            answer, entry.status = await act(fault, request, lambda: operate(request, handler), store)
            return answer
        except NoAnswer as none:
            entry.status = none.status
            return web.Response(status=500)  # nobody reads it: the connection is gone

    @web.middleware
    async def pipeline(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/v2/"):
            return await handler(request)
        entry = journal.begin(request)
        try:
            fault = faults.pick(entry.method, entry.path) if faults.rules else None
            entry.fault = fault.id if fault else None
            body = await request.read()
            is_json, entry.body = parse_body(body)
            BODY.set((is_json, entry.body))
            if store.settings.latency_ms:
                await asyncio.sleep(store.settings.latency_ms / 1000)
            answer = await answer_to(request, handler, entry, fault)
            journal.keep(request, entry, body, answer, fault is None or fault.action in HARMLESS)
            return answer
        finally:
            journal.end()

    return pipeline
