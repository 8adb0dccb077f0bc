# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds recorded exchanges against the description: every request, and every answer that is the emulator's own."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from openapi_core.templating.paths.exceptions import PathError
from openapi_core.validation.request.exceptions import ParameterValidationError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from .description import load
from .shapes import shape, text_shape, words_of

HOST = "http://emulator.invalid"


class Exchange(Protocol):
    """A request and its answer, as the emulator's journal keeps them."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    status: int | None
    answer_type: str
    answer: bytes
    genuine: bool


@dataclass
class Request:
    """A request as openapi-core wants it."""

    method: str
    path: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters
    host_url: str = HOST


@dataclass
class Response:
    """An answer as openapi-core wants it."""

    status_code: int
    data: bytes
    content_type: str
    headers: Headers = field(default_factory=Headers)


class Gate:
    """Checks exchanges and remembers which shapes are valid, so that each is looked at once."""

    def __init__(self, description: dict[str, Any] | None = None) -> None:
        """Take an OpenAPI document, by default that of this folder; raises openapi-core's SpecError for a wrong one."""
        document = description or load()
        self._openapi = OpenAPI.from_dict(document)
        self._words = words_of(document)
        self._valid: set[Hashable] = set()
        #: How many requests and answers were looked at, and how many were like one that was.
        self.looked_at = 0
        self.alike = 0

    def check(self, exchanges: Iterable[Exchange], requests: bool = True) -> list[str]:
        """Return what is wrong with exchanges: method, path and reason, each different sentence once.

        Without `requests` only the answers are looked at.
        """
        return list(dict.fromkeys(fault for exchange in exchanges for fault in self._faults(exchange, requests)))

    def _faults(self, exchange: Exchange, requests: bool) -> Iterable[str]:
        key = (
            exchange.method,
            tuple(text_shape(part, self._words) for part in exchange.path.split("/")),
            tuple((name, text_shape(value, self._words)) for name, value in exchange.query),
            "X-AUTH-TOKEN" in exchange.headers,
        )
        request = _request(exchange)
        asked = (key, exchange.headers.get("Content-Type"), self._shape(exchange.body))
        if requests and self._is_new(asked):
            reason = self._reason(lambda: self._openapi.validate_request(request), paths=True)
            if reason:
                yield f"{exchange.method} {exchange.path}: the request: {reason}"
            else:
                self._valid.add(asked)
        if exchange.status is None or not exchange.genuine:
            return
        answered = (key[:2], exchange.status, exchange.answer_type, self._shape(exchange.answer))
        if self._is_new(answered):
            response = Response(exchange.status, exchange.answer, exchange.answer_type)
            try:
                reason = self._reason(lambda: self._openapi.validate_response(request, response))
            except PathError:
                return  # a fault of the request
            if reason:
                yield f"{exchange.method} {exchange.path}: the answer {exchange.status}: {reason}"
            else:
                self._valid.add(answered)

    def _is_new(self, key: Hashable) -> bool:
        new = key not in self._valid
        self.looked_at += new
        self.alike += not new
        return new

    def _shape(self, body: bytes) -> Hashable:
        if not body:
            return None
        try:
            return shape(json.loads(body), self._words)
        except ValueError:
            return body

    @staticmethod
    def _reason(validate: Any, paths: bool = False) -> str | None:
        """Return why openapi-core refuses something, None if it does not. Values are left out: they may be secrets.

        An unknown path or method is a reason with `paths`, else raised as PathError.
        """
        try:
            validate()
        except PathError as error:
            if not paths:
                raise
            return str(error)
        except OpenAPIError as error:
            return _explain(error)
        return None


def _request(exchange: Exchange) -> Request:
    parameters = RequestParameters(query=ImmutableMultiDict(exchange.query), header=Headers(exchange.headers))
    content_type = exchange.headers.get("Content-Type", "").lower()
    return Request(exchange.method.lower(), exchange.path, exchange.body or None, content_type, parameters)


def _explain(error: Exception) -> str:
    cause = error.__cause__ or error
    details = getattr(cause, "schema_errors", None)
    if details:
        where = [str(error)] if isinstance(error, ParameterValidationError) else []
        return ": ".join([*where, "; ".join(sorted({_detail(detail) for detail in details}))])
    texts = [str(error)] + ([str(cause)] if cause is not error else [])
    return ": ".join(texts)


def _detail(detail: Any) -> str:
    """Return where a value breaks the description and which rule it breaks, without the value."""
    where = ".".join(map(str, detail.absolute_path)) or "the body"
    if detail.validator == "additionalProperties":
        known = detail.schema.get("properties", {})
        return f"{where}: unknown field {', '.join(sorted(set(detail.instance) - set(known)))}"
    if detail.validator in ("required", "dependentRequired"):
        return f"{where}: {detail.message}"
    if detail.context:
        reasons = sorted({_detail(part) for part in detail.context})
        return f"{where}: is not any of what is described ({'; '.join(reasons)})"
    return f"{where}: breaks {detail.validator}: {detail.validator_value}"
