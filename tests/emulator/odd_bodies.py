# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers whose JSON is odd, and ones that are far too long."""

from __future__ import annotations

import functools
import json
import math
import zlib
from collections.abc import Iterator
from typing import Any

#: Names of fields that say which object an answer is about, and what they say about another one.
IDENTITY = {
    "id": "another-object",
    "sipTrunkId": "another-object",
    "sipTrunkGroupId": "another-object",
    "accountId": "another-object",
    "phoneNumber": "19995550000",
    "telephoneNumber": "19995550000",
}
BOM = b"\xef\xbb\xbf"
DEPTH = 100_000
#: What a huge body is made of, between [ and ].
CHUNK = b" " * 2**20


def odd_json(kind: str, raw: bytes) -> bytes:
    """Return an odd variant of a JSON body."""
    if kind == "nested":
        return b"[" * DEPTH + b"]" * DEPTH
    if kind in ("number", "text", "null"):
        return {"number": b"7", "text": b'"seven"', "null": b"null"}[kind]
    value = math.inf if kind == "infinity" else math.nan
    document, changed = _with_first_number(json.loads(raw) if raw else None, value)
    return json.dumps(document if changed else value).encode()


def other_object(raw: bytes) -> bytes:
    """Return a JSON body that is about another object than it was; a list is about other ones."""

    def changed(item: Any) -> Any:
        return (
            {**item, **{name: IDENTITY[name] for name in item if name in IDENTITY}} if isinstance(item, dict) else item
        )

    document = json.loads(raw) if raw else None
    return json.dumps(
        [changed(item) for item in document] if isinstance(document, list) else changed(document)
    ).encode()


def huge(size: int) -> Iterator[bytes]:
    """Yield an empty list of `size` bytes as JSON, in parts."""
    yield b"["
    left = size - 2
    while left > 0:
        yield CHUNK[:left]
        left -= len(CHUNK)
    yield b"]"


@functools.lru_cache(maxsize=2)
def huge_gzip(size: int) -> bytes:
    """Return what `huge` yields as gzip: about a thousandth of its length."""
    pack = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = [b"\x1f\x8b\x08\0\0\0\0\0\0\xff", pack.compress(b"["), pack.flush(zlib.Z_FULL_FLUSH)]
    # After a full flush a chunk does not refer to what was before it: its packed form can be repeated.
    whole, rest = divmod(size - 2, len(CHUNK))
    chunk = pack.compress(CHUNK) + pack.flush(zlib.Z_FULL_FLUSH)
    packed += [chunk] * whole + [pack.compress(CHUNK[:rest] + b"]"), pack.flush(zlib.Z_FINISH)]
    checksum = functools.reduce(lambda sum_, part: zlib.crc32(part, sum_), huge(size), 0)
    return b"".join([*packed, checksum.to_bytes(4, "little"), (size % 2**32).to_bytes(4, "little")])


def _with_first_number(value: Any, number: float) -> tuple[Any, bool]:
    """Return a JSON value with its first number replaced, and whether it had one."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number, True
    if isinstance(value, dict):
        for key, item in value.items():
            new, changed = _with_first_number(item, number)
            if changed:
                return {**value, key: new}, True
    if isinstance(value, list):
        for index, item in enumerate(value):
            new, changed = _with_first_number(item, number)
            if changed:
                return [*value[:index], new, *value[index + 1 :]], True
    return value, False
