# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning one trunk group: create, update, rename, delete; its members and its rules are written with it. Pure.

Facts: API path .../account/{accountId}/siptrunkgroup. PUT replaces the whole group, so what the user leaves out is sent as
it is. A trunk belongs to one group at most (sipTrunkGroupId). No destination of a number or a rule is documented that
means a group; what holds a group's id anyway points at it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from .._common.errors import AlianzaError, Ambiguous, Guarded, InvalidInput, NotFound
from .._common.given import described, not_text
from .._common.names import unfit_for_creation
from .._common.notices import Guard, Notice
from .._common.numbers import listed
from . import forwarding_plan
from .forwarding import OF_GROUP, Rules
from .forwarding_wire import SPELLINGS, spelling_of
from .plan import KNOWN_AFTER_APPLY, Plan, Step, change
from .references import SIP_TRUNK, Reference, named
from .sip_trunk import Trunk
from .sip_trunk_group import Group, Groups
from .sip_trunk_group_fields import NAME
from .state import State
from .trunks import Trunks

# kind of a guard -> what to do instead of overriding it
_REMEDIES = {
    "points_at_group": "change that destination first",
    "members": "take its trunks out first, with trunks: []",
}


@dataclass
class GroupWish:
    """What a user wants of one trunk group; a part left out is None.

    Attributes:
        name: its name, or None when only its id was given.
        group_id: its id, or None.
        members: References to trunks, as the user gave them.
        rules: the RulesWish.
    """

    name: str | None
    group_id: str | None
    members: tuple[Reference, ...] | None = None
    rules: forwarding_plan.RulesWish = field(default_factory=forwarding_plan.RulesWish)

    @property
    def label(self) -> str:
        """The group's name, or its id; empty where the user gave neither."""
        return self.name or self.group_id or ""


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


def parse_wish(given: Mapping[str, Any], identified: bool = False) -> tuple[GroupWish, list[str]]:
    """Return (GroupWish, faults) from a module's options or one group of a document.

    Args:
        given: {option: value}.
        identified: whether it is known already that the group's name or id is invalid.
    """
    faults: list[str] = []
    name, group_id = given.get("name"), given.get("group_id") or None
    if name is not None:
        try:
            NAME.parse(name)
        except ValueError as error:
            faults.append("name %s" % error)
    if not name and not group_id and not faults and not identified:
        faults.append("name or group_id is missing: give the trunk group's name, or its id")
    members, bad = parse_members(given.get("trunks"))
    rules, faulty = forwarding_plan.parse_wish(given)
    return GroupWish(name or None, group_id, members, rules), faults + bad + faulty


def parse_members(given: Iterable[Any] | None) -> tuple[tuple[Reference, ...] | None, list[str]]:
    """Return (References, faults) of a list of trunks: each a name or an id, or a mapping with trunk_name and trunk_id."""
    if given is None:
        return None, []
    members, faults = [], []
    for place, each in enumerate(given, 1):
        where = "trunks entry %d" % place
        if not isinstance(each, Mapping):
            wrong = not_text(each) or ("" if str(each).strip() else "is empty: give the name of a trunk, or its id")
            faults.extend(["%s %s" % (where, wrong)] if wrong else [])
            members.append(Reference(SIP_TRUNK, None, str(each)))
            continue
        unknown = sorted(str(key) for key in each if key not in ("trunk_id", "trunk_name"))
        if unknown:
            faults.append("%s has no key '%s': give trunk_name or trunk_id" % (where, unknown[0]))
            continue
        found = {key: value for key, value in each.items() if value not in (None, "")}
        faults.extend("%s: %s %s" % (where, key, not_text(value)) for key, value in found.items() if not_text(value))
        if not found:
            faults.append("%s is %s without trunk_name and trunk_id: give one of them" % (where, described(each)))
            continue
        trunk_id = found.get("trunk_id")
        if trunk_id == KNOWN_AFTER_APPLY and "trunk_name" in found:
            trunk_id = None
        members.append(Reference(SIP_TRUNK, trunk_id, found.get("trunk_name")))
    return tuple(members), faults


def members_of(group: Group, trunks: Trunks[Trunk]) -> tuple[Reference, ...]:
    """Return References to the members of a group, sorted by name; those of trunks that do not exist have no name.

    Args:
        group: the Group.
        trunks: the account's Trunks.
    """
    ids = group.trunk_ids or tuple(
        trunk.trunk_id for trunk in trunks.all if trunk.values["sip_trunk_group_id"] == group.group_id
    )
    return in_order(Reference(SIP_TRUNK, each, _name_of(each, trunks)) for each in dict.fromkeys(ids))


def in_order(members: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return References to trunks, sorted by name."""
    return tuple(sorted(members, key=lambda each: (each.trunk_name or "", each.reference_id or "")))


def _name_of(trunk_id: str, trunks: Trunks[Trunk]) -> str | None:
    return trunks.by_id[trunk_id].name if trunk_id in trunks.by_id else None


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
    shown_before = _shown(actual.name, in_place, before, trunks) if actual else {}
    shown_after = _shown(name, members, rules, trunks)
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


def resolve_member(
    each: Reference, trunks: Trunks[Trunk], in_place: Collection[Reference] = (), notices: list[Notice] | None = None
) -> Reference:
    """Return a member with the id and the name of its trunk; raises what :meth:`Trunks.refer` raises.

    Args:
        each: the Reference as the user gave it.
        trunks: the account's Trunks.
        in_place: the members now: one whose trunk does not exist may stay.
        notices: list to which a trunk that is assumed to come is added.
    """
    if each.reference_id is None and each.trunk_name in trunks.by_id and trunks.named(each.trunk_name) is None:
        each = Reference(SIP_TRUNK, each.trunk_name)
    if each in in_place and each.reference_id is not None and each.reference_id not in trunks.by_id:
        return each
    found = trunks.refer(each.trunk_name, each.reference_id, notices)
    return Reference(SIP_TRUNK, found.trunk_id, found.name)


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


def _shown(name: str, members: Iterable[Reference], rules: Rules, trunks: Trunks[Trunk]) -> dict[str, Any]:
    """Return a group as diffs show it; what is not set is left out."""
    shown: dict[str, Any] = {"name": name}
    names = [each.trunk_name or str(each.reference_id) for each in members]
    if names:
        shown["trunks"] = names
    rules = rules.each(lambda reference: named(reference, trunks))
    return dict(shown, **rules.shown())


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
    before = _shown(actual.name, members_of(actual, state.trunks), actual.rules, state.trunks)
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
            else in_order(Reference(SIP_TRUNK, each, _name_of(each, state.trunks)) for each in member_ids)
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


def _are(several: Collection[Any]) -> str:
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


def after(group: Group, plan: Plan) -> Group:
    """Return a group as a plan of :func:`plan_present` leaves it."""
    ids = tuple(each.reference_id for each in plan.facts["members"] if each.reference_id)
    return replace(group, name=plan.facts["name"], rules=plan.facts["rules"], trunk_ids=ids)
