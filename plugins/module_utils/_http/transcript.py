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

from .._common.errors import InvalidInput
from .._common.redaction import REDACTED, Redactor
from .._common.version import VERSION

BODY_LIMIT = 64 * 1024
_HEAD = (
    '{"log": {"version": "1.2", "creator": {"name": "alianza.sip_trunking", "version": "%s"}, "entries": [\n' % VERSION
)
_TAIL = "\n]}}\n"
_SECRET_HEADERS = frozenset(("x-auth-token", "authorization", "proxy-authorization", "cookie", "set-cookie"))


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

    Raises:
        InvalidInput: the file cannot be written, or is no transcript.

    Attributes:
        warning: why the transcript is incomplete; None if it is not.
    """

    def __init__(self, path: str, redactor: Redactor) -> None:
        self.path = os.path.abspath(os.path.expanduser(path))
        self.redactor = redactor
        self.warning: str | None = None
        try:
            self._append(None)
        except OSError as error:
            raise InvalidInput("transcript_path %s cannot be written: %s" % (path, error.strerror)) from None
        except ValueError:
            raise InvalidInput(
                "transcript_path %s is not a transcript of this collection: set the path of a new file" % path
            ) from None

    def record(self, exchange: Exchange) -> None:
        """Append an exchange; a failure to do so is kept in ``warning`` and stops nothing."""
        if self.warning:
            return
        entry = self._entry(exchange)
        try:
            self._append(json.dumps(entry, ensure_ascii=True))
        except (OSError, ValueError) as error:
            self.warning = "The transcript %s is incomplete: %s" % (
                self.path,
                getattr(error, "strerror", None) or "it was damaged",
            )

    def _append(self, entry: str | None) -> None:
        """Insert the text of an entry; with None, only make sure that the file is a transcript."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise ValueError("not a file")
            if stat.S_IMODE(status.st_mode) != 0o600:
                os.fchmod(descriptor, 0o600)
            if not status.st_size:
                os.pwrite(descriptor, (_HEAD + (entry or "") + _TAIL).encode("ascii"), 0)
                return
            tail = _TAIL.encode("ascii")
            place = status.st_size - len(tail)
            if (
                place < 0
                or os.pread(descriptor, len(tail), place) != tail
                or os.pread(descriptor, 8, 0) != _HEAD[:8].encode("ascii")
            ):
                raise ValueError("another file")
            if entry is not None:
                first = os.pread(descriptor, 2, place - 2) == b"[\n"
                os.pwrite(descriptor, (("" if first else ",\n") + entry + _TAIL).encode("ascii"), place)
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
