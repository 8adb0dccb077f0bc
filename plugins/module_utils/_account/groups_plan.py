# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning the trunk groups of a document: what is written, what is deleted, and what objects. Pure.

It has no rules of its own about groups, which are in their planner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from .._common.errors import AlianzaError, Ambiguous
from .._common.names import folded
from .._common.notices import Guard, Notice
from .._resource import sip_trunk_group_members, sip_trunk_group_plan, sip_trunk_group_removal, sip_trunk_group_wish
from .._resource.plan import Plan, Step
from .._resource.sip_trunk_group import Group, Groups
from .._resource.state import NUMBERS, Need, State, forward
from .._resource.tn_route import Number
from .._resource.trunks import Trunks
from .document_groups import GroupEntry, Memberships
from .entries import Listing
from .export import group_entry_of
from .outlook import Outlook, refer_to


@dataclass
class GroupsPlan:
    """What becomes of the trunk groups of a document.

    Attributes:
        plans: the Plan of each group that the document has.
        deletes: the steps that delete groups.
        removed: what is deleted, as a document that can be applied again.
        notices: what the user should know.
        faults: why it cannot be done.
        guards: why it is not done unless the user insists.
    """

    plans: list[Plan] = field(default_factory=list)
    deletes: list[Step] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    faults: list[str | AlianzaError] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)


def needs(listing: Listing[GroupEntry], state: State, everything: bool) -> list[Need]:
    """Return what must be read because groups are to be deleted; nothing where none is.

    Args:
        listing: the trunk groups of the document.
        state: State with the trunks and the trunk groups.
        everything: whether groups that are not in the document are deleted.
    """
    if not to_delete(listing, Groups(state.groups), everything):
        return []
    return [NUMBERS, *(forward(trunk.trunk_id) for trunk in state.trunks.all)]


def plan_groups(listing: Listing[GroupEntry], memberships: Memberships, state: State, outlook: Outlook) -> GroupsPlan:
    """Return the GroupsPlan of the groups that are to be there, and note them in the outlook.

    Args:
        listing: the trunk groups of the document.
        memberships: their Memberships.
        state: State with the trunks and the trunk groups.
        outlook: the Outlook, with the trunks as they will be.
    """
    made = GroupsPlan()
    groups = Groups(state.groups)
    made.faults.extend(_duplicates(listing, groups))
    made.faults.extend(_names_alike(listing, groups))
    expected = {entry.wish.name for entry in listing.present if entry.wish.name and not entry.wish.group_id}
    known = [*state.forwards.values(), *(group.rules for group in state.groups)]
    after = {group.group_id: group for group in state.groups}
    for place, entry in enumerate(listing.present):
        if not entry.label:
            continue
        others = groups.expecting(str(name) for name in expected - {entry.wish.name})
        try:
            plan, faults, guards = sip_trunk_group_plan.plan_present(
                entry.wish, others, outlook.trunks, known, memberships.leaving(place), memberships.joining[place]
            )
        except AlianzaError as error:
            named = "'%s'" % entry.label.lower() in error.msg.lower()
            made.faults.append(error if named else error.about("trunk group '%s'" % entry.label))
            continue
        made.plans.append(plan)
        made.faults.extend(faults)
        made.guards.extend(guards)
        actual = plan.facts["actual"]
        if actual is not None:
            after[actual.group_id] = sip_trunk_group_plan.after(actual, plan)
        for member in plan.facts["members"]:
            outlook.group_rules[member] = plan.facts["rules"]
    outlook.groups = tuple(after.values())
    return made


def _duplicates(listing: Listing[GroupEntry], groups: Groups) -> Iterator[str]:
    """Yield a fault for every group that one entry gives by its name and another one by its id."""
    labels: dict[str, set[str]] = {}
    for entry in listing.present + listing.absent:
        found = entry.found(groups)
        if found is not None:
            labels.setdefault(found.group_id, set()).add(entry.label)
    for group_id, given in labels.items():
        if len(given) > 1:
            yield "%s are all the trunk group %s: give each group once" % (
                " and ".join("'%s'" % label for label in sorted(given)),
                group_id,
            )


