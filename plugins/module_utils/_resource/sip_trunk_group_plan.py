# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning one trunk group: create, update, rename; its members and its rules are written with it. Pure.

Facts: API path .../account/{accountId}/siptrunkgroup. PUT replaces the whole group, so what the user leaves out is sent as
it is. A trunk belongs to one group at most (sipTrunkGroupId). No destination of a number or a rule is documented that
means a group; what holds a group's id anyway points at it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from .._common.errors import AlianzaError, Ambiguous, InvalidInput, NotFound
from .._common.names import unfit_for_creation
from .._common.notices import Guard, Notice
from . import forwarding_plan
from .forwarding import OF_GROUP, Rules
from .forwarding_wire import SPELLINGS, spelling_of
from .plan import KNOWN_AFTER_APPLY, Plan, Step, change
from .references import Reference, named
from .sip_trunk import Trunk
from .sip_trunk_group import Group, Groups
from .sip_trunk_group_members import in_order, members_of, resolve_member
from .sip_trunk_group_wish import GroupWish
from .trunks import Trunks


@dataclass
class GroupStep(Step):
    """Write one trunk group.

    Attributes:
        group_id: its id; None for one that is to be created, or that an earlier task would have created.
        new_name: the name that it is to have.
        members: References to the trunks that it is to have; trunks that do not exist yet are in them by name.
        rules: the Rules that it is to have; their wire is the whole group as it was read.
        voicemail: how new rules spell voice mail on the wire.
        freed_by: for a delete, the steps of the same plan that have to be carried out before.
    """

    group_id: str | None = None
    new_name: str = ""
    members: tuple[Reference, ...] = ()
    rules: Rules = field(default_factory=lambda: Rules(spelling=OF_GROUP))
    voicemail: str = SPELLINGS[0]
    freed_by: tuple[Step, ...] = field(default=(), repr=False)
    resource: ClassVar[str] = "sip_trunk_group"

    @property
    def phase(self) -> str:
        """Its trunks are there before it is written, and still there when it is deleted."""
        return "ungroup" if self.action == "delete" else "group"


def plan_present(
    wish: GroupWish,
    groups: Groups,
    trunks: Trunks[Trunk],
    known: Iterable[Rules] = (),
    leaving: Collection[str] = (),
    joining: Iterable[Reference] = (),
) -> tuple[Plan, forwarding_plan.Faults, list[Guard]]:
    """Return (Plan, faults, guards): how the group becomes what the user wants.

    Args:
        wish: the GroupWish.
        groups: the account's Groups.
        trunks: the account's Trunks.
        known: further Rules of the account, which show how it spells what has two spellings.
        leaving: ids of trunks that the same plan puts into another group.
        joining: References to trunks that name this group themselves.

    The plan's facts hold ``name``, ``members`` and ``rules`` as they will be, and ``actual``, the Group or None.

    Raises:
        NotFound, Ambiguous, InvalidInput: the group is not found, is ambiguous, or its name cannot be given.
    """
    actual = _to_change(wish, groups)
    name = str(wish.name or (actual.name if actual else KNOWN_AFTER_APPLY))
    notices: list[Notice] = []
    group_id = actual.group_id if actual else None
    owner = forwarding_plan.Owner(groups.noun, name, group_id, actual is None and groups.lenient)
    before = actual.rules if actual else Rules(spelling=OF_GROUP)
    rules, said, faults = forwarding_plan.planned_rules(wish.rules, owner, before, trunks)
    notices.extend(said)
    in_place = members_of(actual, trunks) if actual else ()
    members = tuple(each for each in in_place if each.reference_id not in leaving)
    if wish.members is not None:
        members = _resolved(wish.members, in_place, owner, trunks, faults, notices)
    members = in_order(dict.fromkeys([*members, *joining]))
    notices.extend(_taken(members, actual, groups, trunks))
    notices.extend(_dead_members(members, owner))
    guards = list(_forwards_to_member(rules, before, members, in_place, owner, notices))
    shown_before = shown(actual.name, in_place, before, trunks) if actual else {}
    shown_after = shown(name, members, rules, trunks)
    changes = {
        option: change(shown_before.get(option), shown_after.get(option))
        for option in dict.fromkeys([*shown_before, *shown_after])
        if shown_before.get(option) != shown_after.get(option)
    }
    # A trunk that another step takes into its group has left this one already.
    stay = tuple(each for each in in_place if each.reference_id not in leaving)
    written = actual is None or name != actual.name or set(members) != set(stay) or rules != before
    steps: list[Step] = []
    if written:
        faults.extend(forwarding_plan.unwritable(before, owner))
        voicemail = spelling_of([before, *known])
        action = "update" if actual else "create"
        if actual is None and wish.group_id:
            action = "update"
        steps = [GroupStep(action, name, changes, group_id, name, members, rules, voicemail)]
    facts = {"name": name, "members": members, "rules": rules, "actual": actual}
    return Plan(steps, shown_before, shown_after, name, notices, facts), faults, guards


