# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of .../telephonenumber: routing a number, and its other fields."""

from __future__ import annotations

from typing import Any

from .errors import ApiError
from .forwarding import check_read_only, check_reference
from .models import FUTURE, Number, NumberDestination, parse
from .store import Account, Store, new_id

DESTINATION = ("referenceType", "referenceId")
#: What a whole number without these loses in a PUT.
WRITABLE = (
    "canAcceptSMS",
    "servicePackageType",
    "customerServiceRecord",
    "e911Address",
    "directoryListing",
    "assignAsCallerId",
    "ringType",
)
READ_ONLY = (
    "phoneNumber",
    "id",
    "accountId",
    "partitionId",
    "functionType",
    "operationalStatus",
    "portId",
    "carrierStatus",
    "orderVersion",
    "temporaryNumber",
    "byotnCarrierId",
    "carrierId",
    "tollFree",
)


def new_number(account_id: str, partition_id: str, tn: str) -> dict[str, Any]:
    """Return a telephone number as an account gets it: without a destination."""
    address = {
        "businessName": "Example Customer",
        "streetNumber": "1064",
        "streetName": "Main",
        "streetSuffix": "St",
        "city": "Lindon",
        "state": "UT",
        "country": "US",
        "postalCode": "84042",
    }
    toll_free = tn[1:4] in ("800", "833", "844", "855", "866", "877", "888")
    return {
        "phoneNumber": tn,
        "functionType": "TollFree" if toll_free else "ELS",
        "canAcceptSMS": False,
        "operationalStatus": "ACTIVE",
        "servicePackageType": "Usage",
        "accountId": account_id,
        "partitionId": partition_id,
        "customerServiceRecord": {**address, "customerType": "BUSINESS"},
        "carrierStatus": "ACTIVE",
        "orderVersion": new_id(),
        "e911Address": {**address, "customerType": "BUSINESS"},
        "directoryListing": {"listed": False, "type": "NOT_LIST_NOT_PUBLISH", "address": address},
        "tollFree": toll_free,
        "id": tn,
    }


def patch(store: Store, account: Account, number: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Change some fields (PATCH .../telephonenumber/{tn}) and return the number; raises ApiError 400."""
    parsed = parse(Number, document)
    nulls, mode = parsed.nulls(), store.settings.tn_patch_null
    if nulls and mode == "fails":
        raise ApiError(500, "InternalServerError")
    if nulls and mode == "rejected":
        raise ApiError(400, *(f"{name}: must not be null" for name in sorted(nulls)))
    body = parsed.given()
    check_read_only(body, {name: number.get(name) for name in READ_ONLY})
    after = {**number, **_taken(store, body)}
    if mode == "clears":
        for name in nulls.difference(READ_ONLY, store.settings.ignored_fields):
            after.pop(name, None)
    return _store(store, account, number, after)


def replace(store: Store, account: Account, number: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Replace all writable fields (PUT .../telephonenumber/{tn}) and return the number; raises ApiError 400."""
    body = parse(Number, document).given()
    check_read_only(body, {name: number.get(name) for name in READ_ONLY})
    lost = WRITABLE + DESTINATION if store.settings.tn_put_clears else WRITABLE
    after = {
        name: value
        for name, value in number.items()
        if not (name in lost or name.startswith(FUTURE)) or name in store.settings.ignored_fields
    }
    return _store(store, account, number, {**after, **_taken(store, body)})


def set_destination(store: Store, account: Account, number: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Set or clear the destination (PUT .../telephonenumber/{tn}/destination) and return the number; raises ApiError 400."""
    body = parse(NumberDestination, document).given()
    check_read_only(
        body,
        {
            "partitionId": account.partition_id,
            "accountId": account.id,
            "telephoneNumber": number["phoneNumber"],
            "id": number["id"],
        },
    )
    taken = {
        name: value
        for name, value in _taken(store, body).items()
        if name in (*DESTINATION, "ringType", "assignAsCallerId")
    }
    after = {**number, **taken}
    if store.settings.tn_destination_put_clears:
        for name in DESTINATION:
            if name not in body and name not in store.settings.ignored_fields:
                after.pop(name, None)
    return _store(store, account, number, after)


def delete(store: Store, account: Account, number: dict[str, Any]) -> None:
    """Release a number from the account (DELETE .../telephonenumber/{tn})."""
    tn = number["phoneNumber"]
    store.number_changes(account, number)
    del account.numbers[tn]
    store.deleted_numbers.append(tn)


def _taken(store: Store, body: dict[str, Any]) -> dict[str, Any]:
    ignored = store.settings.ignored_fields
    return {name: value for name, value in body.items() if name not in ignored} if ignored else body


def _store(store: Store, account: Account, number: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Check the destination and put `after` in the place of `number`: a lagging list needs the old object unchanged."""
    if any(after.get(name) != number.get(name) for name in DESTINATION):
        if len([name for name in DESTINATION if name in after]) == 1:
            raise ApiError(400, "referenceType and referenceId belong together")
        if "referenceType" in after:
            check_reference(account, "referenceId", after, [])
    store.number_changes(account, number)
    account.numbers[number["phoneNumber"]] = after
    return after
