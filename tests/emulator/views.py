# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the objects of the store look in answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .models import FUTURE, VOICE_MAIL
from .settings import Settings
from .store import Account, Group, Trunk

#: What GET .../telephonenumber?limitedData=true keeps of a number.
LIMITED = (
    "phoneNumber",
    "referenceType",
    "referenceId",
    "functionType",
    "canAcceptSMS",
    "operationalStatus",
    "portId",
    "servicePackageType",
    "accountId",
    "partitionId",
    "carrierStatus",
    "tollFree",
    "id",
)


def trunk_view(settings: Settings, account: Account, trunk: Trunk, routed: list[str] | None = None) -> dict[str, Any]:
    """Return a trunk as GET .../siptrunk_2/{id} shows it.

    `routed` are the numbers that route to it, where the caller knows them already.
    """
    data = trunk.data
    view: dict[str, Any] = {
        "partitionId": account.partition_id,
        "accountId": account.id,
        "trunkName": data["trunkName"],
        "id": trunk.id,
    }
    view.update(data)
    if not settings.return_sip_password:
        del view["sipPassword"]
    elif settings.mask_sip_password:
        view["sipPassword"] = "********"
    if "extensionPatterns" in data:
        cases: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "kept": str}
        change_case = cases[settings.extension_case]
        view["extensionPatterns"] = [change_case(pattern) for pattern in data["extensionPatterns"]]
    view.update(
        {
            "callingPlans": trunk.calling_plans,
            "telephoneNumbers": account.routed(trunk.id) if routed is None else routed,
            "sipProxyServer": settings.sip_proxy_server,
            "lockedOut": trunk.locked_out,
            "provisioningStatus": "PROVISIONED",
            "accessEndpoints": [],
        }
    )
    return view


def trunk_list(settings: Settings, account: Account, now: float) -> list[dict[str, Any]]:
    """Return the account's trunks as GET .../siptrunk_2 shows them at a time; counts as a read of the list."""
    routed: dict[str, list[str]] = {}
    for tn, number in account.numbers.items():
        if number.get("referenceType") == "SIP_TRUNK":
            routed.setdefault(number["referenceId"], []).append(tn)
    shown = [
        trunk_view(settings, account, trunk, routed.get(trunk.id, []))
        for trunk in account.trunk_lag.listed(account.trunks, now)
    ]
    return shown * 2 if settings.trunks_listed_twice else shown


def number_list(account: Account, limited: bool, now: float) -> list[dict[str, Any]]:
    """Return the account's numbers as GET .../telephonenumber shows them at a time; counts as a read of the list."""
    numbers = account.number_lag.listed(account.numbers, now)
    if not limited:
        return numbers
    return [{name: number[name] for name in LIMITED if name in number} for number in numbers]


def destination_view(account: Account, number: dict[str, Any]) -> dict[str, Any]:
    """Return a number's destination as PUT .../telephonenumber/{tn}/destination answers it."""
    view = {
        "partitionId": account.partition_id,
        "accountId": account.id,
        "telephoneNumber": number["phoneNumber"],
        "id": number["id"],
    }
    view.update(
        {
            name: number[name]
            for name in ("referenceType", "referenceId", "ringType", "assignAsCallerId")
            if name in number
        }
    )
    return view


def _reference(settings: Settings, reference: dict[str, Any]) -> dict[str, Any]:
    if reference["referenceType"] in VOICE_MAIL and settings.voicemail_spelling != "kept":
        return {**reference, "referenceType": settings.voicemail_spelling}
    return reference


def rules_view(settings: Settings, forward: dict[str, Any]) -> dict[str, Any]:
    """Return rules without the sections that are empty: a missing section means an empty one."""
    return {
        section: value
        if section.startswith(FUTURE)
        else _reference(settings, value)
        if isinstance(value, dict)
        else [_reference(settings, item) for item in value]
        for section, value in forward.items()
        if value
    }


def forward_view(settings: Settings, account: Account, trunk: Trunk, forward: dict[str, Any]) -> dict[str, Any]:
    """Return a trunk's rules, in `forward`, as GET .../siptrunk_2/{id}/forward shows them."""
    return {
        "partitionId": account.partition_id,
        "accountId": account.id,
        "sipTrunkId": trunk.id,
        **rules_view(settings, forward),
    }


def group_forward_view(settings: Settings, account: Account, group: Group) -> dict[str, Any]:
    """Return a group's rules as GET .../siptrunkgroup/{id}/forward shows them."""
    return {
        "partitionId": account.partition_id,
        "accountId": account.id,
        "sipTrunkGroupId": group.id,
        **rules_view(settings, group.forward),
    }


def group_view(settings: Settings, account: Account, group: Group) -> dict[str, Any]:
    """Return a group as GET .../siptrunkgroup/{id} shows it."""
    members = [trunk.id for trunk in account.trunks.values() if trunk.data.get("sipTrunkGroupId") == group.id]
    return {
        "id": group.id,
        "name": group.name,
        "partitionId": account.partition_id,
        "accountId": account.id,
        **rules_view(settings, group.forward),
        "sipTrunksIds": members,
    }
