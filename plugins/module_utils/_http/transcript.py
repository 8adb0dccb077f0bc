# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The transcript: a HAR 1.2 file of every request and response, without secrets.

Tasks and hosts may write to one file at the same time: each entry is inserted before the trailer, under a lock, so that
the file is complete after each. A file that is no transcript is not changed.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Mapping

from .._common.redaction import REDACTED, Redactor
from .._common.version import VERSION

BODY_LIMIT = 64 * 1024
_HEAD = (
    '{"log": {"version": "1.2", "creator": {"name": "alianza.sip_trunking", "version": "%s"}, "entries": [\n' % VERSION
)
_TAIL = "\n]}}\n"
_SECRET_HEADERS = frozenset(("x-auth-token", "authorization", "proxy-authorization", "cookie", "set-cookie"))


# What every transcript begins with, whatever version of the collection wrote it.
_MARK = b'{"log": {"version": "1.2", "creator": {"name": "alianza.sip_trunking"'


def _write(descriptor: int, text: str, place: int, before: bytes) -> None:
    """Write a text to its end; where that fails, put back what was there, so that the file stays whole.

    Args:
        descriptor: the file.
        text: what to write, ASCII.
        place: where.
        before: what is there, which is the end of the file.
    """
    data = memoryview(text.encode("ascii"))
    written = 0
    try:
        while written < len(data):
            written += os.pwrite(descriptor, data[written:], place + written)
    except OSError:
        os.ftruncate(descriptor, place)
        if before:
            # The blocks of this file held these bytes a moment ago.
            os.pwrite(descriptor, before, place)
        raise


@dataclass
class Exchange:
    """One request, and its response if there was one.

    Attributes:
        method, url: of the request.
        headers: the headers of the request.
        body: the body of the request as a JSON value, or None.
        started: when it was sent, in seconds since the epoch.
        seconds: how long it took.
        status: the HTTP status; 0 without a response.
        reason: the reason phrase; without a response, the error in words.
        response_headers: the headers of the response.
        value: the body of the response as a JSON value; None if it was empty or no JSON.
        size: the size of that body in bytes.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: Any
    started: float
    seconds: float
    status: int = 0
    reason: str = ""
    response_headers: Mapping[str, str] | None = None
    value: Any = None
    size: int = 0


class Transcript:
    """Appends entries to one HAR file.

    Args:
        path: the file; it is created with mode 0600.
        redactor: removes the secrets from the entries.

    Nothing that is wrong with the file stops the work of a task, and a file that is no transcript is not touched.

    Attributes:
        warning: why there is no transcript, or why it is incomplete; None if it is complete.
    """

    def __init__(self, path: str, redactor: Redactor) -> None:
        self.path = os.path.abspath(os.path.expanduser(path))
        self.redactor = redactor
        self.warning: str | None = None
        self._append_or_warn(None)

    def record(self, exchange: Exchange) -> None:
        """Append an exchange; a failure to do so is kept in ``warning`` and stops nothing."""
        if self.warning:
            return
        self._append_or_warn(json.dumps(self._entry(exchange), ensure_ascii=True))

    def _append_or_warn(self, entry: str | None) -> None:
        try:
            self._append(entry)
        except OSError as error:
            self.warning = "transcript_path: %s cannot be written (%s), so the transcript is incomplete" % (
                self.path,
                error.strerror or type(error).__name__,
            )
        except ValueError as error:
            self.warning = "transcript_path: %s %s, so nothing is written to it: set the path of a new file" % (
                self.path,
                error,
            )

    def _append(self, entry: str | None) -> None:
        """Insert the text of an entry; with None, only make sure that the file is a transcript.

        Raises:
            OSError: the file cannot be written.
            ValueError: it is no transcript; the text says what it is.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ValueError("is not a regular file")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            status = os.fstat(descriptor)
            tail = _TAIL.encode("ascii")
            place = status.st_size - len(tail)
            if status.st_size and (
                place < 0
                or os.pread(descriptor, len(tail), place) != tail
                or os.pread(descriptor, len(_MARK), 0) != _MARK
            ):
                raise ValueError("is not a transcript of this collection, or is damaged")
            if stat.S_IMODE(status.st_mode) != 0o600:
                os.fchmod(descriptor, 0o600)
            if not status.st_size:
                _write(descriptor, _HEAD + (entry or "") + _TAIL, 0, b"")
            elif entry is not None:
                first = os.pread(descriptor, 2, place - 2) == b"[\n"
                _write(descriptor, ("" if first else ",\n") + entry + _TAIL, place, tail)
        finally:
            os.close(descriptor)

    def _entry(self, exchange: Exchange) -> dict[str, Any]:
        """Return the HAR entry of an exchange, without secrets."""
        request = {
            "method": exchange.method,
            "url": self.redactor.text(exchange.url),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(exchange.headers),
            "queryString": [],
            "headersSize": -1,
            "bodySize": -1,
        }
        if exchange.body is not None:
            request["postData"] = {"mimeType": "application/json", "text": self._body(exchange.body)}
        milliseconds = round(exchange.seconds * 1000, 3)
        started = datetime.fromtimestamp(exchange.started, timezone.utc)
        return {
            "startedDateTime": started.isoformat(timespec="milliseconds"),
            "time": milliseconds,
            "request": request,
            "response": self._response(exchange),
            "cache": {},
            "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        }

    def _response(self, exchange: Exchange) -> dict[str, Any]:
        headers = exchange.response_headers or {}
        content = {"size": exchange.size, "mimeType": headers.get("Content-Type") or ""}
        if exchange.value is not None:
            content["text"] = self._body(exchange.value)
        elif exchange.size:
            content["comment"] = "no JSON, not kept"
        return {
            "status": exchange.status,
            "statusText": self.redactor.text(exchange.reason),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(headers),
            "content": content,
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        }

    def _headers(self, headers: Mapping[str, str]) -> list[dict[str, str]]:
        return [
            {"name": name, "value": REDACTED if name.lower() in _SECRET_HEADERS else self.redactor.text(str(value))}
            for name, value in headers.items()
        ]

    def _body(self, value: Any) -> str:
        text = json.dumps(self.redactor.value(value), ensure_ascii=False)
        if len(text) <= BODY_LIMIT:
            return text
        return "%s... (%d more characters)" % (text[:BODY_LIMIT], len(text) - BODY_LIMIT)
