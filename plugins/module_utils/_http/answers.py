# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What an answer of the API says: a JSON value, or which error it is. Pure.

Facts: errors are usually {status, messages, data}, one call gives {code, message}, and some are a single word as plain
text: EntityNotFound with 404, any Error... word with 500, which is about the request and not about the server.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from .._common.errors import (
    AuthenticationFailed,
    InvalidResponse,
    NotFound,
    RateLimited,
    Refused,
    ServerError,
    Unreadable,
)

_WORD = re.compile(r'"?([A-Z][A-Za-z]{3,63})"?\s*\Z')
_MESSAGES_MOST, _MESSAGE_LENGTH = 10, 300


@dataclass
class Answer:
    """One answer.

    Attributes:
        status: the HTTP status.
        headers: its headers.
        value: the JSON value it holds; None for an empty one and for one that cannot be read.
        readable: whether it is empty or JSON.
        word: the single word of a plain-text error, or None.
    """

    status: int
    headers: dict = field(repr=False)
    value: object = field(default=None, repr=False)
    readable: bool = True
    word: str | None = None

    @property
    def ok(self):
        """Whether it is a success."""
        return 200 <= self.status < 300


def read(status, headers, content):
    """Return the Answer of a status, headers and the body's bytes; never raises."""
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


def failure(answer, method, path, host, redactor):
    """Return the error that an answer stands for, None for a success.

    Args:
        answer: the Answer.
        method, path: of the request.
        host: of the API, for the message.
        redactor: takes secrets out of what the API said.
    """
    # Cut after redaction: half a secret would not be recognised.
    messages = [redactor.text(message)[:_MESSAGE_LENGTH] for message in _messages(answer)]
    facts = {"status": answer.status, "messages": messages, "method": method, "path": path}
    said = ": %s" % "; ".join(messages) if messages else ""
    if answer.ok:
        if answer.readable:
            return None
        return Unreadable(
            "%s answered %s %s with something that is not JSON: check that api_url is the API itself, and try again"
            % (host, method, path),
            **facts,
        )
    if 300 <= answer.status < 400:
        return InvalidResponse(
            "%s answered %s %s with a redirect, which is not followed because it would carry the token elsewhere: "
            "set api_url to the address of the API itself" % (host, method, path),
            **facts,
        )
    if answer.status == 401:
        return AuthenticationFailed(
            "%s refused the token (HTTP 401)%s: log in again, or give username and password" % (host, said), **facts
        )
    if answer.status == 404 or answer.word == "EntityNotFound":
        return NotFound("%s does not know %s (HTTP %d)%s: check the ids" % (host, path, answer.status, said), **facts)
    if answer.status == 429:
        return RateLimited(
            "%s is asked too often (HTTP 429)%s: try again later, or lower concurrency" % (host, said), **facts
        )
    if answer.status >= 500 and not (answer.word or "").startswith("Error"):
        return ServerError(
            "%s failed on %s %s (HTTP %d)%s: try again later" % (host, method, path, answer.status, said), **facts
        )
    return Refused(
        "%s refused %s %s (HTTP %d)%s%s" % (host, method, path, answer.status, said, _advice(answer)), **facts
    )


def _advice(answer):
    if answer.status == 403:
        return ": check what this user may do"
    return "" if _messages(answer) else ": check the values that were given"


def _messages(answer):
    """What the API says is wrong, in at most a few lines."""
    if answer.word:
        return [answer.word]
    if not isinstance(answer.value, dict):
        return []
    messages = answer.value.get("messages")
    if not isinstance(messages, list):
        messages = [answer.value.get("message")]
    return [str(each) for each in messages if isinstance(each, (str, int))][:_MESSAGES_MOST]
