# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning the deletion of a trunk group: which one, and what objects. Pure.

Facts: no destination of a number or a rule is documented that means a group; what holds the ID of a group anyway points at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .._common.errors import Guarded, InvalidInput
from .._common.notices import Guard
from .._common.numbers import listed
from .plan import KNOWN_AFTER_APPLY, Plan, change
from .references import SIP_TRUNK, Reference
from .sip_trunk_group import Group, Groups
from .sip_trunk_group_members import in_order, members_of, name_of
from .sip_trunk_group_plan import GroupStep, shown
from .sip_trunk_group_wish import GroupWish
from .state import State

# kind of a guard -> what to do instead of overriding it
_REMEDIES = {
    "points_at_group": "change that destination first",
    "members": "take its trunks out first, with trunks: []",
}


def group_to_delete(wish: GroupWish, groups: Groups) -> Group | None:
    """Return the group that is to be deleted, or None when it is gone already.

    Raises:
        InvalidInput: name and id do not belong together.
        Ambiguous: several groups have the name.
    """
    if wish.group_id == KNOWN_AFTER_APPLY:
        groups.check_placeholder()
        return groups.named(wish.name)
    actual = groups.find(wish.name, wish.group_id)
    if actual is None and wish.group_id:
        owner = groups.named(wish.name)
        if owner is not None:
            raise InvalidInput(
                "There is no trunk group %s, and '%s' is the name of trunk group %s: give the pair that belongs together"
                % (wish.group_id, wish.name, owner.group_id)
            )
    return actual


def plan_absent(wish: GroupWish, groups: Groups, state: State, force: bool) -> Plan:
    """Return the Plan that deletes the group.

    Args:
        wish: the GroupWish; only its name and id count.
        groups: the account's Groups.
        state: State with the trunks and, unless forced, with what :func:`pointing_at` takes.
        force: delete it although something points at it.

    Raises:
        Guarded: something points at it; the guards name what.
        Ambiguous, InvalidInput: name and id do not say which group it is.
    """
    actual = group_to_delete(wish, groups)
    if actual is None:
        if wish.group_id == KNOWN_AFTER_APPLY and groups.lenient:
            return Plan([GroupStep("delete", wish.label, {})], header=wish.label)
        return Plan(header=wish.label)
    if not force:
        guards = deletion_guards(actual, pointing_at(actual, state))
        if guards:
            raise Guarded(*guards)
    before = shown(actual.name, members_of(actual, state.trunks), actual.rules, state.trunks)
    changes = {option: change(value, None) for option, value in before.items()}
    return Plan([GroupStep("delete", actual.name, changes, actual.group_id)], before, {}, actual.name)


def pointing_at(group: Group, state: State, member_ids: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Return what points at a group: for each the kind of its guard, and a phrase with the group as "it".

    Args:
        group: the Group.
        state: State with the trunks, the numbers, the trunk groups and the rules of all trunks.
        member_ids: ids of the trunks that are in it; None for those that it has now.
    """
    found = []
    members = [
        each.trunk_name or str(each.reference_id)
        for each in (
            members_of(group, state.trunks)
            if member_ids is None
            else in_order(Reference(SIP_TRUNK, each, name_of(each, state.trunks)) for each in member_ids)
        )
    ]
    if members:
        found.append(
            (
                "members",
                "trunk%s %s %s in it"
                % ("s" * (len(members) > 1), ", ".join("'%s'" % each for each in members), _are(members)),
            )
        )
    numbers = sorted(tn for tn, number in state.numbers.items() if _is(number.reference, group))
    if numbers:
        counted = "%d telephone number%s (%s)" % (len(numbers), "s" * (len(numbers) > 1), listed(numbers))
        found.append(("points_at_group", "%s %s routed to it" % (counted, _are(numbers))))
    found.extend(
        ("points_at_group", "trunk '%s' forwards to it" % trunk.name)
        for trunk in state.trunks.all
        if any(_is(target, group) for target in state.forwards[trunk.trunk_id].references())
    )
    found.extend(
        ("points_at_group", "trunk group '%s' forwards to it" % other.name)
        for other in state.groups
        if other.group_id != group.group_id and any(_is(target, group) for target in other.references)
    )
    return found


def _is(target: Reference | None, group: Group) -> bool:
    return target is not None and target.reference_id == group.group_id


def _are(several: Sequence[str]) -> str:
    return "are" if len(several) > 1 else "is"


def deletion_guards(
    group: Group, reasons: Iterable[tuple[str, str]], why: str = "has state: absent", alternative: str = ""
) -> list[Guard]:
    """Return the Guards that object to deleting a group.

    Args:
        group: the Group.
        reasons: for each the kind of the guard, and a phrase with the group as "it"; see :func:`pointing_at`.
        why: why it is to be deleted, to follow its name.
        alternative: what else the user can do, to precede the remedy.
    """
    return [
        Guard(
            kind,
            group.name,
            "Trunk group '%s' %s, and %s" % (group.name, why, phrase),
            "%s, or %s" % (alternative, _REMEDIES[kind]) if alternative else _REMEDIES[kind],
        )
        for kind, phrase in reasons
    ]
