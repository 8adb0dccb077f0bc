# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routes of /v2 around trunks: caller IDs, calling plans, checks of addresses, call records."""

from __future__ import annotations

from aiohttp import web

from . import call_records, caller_ids, calling_plans, trunks, views
from .answers import as_json
from .api import ACCOUNT, Call, Operation
from .errors import ApiError

CALLER = ACCOUNT + "/siptrunk_2/cid"


def list_caller_ids(call: Call) -> web.Response:
    """GET .../siptrunk_2/cid/callerid."""
    return as_json(caller_ids.caller_id_list(call.store, call.account()))


def create_caller_id(call: Call) -> web.Response:
    """POST .../siptrunk_2/cid/callerid."""
    account = call.account()
    number = caller_ids.create_caller_id(call.store, account, call.document())
    return call.written(caller_ids.caller_id_view(account, number), 201)


def delete_caller_id(call: Call) -> web.Response:
    """DELETE .../siptrunk_2/cid/callerid/{number}."""
    account, number = call.account(), call.param("number")
    caller_ids.check("CustomCallerIdNumber", number, account.caller_ids)
    return call.deleted(lambda: caller_ids.delete_caller_id(call.store, account, number))


def list_from_numbers(call: Call) -> web.Response:
    """GET .../siptrunk_2/cid/fromnumber."""
    return as_json(caller_ids.from_number_list(call.store, call.account()))


def create_from_number(call: Call) -> web.Response:
    """POST .../siptrunk_2/cid/fromnumber."""
    account = call.account()
    wildcard = caller_ids.create_from_number(call.store, account, call.document())
    return call.written(caller_ids.from_number_view(account, wildcard), 201)


def delete_from_number(call: Call) -> web.Response:
    """DELETE .../siptrunk_2/cid/fromnumber/{number}."""
    account, number = call.account(), call.param("number")
    caller_ids.check("FromWildcard", number, account.from_numbers)
    return call.deleted(lambda: caller_ids.delete_from_number(call.store, account, number))


def list_mappings(call: Call) -> web.Response:
    """GET .../siptrunk_2/cid/mapping."""
    return as_json(caller_ids.mapping_list(call.store, call.account()))


def put_mapping(call: Call) -> web.Response:
    """PUT .../siptrunk_2/cid/mapping."""
    account = call.account()
    wildcard = caller_ids.map_number(call.store, account, call.document())
    return call.written(caller_ids.answered_mapping(call.store, account, wildcard))


def list_plans(call: Call) -> web.Response:
    """GET .../callingplan."""
    query = call.request.query
    return as_json(calling_plans.plan_list(call.account(), query.get("referenceType"), query.get("referenceId")))


def put_plan(call: Call) -> web.Response:
    """PUT .../callingplan."""
    return call.written(calling_plans.add(call.store, call.account(), call.document()))


def delete_plan(call: Call) -> web.Response:
    """DELETE .../callingplan, with a body."""
    return as_json(calling_plans.remove(call.store, call.account(), call.document()))


def list_sharing_trunks(call: Call) -> web.Response:
    """GET .../siptrunk_2/shared-plan-lookup."""
    account = call.account()
    return as_json(
        [views.trunk_view(call.store.settings, account, trunk) for trunk in calling_plans.sharing_trunks(account)]
    )


def validate_address(call: Call) -> web.Response:
    """GET .../siptrunk_2/validate?ip=&port=: whether the pair is free."""
    call.account()
    address, port = call.request.query.get("ip"), call.request.query.get("port", "")
    if not address or not (port.isascii() and port.isdigit()):
        raise ApiError(400, "ip, port: are required")
    return as_json(not trunks.address_taken(call.store, address, int(port), call.request.query.get("trunkId", "")))


def search_call_records(call: Call) -> web.Response:
    """GET .../cdrsearch."""
    return as_json(call_records.search(call.account(), call.request.query))


FURTHER_ROUTES: list[tuple[str, str, Operation]] = [
    ("GET", CALLER + "/callerid", list_caller_ids),
    ("POST", CALLER + "/callerid", create_caller_id),
    ("DELETE", CALLER + "/callerid/{number}", delete_caller_id),
    ("GET", CALLER + "/fromnumber", list_from_numbers),
    ("POST", CALLER + "/fromnumber", create_from_number),
    ("DELETE", CALLER + "/fromnumber/{number}", delete_from_number),
    ("GET", CALLER + "/mapping", list_mappings),
    ("PUT", CALLER + "/mapping", put_mapping),
    ("GET", ACCOUNT + "/callingplan", list_plans),
    ("PUT", ACCOUNT + "/callingplan", put_plan),
    ("DELETE", ACCOUNT + "/callingplan", delete_plan),
    ("GET", ACCOUNT + "/siptrunk_2/shared-plan-lookup", list_sharing_trunks),
    ("GET", ACCOUNT + "/siptrunk_2/validate", validate_address),
    ("GET", ACCOUNT + "/cdrsearch", search_call_records),
]
