# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Bounds of one response: how long it may take from connecting to its last byte, and how large it may be.

The timeout of a socket bounds each read only, so that a server that sends a byte now and then holds a task for ever. Here
every read gets what is left of the time of the whole request. Responses with an interim status (other than 100) end the
connection: http.client takes one for the final response, and all that follow would be one late.
"""

from __future__ import annotations

import io
import threading
import time
import zlib
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any, Iterator

# The largest body that is read, in bytes, as sent and inflated.
SIZE_MOST = 64 * 1024 * 1024
_PIECE = 64 * 1024

_local = threading.local()


class InterimResponse(HTTPException):
    """The server sent an interim response, and the final one cannot be told from later ones."""


class TooLarge(Exception):
    """The body is larger than :data:`SIZE_MOST`."""


class Truncated(Exception):
    """The body ended within compressed data, or the data are damaged."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Bound everything that this thread reads from bounded connections inside of the context.

    Args:
        seconds: the time for all of it.
    """
    _local.until = time.monotonic() + seconds
    try:
        yield
    finally:
        _local.until = None


class _BoundedReader(io.RawIOBase):
    """Reads from a socket, never beyond the deadline of the thread."""

    def __init__(self, sock: Any) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read into the buffer what is there; raises TimeoutError (socket.timeout) once the time is up."""
        until = getattr(_local, "until", None)
        if until is not None:
            # A timeout of zero would mean not to wait at all, and be an error of another kind.
            self._sock.settimeout(max(until - time.monotonic(), 0.001))
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        """Close the file; the socket itself closes with the last of its files."""
        if not self.closed:
            self._raw.close()
        super().close()


class BoundedResponse(HTTPResponse):
    """A response that is read within the deadline, and is no interim one."""

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_BoundedReader(sock))

    def begin(self) -> None:
        """Read the status and the headers."""
        super().begin()
        if 100 <= self.status < 200:
            raise InterimResponse("HTTP %d" % self.status)


def bounded(connection_class: Any) -> Any:
    """Return a subclass of a connection class whose responses are bounded."""
    if getattr(connection_class, "response_class", None) is BoundedResponse:
        return connection_class
    return type(connection_class.__name__, (connection_class,), {"response_class": BoundedResponse})


def read_body(pieces: Iterator[bytes], encoding: str) -> bytes:
    """Return a body, inflated.

    Args:
        pieces: the body as it was sent.
        encoding: the header Content-Encoding.

    Raises:
        TooLarge, Truncated: as their names say.
    """
    inflate = _inflaters(encoding.strip().lower())
    body, size = bytearray(), 0
    for piece in pieces:
        size += len(piece)
        if size > SIZE_MOST:
            raise TooLarge
        body += piece if inflate is None else inflate.add(piece, SIZE_MOST - len(body))
        if len(body) > SIZE_MOST:
            raise TooLarge
    if inflate is not None and size and not inflate.complete:
        raise Truncated
    return bytes(body)


def pieces_of(raw: Any) -> Iterator[bytes]:
    """Return the pieces of a response's body as they were sent.

    Args:
        raw: the attribute of that name of a response of requests.
    """
    pieces: Iterator[bytes] = raw.stream(_PIECE, decode_content=False)
    return pieces


class _Inflater:
    """Inflates a compressed body piece by piece.

    Args:
        window_bits: what zlib is told of the formats that may come, one after another.
    """

    def __init__(self, *window_bits: int) -> None:
        self._formats = list(window_bits)
        self._zlib = zlib.decompressobj(self._formats.pop(0))
        self._begun = False

    @property
    def complete(self) -> bool:
        """Whether the end of the compressed data was reached."""
        return self._zlib.eof

    def add(self, piece: bytes, most: int) -> bytes:
        """Return what a piece inflates to; a byte more than ``most`` at most."""
        try:
            inflated = self._zlib.decompress(piece, most + 1)
        except zlib.error:
            if self._begun or not self._formats:
                raise Truncated from None
            self._zlib = zlib.decompressobj(self._formats.pop(0))
            return self.add(piece, most)
        self._begun = True
        return inflated


def _inflaters(encoding: str) -> _Inflater | None:
    if encoding in ("gzip", "x-gzip"):
        return _Inflater(16 + zlib.MAX_WBITS)
    if encoding == "deflate":
        # Some servers send the data without the header of zlib.
        return _Inflater(zlib.MAX_WBITS, -zlib.MAX_WBITS)
    return None
