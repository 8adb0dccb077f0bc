# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of .../siptrunk_2: what may be written, and what a write does."""

from __future__ import annotations

from typing import Any

from . import registrations
from .calling_plans import new_plan, shared_plans
from .errors import ApiError, WordError
from .models import Trunk as TrunkBody
from .models import TrunkPatch, parse
from .normalizing import normalized
from .store import Account, Store, Trunk, new_id
from .views import trunk_view

REQUIRED = ("trunkName", "sipUsername", "sipPassword", "concurrentCalls")
READ_ONLY = (
    "partitionId",
    "accountId",
    "id",
    "callingPlans",
    "telephoneNumbers",
    "sipProxyServer",
    "lockedOut",
    "provisioningStatus",
    "accessEndpoints",
)
#: What a calling plan is chosen with; no answer shows these.
PLAN_FIELDS = ("newCppId", "setupCallingPlan")
#: The value of each optional field that stands for "nothing here".
EMPTY: dict[str, Any] = {
    "callbackNumber": "",
    "primaryTn": "",
    "externalChargeNumber": "",
    "ipAddress": "",
    "sipTrunkGroupId": "",
    "languageTag": "",
    "maxBurstCalls": 0,
    "portNumber": 0,
    "pbxTnDigits": 0,
    "extensionPatterns": [],
}
PASSWORD_LENGTH = 6


def create(store: Store, account: Account, document: dict[str, Any]) -> Trunk:
    """Create a trunk (POST .../siptrunk_2); raises ApiError 400."""
    document, dummy = _split_empty(store, document)
    body = normalized(store.settings, parse(TrunkBody, document).given())
    if len(body["sipPassword"]) < PASSWORD_LENGTH:
        raise ApiError(400, f"sipPassword: must have at least {PASSWORD_LENGTH} characters")
    trunk = Trunk(new_id(), {"trunkName": "", "sipUsername": "", "sipPassword": ""})
    _check_read_only(store, account, trunk, body)
    _check(store, account, trunk, body)
    trunk.data = _writable(body, ignored=[name for name in store.settings.ignored_fields if name not in REQUIRED])
    trunk.data.setdefault("localServicesEnabled", False)
    trunk.calling_plans = _plans(store, account, trunk, body) or [new_plan(store, trunk, "")]
    store.trunk_changes(account, trunk.id, None)
    account.trunks[trunk.id] = trunk
    return trunk


def replace(store: Store, account: Account, trunk: Trunk, document: dict[str, Any]) -> None:
    """Replace all writable fields (PUT .../siptrunk_2/{id}); raises ApiError 400, or WordError 500 for a password too short."""
    document, dummy = _split_empty(store, document)
    body = normalized(store.settings, parse(TrunkBody, document).given())
    _check_password(body, "ErrorUpdatingSipCredential")
    _check_read_only(store, account, trunk, body)
    _check(store, account, trunk, body)
    ignored = store.settings.ignored_fields
    data = {**_writable(body, ignored), **{name: value for name, value in trunk.data.items() if name in ignored}}
    data.setdefault("localServicesEnabled", False)
    _store(store, account, trunk, data, body)


def patch(store: Store, account: Account, trunk: Trunk, document: dict[str, Any]) -> None:
    """Change some fields (PATCH .../siptrunk_2/{id}); raises ApiError 400, or WordError 500 for a password too short."""
    document, cleared = _split_empty(store, document)
    parsed = parse(TrunkPatch, document)
    cleared |= _nulls(store, parsed.nulls())
    body = normalized(store.settings, parsed.given())
    _check_password(body, "ErrorIsPasswordValid")
    _check_read_only(store, account, trunk, body)
    _check(store, account, trunk, body)
    ignored = store.settings.ignored_fields
    data = {**trunk.data, **_writable(body, ignored)}
    for name in cleared.difference(ignored):
        data.pop(name, None)
    data.setdefault("localServicesEnabled", False)
    _store(store, account, trunk, data, body)


def delete(store: Store, account: Account, trunk: Trunk) -> None:
    """Delete a trunk and nothing else: numbers and rules that point at it stay (DELETE .../siptrunk_2/{id})."""
    if account.trunks.get(trunk.id) is not trunk:
        return
    store.trunk_changes(account, trunk.id, trunk)
    del account.trunks[trunk.id]


def unlock(store: Store, account: Account, trunk: Trunk) -> None:
    """End a lock-out (PUT .../siptrunk_2/{id}/unlock)."""
    store.trunk_changes(account, trunk.id, trunk)
    registrations.unlock(trunk)


