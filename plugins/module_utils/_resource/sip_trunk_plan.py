# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning one SIP trunk: create, update, rename, delete. Pure.

Facts: user guide, "Creating a SIP Trunk" and "Delete a SIP Trunk"; deleting a trunk leaves the numbers and the rules
that point at it behind, which is why a delete is guarded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from .._common.errors import Ambiguous, Guarded, InvalidInput, NotFound
from .._common.names import unfit_for_creation
from .._common.notices import Guard, Notice
from .._common.numbers import listed
from . import calling_plan
from .plan import KNOWN_AFTER_APPLY, Plan, Step, change
from .references import SIP_TRUNK, Reference
from .sip_trunk import BY_OPTION, FIELDS, GENERATED, Trunk, body_of, parse_options, shown
from .sip_trunk_group import Group, Groups
from .state import GROUPS, State
from .trunks import Trunks

GROUP_OPTION = "sip_trunk_group_id"
GENERATED_MARK = "(generated)"
_HIDDEN, _NEW, _UNREADABLE = "(hidden)", "(new)", "(not readable)"
# kind of a guard -> what to do instead of overriding it
_REMEDIES = {
    "numbers_routed": "route these numbers elsewhere first",
    "forwarded_to": "change that trunk's rules first",
    "group_forwards": "change that group's rules first",
    "registered": "stop the PBX first",
    "ip_based_auth": "stop the PBX first",
}


@dataclass
class TrunkWish:
    """What a user wants of one trunk.

    Attributes:
        name: its name, or None when only its id was given.
        trunk_id: its id, or None.
        values: {option: normal value} of the options that were given.
        update_password: when a given password is written to a trunk that exists: if it differs (always), never (on_create), or
            unconditionally.
        setup: the SetupWish of its calling plan, or None.
        group_name: the name of its trunk group, "" for none; None when it was left out.
    """

    name: str | None
    trunk_id: str | None
    values: dict[str, Any] = field(repr=False)
    update_password: str = "always"
    setup: calling_plan.SetupWish | None = None
    group_name: str | None = None

    def found(self, trunks: Trunks[Trunk]) -> Trunk | None:
        """Return the account's trunk that is meant, None where it is to be created or is ambiguous."""
        try:
            return trunks.by_id.get(self.trunk_id) if self.trunk_id else trunks.named(self.name)
        except Ambiguous:
            return None


@dataclass
class TrunkStep(Step):
    """Write one trunk.

    Attributes:
        trunk_id: its id; None for one that is to be created, or that an earlier task would have created.
        body: the request body, with secrets in it.
        generate: the options that are generated when the trunk is created.
        setup: for a create, which calling plan is set up; empty for none.
        freed_by: for a delete, the steps of the same plan without which calls would still be sent to the trunk.
    """

    trunk_id: str | None = None
    body: dict[str, Any] = field(default_factory=dict, repr=False)
    generate: tuple[str, ...] = ()
    setup: dict[str, Any] = field(default_factory=dict)
    freed_by: tuple[Step, ...] = field(default=(), repr=False)
    resource: ClassVar[str] = "sip_trunk"

    @property
    def phase(self) -> str:
        """Creating and changing come first, deleting last."""
        return "delete" if self.action == "delete" else "trunk"


def parse_wish(given: Mapping[str, Any], identified: bool = False) -> tuple[TrunkWish, list[str]]:
    """Return (TrunkWish, faults) from a module's options or one trunk of a document.

    Args:
        given: {option: value}.
        identified: whether it is known already that the trunk's name or id is invalid.
    """
    values, faults = parse_options(given)
    name, trunk_id = given.get("name"), given.get("trunk_id") or None
    if not name and not trunk_id and not faults and not identified:
        faults.append("name or trunk_id is missing: give the trunk's name, or its id")
    setup, bad = calling_plan.parse_setup(given)
    faults.extend(bad)
    wish = TrunkWish(name or None, trunk_id, values, given.get("update_password") or "always", setup)
    wish.group_name = given.get("trunk_group_name")
    return wish, faults


