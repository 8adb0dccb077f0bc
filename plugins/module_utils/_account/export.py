# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""An account as a trunk document: what is there, in the words in which it can be asked for. Pure.

Readable first: what is not set is left out, numbers are written as ranges, trunks are given by their names. Passwords are
not in it. What the options would not take back is left out too, with a notice, so that the document can always be applied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from .._common.errors import Ambiguous
from .._common.notices import Notice
from .._common.numbers import fold, parse_number
from .._resource import calling_plan, from_numbers
from .._resource.caller_id_fields import CALLER_ID
from .._resource.forwarding import LISTS, Rules
from .._resource.references import FORWARD_TYPES, SIP_TRUNK, Reference, named, parse
from .._resource.sip_trunk import FIELDS, Trunk
from .._resource.sip_trunk_group import Group, Groups
from .._resource.sip_trunk_group_members import members_of
from .._resource.state import GROUPS, State
from .._resource.trunks import Named, T, Trunks


def document_of(state: State) -> tuple[list[dict[str, Any]], list[Notice]]:
    """Return (document, notices): the account's trunks with their rules and numbers, sorted by name.

    Args:
        state: State with the trunks, the numbers and the rules of every trunk. If it has the trunk groups, a trunk does not say
            which of them it is in: the group does.
    """
    groups = {group.group_id for group in state.groups} if state.has(GROUPS) else set()
    entries: list[dict[str, Any]] = []
    notices: list[Notice] = []
    for trunk in state.trunks.in_order():
        here = Reference(SIP_TRUNK, trunk.trunk_id)
        numbers = [number for number, each in state.numbers.items() if each.reference == here]
        entry, left_out = entry_of(
            trunk, state.forwards.get(trunk.trunk_id) or Rules(), numbers, state.trunks, None, groups
        )
        entries.append(entry)
        notices.extend(left_out)
    return entries, notices


def groups_of(state: State) -> tuple[list[dict[str, Any]], list[Notice]]:
    """Return (document, notices): the account's trunk groups with their trunks and rules, sorted by name.

    Args:
        state: State with the trunks and the trunk groups.
    """
    groups = Groups(state.groups)
    entries: list[dict[str, Any]] = []
    notices: list[Notice] = []
    for group in sorted(groups.all, key=lambda group: (group.name, group.group_id)):
        entry, left_out = group_entry_of(group, groups, state.trunks)
        entries.append(entry)
        notices.extend(left_out)
    return entries, notices


def caller_ids_of(state: State) -> tuple[list[dict[str, Any]], list[Notice]]:
    """Return (document, notices): the account's caller IDs with the FROM numbers that show them, sorted.

    Args:
        state: State with the caller IDs.
    """
    actual = state.caller_ids
    entries: list[dict[str, Any]] = []
    notices: list[Notice] = []
    for caller_id in actual.all():
        entry, left_out = caller_id_entry_of(caller_id, actual.shown_by(caller_id))
        entries.extend([entry] if entry else [])
        notices.extend(left_out)
    return entries, notices


def caller_id_entry_of(caller_id: str, showing: Collection[str]) -> tuple[dict[str, Any] | None, list[Notice]]:
    """Return (entry, notices): one caller ID as the document holds it; None if it cannot be given as an option.

    Args:
        caller_id: as the API has it.
        showing: the FROM numbers that show it.
    """
    try:
        entry: dict[str, Any] = {"caller_id": CALLER_ID.parse(caller_id)}
    except ValueError as error:
        return None, [_left_out("caller ID", caller_id, "caller_id %s" % error)]
    faulty = [number for number in showing if from_numbers.parse([number])[1]]
    entry["from_numbers"] = from_numbers.folded(set(showing).difference(faulty))
    if not faulty:
        return entry, []
    return entry, [_left_out("caller ID", caller_id, "from_numbers holds %s" % ", ".join(sorted(faulty)))]


def group_entry_of(
    group: Group, groups: Groups, trunks: Trunks[Trunk], new_names: dict[str, str] | None = None
) -> tuple[dict[str, Any], list[Notice]]:
    """Return (entry, notices): one trunk group as the document holds it.

    Args:
        group: the Group.
        groups: the account's Groups.
        trunks: the account's Trunks, to give names instead of ids.
        new_names: {trunk id: the name under which it is created again} of the trunks that are deleted; None if the group stays.
    """
    shared = group.name in {each.name for each in groups.all if each is not group}
    entry: dict[str, Any] = {"group_id": group.group_id} if shared and new_names is None else {"name": group.name}
    left_out: list[str] = []
    rules = group.rules
    names = new_names or {}
    members: list[Any] = []
    for member in members_of(group, trunks):
        shown = _by_name(member, trunks, names)
        if member.reference_id not in trunks.by_id:
            left_out.append("trunks holds %s, which does not exist" % member.reference_id)
        elif shown.trunk_name is None:
            members.append({"trunk_id": member.reference_id})
        else:
            members.append(shown.trunk_name)
    entry["trunks"] = members
    if new_names is not None:
        rules = _without_dead_targets(rules, trunks, left_out)
    entry.update(_sections(rules, lambda target: _by_name(target, trunks, names), left_out))
    return entry, [_left_out("trunk group", group.name, reason) for reason in left_out]


def identities_of(state: State) -> list[dict[str, str]]:
    """Return the name and the id of each trunk, in the order of the document."""
    return [{"trunk_id": trunk.trunk_id, "name": trunk.name} for trunk in state.trunks.in_order()]


