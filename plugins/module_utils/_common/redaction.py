# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Redacting secrets, in every spelling in which one can occur: as it is, URL-encoded, JSON-escaped, base64. Pure.

A secret that a text quotes in a known spelling is replaced. Where an encoding holds more than the secret, as base64 of a whole
request does, the text is dropped: what is left of the encoding could still be decoded.
"""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus

from .decoding import readings

REDACTED = "(redacted)"
DROPPED = "(redacted, since it holds a secret in an encoded form)"
# A shorter text occurs in decoded noise by chance.
_SHORTEST_ENCODED = 4
# Texts that are kept with their result: keys of objects and values that many of them have.
_CACHED_LENGTH = 64
_CACHED = 4096
# Values of these keys are secrets everywhere: sipPassword, password, authToken, pwdHash and their like.
_SECRET_KEY = re.compile(r"passw|pwd|token|secret|credential", re.IGNORECASE)
_NOT_SECRET = frozenset(("tokensource",))


def is_secret_key(key: object) -> bool:
    """Return whether the value of this key of a JSON object is a secret."""
    return bool(_SECRET_KEY.search(str(key))) and str(key).lower() not in _NOT_SECRET


def spellings(secret: str) -> list[str]:
    """Return every form in which a text may quote the secret, longest first."""
    raw = secret.encode("utf-8", "surrogatepass")
    forms = {
        secret,
        repr(secret)[1:-1],
        html.escape(secret),
        html.escape(secret, quote=False),
        base64.b64encode(raw).decode("ascii").rstrip("="),
        base64.urlsafe_b64encode(raw).decode("ascii").rstrip("="),
    }
    for encoded in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        forms.update((encoded, re.sub(r"%[0-9A-F]{2}", lambda match: match.group().lower(), encoded)))
    # JSON within JSON escapes twice, and escapes characters beyond ASCII or not.
    for unused in range(2):
        forms.update(
            [json.dumps(form, ensure_ascii=ascii_only)[1:-1] for form in forms for ascii_only in (True, False)]
        )
    return sorted(filter(None, forms), key=len, reverse=True)


@dataclass(frozen=True)
class _Known:
    """What is known of the secrets at one moment.

    Attributes:
        secrets: those that are long enough to be looked for in encodings.
        pattern: every spelling of every secret.
        encoded: what a part of a text has that could be an encoding of one.
        clean: {text: the text without secrets} of texts that were seen.
    """

    secrets: tuple[str, ...]
    pattern: re.Pattern[str]
    encoded: re.Pattern[str]
    clean: dict[str, str] = field(default_factory=dict)

    def encoded_in(self, text: str) -> bool:
        """Whether a secret can be decoded from a text."""
        # Half of an encoding and what stands beside a redacted secret do not belong together.
        return any(
            secret in reading
            for part in text.split(REDACTED)
            if self.encoded.search(part)
            for reading in readings(part)
            for secret in self.secrets
        )


def _known(secrets: frozenset[str]) -> _Known:
    forms = sorted({form for secret in secrets for form in spellings(secret)}, key=len, reverse=True)
    shortest = max(_SHORTEST_ENCODED, min(len(secret.encode("utf-8", "surrogatepass")) for secret in secrets))
    return _Known(
        tuple(secret for secret in secrets if len(secret) >= _SHORTEST_ENCODED),
        re.compile("|".join(map(re.escape, forms))),
        # Base64 takes four characters for three bytes, and hexadecimal more.
        re.compile(r"[%%&\\\n]|[A-Za-z0-9+/_-]{%d}|[0-9A-Fa-f]{2}[ :,-][0-9A-Fa-f]{2}" % (shortest * 4 // 3)),
    )


class Redactor:
    """Holds the secrets of one task and removes them from text. Threads may share it."""

    def __init__(self) -> None:
        self._secrets: frozenset[str] = frozenset()
        self._known: _Known | None = None
        self._lock = threading.Lock()

    def learn(self, *secrets: object) -> None:
        """Add secrets; None and the empty text are ignored."""
        with self._lock:
            new = {str(secret) for secret in secrets if secret} - self._secrets
            if new:
                self._secrets, self._known = self._secrets | new, None

    def learn_from(self, value: Any) -> None:
        """Add every text in a JSON value whose key is the key of a secret, alone or in a list."""
        if isinstance(value, dict):
            for key, inner in value.items():
                if is_secret_key(key):
                    self.learn(
                        *(each for each in (inner if isinstance(inner, list) else [inner]) if isinstance(each, str))
                    )
                self.learn_from(inner)
        elif isinstance(value, list):
            for inner in value:
                self.learn_from(inner)

    def text(self, text: str) -> str:
        """Return the text without the secrets; all of it is dropped if an encoding in it holds one."""
        known = self._snapshot()
        if known is None:
            return text
        kept = known.clean.get(text)
        if kept is None:
            kept = known.pattern.sub(REDACTED, text)
            if known.encoded_in(kept):
                kept = DROPPED
            if len(text) <= _CACHED_LENGTH and len(known.clean) < _CACHED:
                known.clean[text] = kept
        return kept

    def value(self, value: Any) -> Any:
        """Return a JSON value without secrets, neither as the value of a secret's key nor within other text."""
        if isinstance(value, dict):
            return {
                self.text(str(key)): REDACTED if is_secret_key(key) and inner not in (None, "") else self.value(inner)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.value(inner) for inner in value]
        return self.text(value) if isinstance(value, str) else value

    def _snapshot(self) -> _Known | None:
        """Return what is known now; a thread that has it is not disturbed by secrets that others learn meanwhile."""
        with self._lock:
            if self._known is None and self._secrets:
                self._known = _known(self._secrets)
            return self._known
