# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP responses in the shapes that the API uses."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from .errors import ApiError, SingleError, WordError


def as_json(value: Any, status: int = 200) -> web.Response:
    """Return a JSON response; `value` is anything that json can write."""
    body = json.dumps(value, separators=(",", ":")).encode()
    return web.Response(status=status, body=body, content_type="application/json", charset="utf-8")


def empty(status: int = 204) -> web.Response:
    """Return a response without a body."""
    return web.Response(status=status)


def envelope(status: int, *messages: str, data: dict[str, Any] | None = None) -> web.Response:
    """Return the usual error, PublicApiException: {status, messages, data}."""
    return as_json({"status": status, "messages": list(messages), "data": data or {}}, status)


def refusal(error: ApiError) -> web.Response:
    """Return the response of a refused request, in the shape that its class stands for."""
    if isinstance(error, WordError):
        return web.Response(status=error.status, text=error.word, content_type="text/plain")
    if isinstance(error, SingleError):
        return as_json({"code": error.status, "message": error.messages[0]}, error.status)
    return envelope(error.status, *error.messages, data=error.data)
