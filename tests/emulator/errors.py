# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operation raises when the API refuses a request."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal that is answered with the JSON envelope {status, messages, data}."""

    def __init__(self, status: int, *messages: str, data: dict[str, Any] | None = None) -> None:
        """Take the HTTP status, the messages for people, and further data for programs."""
        super().__init__(status, *messages)
        self.status = status
        self.messages = list(messages)
        self.data = data or {}


class WordError(ApiError):
    """A refusal that is answered with one word as text/plain, as some trunk calls do (POST, PUT, PATCH of siptrunk_2)."""

    @property
    def word(self) -> str:
        """The word, such as EntityNotFound."""
        return self.messages[0]


class SingleError(ApiError):
    """A refusal that is answered with {code, message}, as GET of one account does for status 400."""


def not_found(what: str, key: str) -> ApiError:
    """Return the 404 of an object: `what` is its kind, `key` what was asked for."""
    return ApiError(404, "EntityNotFound", f"{what} {key} was not found")
