# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of .../forward, for trunks and trunk groups: where a call may be sent instead."""

from __future__ import annotations

from typing import Any

from .errors import ApiError
from .models import FUTURE, VOICE_MAIL, GroupForward, TrunkForward, parse
from .models import Group as GroupBody
from .normalizing import normalized
from .store import Account, Group, Store, Trunk, new_id

TRUNK_SECTIONS = ("forwardAlways", "forwardOnFailure", "forwardOnCapacityExceeded")
GROUP_SECTIONS = ("unconditionalForward", "unreachableForward", "capacityForward")


def replace_trunk_rules(store: Store, account: Account, trunk: Trunk, document: dict[str, Any]) -> None:
    """Replace all three sections of a trunk (PUT .../siptrunk_2/{id}/forward); raises ApiError 400."""
    body = parse(TrunkForward, document).given()
    check_read_only(body, {"partitionId": account.partition_id, "accountId": account.id, "sipTrunkId": trunk.id})
    new = _rules(store, account, body, TRUNK_SECTIONS, trunk.forward)
    store.rules_change(account, trunk)
    trunk.forward = new


def replace_group_rules(store: Store, account: Account, group: Group, document: dict[str, Any]) -> None:
    """Replace all three sections of a group (PUT .../siptrunkgroup/{id}/forward); raises ApiError 400."""
    body = parse(GroupForward, document).given()
    check_read_only(body, {"partitionId": account.partition_id, "accountId": account.id, "sipTrunkGroupId": group.id})
    group.forward = _rules(store, account, body, GROUP_SECTIONS, group.forward)


def write_group(store: Store, account: Account, group: Group | None, document: dict[str, Any]) -> Group:
    """Create a group (POST .../siptrunkgroup) or replace it (PUT .../siptrunkgroup/{id}); raises ApiError 400."""
    body = normalized(store.settings, parse(GroupBody, document).given())
    known = {"partitionId": account.partition_id, "accountId": account.id}
    check_read_only(body, {**known, "id": group.id} if group else {**known, "id": None})
    if any(other.name == body["name"] for other in account.groups.values() if other is not group):
        raise ApiError(400, "name: already exists on the account")
    missing = [trunk_id for trunk_id in body.get("sipTrunksIds", []) if trunk_id not in account.trunks]
    if missing:
        raise ApiError(400, "sipTrunksIds: " + ", ".join(missing) + " do not exist on the account")
    forward = _rules(store, account, body, GROUP_SECTIONS, group.forward if group else {})
    group = group or Group(new_id(), "")
    group.name, group.forward = body["name"], forward
    account.groups[group.id] = group
    if "sipTrunksIds" in body:
        _set_members(account, group, body["sipTrunksIds"])
    return group


def delete_group(account: Account, group: Group) -> None:
    """Delete a group (DELETE .../siptrunkgroup/{id}); its members belong to none then, what forwards to them stays."""
    if account.groups.pop(group.id, None) is not None:
        _set_members(account, group, [])


def check_read_only(body: dict[str, Any], values: dict[str, Any]) -> None:
    """Raise ApiError 400 if the body holds another value for one of the fields in `values`."""
    changed = [name for name, value in values.items() if name in body and body[name] != value]
    if changed:
        raise ApiError(400, *(f"{name}: is read-only" for name in changed))


def check_reference(account: Account, where: str, reference: dict[str, Any], known: list[dict[str, Any]]) -> None:
    """Check one destination; raises ApiError 400.

    `known` are the destinations in place: one that a trunk's deletion left behind may be sent again.
    """
    kind, target = reference["referenceType"], reference.get("referenceId")
    if kind == "BUSY":
        if target:
            raise ApiError(400, f"{where}: BUSY takes no referenceId")
    elif not target:
        raise ApiError(400, f"{where}: {kind} needs a referenceId")
    elif kind == "TELEPHONE" and not (len(target) == 11 and target.isascii() and target.isdigit()):
        raise ApiError(400, f"{where}: a TELEPHONE is 11 digits")
    elif kind == "SIP_TRUNK" and target not in account.trunks:
        if not any(old.get("referenceId") == target and old.get("referenceType") == "SIP_TRUNK" for old in known):
            raise ApiError(400, f"{where}: SipTrunk {target} does not exist on the account")


def normal(reference: dict[str, Any], switch: bool) -> dict[str, Any]:
    """Return a destination as it is stored: no empty id, `enabled` where there is a switch, and what nobody knows yet."""
    stored: dict[str, Any] = {"referenceType": reference["referenceType"]}
    if reference.get("referenceId"):
        stored["referenceId"] = reference["referenceId"]
    if switch:
        stored["enabled"] = bool(reference.get("enabled", False))
    return {**stored, **future(reference)}


def future(document: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an object that nobody knows yet."""
    return {name: value for name, value in document.items() if name.startswith(FUTURE)}


def _rules(
    store: Store, account: Account, body: dict[str, Any], sections: tuple[str, ...], old: dict[str, Any]
) -> dict[str, Any]:
    known = [reference for value in old.values() for reference in (value if isinstance(value, list) else [value])]
    _check_spelling(store, body, sections)
    new: dict[str, Any] = {}
    for section in sections:
        if section in store.settings.ignored_fields:
            new[section] = old.get(section)
        elif isinstance(body.get(section), dict):
            check_reference(account, section, body[section], known)
            new[section] = normal(body[section], switch=True)
        else:
            for index, reference in enumerate(body.get(section, [])):
                check_reference(account, f"{section}.{index}", reference, known)
            new[section] = [normal(reference, switch=False) for reference in body.get(section, [])]
    return {**{section: value for section, value in new.items() if value}, **future(body)}


def _check_spelling(store: Store, body: dict[str, Any], sections: tuple[str, ...]) -> None:
    """Raise ApiError 400 if voice mail is spelt as the settings do not accept it."""
    accepted = store.settings.voicemail_accepted
    for section in sections:
        value = body.get(section) or []
        for reference in [value] if isinstance(value, dict) else value:
            kind = reference["referenceType"]
            if accepted != "both" and kind in VOICE_MAIL and kind != accepted:
                raise ApiError(400, f"{section}.referenceType: has to be one of the known types")


def _set_members(account: Account, group: Group, trunk_ids: list[str]) -> None:
    for trunk in account.trunks.values():
        if trunk.id in trunk_ids:
            trunk.data = {**trunk.data, "sipTrunkGroupId": group.id}
        elif trunk.data.get("sipTrunkGroupId") == group.id:
            trunk.data = {name: value for name, value in trunk.data.items() if name != "sipTrunkGroupId"}