def resolve_group(wish: TrunkWish, groups: Groups, notices: list[Notice] | None = None) -> TrunkWish:
    """Return the wish with the id of the trunk group that it names.

    Args:
        wish: the TrunkWish.
        groups: the account's Groups.
        notices: list to which a group that is assumed to come is added.

    Raises:
        NotFound, Ambiguous: the account has no such group, or several.
        InvalidInput: the wish has the id of another group too.
    """
    if wish.group_name is None:
        return wish
    group_id = None
    if wish.group_name:
        group_id = groups.look_up(wish.group_name, None, notices).object_id or KNOWN_AFTER_APPLY
    if wish.values.get(GROUP_OPTION, group_id) != group_id:
        raise InvalidInput(
            "trunk_group_name is '%s' and sip_trunk_group_id is '%s', which is another group: give one of the two"
            % (wish.group_name, wish.values[GROUP_OPTION] or "")
        )
    return replace(wish, values=dict(wish.values, **{GROUP_OPTION: group_id}), group_name=None)


def plan_present(wish: TrunkWish, trunks: Trunks[Trunk]) -> Plan:
    """Return the Plan that makes the trunk what the user wants.

    Args:
        wish: the TrunkWish.
        trunks: the account's Trunks.

    Raises:
        NotFound, Ambiguous, InvalidInput: the trunk is not found, is ambiguous, cannot be renamed or lacks an option.
    """
    if wish.trunk_id == KNOWN_AFTER_APPLY and trunks.lenient and (not wish.name or trunks.named(wish.name) is None):
        return _plan_expected(wish)
    actual = _trunk_to_change(wish, trunks)
    return _plan_create(wish, trunks) if actual is None else _plan_update(wish, actual, trunks)


def plan_absent(wish: TrunkWish, state: State, force: bool) -> Plan:
    """Return the Plan that removes the trunk.

    Args:
        wish: the TrunkWish; only its name and id count.
        state: State with the trunks and, unless forced, with what :func:`references_to` takes.
        force: delete the trunk although calls are still sent to it.

    Raises:
        Guarded: calls are still sent to it; the guards name from where.
        Ambiguous, InvalidInput: name and id do not say which trunk it is.
    """
    actual = trunk_to_delete(wish, state.trunks)
    if actual is None:
        if wish.trunk_id == KNOWN_AFTER_APPLY and state.trunks.lenient:
            return Plan([TrunkStep("delete", wish.name or KNOWN_AFTER_APPLY, {})], header=wish.name or "")
        return Plan(header=wish.name or wish.trunk_id or "")
    if not force:
        guards = deletion_guards(actual, references_to(actual, state))
        if guards:
            raise Guarded(*guards)
    before = actual.shown()
    changes = {option: change(value, None) for option, value in before.items()}
    step = TrunkStep("delete", actual.name, changes, actual.trunk_id)
    return Plan([step], before, {}, actual.name, leaves_group(actual, state.groups if state.has(GROUPS) else None))


def leaves_group(actual: Trunk, groups: Iterable[Group] | None) -> list[Notice]:
    """Return a list with the notice about the group of a trunk that is to be deleted, if it is in one.

    Args:
        actual: the Trunk.
        groups: the account's trunk groups; None if they were not read, so that only the ID of the group is known.
    """
    own = actual.values[GROUP_OPTION]
    if groups is None:
        names = [own] if own else []
    else:
        names = [group.name for group in groups if group.group_id == own or actual.trunk_id in group.trunk_ids]
    if not names:
        return []
    return [
        Notice(
            "leaves_group",
            actual.name,
            "Trunk '%s' is in the trunk group '%s', which has one trunk less without it" % (actual.name, names[0]),
        )
    ]


def trunk_to_delete(wish: TrunkWish, trunks: Trunks[Trunk]) -> Trunk | None:
    """Return the trunk that is to be deleted, or None when it is gone already.

    Raises:
        InvalidInput: name and id do not belong together.
        Ambiguous: several trunks have the name.
    """
    if wish.trunk_id == KNOWN_AFTER_APPLY:
        trunks.refer(wish.name, wish.trunk_id)
        return trunks.named(wish.name) if wish.name else None
    actual = trunks.find(wish.name, wish.trunk_id)
    if actual is None and wish.trunk_id:
        owner = trunks.named(wish.name)
        if owner is not None:
            raise InvalidInput(
                "There is no trunk %s, and '%s' is the name of trunk %s: give the pair that belongs together"
                % (wish.trunk_id, wish.name, owner.trunk_id)
            )
    return actual