def _store(store: Store, account: Account, trunk: Trunk, data: dict[str, Any], body: dict[str, Any]) -> None:
    store.trunk_changes(account, trunk.id, trunk)
    plans = _plans(store, account, trunk, body)
    trunk.data = data
    trunk.calling_plans = plans or trunk.calling_plans


def _plans(store: Store, account: Account, trunk: Trunk, body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the calling plans that a body asks for, none if it does not; raises ApiError 400 for one that cannot be shared."""
    setup = body.get("setupCallingPlan", {})
    if setup.get("callingPlanType") == "SHARED_CALLING_PLAN":
        return shared_plans(account, setup.get("referenceId", ""))
    product = body.get("newCppId") or setup.get("referenceId") or ""
    return [new_plan(store, trunk, product)] if product or setup else []


def address_taken(store: Store, address: Any, port: Any, but: str) -> bool:
    """Tell whether a trunk other than `but` (an id) is recognized by a pair of address and port."""
    return any(
        trunk.data.get("ipBasedAuthEnabled")
        and (trunk.data.get("ipAddress"), trunk.data.get("portNumber")) == (address, port)
        for account in store.accounts.values()
        for trunk in account.trunks.values()
        if trunk.id != but
    )


def _writable(body: dict[str, Any], ignored: list[str]) -> dict[str, Any]:
    return {
        name: value
        for name, value in body.items()
        if name not in READ_ONLY and name not in PLAN_FIELDS and name not in ignored
    }


def _split_empty(store: Store, document: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return the document without the optional fields that are empty, and the their names; raises ApiError 400 if they may not be."""
    empty = {
        name
        for name, value in document.items()
        if name in EMPTY and type(value) is type(EMPTY[name]) and value == EMPTY[name]
    }
    if empty and store.settings.trunk_patch_empty == "rejected":
        raise ApiError(400, *(f"{name}: must not be empty" for name in sorted(empty)))
    return {name: value for name, value in document.items() if name not in empty}, empty


def _nulls(store: Store, nulls: set[str]) -> set[str]:
    """Return which of the null fields of a PATCH are to be cleared; raises ApiError 400 if null is not allowed there."""
    mode = store.settings.trunk_patch_null
    if mode == "ignored":
        return set()
    if nulls and mode == "fails":
        raise ApiError(500, "InternalServerError")
    # A list is cleared by an empty one only.
    refused = nulls if mode == "rejected" else nulls.intersection((*REQUIRED, "extensionPatterns"))
    if refused:
        raise ApiError(400, *(f"{name}: must not be null" for name in sorted(refused)))
    return nulls.difference(READ_ONLY)


def _check_password(body: dict[str, Any], word: str) -> None:
    if len(body.get("sipPassword", "x" * PASSWORD_LENGTH)) < PASSWORD_LENGTH:
        raise WordError(500, word)


def _check_read_only(store: Store, account: Account, trunk: Trunk, body: dict[str, Any]) -> None:
    sent = [name for name in READ_ONLY if name in body]
    if sent:
        view = trunk_view(store.settings, account, trunk)
        changed = [name for name in sent if body[name] != view[name]]
        if changed:
            raise ApiError(400, *(f"{name}: is read-only" for name in changed))


def _check(store: Store, account: Account, trunk: Trunk, body: dict[str, Any]) -> None:
    """Check what depends on other objects and on settings: unique names, the trunk group, wildcards; raises ApiError 400."""
    faults = []
    refused = {"both": "", "upper": "x", "lower": "X"}[store.settings.extension_case_accepted]
    if refused and any(refused in pattern for pattern in body.get("extensionPatterns", [])):
        faults.append("extensionPatterns: breaks the pattern")
    new = {name: value for name, value in body.items() if trunk.data.get(name) != value}
    if "trunkName" in new and any(other.data["trunkName"] == new["trunkName"] for other in account.trunks.values()):
        faults.append("trunkName: already exists on the account")
    if "sipUsername" in new and store.trunk_by_username(new["sipUsername"]):
        faults.append("sipUsername: already exists")
    if "sipTrunkGroupId" in new and new["sipTrunkGroupId"] not in account.groups:
        faults.append("sipTrunkGroupId: does not exist on the account")
    if faults:
        raise ApiError(400, *faults)
    after = {**trunk.data, **body}
    pair = (after.get("ipAddress"), after.get("portNumber"))
    if after.get("ipBasedAuthEnabled") and any(pair) and address_taken(store, *pair, but=trunk.id):
        raise ApiError(409, "Another trunk has this address and port")
