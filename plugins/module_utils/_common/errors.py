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

    def __init__(self, msg, status=None, messages=(), method=None, path=None):
        super().__init__(msg)
        self.msg = msg
        self.status = status
        self.messages = list(messages)
        self.method = method
        self.path = path

    def as_dict(self):
        """Return the ``failure`` value of a module: kind, status, messages, method and path."""
        return {
            "kind": self.kind,
            "status": self.status,
            "messages": self.messages,
            "method": self.method,
            "path": self.path,
        }

    def about(self, subject):
        """Return this same error with its sentence led by what it concerns (``Trunk 'A': ...``)."""
        self.msg = "%s: %s" % (subject, self.msg)
        self.args = (self.msg,)
        return self


class _BeforeAnyWrite(AlianzaError):
    """Found before anything was written.

    Args:
        faults: one sentence per fault; all of them are told at once.
    """

    def __init__(self, *faults):
        self.faults = list(faults)
        if len(self.faults) == 1:
            msg = self.faults[0]
        else:
            msg = "%d faults, nothing was written: %s" % (
                len(self.faults),
                " ".join("(%d) %s" % pair for pair in enumerate(self.faults, 1)),
            )
        super().__init__(msg)


class InvalidInput(_BeforeAnyWrite):
    """What the user asked for cannot be done."""

    kind = "invalid_input"


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
    """A guard of this collection stopped a change that would take calls away."""

    kind = "guarded"


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


def unforeseen(error):
    """Return an error that says where an exception came from that nobody foresaw; its own text might quote a secret."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return InvalidResponse(
        "The API's answer, or this collection, holds something unforeseen (%s at %s:%d): please report it"
        % (type(error).__name__, place.filename.rpartition("/")[2], place.lineno)
    )
