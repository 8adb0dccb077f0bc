# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control plane under /_emulator: what tests in another process do to the emulator. It needs no token."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from .answers import as_json
from .emulation import Emulation

PREFIX = "/_emulator"


class Control:
    """The handlers, one for each verb."""

    def __init__(self, emulation: Emulation) -> None:
        """Take what to control."""
        self.emulation = emulation

    def add_routes(self, app: web.Application) -> None:
        """Add every route of the control plane to an application."""
        table: list[tuple[str, str, Callable[[web.Request, dict[str, Any]], Any]]] = [
            ("POST", "/reset", lambda request, body: self.emulation.reset()),
            ("POST", "/seed", lambda request, body: self.emulation.seed(body)),
            ("GET", "/settings", lambda request, body: self.emulation.settings.model_dump()),
            ("PUT", "/settings", self.put_settings),
            ("GET", "/faults", lambda request, body: self.faults()),
            ("POST", "/faults", self.post_fault),
            ("DELETE", "/faults", lambda request, body: self.emulation.clear_faults()),
            ("GET", "/log", self.get_log),
            ("DELETE", "/log", lambda request, body: self.emulation.clear_log()),
            ("GET", "/state", lambda request, body: self.emulation.state()),
            ("PUT", "/registration", self.put_registration),
            ("POST", "/registration", self.put_registration),
            ("GET", "/sip-credentials", self.get_credentials),
            (
                "POST",
                "/sip-registration",
                lambda request, body: self.emulation.sip_registration(body["username"], body["outcome"]),
            ),
            ("POST", "/expire-tokens", lambda request, body: {"expired": self.emulation.expire_tokens()}),
            ("POST", "/clock", lambda request, body: self.emulation.advance(float(body["advance"]))),
        ]
        for method, path, verb in table:
            app.router.add_route(method, PREFIX + path, self.endpoint(verb))

    def endpoint(self, verb: Callable[[web.Request, dict[str, Any]], Any]) -> Callable[[web.Request], Any]:
        """Return a handler that answers with what a verb returns (nothing: {}), 404 for LookupError, 400 for ValueError."""

        async def handle(request: web.Request) -> web.Response:
            try:
                raw = await request.read()
                body = json.loads(raw) if raw else {}
                if not isinstance(body, dict):
                    raise ValueError("The body has to be a JSON object")
                result = verb(request, body)
            except KeyError as error:
                return as_json({"error": f"{error} is missing"}, 400)
            except LookupError as error:
                return as_json({"error": str(error)}, 404)
            except (TypeError, ValueError) as error:
                return as_json({"error": str(error)}, 400)
            return as_json({} if result is None else result)

        return handle

    def put_settings(self, request: web.Request, body: dict[str, Any]) -> Any:
        """Change the given settings and return all."""
        self.emulation.set(**body)
        return self.emulation.settings.model_dump()

    def faults(self) -> Any:
        """Return every fault with its counts."""
        return [fault.as_dict() for fault in self.emulation.faults.rules]

    def post_fault(self, request: web.Request, body: dict[str, Any]) -> Any:
        """Add a fault and return it."""
        return self.emulation.fault(**body).as_dict()

    def get_log(self, request: web.Request, body: dict[str, Any]) -> Any:
        """Return log entries; filters: method, path, status, writes=true."""
        query = request.query
        if query.get("writes") == "true":
            return self.emulation.writes()
        return self.emulation.log(
            query.get("method"), query.get("path"), int(query["status"]) if "status" in query else None
        )

    def put_registration(self, request: web.Request, body: dict[str, Any]) -> Any:
        """Change a trunk's registration: {account_id, trunk_id or name, registered, locked_out, register_after_reads, ...}."""
        change = dict(body)
        account = change.pop("account_id")
        trunk = change.pop("trunk_id", None) or change.pop("name")
        return self.emulation.registration(account, trunk, **change)

    def get_credentials(self, request: web.Request, body: dict[str, Any]) -> Any:
        """Return the credentials of ?username=."""
        found = self.emulation.sip_credentials(request.query["username"])
        if found is None:
            raise LookupError("No trunk has this username")
        return found
