# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a fault does to a request and its answer."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from .answers import envelope
from .api import BODY
from .error_bodies import error_answer
from .faults import OWN, Fault
from .odd_bodies import BOM, huge, huge_gzip, odd_json, other_object
from .store import Store

GARBAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"
#: How often a sleeping fault looks whether the client is still there, in seconds.
TICK = 0.05
DRIPS = 10


class NoAnswer(Exception):
    """The connection is gone; `status` is the one that the client got to see, if any."""

    def __init__(self, status: int | None = None) -> None:
        """Take the status that was sent before the end."""
        super().__init__(status)
        self.status = status


async def act(
    fault: Fault, request: web.Request, operate: Callable[[], Awaitable[web.Response]], store: Store
) -> tuple[web.StreamResponse, int]:
    """Let a fault act on a request.

    `operate` carries out the operation. Returns the answer and its status; raises NoAnswer if the connection was ended.
    """
    proper = await operate() if fault.after else None
    if fault.action == "delay":
        # Like a slow server, it does the work even if the client has given up meanwhile.
        await asyncio.sleep(fault.seconds)
    elif fault.action == "gather":
        await _sleep(request, fault.seconds, lambda: fault.hits >= (fault.times or 0))
    elif fault.action == "expire_tokens":
        with store.lock:
            store.sessions.expire_all()
    elif fault.action == "hang":
        await _sleep(request, fault.seconds)
        _abort(request)
    elif fault.action == "reset":
        _abort(request)
    elif fault.action == "interim":
        _write_interim(fault, request)
    elif fault.action == "huge":
        return await _huge(fault, request), fault.status or 200
    else:
        own = fault.action in OWN or proper is None
        answer = _own(fault, request) if own else proper
        assert answer is not None
        return await _damaged(fault, request, answer), answer.status
    answer = proper if proper is not None else await operate()
    if fault.action != "interim":
        answer.headers.update(fault.headers)
    return answer, answer.status


def _own(fault: Fault, request: web.Request) -> web.Response:
    """Return the answer that a fault gives of itself."""
    if fault.action == "error":
        return error_answer(fault, request, BODY.get()[1])
    if fault.action == "redirect":
        answer = web.Response(status=fault.status or 302, headers={"Location": fault.location or "/"})
    elif fault.action == "garbage":
        body = GARBAGE if fault.body is None else _text(fault.body)
        answer = web.Response(
            status=fault.status or 200, body=body, headers={"Content-Type": fault.content_type or "application/json"}
        )
    elif fault.body is None and (fault.status or 503) not in (204, 304):
        answer = envelope(fault.status or 503, "Fault")
    else:
        content_type = fault.content_type or ("text/plain" if isinstance(fault.body, str) else "application/json")
        body = b"" if fault.body is None else _text(fault.body)
        answer = web.Response(status=fault.status or 503, body=body, headers={"Content-Type": content_type})
    if fault.content_type:
        answer.headers["Content-Type"] = fault.content_type
    answer.headers.update(fault.headers)
    return answer


def _text(body: object) -> bytes:
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


async def _damaged(fault: Fault, request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = bytes(answer.body) if isinstance(answer.body, (bytes, bytearray)) else b""
    if fault.action == "truncate":
        answer.body = body[: len(body) // 2]
    if fault.action == "bom":
        answer.body = BOM + body
    if fault.action == "odd_json":
        answer.body = odd_json(fault.kind, body)
    if fault.action == "other_object":
        answer.body = other_object(body)
    if fault.action == "close_midway":
        if request.transport is None:
            raise NoAnswer
        request.transport.write(_head(answer, body) + body[: len(body) // 2])
        request.transport.close()
        raise NoAnswer(answer.status)
    if fault.action == "drip":
        return await _drip(fault, request, answer, body)
    if fault.action == "trickle":
        answer.headers["Connection"] = "close"
        await _trickle(fault, request, _head(answer, body), body)
        raise NoAnswer(answer.status)
    return answer


def _head(answer: web.Response, body: bytes) -> bytes:
    """Return the status line and headers of an answer as they go over the wire, with the length of a body."""
    headers = {**answer.headers, "Content-Length": str(len(body))}
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def _write_interim(fault: Fault, request: web.Request) -> None:
    """Write answers that are not final in front of the one to come; the web framework has no way to do so."""
    status = fault.status or 102
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
    lines = "".join(f"{name}: {value}\r\n" for name, value in fault.headers.items())
    if request.transport is not None:
        request.transport.write(f"{head}{lines}\r\n".encode() * fault.count)


async def _trickle(fault: Fault, request: web.Request, head: bytes, body: bytes) -> None:
    """Write an answer byte by byte, with a pause before each, and end the connection."""
    at_once, slow = (b"", head + body) if fault.part == "all" else (head, body)
    if request.transport is not None:
        request.transport.write(at_once)
    for byte in slow:
        await _sleep(request, fault.seconds)
        assert request.transport is not None
        request.transport.write(bytes([byte]))
    if request.transport is not None:
        request.transport.close()


async def _huge(fault: Fault, request: web.Request) -> web.StreamResponse:
    """Send a body that is far too long, made while it goes out."""
    stream = web.StreamResponse(status=fault.status or 200, headers={"Content-Type": "application/json"})
    stream.headers.update(fault.headers)
    if fault.gzip:
        packed = await asyncio.to_thread(huge_gzip, fault.size)
        stream.headers["Content-Encoding"] = "gzip"
        parts, stream.content_length = iter([packed]), len(packed)
    else:
        parts, stream.content_length = huge(fault.size), fault.size
    try:
        await stream.prepare(request)
        for part in parts:
            await stream.write(part)
    except ConnectionError as error:
        raise NoAnswer(fault.status or 200) from error
    return stream


async def _drip(fault: Fault, request: web.Request, answer: web.Response, body: bytes) -> web.StreamResponse:
    """Send the headers at once and the body in small parts over the fault's seconds."""
    stream = web.StreamResponse(status=answer.status, headers=answer.headers)
    stream.content_length = len(body)
    size = max(1, -(-len(body) // DRIPS))
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    try:
        await stream.prepare(request)
        for part in parts:
            await _sleep(request, fault.seconds / len(parts))
            await stream.write(part)
    except ConnectionError as error:
        raise NoAnswer(answer.status) from error
    return stream


async def _sleep(request: web.Request, seconds: float, enough: Callable[[], bool] = lambda: False) -> None:
    """Sleep until it is enough, but not longer than the client waits; raises NoAnswer once it is gone."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (left := end - loop.time()) > 0 and not enough():
        if request.transport is None or request.transport.is_closing():
            raise NoAnswer
        await asyncio.sleep(min(left, TICK))
    if request.transport is None or request.transport.is_closing():
        raise NoAnswer


def _abort(request: web.Request) -> None:
    """End the connection with a TCP reset."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        if connection is not None:
            # A zero linger time turns the close into a RST.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    raise NoAnswer
