# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The error classes: every failure that this collection reports is one of these; automation branches on its ``kind``.

A message may quote user input and messages of the API, never a secret: code that raises one of these with text from
a response has passed that text through the redactor first.
"""

from __future__ import annotations

import traceback
from typing import Any, Iterable, TypeVar

from .notices import Guard

_Error = TypeVar("_Error", bound="AlianzaError")


class AlianzaError(Exception):
    """A failure: one sentence for the user (``msg``), and the request that failed, if any.

    Args:
        msg: one sentence: the fact, then the remedy.
        status: the HTTP status; None without a response.
        messages: the messages of the API, already redacted.
        method: the HTTP method of the request.
        path: the path of the request, without host and query.
    """

    kind = "invalid_response"
    # The guards that stopped a change; only errors found before any write have some.
    guards: tuple[Guard, ...] = ()

    def __init__(
        self,
        msg: str,
        status: int | None = None,
        messages: Iterable[str] = (),
        method: str | None = None,
        path: str | None = None,
    ) -> None:
        super().__init__(msg)
        self.msg = msg
        self.status = status
        self.messages = list(messages)
        self.method = method
        self.path = path

    def as_dict(self) -> dict[str, Any]:
        """Return the ``failure`` value of a module: kind, status, messages, method and path."""
        return {
            "kind": self.kind,
            "status": self.status,
            "messages": self.messages,
            "method": self.method,
            "path": self.path,
        }

    def about(self: _Error, subject: str) -> _Error:
        """Put the subject before the sentence (``Trunk 'A': ...``), and return this same error."""
        self.msg = "%s: %s" % (subject, self.msg)
        self.args = (self.msg,)
        return self


class _BeforeAnyWrite(AlianzaError):
    """An error that was found before anything was written.

    Args:
        faults: one sentence for each fault; all of them are reported at once.
        guards: the Guards that objected too.
    """

    def __init__(self, faults: Iterable[str], guards: Iterable[Guard] = ()) -> None:
        self.guards = tuple(guards)
        self.faults = [*faults, *(guard.text for guard in self.guards)]
        if len(self.faults) == 1:
            msg = self.faults[0]
        else:
            msg = "%d faults, nothing was written: %s" % (
                len(self.faults),
                " ".join("(%d) %s" % pair for pair in enumerate(self.faults, 1)),
            )
        super().__init__(msg)


class InvalidInput(_BeforeAnyWrite):
    """The input of the user is invalid.

    Args:
        faults: one sentence for each fault.
        guards: the Guards that objected too.
    """

    kind = "invalid_input"

    def __init__(self, *faults: str, guards: Iterable[Guard] = ()) -> None:
        super().__init__(faults, guards)


class AuthenticationFailed(AlianzaError):
    """The platform refused the login or the token."""

    kind = "authentication"


class NotFound(AlianzaError):
    """The requested object does not exist."""

    kind = "not_found"


class Ambiguous(AlianzaError):
    """Several objects have the given name."""

    kind = "ambiguous"


class Guarded(_BeforeAnyWrite):
    """Guards of this collection stopped a change that would take calls away.

    Args:
        guards: the Guards.
    """

    kind = "guarded"

    def __init__(self, *guards: Guard) -> None:
        super().__init__((), guards)


class Refused(AlianzaError):
    """The API refused the request; repeating it would not help."""

    kind = "refused"


class RateLimited(AlianzaError):
    """The rate limit is exceeded (HTTP 429), also after the retries."""

    kind = "rate_limited"


class ServerError(AlianzaError):
    """The API returned a server error (5xx), also after the retries."""

    kind = "server"


class NetworkError(AlianzaError):
    """The API could not be reached, or the connection broke before the response was complete."""

    kind = "network"


class RequestTimeout(AlianzaError):
    """There was no response in time, or a state was not reached in time."""

    kind = "timeout"


class InvalidResponse(AlianzaError):
    """The response is not one of this API."""

    kind = "invalid_response"


class Unreadable(InvalidResponse):
    """A success whose body is not one of this API: the request may have been carried out."""


class ForeignResponse(InvalidResponse):
    """A status that a gateway or another server sent, and not the API: it says nothing about the object asked for."""


class NotApplied(AlianzaError):
    """The API accepted a write, but its response and a second read show that the write did not take effect."""

    kind = "not_applied"


class Partial(AlianzaError):
    """Some writes were done and some were not; a rerun does the rest."""

    kind = "partial"


# After one of these it is unknown whether the request was carried out.
LOST = (NetworkError, RequestTimeout, ServerError, Unreadable)
# These are about the platform or the network, not about the object that was written.
OUTAGE = (NetworkError, RequestTimeout, ServerError, RateLimited)


def unexpected_error(error: BaseException) -> InvalidResponse:
    """Return the error for an unexpected exception: its type and place, not its text, which may quote a secret."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return InvalidResponse(
        "Unexpected error (%s at %s:%s): report it"
        % (type(error).__name__, place.filename.rpartition("/")[2], place.lineno)
    )
