# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The transcript: a HAR 1.2 file of every request and answer, without secrets.

Tasks and hosts may write to one file at the same time: every entry is put in under a lock, before the trailer, so that
the file is whole after each. A file that is something else is left alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from datetime import datetime, timezone

from .._common.errors import InvalidInput
from .._common.redaction import REDACTED
from .._common.version import VERSION

BODY_LIMIT = 64 * 1024
_HEAD = (
    '{"log": {"version": "1.2", "creator": {"name": "alianza.sip_trunking", "version": "%s"}, "entries": [\n' % VERSION
)
_TAIL = "\n]}}\n"
_SECRET_HEADERS = frozenset(("x-auth-token", "authorization", "proxy-authorization", "cookie", "set-cookie"))


class Transcript:
    """Appends entries to one HAR file.

    Args:
        path: the file; it is made with mode 0600.
        redactor: takes the secrets out of what is written.

    Raises:
        InvalidInput: the file cannot be written, or holds something else.
    """

    def __init__(self, path, redactor):
        self.path = os.path.abspath(os.path.expanduser(path))
        self.redactor = redactor
        self.broken = None
        try:
            self._append(None)
        except OSError as error:
            raise InvalidInput("transcript_path %s cannot be written: %s" % (path, error.strerror)) from None
        except ValueError:
            raise InvalidInput(
                "transcript_path %s is not a transcript of this collection: give the path of a new file" % path
            ) from None

    def record(self, method, url, sent, answer, started, seconds, fault=None):
        """Write down one exchange; a failure to do so is remembered in ``broken`` and does not stop the work.

        Args:
            method: the HTTP method.
            url: the whole address.
            sent: (headers, body) of the request; the body as a JSON value or None.
            answer: (status, reason, headers, content type, JSON value or None, bytes) or None when there was none.
            started: seconds since the epoch.
            seconds: how long it took.
            fault: what went wrong on the line, in words.
        """
        if self.broken:
            return
        entry = self._entry(method, url, sent, answer, started, seconds, fault)
        try:
            self._append(json.dumps(entry, ensure_ascii=True))
        except (OSError, ValueError) as error:
            self.broken = "the transcript %s is not complete: %s" % (
                self.path,
                getattr(error, "strerror", None) or "it was damaged",
            )

    def _append(self, entry):
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

    def _entry(self, method, url, sent, answer, started, seconds, fault):
        headers, body = sent
        request = {
            "method": method,
            "url": self.redactor.text(url),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._headers(headers),
            "queryString": [],
            "headersSize": -1,
            "bodySize": -1,
        }
        if body is not None:
            request["postData"] = {"mimeType": "application/json", "text": self._body(body)}
        response = {
            "status": 0,
            "statusText": fault or "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [],
            "content": {"size": 0, "mimeType": ""},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        }
        if answer is not None:
            status, reason, headers, content_type, value, size = answer
            content = {"size": size, "mimeType": content_type or ""}
            if value is not None:
                content["text"] = self._body(value)
            elif size:
                content["comment"] = "not JSON, so it was not kept"
            response.update(
                status=status,
                statusText=self.redactor.text(reason or ""),
                headers=self._headers(headers),
                content=content,
            )
        milliseconds = round(seconds * 1000, 3)
        return {
            "startedDateTime": datetime.fromtimestamp(started, timezone.utc).isoformat(timespec="milliseconds"),
            "time": milliseconds,
            "request": request,
            "response": response,
            "cache": {},
            "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        }

    def _headers(self, headers):
        return [
            {"name": name, "value": REDACTED if name.lower() in _SECRET_HEADERS else self.redactor.text(str(value))}
            for name, value in headers.items()
        ]

    def _body(self, value):
        text = json.dumps(self.redactor.value(value), ensure_ascii=False)
        if len(text) <= BODY_LIMIT:
            return text
        return "%s... (%d more characters)" % (text[:BODY_LIMIT], len(text) - BODY_LIMIT)
