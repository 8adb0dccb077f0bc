# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a text says once its encodings are taken off: URL, HTML, JSON, base64, hexadecimal, and several of them in a row. Pure."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

# A body that quotes a request may encode it, and a gateway may encode that body again.
_ROUNDS = 4
# A text with more readings than this is noise.
_MOST = 256
_ESCAPE = re.compile(r"""(?:\\|%)u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\U([0-9A-Fa-f]{8})|\\([\\"'/bfnrt])""")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));?")
_BYTES = re.compile("[\x80-\xff]+")
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{6,}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[ :,-]?){4,}[0-9A-Fa-f]?")
_STANDARD = str.maketrans("-_", "+/")


def readings(text: str) -> Iterator[str]:
    """Yield the text as it is, and then each text that taking encodings off makes of it, each once.

    Args:
        text: any text. Base64 and hexadecimal are decoded wherever they may begin.
    """
    seen = {text}
    yield text
    latest = [text]
    for unused in range(_ROUNDS):
        found = []
        for each in latest:
            for decode in _DECODERS:
                for decoded in decode(each):
                    if decoded in seen:
                        continue
                    seen.add(decoded)
                    found.append(decoded)
                    yield decoded
                    if len(seen) > _MOST:
                        return
        latest = found


def _url(text: str) -> Iterator[str]:
    if "%" in text:
        yield unquote(text, errors="replace")
    if "+" in text:
        yield text.replace("+", " ")


def _html(text: str) -> Iterator[str]:
    if "&" in text:
        # The standard's way drops control characters, so they are decoded before.
        yield html.unescape(_REFERENCE.sub(_referred, text))
        yield html.unescape(text)


def _referred(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    return chr(code) if code < 0x110000 else found.group()


def _escapes(text: str) -> Iterator[str]:
    """Take off the escapes of JSON, JavaScript and Python."""
    if "\\" in text or "%u" in text:
        decoded = _ESCAPE.sub(_character, text)
        # Two halves of one character become one.
        decoded = decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield decoded
        # Python escapes the bytes of UTF-8, which may stand between other characters.
        yield _BYTES.sub(lambda found: found.group().encode("latin-1").decode("utf-8", "replace"), decoded)


def _character(found: re.Match[str]) -> str:
    *codes, letter = found.groups()
    if letter:
        return _LETTERS.get(letter, letter)
    code = int(next(filter(None, codes)), 16)
    return chr(code) if code < 0x110000 else found.group()


def _unfolded(text: str) -> Iterator[str]:
    """Join the lines of an encoding that is written in several."""
    if "\n" in text:
        yield re.sub(r"\s*\n\s*", "", text)


def _base64(text: str) -> Iterator[str]:
    runs = [run.translate(_STANDARD) for run in _BASE64.findall(text)]
    # What stands before a blob may look like a part of it.
    for start in range(4 if runs else 0):
        yield _joined(_from_base64(run[start:]) for run in runs)


def _from_base64(run: str) -> bytes:
    whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _hex(text: str) -> Iterator[str]:
    runs = [re.sub("[ :,-]", "", run) for run in _HEX.findall(text)]
    for start in range(2 if runs else 0):
        yield _joined(bytes.fromhex(run[start : len(run) - (len(run) - start) % 2]) for run in runs)


def _joined(parts: Iterator[bytes]) -> str:
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


_DECODERS: tuple[Callable[[str], Iterator[str]], ...] = (_url, _html, _escapes, _base64, _hex, _unfolded)