def _trunk_to_change(wish: TrunkWish, trunks: Trunks[Trunk]) -> Trunk | None:
    """Return the account's trunk, None where it is to be created."""
    if not wish.trunk_id:
        return trunks.named(wish.name)
    if wish.trunk_id == KNOWN_AFTER_APPLY:
        trunks.refer(wish.name, wish.trunk_id)
        return trunks.named(wish.name)
    actual = trunks.by_id.get(wish.trunk_id)
    if actual is None:
        raise NotFound(trunks.missing(object_id=wish.trunk_id))
    if wish.name and wish.name != actual.name:
        try:
            owner = trunks.named(wish.name)
        except Ambiguous:
            raise InvalidInput(
                "Trunk %s cannot be renamed to '%s': several trunks have that name already" % (wish.trunk_id, wish.name)
            ) from None
        if owner is not None or wish.name in trunks.expected:
            raise InvalidInput(
                "Trunk '%s' cannot be renamed to '%s': that name is in use%s, choose another"
                % (actual.name, wish.name, " by trunk %s" % owner.trunk_id if owner else "")
            )
        _check_new_name(wish.name, trunks, actual.trunk_id)
    return actual


def _check_new_name(name: str, trunks: Trunks[Trunk], trunk_id: str | None = None) -> None:
    """Refuse a name that no trunk has yet and that would be mistaken for another.

    Args:
        name: the name that is to be given.
        trunks: the account's Trunks.
        trunk_id: id of the trunk that is to be renamed; None for one that is to be created.

    Raises:
        Ambiguous: it differs from the name of another trunk only by case, blanks or Unicode form.
        InvalidInput: it has blanks at its edges, or control characters.
    """
    alike = trunks.alike(name, trunk_id)
    if alike is not None:
        raise Ambiguous(
            "The account has a trunk named '%s', and '%s' differs from it only by case, blanks or Unicode form: "
            "use the name that is there, or choose another" % (alike, name)
        )
    unfit = unfit_for_creation(name)
    if unfit:
        raise InvalidInput("The new name %r of a trunk %s" % (name, unfit))


def _plan_create(wish: TrunkWish, trunks: Trunks[Trunk]) -> Plan:
    name = str(wish.name)
    _check_new_name(name, trunks)
    missing = [each.option for each in FIELDS if each.required and wish.values.get(each.option) is None]
    if missing:
        raise InvalidInput(
            "There is no trunk named '%s' yet, and creating it needs %s: give it, or check the name"
            % (name, " and ".join(missing))
        )
    values = {option: value for option, value in wish.values.items() if value not in (None, ())}
    generate = tuple(option for option in GENERATED if option not in values)
    body = body_of(values)
    after = shown(values)
    if calling_plan.PRODUCT in values:
        after[calling_plan.PRODUCT] = values[calling_plan.PRODUCT]
    if "sip_password" in values:
        after["sip_password"] = _HIDDEN
    after.update(dict.fromkeys(generate, GENERATED_MARK))
    notices: list[Notice] = []
    setup, plan_changes, later = calling_plan.plan_created(wish.setup, name, trunks, notices)
    changes = {option: change(None, value) for option, value in after.items()}
    step = TrunkStep("create", name, dict(changes, **plan_changes), None, body, generate, setup)
    plan_changes = later.changes if later else plan_changes
    return Plan(
        [step, later] if later else [step],
        {},
        dict(after, **{option: each["after"] for option, each in plan_changes.items()}),
        name,
        notices,
        facts={"values": dict(values, **dict.fromkeys(generate, GENERATED_MARK)), "actual": None},
    )


