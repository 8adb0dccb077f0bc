# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routes of /v2 and what each of them answers."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from . import forwarding, numbers, registrations, trunks, views
from .answers import as_json, empty
from .errors import ApiError, SingleError, WordError, not_found
from .models import Login, parse
from .sessions import Session
from .store import Account, Store

ACCOUNT = "/v2/partition/{partition}/account/{account}"
TRUNK = ACCOUNT + "/siptrunk_2/{trunk}"
GROUP = ACCOUNT + "/siptrunkgroup/{group}"
NUMBER = ACCOUNT + "/telephonenumber/{tn}"
#: The body of the request that is being handled: (whether it is JSON, the document).
BODY: ContextVar[tuple[bool, Any]] = ContextVar("emulator_body")
#: The one message of SingleError in the languages that the setting `locale` knows.
BAD_ID_TYPE = {
    "en": "Unknown accountIdType",
    "de": "Unbekannter accountIdType für dieses Konto",
    "ja": "accountIdType が不明です",
}


@dataclass
class Call:
    """A request to an operation."""

    store: Store
    request: web.Request
    session: Session | None

    def param(self, name: str) -> str:
        """Return a part of the path, decoded."""
        return self.request.match_info[name]

    def partition(self) -> str:
        """Return the partition that the path names; raises ApiError 404 if it is not the user's."""
        partition = self.param("partition")
        if self.session is None or self.session.user.partition_id != partition:
            raise not_found("Partition", partition)
        return partition

    def account(self) -> Account:
        """Return the account that the path names; raises ApiError 404 for a wrong account or partition."""
        return self.store.account(self.partition(), self.param("account"))

    def accounts(self) -> list[Account]:
        """Return the accounts of the partition that the path names; raises ApiError 404 for a wrong one."""
        partition = self.partition()
        return [account for account in self.store.accounts.values() if account.partition_id == partition]

    def document(self) -> dict[str, Any]:
        """Return the body; raises ApiError 400 if it is not a JSON object, 415 if it is not said to be JSON."""
        is_json, document = BODY.get()
        if document is not None and self.request.content_type != "application/json":
            raise ApiError(415, "The content type has to be application/json")
        if not is_json or not isinstance(document, dict):
            raise ApiError(400, "The body has to be a JSON object")
        return document

    def written(self, value: Any, status: int = 200) -> web.Response:
        """Return the answer to a successful write: `value` with `status`, unless the settings want another status."""
        status = self.store.settings.write_status or status
        return empty(status) if status == 204 else as_json(value, status)

    def trunk_view(self, account: Account, trunk_id: str, written: bool = False) -> dict[str, Any]:
        """Return a trunk as a read shows it, or the answer to a write; raises ApiError 404."""
        fresh = written and not self.store.settings.write_answers_lag
        trunk = self.store.trunk(account, trunk_id) if fresh else self.store.shown_trunk(account, trunk_id)
        return views.trunk_view(self.store.settings, account, trunk)

    def deleted(self, delete: Callable[[], None]) -> web.Response:
        """Carry out a deletion as the settings want it, and return the answer."""
        settings = self.store.settings
        if settings.deletion == "done":
            delete()
            return empty()
        if settings.deletion == "late":
            self.store.later(settings.deletion_seconds, delete)
        return empty(202)

    def group_account(self) -> Account:
        """Return the account of a call to trunk groups; raises ApiError 403 if the settings refuse those."""
        account = self.account()
        if self.store.settings.groups_refused:
            raise ApiError(403, "Forbidden", "The user may not see trunk groups")
        return account


Operation = Callable[[Call], web.Response]


def login(call: Call) -> web.Response:
    """POST /v2/authorize."""
    body = parse(Login, call.document())
    session = call.store.sessions.login(body.username, body.password)
    session.unknown_for = call.store.settings.unauthorized_after_login
    return as_json(session.as_dict(), call.store.settings.login_status)


def logout(call: Call) -> web.Response:
    """PUT /v2/authorize/logout."""
    assert call.session is not None
    call.store.sessions.logout(call.session)
    return empty(200)


def userinfo(call: Call) -> web.Response:
    """GET /v2/authorize/userinfo."""
    assert call.session is not None
    return as_json(call.session.as_dict())


def list_accounts(call: Call) -> web.Response:
    """GET .../account."""
    return as_json([account.info for account in call.accounts()])


