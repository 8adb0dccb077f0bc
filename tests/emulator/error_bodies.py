# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error answers in every shape that the API and what is in front of it have, with an echo of the request if wanted."""

from __future__ import annotations

import base64
import html
import json
import re
import urllib.parse
from http import HTTPStatus
from typing import Any

from aiohttp import web

from .faults import Fault

PAGE = "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
SPECIAL = re.compile(r"[^A-Za-z0-9]")
#: What a request's secrets are called.
SECRETS = ("sipPassword", "password", "changePassword")


def error_answer(fault: Fault, request: web.Request, body: Any) -> web.Response:
    """Return the answer of a fault `error`; `body` is the request's document."""
    status = fault.status or 404
    text = fault.text
    listed: dict[str, list[str]] = {}
    if fault.echo == "list":
        listed = {name: [value] for name, value in _secrets(request, body).items()}
    elif fault.echo:
        text = f"{text}: {_echo(fault, request, body)}"
    content, content_type = _body(fault.shape, status, text)
    if isinstance(content, dict):
        raw = json.dumps({**content, **({"data": listed} if listed else {})}, ensure_ascii=False)
    else:
        raw = content
    answer = web.Response(
        status=status, body=raw.encode(), headers={"Content-Type": fault.content_type or content_type}
    )
    answer.headers.update(fault.headers)
    return answer


def _body(shape: str, status: int, text: str) -> tuple[dict[str, Any] | str, str]:
    """Return the document or text of an error and its content type."""
    title = HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else str(status)
    if shape == "word":
        return text, "text/plain"
    if shape == "page":
        return PAGE.format(title=f"{status} {title}", text=html.escape(text)), "text/html"
    if shape == "empty":
        return "", "text/plain"
    if shape == "problem":
        problem = {"type": "about:blank", "title": title, "status": status, "detail": text}
        return problem, "application/problem+json"
    documents: dict[str, dict[str, Any]] = {
        "envelope": {"status": status, "messages": [text], "data": {}},
        "message": {"message": text},
        "code_message": {"code": status, "message": text},
        "code_description": {"code": status, "description": text},
        "errors": {"errors": [text]},
        "error_objects": {"errors": [{"code": status, "message": text}]},
    }
    return documents[shape], "application/json"


def _secrets(request: web.Request, body: Any) -> dict[str, str]:
    """Return the secrets of a request by their names."""
    document = body if isinstance(body, dict) else {}
    found = {name: str(document[name]) for name in SECRETS if document.get(name)}
    token = request.headers.get("X-AUTH-TOKEN")
    return {**found, **({"authToken": token} if token else {})}


def _echo(fault: Fault, request: web.Request, body: Any) -> str:
    """Return what was sent, written down in the fault's way."""
    secrets = _secrets(request, body)
    if fault.echo_part == "secrets":
        return " ".join(_encoded(fault.echo or "plain", value) for value in secrets.values())
    raw = "" if body is None else json.dumps(body, ensure_ascii=False)
    head = f"{request.method} {request.path}\nX-AUTH-TOKEN: {secrets.get('authToken', '')}"
    return _encoded(fault.echo or "plain", f"{head}\n\n{raw}")


def _encoded(how: str, text: str) -> str:
    if how == "base64":
        return base64.b64encode(text.encode()).decode()
    if how == "base64url":
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    if how == "url":
        return urllib.parse.quote(text, safe="")
    if how == "url_twice":
        return urllib.parse.quote(urllib.parse.quote(text, safe=""), safe="")
    if how == "hex":
        return text.encode().hex()
    if how == "json_escapes":
        return SPECIAL.sub(lambda found: "\\u%04x" % ord(found.group()), text)
    if how == "html":
        return SPECIAL.sub(lambda found: "&#%d;" % ord(found.group()), text)
    return text