def _plan_update(wish: TrunkWish, actual: Trunk, trunks: Trunks[Trunk]) -> Plan:
    wanted: dict[str, Any] = {}
    notices: list[Notice] = []
    before = actual.shown()
    for option, value in wish.values.items():
        each = BY_OPTION[option]
        if each.create_only:
            continue
        if each.secret:
            if (
                wish.update_password == "unconditionally"
                or wish.update_password == "always"
                and value != actual.values[option]
            ):
                wanted[option] = value
        elif not each.same(value, actual.values[option]) or option == "name" and value != actual.values[option]:
            wanted[option] = value
    values = dict(actual.values, **wanted)
    after = shown(values)
    changes = {
        option: change(each.shown(actual.values[option]), each.shown(values[option]))
        for option, each in BY_OPTION.items()
        if option in wanted and not each.secret
    }
    if "sip_password" in wanted:
        readable = actual.values["sip_password"] is not None
        before["sip_password"], after["sip_password"] = _HIDDEN if readable else _UNREADABLE, _NEW
        changes["sip_password"] = change(before["sip_password"], _NEW)
        if not readable:
            notices.append(
                Notice(
                    "password_unreadable",
                    actual.name,
                    "The API did not return the SIP password of trunk '%s', so it cannot be compared and is written on "
                    "every run: set update_password: on_create to write it only when the trunk is created"
                    % actual.name,
                )
            )
    body = body_of(wanted, actual.patterns)
    steps: list[Step] = [TrunkStep("update", values["name"], changes, actual.trunk_id, body)] if wanted else []
    plan_step = calling_plan.plan_changed(
        wish.setup, wish.values.get(calling_plan.PRODUCT), values["name"], actual, trunks, notices
    )
    if plan_step is not None:
        steps.append(plan_step)
        before.update({option: each["before"] for option, each in plan_step.changes.items()})
        after.update({option: each["after"] for option, each in plan_step.changes.items()})
        values[calling_plan.PRODUCT] = plan_step.product_id or KNOWN_AFTER_APPLY
    return Plan(steps, before, after, values["name"], notices, {"values": values, "actual": actual})


def _plan_expected(wish: TrunkWish) -> Plan:
    """Return the Plan, in check mode, of a trunk that an earlier task would have created and that has no id yet."""
    after = shown(wish.values)
    label = wish.name or KNOWN_AFTER_APPLY
    step = TrunkStep("update", label, {option: change(None, value) for option, value in after.items()})
    return Plan([step] if after else [], {}, after, label, facts={"values": wish.values, "actual": None})


def references_to(actual: Trunk, state: State) -> list[tuple[str, str]]:
    """Return what sends calls to a trunk: for each the kind of its guard, and a phrase with the trunk as "it".

    Args:
        actual: the Trunk.
        state: State with the numbers, the trunk groups, and the rules of all other trunks in it.
    """
    here = Reference(SIP_TRUNK, actual.trunk_id)
    found = []
    numbers = sorted(tn for tn, number in state.numbers.items() if number.reference == here)
    if numbers:
        counted = "%d telephone number%s (%s)" % (len(numbers), "s" * (len(numbers) > 1), listed(numbers))
        found.append(("numbers_routed", "%s %s routed to it" % (counted, "are" if len(numbers) > 1 else "is")))
    found.extend(
        ("forwarded_to", "trunk '%s' forwards to it" % trunk.name)
        for trunk in state.trunks.all
        if trunk.trunk_id != actual.trunk_id and here in state.forwards[trunk.trunk_id].references()
    )
    found.extend(
        ("group_forwards", "trunk group '%s' forwards to it" % group.name)
        for group in state.groups
        if here in group.references
    )
    return found


def deletion_guards(
    trunk: Trunk, reasons: Iterable[tuple[str, str]], why: str = "has state: absent", alternative: str = ""
) -> list[Guard]:
    """Return the Guards that object to deleting a trunk.

    Args:
        trunk: the Trunk.
        reasons: for each the kind of the guard, and a phrase with the trunk as "it"; see :func:`references_to`.
        why: why it is to be deleted, to follow its name.
        alternative: what else the user can do, to precede the remedy.
    """
    return [
        Guard(
            kind,
            trunk.name,
            "Trunk '%s' %s, and %s" % (trunk.name, why, phrase),
            "%s, or %s" % (alternative, _REMEDIES[kind]) if alternative else _REMEDIES[kind],
        )
        for kind, phrase in reasons
    ]
