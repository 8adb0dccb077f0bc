# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Responses of the API: their JSON value, or the error that they are. Pure.

Facts: errors are usually {status, messages, data}, some calls return other objects (see ``_texts``), and some errors are a single word as plain
text: EntityNotFound with 404, and words that begin with Error with 500, which are about the request and not the server.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping

from .._common.errors import (
    AlianzaError,
    AuthenticationFailed,
    ForeignResponse,
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
# Where messages stand in the forms of errors, and how deep errors are nested.
_MESSAGE_KEYS = ("messages", "message", "description", "title", "detail", "errors", "error")
_FORMS = tuple(
    map(frozenset, (("messages",), ("code", "message"), ("code", "description"), ("errors",), ("title", "detail")))
)
_DEPTH = 4


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
            answer.value = json.loads(content.decode("utf-8-sig"), parse_constant=_no_json)
        except (ValueError, RecursionError):
            answer.readable = False
    if status >= 400 and not isinstance(answer.value, (dict, list)):
        match = _WORD.match(content[:80].decode("ascii", "replace").strip())
        answer.word = match.group(1) if match else None
        answer.value = None
    return answer


def _no_json(constant: str) -> Any:
    raise ValueError("%s is not JSON" % constant)


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
    if answer.status == 404 and not _is_of_the_api(answer):
        return ForeignResponse(
            "%s answered %s %s with a page that is not of the API (HTTP 404): check the path in api_url, and proxies and "
            "gateways before the API" % (host, method, path),
            **facts,
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
        "%s refused %s %s (HTTP %d)%s%s" % (host, method, path, answer.status, reason, _remedy(answer, method)), **facts
    )


def _is_of_the_api(answer: Answer) -> bool:
    """Return whether a 404 has one of the forms in which the API itself says that it does not know an object.

    Gateways send pages, or objects with a message and nothing else.
    """
    if not isinstance(answer.value, dict):
        return answer.word == "EntityNotFound"
    keys = set(answer.value)
    return any(form <= keys for form in _FORMS)


def _remedy(answer: Answer, method: str) -> str:
    if answer.status == 403:
        return ": check the permissions of the user"
    if _messages(answer):
        return ""
    return (
        ": check the permissions of the user, and api_url" if method == "GET" else ": check the values of the options"
    )


def _messages(answer: Answer) -> list[str]:
    """Return the messages of an error, at most a few, in whichever of its forms the API has put them."""
    if answer.word:
        return [answer.word]
    return list(dict.fromkeys(_texts(answer.value)))[:_MESSAGES_MOST]


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the messages in an error object.

    Facts: {status, messages, data}, {code, message}, {code, description}, {errors: [..]} and problem+json (title, detail).
    """
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, depth)
    elif isinstance(value, dict) and depth < _DEPTH:
        for key in _MESSAGE_KEYS:
            yield from _texts(value.get(key), depth + 1)