def comes_back_as(trunk: Named, trunks: Trunks[T]) -> str:
    """Return the name under which a deleted trunk is created again: its id is lost, and a shared name belongs to the others.

    Args:
        trunk: whatever has a name and a trunk_id.
        trunks: the account's Trunks, before it is deleted.
    """
    return trunk.name if _alone(trunk, trunks) else "%s (%s)" % (trunk.name, trunk.trunk_id)


def entry_of(
    trunk: Trunk,
    rules: Rules,
    numbers: Collection[str],
    trunks: Trunks[Trunk],
    new_names: dict[str, str] | None = None,
    groups: Collection[str] = (),
) -> tuple[dict[str, Any], list[Notice]]:
    """Return (entry, notices): one trunk as the document holds it.

    Args:
        trunk: the Trunk.
        rules: its Rules.
        numbers: the numbers that are routed to it.
        trunks: the account's Trunks, to give names instead of ids.
        new_names: {trunk id: the name under which it is created again} of the trunks that are deleted; their ids are lost.
        groups: ids of trunk groups that are in the document too, which say that the trunk is in them.
    """
    new_names = new_names or {}
    values = dict(trunk.values, name=new_names.get(trunk.trunk_id, trunk.name))
    if values["sip_trunk_group_id"] in groups:
        values["sip_trunk_group_id"] = None
    entry: dict[str, Any] = dict(identity(trunk, trunks)) if trunk.trunk_id not in new_names else {}
    entry.pop("name", None)
    left_out: list[str] = []
    for each in FIELDS:
        value = values[each.option]
        if each.secret or value == each.empty or each.option == "name" and "trunk_id" in entry:
            continue
        try:
            each.parse(each.shown(value))
        except ValueError as error:
            left_out.append("%s %s" % (each.option, error))
        else:
            entry[each.option] = each.shown(value)
    setup = calling_plan.entry_of(trunk, trunks, new_names)
    if setup:
        entry.pop(calling_plan.PRODUCT, None)
        entry.update(setup)
    malformed = [number for number in numbers if not _is_number(number)]
    if malformed:
        left_out.append("telephone_numbers holds %s, which are not 11 digits" % ", ".join(sorted(malformed)))
    if set(numbers).difference(malformed):
        entry["telephone_numbers"] = fold(set(numbers).difference(malformed))
    if new_names:
        rules = _without_dead_targets(rules, trunks, left_out)
    sections = _sections(rules, lambda target: _by_name(target, trunks, new_names), left_out)
    if sections:
        entry["forwarding"] = sections
    return entry, [_left_out("trunk", trunk.name, reason) for reason in left_out]


def _left_out(noun: str, name: str, reason: str) -> Notice:
    return Notice(
        "left_out", name, "Left out of %s '%s', since it cannot be given as an option: %s" % (noun, name, reason)
    )


def identity(trunk: Named, trunks: Trunks[T]) -> dict[str, str]:
    """Return what identifies a trunk of the account in a document: its name, or its id where others have the name too."""
    return {"name": trunk.name} if _alone(trunk, trunks) else {"trunk_id": trunk.trunk_id}


def _sections(rules: Rules, by_name: Callable[[Reference], Reference], left_out: list[str]) -> dict[str, Any]:
    """Return the sections of the rules that are set.

    Args:
        rules: the Rules.
        by_name: returns a Reference with the name that is shown in place of an id.
        left_out: list to which what cannot be given as an option is added.
    """
    sections: dict[str, Any] = {}
    for option, value in rules.rendered(lambda target: by_name(target).shown()).items():
        targets = value if option in LISTS else [value] if value else []
        faults = [fault for target in targets for fault in [parse(target, FORWARD_TYPES, option)[1]] if fault]
        if faults:
            left_out.extend(faults)
        elif targets:
            sections[option] = value
    return sections


def _without_dead_targets(rules: Rules, trunks: Trunks[Trunk], left_out: list[str]) -> Rules:
    """Return the rules without trunks that do not exist: a rule may keep such a target, but it cannot be set again."""

    def exists(target: Reference | None) -> bool:
        return target is None or target.reference_type != SIP_TRUNK or target.reference_id in trunks.by_id

    left_out.extend(
        "forwarding points at trunk %s, which does not exist" % gone.reference_id
        for gone in rules.references()
        if not exists(gone)
    )
    return Rules(
        rules.always if exists(rules.always) else None,
        rules.enabled,
        {option: tuple(filter(exists, targets)) for option, targets in rules.lists.items()},
    )


def _by_name(reference: Reference, trunks: Trunks[Trunk], new_names: dict[str, str]) -> Reference:
    """Return a reference to a trunk with its name where only this one has it, or will have it."""
    trunk_id = reference.reference_id
    if reference.reference_type != SIP_TRUNK or trunk_id is None:
        return reference
    if trunk_id in new_names:
        return Reference(SIP_TRUNK, trunk_id, new_names[trunk_id])
    trunk = trunks.by_id.get(trunk_id)
    return named(reference, trunks) if trunk is not None and _alone(trunk, trunks) else reference


def _alone(trunk: Named, trunks: Trunks[T]) -> bool:
    """Whether no other trunk of the account has the name."""
    try:
        return trunks.named(trunk.name) is not None
    except Ambiguous:
        return False


def _is_number(number: str) -> bool:
    try:
        return parse_number(number) == number
    except ValueError:
        return False