def _names_alike(listing: Listing[GroupEntry], groups: Groups) -> Iterator[Ambiguous]:
    """Yield an error for names that the document gives to several groups and that differ only in form."""
    given: dict[str, set[str]] = {}
    for entry in listing.present:
        found = entry.found(groups)
        if entry.wish.name and (found is None or found.name != entry.wish.name):
            given.setdefault(folded(entry.wish.name), set()).add(entry.wish.name)
    for names in given.values():
        if len(names) > 1:
            yield Ambiguous(
                "The new names %s differ only by case, blanks or Unicode form: give each trunk group once"
                % " and ".join("'%s'" % name for name in sorted(names))
            )


def to_delete(listing: Listing[GroupEntry], groups: Groups, everything: bool) -> list[Group]:
    """Return the account's groups that are to be deleted, sorted by name.

    Args:
        listing: the trunk groups of the document.
        groups: the account's Groups.
        everything: whether groups that are not in the document are deleted.
    """
    absent, kept = (
        {found.group_id for found in (entry.found(groups) for entry in entries) if found}
        for entries in (listing.absent, listing.present)
    )
    return sorted(
        (group for group in groups.all if group.group_id in absent or everything and group.group_id not in kept),
        key=lambda group: (group.name, group.group_id),
    )


def plan_removal(
    listing: Listing[GroupEntry],
    memberships: Memberships,
    state: State,
    outlook: Outlook,
    new_names: dict[str, str],
    everything: bool,
) -> GroupsPlan:
    """Return the GroupsPlan of the groups that are deleted, and take them out of the outlook.

    Args:
        listing: the trunk groups of the document.
        memberships: its Memberships.
        state: State with what :func:`needs` asks for.
        outlook: the Outlook, with the rules and routes as they will be.
        new_names: {id: name under which it is created again} of the trunks that the same plan deletes.
        everything: whether groups that are not in the document are deleted.
    """
    made = GroupsPlan()
    groups = Groups(state.groups)
    for entry in listing.absent:
        try:
            if entry.label:
                sip_trunk_group_removal.group_to_delete(entry.wish, groups)
        except AlianzaError as error:
            made.faults.append(error.about("trunk group '%s'" % entry.label))
    gone = to_delete(listing, groups, everything)
    absent = {found.group_id for found in (entry.found(groups) for entry in listing.absent) if found}
    outlook.groups = tuple(group for group in outlook.groups if group.group_id not in {each.group_id for each in gone})
    for group in gone:
        why = (
            ("has state: absent", "")
            if group.group_id in absent
            else ("is not in the document, so prune: all deletes it", "add it to the document")
        )
        left = _left(group, memberships, state, new_names)
        reasons = sip_trunk_group_removal.pointing_at(
            replace(group, trunk_ids=left), _after(state, outlook, new_names), left
        )
        made.guards.extend(sip_trunk_group_removal.deletion_guards(group, reasons, *why))
        wish = sip_trunk_group_wish.GroupWish(None, group.group_id)
        made.deletes.extend(sip_trunk_group_removal.plan_absent(wish, groups, state, force=True).steps)
        entry_removed, left_out = group_entry_of(group, groups, outlook.trunks, new_names)
        made.removed.append(entry_removed)
        made.notices.extend(left_out)
    return made


def _left(group: Group, memberships: Memberships, state: State, deleted: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the trunks that are still in a group when it is deleted."""
    members = sip_trunk_group_members.members_of(group, state.trunks)
    ids = (str(member.reference_id) for member in members)
    return tuple(each for each in ids if each not in memberships.landing and each not in deleted)


def _after(state: State, outlook: Outlook, deleted: Collection[str]) -> State:
    """Return the account as the document leaves it, for the guards."""
    kept = [trunk for trunk in outlook.trunks.all if trunk.trunk_id not in deleted]
    return State(
        trunks=Trunks(kept),
        numbers={number: Number(target) for number, target in outlook.destinations.items()},
        groups=outlook.groups,
        forwards={trunk.trunk_id: outlook.rules[refer_to(trunk)] for trunk in kept},
    )