def get_account(call: Call) -> web.Response:
    """GET .../account/{value}?accountIdType=."""
    kind, value = call.request.query.get("accountIdType", "Id"), call.param("account")
    if kind == "Id":
        return as_json(call.account().info)
    if kind not in ("AccountNumber", "PhoneNumber", "MacAddress"):
        raise SingleError(400, BAD_ID_TYPE[call.store.settings.locale])
    for account in call.accounts():
        if (
            kind == "AccountNumber"
            and account.info["accountNumber"] == value
            or kind == "PhoneNumber"
            and value in account.numbers
        ):
            return as_json(account.info)
    raise not_found("Account", value)


def list_trunks(call: Call) -> web.Response:
    """GET .../siptrunk_2."""
    return as_json(views.trunk_list(call.store.settings, call.account(), call.store.now))


def create_trunk(call: Call) -> web.Response:
    """POST .../siptrunk_2; one word as text/plain for a wrong partition or account."""
    try:
        account = call.account()
    except ApiError as error:
        raise WordError(500, "ErrorGettingAccount") from error
    trunk = trunks.create(call.store, account, call.document())
    return call.written(views.trunk_view(call.store.settings, account, trunk))


def get_trunk(call: Call) -> web.Response:
    """GET .../siptrunk_2/{id}."""
    return as_json(call.trunk_view(call.account(), call.param("trunk")))


def write_trunk(call: Call) -> web.Response:
    """PUT and PATCH .../siptrunk_2/{id}; one word as text/plain for an unknown trunk."""
    account = call.account()
    if call.param("trunk") not in account.trunks:
        raise WordError(404, "EntityNotFound")
    trunk = account.trunks[call.param("trunk")]
    operation = trunks.patch if call.request.method == "PATCH" else trunks.replace
    operation(call.store, account, trunk, call.document())
    return call.written(call.trunk_view(account, trunk.id, written=True))


def delete_trunk(call: Call) -> web.Response:
    """DELETE .../siptrunk_2/{id}."""
    account = call.account()
    trunk = call.store.trunk(account, call.param("trunk"))
    return call.deleted(lambda: trunks.delete(call.store, account, trunk))


def unlock_trunk(call: Call) -> web.Response:
    """PUT .../siptrunk_2/{id}/unlock."""
    account = call.account()
    trunk = call.store.trunk(account, call.param("trunk"))
    trunks.unlock(call.store, account, trunk)
    return call.written(views.trunk_view(call.store.settings, account, trunk))


def get_registration(call: Call) -> web.Response:
    """GET .../siptrunk_2/{id}/registrationstatus."""
    return as_json(registrations.status(call.store.trunk(call.account(), call.param("trunk"))))


def get_forward(call: Call) -> web.Response:
    """GET .../siptrunk_2/{id}/forward."""
    account = call.account()
    trunk = call.store.trunk(account, call.param("trunk"))
    return as_json(views.forward_view(call.store.settings, account, trunk, call.store.shown_rules(account, trunk)))


def put_forward(call: Call) -> web.Response:
    """PUT .../siptrunk_2/{id}/forward; one word as text/plain for an unknown trunk."""
    account = call.account()
    if call.param("trunk") not in account.trunks:
        raise WordError(404, "EntityNotFound")
    trunk = account.trunks[call.param("trunk")]
    forwarding.replace_trunk_rules(call.store, account, trunk, call.document())
    return call.written(views.forward_view(call.store.settings, account, trunk, trunk.forward), 204)


def list_groups(call: Call) -> web.Response:
    """GET .../siptrunkgroup."""
    account = call.group_account()
    return as_json([views.group_view(call.store.settings, account, group) for group in account.groups.values()])


def create_group(call: Call) -> web.Response:
    """POST .../siptrunkgroup."""
    account = call.group_account()
    group = forwarding.write_group(call.store, account, None, call.document())
    return call.written(views.group_view(call.store.settings, account, group), 201)


def get_group(call: Call) -> web.Response:
    """GET .../siptrunkgroup/{id}."""
    account = call.group_account()
    return as_json(views.group_view(call.store.settings, account, call.store.group(account, call.param("group"))))


def put_group(call: Call) -> web.Response:
    """PUT .../siptrunkgroup/{id}."""
    account = call.group_account()
    group = forwarding.write_group(call.store, account, call.store.group(account, call.param("group")), call.document())
    return call.written(views.group_view(call.store.settings, account, group))


def delete_group(call: Call) -> web.Response:
    """DELETE .../siptrunkgroup/{id}."""
    account = call.group_account()
    group = call.store.group(account, call.param("group"))
    return call.deleted(lambda: forwarding.delete_group(account, group))


