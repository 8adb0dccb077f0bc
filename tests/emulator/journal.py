# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of requests to /v2, for assertions on what went over the wire."""

from __future__ import annotations

import itertools
import json
import re
import time
import weakref
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import web

WRITES = ("POST", "PUT", "PATCH", "DELETE")
HEADERS = ("User-Agent", "X-AUTH-TOKEN", "Content-Type", "Accept", "Cookie", "Authorization")


@dataclass
class Entry:
    """One request, in order of arrival."""

    n: int
    #: Monotonic seconds of the arrival.
    t: float
    method: str
    #: The path as sent, percent-encoded, without the query.
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    #: Which connection carried it; equal numbers mean keep-alive.
    connection: int
    #: How many requests were under way at its arrival, this one included.
    in_flight: int
    #: The parsed JSON body, None without one or if it is not JSON.
    body: Any = None
    #: Status of the answer, None if none was given.
    status: int | None = None
    #: The id of the fault that hit it.
    fault: str | None = None


@dataclass
class Exchange:
    """A request and its answer in full, for a check against a description of the API."""

    method: str
    #: As sent, percent-encoded.
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    #: None if nothing was answered.
    status: int | None
    #: The answer's content type.
    answer_type: str
    answer: bytes
    #: Whether the answer is what the emulated API gives, and not what a fault made of it.
    genuine: bool


@dataclass
class Journal:
    """All requests since the start or the last clear."""

    entries: list[Entry] = field(default_factory=list)
    #: Whole exchanges since `record`; None if nobody asked for them: they take memory.
    exchanges: list[Exchange] | None = None
    in_flight: int = 0
    _number: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _connection: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _connections: weakref.WeakKeyDictionary[Any, int] = field(default_factory=weakref.WeakKeyDictionary)

    def begin(self, request: web.Request) -> Entry:
        """Note the arrival of a request; `end` has to follow."""
        self.in_flight += 1
        transport = request.transport
        connection = self._connections.get(transport, 0) if transport else 0
        if transport and not connection:
            connection = self._connections[transport] = next(self._connection)
        path = request.raw_path.partition("?")[0]
        headers = {name: request.headers[name] for name in HEADERS if name in request.headers}
        query = dict(request.query) if request.query_string else {}
        entry = Entry(
            next(self._number), time.monotonic(), request.method, path, query, headers, connection, self.in_flight
        )
        self.entries.append(entry)
        return entry

    def end(self) -> None:
        """Note that a request is over."""
        self.in_flight -= 1

    def record(self) -> list[Exchange]:
        """Keep whole exchanges from now on, and return the list that they go to; `clear` leaves it alone."""
        self.exchanges = []
        return self.exchanges

    def keep(self, request: web.Request, entry: Entry, body: bytes, answer: web.StreamResponse, genuine: bool) -> None:
        """Keep an exchange, if that was asked for."""
        if self.exchanges is None:
            return
        content = getattr(answer, "body", None)
        raw = bytes(content) if isinstance(content, (bytes, bytearray)) else b""
        self.exchanges.append(
            Exchange(
                entry.method,
                entry.path,
                list(request.query.items()),
                entry.headers,
                body,
                entry.status,
                answer.headers.get("Content-Type", "") if raw else "",
                raw,
                genuine,
            )
        )

    def select(
        self, method: str | None = None, path: str | None = None, status: int | None = None
    ) -> list[dict[str, Any]]:
        """Return the entries whose method matches whole, whose path is found and whose status is equal; None takes all."""
        found = []
        for entry in list(self.entries):
            if method is not None and not re.fullmatch(method, entry.method):
                continue
            if path is not None and not re.search(path, entry.path):
                continue
            if status is not None and entry.status != status:
                continue
            found.append(asdict(entry))
        return found

    def writes(self) -> list[dict[str, Any]]:
        """Return the entries that are meant to change something: all POST, PUT, PATCH and DELETE except login and logout."""
        return [entry for entry in self.select("|".join(WRITES)) if not entry["path"].startswith("/v2/authorize")]

    def clear(self) -> None:
        """Forget all entries; numbers and connections count on."""
        self.entries.clear()


def parse_body(raw: bytes) -> tuple[bool, Any]:
    """Return whether a request's body is JSON (an empty one counts as such), and what it holds."""
    if not raw:
        return True, None
    try:
        return True, json.loads(raw, parse_constant=_refuse)
    except ValueError:
        return False, None


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
