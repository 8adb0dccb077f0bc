# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The error tree: every failure this collection reports is one of these, and its kind is what automation branches on.

A message may quote what the user typed and what the API said, never a secret: whoever raises one of these with text
that came over the wire has passed it through the redactor first.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import Any

from .notices import Guard


class AlianzaError(Exception):
    """A failure with one sentence for the user (``msg``) and the facts of the request that met it.

    Args:
        msg: one sentence that says what is wrong and what to do.
        status: the HTTP status, when there was an answer.
        messages: what the API itself said, already redacted.
        method: the HTTP method of the request that failed.
        path: its path, without host and query.
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

    def about(self, subject: str) -> AlianzaError:
        """Return this same error with its sentence led by what it concerns (``Trunk 'A': ...``)."""
        self.msg = "%s: %s" % (subject, self.msg)
        self.args = (self.msg,)
        return self


class _BeforeAnyWrite(AlianzaError):
    """Found before anything was written.

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
    """What the user asked for cannot be done.

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
    """The object asked for does not exist."""

    kind = "not_found"


class Ambiguous(AlianzaError):
    """Several objects bear the name that was given."""

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
    """The API refused the request for good: asking again would not help."""

    kind = "refused"


class RateLimited(AlianzaError):
    """The API kept answering 429."""

    kind = "rate_limited"


class ServerError(AlianzaError):
    """The API kept answering with a 5xx."""

    kind = "server"


class NetworkError(AlianzaError):
    """The API could not be reached, or the connection broke before the answer was whole."""

    kind = "network"


class RequestTimeout(AlianzaError):
    """There was no answer in time, or what was waited for did not happen in time."""

    kind = "timeout"


class InvalidResponse(AlianzaError):
    """The answer was not what this API gives."""

    kind = "invalid_response"


class Unreadable(InvalidResponse):
    """A success whose body is not what this API gives: what was asked may have been done."""


class NotApplied(AlianzaError):
    """The API accepted a write, and its answer and a second look show that it was not taken."""

    kind = "not_applied"


class Partial(AlianzaError):
    """Some of the writes were done and some were not; a rerun does the rest."""

    kind = "partial"


# After one of these nobody can know whether the request was carried out.
LOST = (NetworkError, RequestTimeout, ServerError, Unreadable)
# These say something about the platform or the line, not about the object that was written.
OUTAGE = (NetworkError, RequestTimeout, ServerError, RateLimited)


def unexpected_error(error: BaseException) -> InvalidResponse:
    """Return an error that says where an unexpected exception came from; its own text might quote a secret."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return InvalidResponse(
        "Unexpected error (%s at %s:%s): report it"
        % (type(error).__name__, place.filename.rpartition("/")[2], place.lineno)
    )