def _to_change(wish: GroupWish, groups: Groups) -> Group | None:
    """Return the account's group, None where it is to be created or an earlier task would have created it."""
    if wish.group_id == KNOWN_AFTER_APPLY:
        groups.check_placeholder()
        return groups.named(wish.name)
    if not wish.group_id:
        actual = groups.named(wish.name)
        if actual is None:
            _check_new_name(str(wish.name), groups)
        return actual
    actual = groups.by_id.get(wish.group_id)
    if actual is None:
        raise NotFound(groups.missing(object_id=wish.group_id))
    if wish.name and wish.name != actual.name:
        try:
            owner = groups.named(wish.name)
        except Ambiguous:
            raise InvalidInput(
                "Trunk group %s cannot be renamed to '%s': several trunk groups have that name already"
                % (wish.group_id, wish.name)
            ) from None
        if owner is not None or wish.name in groups.expected:
            raise InvalidInput(
                "Trunk group '%s' cannot be renamed to '%s': that name is in use%s, choose another"
                % (actual.name, wish.name, " by trunk group %s" % owner.group_id if owner else "")
            )
        _check_new_name(wish.name, groups, actual.group_id)
    return actual


def _check_new_name(name: str, groups: Groups, group_id: str | None = None) -> None:
    """Refuse a name that no group has yet and that would be mistaken for another; raises Ambiguous or InvalidInput."""
    alike = groups.alike(name, group_id)
    if alike is not None:
        raise Ambiguous(
            "The account has a trunk group named '%s', and '%s' differs from it only by case, blanks or Unicode form: "
            "use the name that is there, or choose another" % (alike, name)
        )
    unfit = unfit_for_creation(name)
    if unfit:
        raise InvalidInput("The new name %r of a trunk group %s" % (name, unfit))


def _resolved(
    wanted: Iterable[Reference],
    in_place: Collection[Reference],
    owner: forwarding_plan.Owner,
    trunks: Trunks[Trunk],
    faults: forwarding_plan.Faults,
    notices: list[Notice],
) -> tuple[Reference, ...]:
    """Return the members with their trunks looked up; what is wrong with them is added to the faults."""
    members: list[Reference] = []
    for place, each in enumerate(wanted, 1):
        where = "trunks entry %d of %s" % (place, owner.described)
        try:
            member = resolve_member(each, trunks, in_place, notices)
        except AlianzaError as error:
            faults.append(error.about(where))
            continue
        if member in members:
            faults.append("%s repeats %s: remove one of them" % (where, member.described()))
        members.append(member)
    return tuple(members)


def _taken(
    members: Iterable[Reference], actual: Group | None, groups: Groups, trunks: Trunks[Trunk]
) -> Iterable[Notice]:
    """Yield a notice for each trunk that leaves another group."""
    for member in members:
        trunk = trunks.by_id.get(member.reference_id or "")
        group_id = trunk.values["sip_trunk_group_id"] if trunk else None
        if trunk is None or not group_id or actual is not None and group_id == actual.group_id:
            continue
        other = groups.by_id.get(group_id)
        yield Notice(
            "taken_from_group",
            trunk.name,
            "Trunk '%s' leaves the trunk group '%s': a trunk is in one group at most"
            % (trunk.name, other.name if other else group_id),
        )


def _dead_members(members: Iterable[Reference], owner: forwarding_plan.Owner) -> Iterable[Notice]:
    """Yield a notice for each member whose trunk does not exist."""
    for member in members:
        if member.trunk_name is None and member.reference_id is not None:
            yield Notice(
                "dead_member",
                owner.label,
                "Trunk group '%s' has the member %s, which is no trunk of the account: leave it out of trunks"
                % (owner.label, member.reference_id),
            )


def _forwards_to_member(
    rules: Rules,
    before: Rules,
    members: Collection[Reference],
    in_place: Collection[Reference],
    owner: forwarding_plan.Owner,
    notices: list[Notice],
) -> Iterable[Guard]:
    """Yield a guard for each member to which the rules would send the group's calls; what is so already is noticed only."""
    for target in dict.fromkeys(rules.references()):
        if target not in members:
            continue
        fact = "Trunk group '%s' forwards to its own member %s, which sends calls back to the group's rules" % (
            owner.label,
            target.described(),
        )
        if target in before.references() and target in in_place:
            notices.append(Notice("forwards_to_member", owner.label, "%s: forward elsewhere" % fact))
        else:
            yield Guard(
                "forwards_to_member", owner.label, fact, "forward elsewhere, or take the trunk out of the group"
            )


def shown(name: str, members: Iterable[Reference], rules: Rules, trunks: Trunks[Trunk]) -> dict[str, Any]:
    """Return a group as diffs show it; what is not set is left out."""
    shown: dict[str, Any] = {"name": name}
    names = [each.trunk_name or str(each.reference_id) for each in members]
    if names:
        shown["trunks"] = names
    rules = rules.each(lambda reference: named(reference, trunks))
    return dict(shown, **rules.shown())


def after(group: Group, plan: Plan) -> Group:
    """Return a group as a plan of :func:`plan_present` leaves it."""
    ids = tuple(each.reference_id for each in plan.facts["members"] if each.reference_id)
    return replace(group, name=plan.facts["name"], rules=plan.facts["rules"], trunk_ids=ids)
