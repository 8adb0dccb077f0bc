# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of .../callingplan: what a trunk's calls are charged by, its own or shared with other trunks."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from .errors import ApiError, not_found
from .models import PlanChange, parse
from .store import Account, Store, Trunk, new_id


def new_plan(store: Store, trunk: Trunk, product_id: str) -> dict[str, Any]:
    """Return a new calling plan for a trunk, of a product or the usual one."""
    start = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "id": new_id(),
        "referenceId": trunk.id,
        "referenceType": "SIP_TRUNK",
        "callingPlanProductId": product_id or store.product_id,
        "startDate": start,
        "planMinutes": 20000,
        "secondsRemaining": 1200000,
    }


def shared_plans(account: Account, trunk_id: str) -> list[dict[str, Any]]:
    """Return the plans that another trunk shares; raises ApiError 400 if it does not exist or has none."""
    other = account.trunks.get(trunk_id)
    if other is None or not other.calling_plans:
        raise ApiError(400, "The trunk whose calling plan is to be shared does not exist or has none")
    return list(other.calling_plans)


def sharing_trunks(account: Account) -> list[Trunk]:
    """Return the trunks whose plan can be shared (GET .../siptrunk_2/shared-plan-lookup)."""
    return [trunk for trunk in account.trunks.values() if trunk.calling_plans]


def plan_list(account: Account, kind: str | None, reference_id: str | None) -> list[dict[str, Any]]:
    """Return plans; a plan that is shared is shown for each trunk that it is asked for."""
    found: dict[str, dict[str, Any]] = {}
    for trunk in account.trunks.values():
        if kind in (None, "SIP_TRUNK") and reference_id in (None, trunk.id):
            found.update({plan["id"]: plan for plan in trunk.calling_plans})
    return list(found.values())


def add(store: Store, account: Account, document: dict[str, Any]) -> dict[str, Any]:
    """Give a trunk another plan (PUT .../callingplan) and return it; raises ApiError 400 or 404."""
    body = parse(PlanChange, document)
    trunk = _trunk(account, body)
    if body.callingPlanType == "SHARED_CALLING_PLAN":
        plans = shared_plans(account, body.callingPlanReferenceId or "")
    else:
        plans = [new_plan(store, trunk, body.callingPlanProductId or "")]
    store.trunk_changes(account, trunk.id, trunk)
    trunk.calling_plans = plans
    return plans[0]


def remove(store: Store, account: Account, document: dict[str, Any]) -> dict[str, Any]:
    """Take its plan from a trunk (DELETE .../callingplan) and return it; raises ApiError 400 or 404."""
    trunk = _trunk(account, parse(PlanChange, document))
    if not trunk.calling_plans:
        raise not_found("CallingPlan", trunk.id)
    store.trunk_changes(account, trunk.id, trunk)
    removed, trunk.calling_plans = trunk.calling_plans[0], trunk.calling_plans[1:]
    return removed


def _trunk(account: Account, body: PlanChange) -> Trunk:
    if body.referenceType != "SIP_TRUNK":
        raise ApiError(400, "referenceType: only SIP_TRUNK is emulated")
    if body.referenceId not in account.trunks:
        raise not_found("SipTrunk", body.referenceId)
    return account.trunks[body.referenceId]