def get_group_forward(call: Call) -> web.Response:
    """GET .../siptrunkgroup/{id}/forward."""
    account = call.group_account()
    return as_json(
        views.group_forward_view(call.store.settings, account, call.store.group(account, call.param("group")))
    )


def put_group_forward(call: Call) -> web.Response:
    """PUT .../siptrunkgroup/{id}/forward."""
    account = call.group_account()
    group = call.store.group(account, call.param("group"))
    forwarding.replace_group_rules(call.store, account, group, call.document())
    return call.written(views.group_forward_view(call.store.settings, account, group))


def list_numbers(call: Call) -> web.Response:
    """GET .../telephonenumber?limitedData=."""
    limited = call.request.query.get("limitedData", "false").lower()
    if limited not in ("true", "false"):
        raise ApiError(400, "limitedData: has to be true or false")
    return as_json(views.number_list(call.account(), limited == "true", call.store.now))


def get_number(call: Call) -> web.Response:
    """GET .../telephonenumber/{tn}."""
    return as_json(call.store.shown_number(call.account(), call.param("tn")))


def write_number(call: Call) -> web.Response:
    """PUT and PATCH .../telephonenumber/{tn}."""
    account = call.account()
    number = call.store.number(account, call.param("tn"))
    operation = numbers.patch if call.request.method == "PATCH" else numbers.replace
    number = operation(call.store, account, number, call.document())
    if call.store.settings.write_answers_lag:
        number = call.store.shown_number(account, number["phoneNumber"])
    return call.written(number)


def put_destination(call: Call) -> web.Response:
    """PUT .../telephonenumber/{tn}/destination."""
    account = call.account()
    number = call.store.number(account, call.param("tn"))
    number = numbers.set_destination(call.store, account, number, call.document())
    if call.store.settings.write_answers_lag:
        number = call.store.shown_number(account, number["phoneNumber"])
    return call.written(views.destination_view(account, number))


def delete_number(call: Call) -> web.Response:
    """DELETE .../telephonenumber/{tn}."""
    account = call.account()
    numbers.delete(call.store, account, call.store.number(account, call.param("tn")))
    return empty()


ROUTES: list[tuple[str, str, Operation]] = [
    ("POST", "/v2/authorize", login),
    ("PUT", "/v2/authorize/logout", logout),
    ("GET", "/v2/authorize/userinfo", userinfo),
    ("GET", "/v2/partition/{partition}/account", list_accounts),
    ("PATCH", NUMBER, write_number),
    ("PUT", NUMBER, write_number),
    ("GET", NUMBER, get_number),
    ("DELETE", NUMBER, delete_number),
    ("GET", ACCOUNT + "/telephonenumber", list_numbers),
    ("PUT", NUMBER + "/destination", put_destination),
    ("GET", ACCOUNT + "/siptrunk_2", list_trunks),
    ("POST", ACCOUNT + "/siptrunk_2", create_trunk),
    ("GET", TRUNK, get_trunk),
    ("PUT", TRUNK, write_trunk),
    ("PATCH", TRUNK, write_trunk),
    ("DELETE", TRUNK, delete_trunk),
    ("GET", TRUNK + "/forward", get_forward),
    ("PUT", TRUNK + "/forward", put_forward),
    ("GET", TRUNK + "/registrationstatus", get_registration),
    ("PUT", TRUNK + "/unlock", unlock_trunk),
    ("GET", ACCOUNT, get_account),
    ("GET", ACCOUNT + "/siptrunkgroup", list_groups),
    ("POST", ACCOUNT + "/siptrunkgroup", create_group),
    ("GET", GROUP, get_group),
    ("PUT", GROUP, put_group),
    ("DELETE", GROUP, delete_group),
    ("GET", GROUP + "/forward", get_group_forward),
    ("PUT", GROUP + "/forward", put_group_forward),
]


def add_routes(app: web.Application, store: Store, further: list[tuple[str, str, Operation]] | None = None) -> None:
    """Add every route of /v2 and `further` ones to an application; all but the login need a token."""

    def endpoint(operation: Operation) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.Response:
            with store.lock:
                store.catch_up()
                session = None if operation is login else store.sessions.use(request.headers.get("X-AUTH-TOKEN"))
                return operation(Call(store, request, session))

        return handle

    # The further ones first: some of their paths look like a trunk's.
    for method, path, operation in [*(further or []), *ROUTES]:
        app.router.add_route(method, path, endpoint(operation))
