# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP side: a server in a thread of its own, the paths of AWX's API, and a log of what was asked."""

from __future__ import annotations

import asyncio
import copy
import threading
from dataclasses import dataclass

from aiohttp import web

from . import credential_types, notifications
from .refusal import Refused
from .resources import RESOURCES
from .store import ENCRYPTED, Store

BASE = "/api/v2"


@dataclass
class Entry:
    """One request: method, path, what was sent as JSON, and the status of the answer."""

    method: str
    path: str
    sent: object
    status: int


class Controller:
    """AWX, as far as setting it up goes; serves while the ``with`` block lasts.

    Args:
        playbooks: the playbooks that every project has.
        token: the OAuth token that requests have to bear.
    """

    def __init__(self, playbooks, token):
        self.store = Store(playbooks)
        self.token = token
        self.log = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner = None
        self.url = ""

    def __enter__(self):
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *unused):
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def writes(self):
        """Return the requests that were no reads."""
        return [entry for entry in self.log if entry.method != "GET"]

    def named(self, endpoint, name):
        """Return the object of a name."""
        (found,) = [each for each in self.store.objects[endpoint].values() if each["name"] == name]
        return found

    async def _start(self):
        app = web.Application(middlewares=[self._middleware])
        app.router.add_get(BASE + "/{endpoint}/", self._list)
        app.router.add_post(BASE + "/{endpoint}/", self._create)
        app.router.add_get(BASE + "/{endpoint}/{key:[0-9]+}/", self._read)
        app.router.add_patch(BASE + "/{endpoint}/{key:[0-9]+}/", self._change)
        app.router.add_get(BASE + "/{endpoint}/{key:[0-9]+}/{part}/", self._part)
        app.router.add_post(BASE + "/{endpoint}/{key:[0-9]+}/{part}/", self._change_part)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return "http://127.0.0.1:%d" % self._runner.addresses[0][1]

    @web.middleware
    async def _middleware(self, request, handler):
        sent = await request.json() if request.can_read_body else None
        if request.headers.get("Authorization") != "Bearer " + self.token:
            answer = web.json_response({"detail": "Authentication credentials were not provided."}, status=401)
        else:
            try:
                answer = await handler(request)
            except Refused as refused:
                answer = web.json_response(refused.errors, status=400)
            except web.HTTPException as error:
                answer = web.json_response({"detail": error.reason}, status=error.status)
        answer.headers.update({"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"})
        self.log.append(Entry(request.method, request.path_qs, copy.deepcopy(sent), answer.status))
        return answer

    def _found(self, request):
        """Return (endpoint, object) of the path."""
        endpoint, key = request.match_info["endpoint"], int(request.match_info["key"])
        found = self.store.get(endpoint, key)
        if not found:
            raise web.HTTPNotFound
        return endpoint, found

    async def _list(self, request):
        wanted = dict(request.query)
        # A name that is a number may be an ID; the modules ask for both.
        wanted = {name: value for name, value in wanted.items() if not name.startswith("or__")}
        endpoint = request.match_info["endpoint"]
        if endpoint not in RESOURCES and endpoint != "unified_job_templates":
            raise web.HTTPNotFound
        return _page([self._shown(name, each) for name, each in self.store.listed(endpoint, wanted)])

    async def _create(self, request):
        endpoint = request.match_info["endpoint"]
        if endpoint not in RESOURCES:
            raise web.HTTPNotFound
        return web.json_response(self._shown(endpoint, self.store.save(endpoint, await request.json())), status=201)

    async def _read(self, request):
        return web.json_response(self._shown(*self._found(request)))

    async def _change(self, request):
        endpoint, found = self._found(request)
        return web.json_response(self._shown(endpoint, self.store.save(endpoint, await request.json(), found)))

    async def _part(self, request):
        endpoint, found = self._found(request)
        part = request.match_info["part"]
        if part == "survey_spec" and RESOURCES[endpoint].survey:
            return web.json_response(self.store.surveys.get(found["id"], {}))
        if part not in RESOURCES[endpoint].links:
            raise web.HTTPNotFound
        other = RESOURCES[endpoint].links[part]
        return _page(
            [self._shown(other, self.store.get(other, key)) for key in self.store.linked(endpoint, found["id"], part)]
        )

    async def _change_part(self, request):
        endpoint, found = self._found(request)
        part = request.match_info["part"]
        if part == "survey_spec" and RESOURCES[endpoint].survey:
            self.store.set_survey(found["id"], await request.json())
            return web.json_response({})
        if part == "create_approval_template" and endpoint == "workflow_job_template_nodes":
            made = self.store.save("workflow_approval_templates", await request.json())
            found["unified_job_template"] = made["id"]
            return web.json_response(self._shown("workflow_approval_templates", made), status=201)
        if part not in RESOURCES[endpoint].links:
            raise web.HTTPNotFound
        self.store.relink(endpoint, found["id"], part, await request.json())
        return web.Response(status=204)

    def _shown(self, endpoint, stored):
        """Return an object as the API shows it: secrets as a word, and where what belongs to it is."""
        resource = RESOURCES[endpoint]
        url = "%s/%s/%d/" % (BASE, endpoint, stored["id"])
        shown = dict(copy.deepcopy(stored), type=resource.type, url=url, summary_fields={})
        shown["related"] = {name: "%s%s/" % (url, name) for name in resource.links}
        if resource.survey:
            shown["related"]["survey_spec"] = url + "survey_spec/"
        template = stored.get("unified_job_template")
        if template:
            (name,) = [name for name in RESOURCES if RESOURCES[name].template and self.store.get(name, template)]
            shown["related"]["unified_job_template"] = "%s/%s/%d/" % (BASE, name, template)
        if endpoint == "projects":
            shown["scm_revision"] = "0123456789abcdef"
        if endpoint == "credentials":
            secret = credential_types.secrets(self.store.get("credential_types", stored["credential_type"]))
            shown["inputs"] = {name: ENCRYPTED if name in secret else value for name, value in stored["inputs"].items()}
        if endpoint == "notification_templates":
            for name in notifications.SECRET:
                if shown["notification_configuration"].get(name):
                    shown["notification_configuration"][name] = ENCRYPTED
        return shown


def _page(results):
    return web.json_response({"count": len(results), "next": None, "previous": None, "results": results})
