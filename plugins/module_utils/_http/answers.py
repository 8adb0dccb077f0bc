# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Responses of the API: their JSON value, or the error that they are. Pure.

Facts: errors are usually {status, messages, data}, one call returns {code, message}, and some are a single word as plain
text: EntityNotFound with 404, and words that begin with Error with 500, which are about the request and not the server.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Mapping

from .._common.errors import (
    AlianzaError,
    AuthenticationFailed,
    InvalidResponse,
    NotFound,
    RateLimited,
    Refused,
    ServerError,
    Unreadable,
)
from .._common.redaction import Redactor

_WORD = re.compile(r'"?([A-Z][A-Za-z]{3,63})"?\s*\Z')
_MESSAGES_MOST, _MESSAGE_LENGTH = 10, 300


@dataclass
class Answer:
    """One response.

    Attributes:
        status: the HTTP status.
        headers: the headers.
        value: the JSON value of the body; None if it is empty, no JSON, or the text of an error.
        readable: whether the body is empty or JSON.
        word: the single word of a plain-text error, or None.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    value: Any = field(default=None, repr=False)
    readable: bool = True
    word: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300


def read(status: int, headers: Mapping[str, str], content: bytes) -> Answer:
    """Return the Answer of a status, headers and the bytes of a body; never raises."""
    answer = Answer(status, headers)
    if content.strip():
        try:
            answer.value = json.loads(content.decode("utf-8"))
        except ValueError:
            answer.readable = False
    if status >= 400 and not isinstance(answer.value, (dict, list)):
        match = _WORD.match(content[:80].decode("ascii", "replace").strip())
        answer.word = match.group(1) if match else None
        answer.value = None
    return answer


def failure(answer: Answer, method: str, path: str, host: str, redactor: Redactor) -> AlianzaError | None:
    """Return the error that a response is, or None for a success.

    Args:
        answer: the response.
        method, path: of the request.
        host: of the API, for the message.
        redactor: removes secrets from the messages of the API.
    """
    # Cut after redaction: part of a secret would not be recognised.
    messages = [redactor.text(message)[:_MESSAGE_LENGTH] for message in _messages(answer)]
    facts: dict[str, Any] = {"status": answer.status, "messages": messages, "method": method, "path": path}
    reason = ": %s" % "; ".join(messages) if messages else ""
    if answer.ok:
        if answer.readable:
            return None
        return Unreadable(
            "%s returned a body that is not JSON for %s %s: check that api_url is the address of the API, and try again"
            % (host, method, path),
            **facts,
        )
    if 300 <= answer.status < 400:
        return InvalidResponse(
            "%s answered %s %s with a redirect, which is not followed because it would send the token to another address: "
            "set api_url to the address of the API" % (host, method, path),
            **facts,
        )
    if answer.status == 401:
        return AuthenticationFailed(
            "%s refused the token (HTTP 401)%s: log in again, or set username and password" % (host, reason), **facts
        )
    if answer.status == 404 or answer.word == "EntityNotFound":
        return NotFound("%s did not find %s (HTTP %d)%s: check the ids" % (host, path, answer.status, reason), **facts)
    if answer.status == 429:
        return RateLimited(
            "%s: rate limit exceeded (HTTP 429)%s: try again later, or lower concurrency" % (host, reason), **facts
        )
    if answer.status >= 500 and not (answer.word or "").startswith("Error"):
        return ServerError(
            "%s failed on %s %s (HTTP %d)%s: try again later" % (host, method, path, answer.status, reason), **facts
        )
    return Refused(
        "%s refused %s %s (HTTP %d)%s%s" % (host, method, path, answer.status, reason, _remedy(answer)), **facts
    )


def _remedy(answer: Answer) -> str:
    if answer.status == 403:
        return ": check the permissions of the user"
    return "" if _messages(answer) else ": check the values of the options"


def _messages(answer: Answer) -> list[str]:
    """Return the messages of an error, at most a few."""
    if answer.word:
        return [answer.word]
    if not isinstance(answer.value, dict):
        return []
    messages = answer.value.get("messages")
    if not isinstance(messages, list):
        messages = [answer.value.get("message")]
    return [str(each) for each in messages if isinstance(each, (str, int))][:_MESSAGES_MOST]
