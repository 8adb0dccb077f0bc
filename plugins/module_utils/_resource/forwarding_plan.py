# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning the forwarding rules of one trunk or trunk group: from the actual ones to the wanted ones. Pure.

Facts: user guide, "Forwarding Settings"; API path .../siptrunk_2/{sipTrunkId}/forward. PUT replaces all three sections,
so a section the user leaves out is sent as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, List, Optional, Tuple, Union

from .._common.errors import AlianzaError
from .._common.notices import Notice
from .forwarding import LISTS, SECTIONS, Rules
from .forwarding_wire import SPELLINGS, not_understood, spelling_of
from .plan import Plan, Step, change
from .references import FORWARD_TYPES, SIP_TRUNK, Reference, named, parse, resolve
from .sip_trunk import Trunk
from .trunks import TrunkRef, Trunks

# The target and the switch of forward_always; None is one that is not set, or was left out.
Always = Tuple[Optional[Reference], Optional[bool]]
# An AlianzaError keeps its kind when it is the only fault.
Faults = List[Union[str, AlianzaError]]


@dataclass
class RulesWish:
    """What a user wants of the rules; a section left out is None.

    Attributes:
        always: (reference or None, enabled or None); (None, None) clears.
        lists: {option: tuple of references} of the lists that were given.
    """

    always: Always | None = None
    lists: dict[str, tuple[Reference, ...]] = field(default_factory=dict)

    def references(self) -> list[Reference]:
        """Return every destination that is asked for; trunks as the user gave them."""
        always = self.always[0] if self.always else None
        return [
            each
            for each in (always, *(target for targets in self.lists.values() for target in targets))
            if each is not None
        ]


@dataclass(frozen=True)
class Owner:
    """What has the rules: a trunk or a trunk group.

    Attributes:
        noun: what it is.
        label: its name; its id where it has none.
        object_id: its id; None when it does not exist yet.
        lenient: whether an earlier task may have given it rules (check mode).
    """

    noun: str
    label: str
    object_id: str | None
    lenient: bool = False

    @property
    def described(self) -> str:
        """The owner in words."""
        return "%s '%s'" % (self.noun, self.label)

    def is_target(self, reference: Reference) -> bool:
        """Whether a reference is the owner itself."""
        if self.object_id is not None:
            return reference.reference_id == self.object_id
        return self.noun == Trunks.noun and reference.reference_id is None and reference.trunk_name == self.label


CLEARED = RulesWish((None, None), dict.fromkeys(LISTS, ()))


@dataclass
class ForwardStep(Step):
    """Replace one trunk's rules.

    Attributes:
        source: the TrunkRef of the trunk.
        rules: the Rules to write; trunks that do not exist yet are in them by name.
        voicemail: how new rules spell voice mail on the wire.
    """

    source: TrunkRef | None = None
    rules: Rules | None = None
    voicemail: str = SPELLINGS[0]
    resource: ClassVar[str] = "trunk_forwarding"
    default_phase: ClassVar[str] = "rules"


def parse_wish(given: Mapping[str, Any]) -> tuple[RulesWish, list[str]]:
    """Return (RulesWish, faults) from a module's options or the ``forwarding`` of a document's trunk."""
    wish = RulesWish()
    faults: list[str] = []
    always = given.get("forward_always")
    if always is not None:
        target = {key: always.get(key) for key in ("reference_type", "reference_id", "trunk_name")}
        enabled = always.get("enabled")
        if any(target.values()):
            reference, fault = parse(target, FORWARD_TYPES, "forward_always")
            faults.extend([fault] if fault else [])
            wish.always = (reference, enabled)
        else:
            wish.always = (None, enabled)
    for option in LISTS:
        targets = given.get(option)
        if targets is None:
            continue
        parsed = [
            parse(target, FORWARD_TYPES, "%s entry %d" % (option, place)) for place, target in enumerate(targets, 1)
        ]
        faults.extend(fault for reference, fault in parsed if fault)
        wish.lists[option] = tuple(reference for reference, fault in parsed if reference)
    return wish, faults


def plan_rules(
    wish: RulesWish, source: TrunkRef, actual: Rules, trunks: Trunks[Trunk], known: Iterable[Rules] = ()
) -> tuple[Plan, Faults]:
    """Return (Plan, faults): how to get from the actual rules to the wanted ones.

    Args:
        wish: the RulesWish.
        source: the TrunkRef whose rules they are.
        actual: its Rules now.
        trunks: the account's Trunks.
        known: further Rules of the account, which show how it spells what has two spellings.
    """
    owner = Owner(trunks.noun, source.label, source.trunk_id, source.trunk_id is None and trunks.lenient)
    after, notices, faults = planned_rules(wish, owner, actual, trunks)
    before = actual.each(lambda reference: named(reference, trunks))
    steps: list[Step] = []
    if after != before:
        faults.extend(unwritable(actual, owner))
        action = "create" if before.empty() else "delete" if after.empty() else "update"
        changes = changes_of(before, after)
        steps = [ForwardStep(action, source.label, changes, source, after, spelling_of([actual, *known]))]
    return Plan(steps, before.shown(), after.shown(), source.label, notices, {"rules": after}), faults


def planned_rules(
    wish: RulesWish, owner: Owner, actual: Rules, trunks: Trunks[Trunk]
) -> tuple[Rules, list[Notice], Faults]:
    """Return (rules, notices, faults): the Rules as they will be.

    Args:
        wish: the RulesWish.
        owner: the Owner of the rules.
        actual: its Rules now.
        trunks: the account's Trunks.
    """
    faults: Faults = []
    notices: list[Notice] = []
    before = actual.each(lambda reference: named(reference, trunks))
    always, enabled = before.always, before.enabled
    if wish.always is not None:
        always, enabled = _plan_always(wish.always, before, owner, trunks, faults, notices)
    lists = {
        option: _plan_list(option, wish.lists[option], before, owner, trunks, faults, notices)
        if option in wish.lists
        else before.lists[option]
        for option in LISTS
    }
    after = Rules(always, enabled, lists, actual.wire, actual.spelling)
    for reference in dict.fromkeys(after.references()):
        if reference.reference_type == SIP_TRUNK and reference.reference_id and reference.trunk_name is None:
            notices.append(
                Notice(
                    "dead_target",
                    owner.label,
                    "%s forwards to trunk %s, which does not exist, so that calls sent there fail: change the rule"
                    % (_sentence(owner.described), reference.reference_id),
                )
            )
    return after, notices, faults


def changes_of(before: Rules, after: Rules) -> dict[str, Any]:
    """Return the sections that differ, as a step's ``changes``."""
    shown_before, shown_after = before.shown(), after.shown()
    return {
        option: change(shown_before.get(option), shown_after.get(option))
        for option in SECTIONS
        if shown_before.get(option) != shown_after.get(option)
    }


def unwritable(actual: Rules, owner: Owner) -> list[str]:
    """Return a list with the reason why rules cannot be replaced, if there is one."""
    places = not_understood(actual)
    if not places:
        return []
    return [
        "the rules of %s hold something that this collection does not know, and would be lost: %s; change them "
        "in the portal" % (owner.described, ", ".join(places))
    ]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _plan_always(
    wanted: Always, before: Rules, owner: Owner, trunks: Trunks[Trunk], faults: Faults, notices: list[Notice]
) -> tuple[Reference | None, bool]:
    """Return the target and the switch of forward_always."""
    reference, enabled = wanted
    if reference is not None:
        in_place = () if before.always is None else (before.always,)
        reference = _resolved("forward_always", reference, in_place, owner, trunks, faults, notices)
        return reference, before.enabled if enabled is None else enabled
    if enabled is None:
        return None, False
    if before.always is None:
        if enabled and owner.lenient:
            notices.append(
                Notice(
                    "expected_rule",
                    owner.label,
                    "%s has no forward_always target to switch on yet: check mode assumes that an earlier task "
                    "sets one" % _sentence(owner.described),
                )
            )
        elif enabled:
            faults.append(
                "forward_always of %s cannot be switched on, since it has no target: give reference_type "
                "and reference_id, or trunk_name" % owner.described
            )
        return None, False
    return before.always, enabled


def _plan_list(
    option: str,
    wanted: Iterable[Reference],
    before: Rules,
    owner: Owner,
    trunks: Trunks[Trunk],
    faults: Faults,
    notices: list[Notice],
) -> tuple[Reference, ...]:
    """Return the targets of a list, in the order of attempts."""
    resolved: list[Reference] = []
    for place, reference in enumerate(wanted, 1):
        where = "%s entry %d" % (option, place)
        reference = _resolved(where, reference, before.lists[option], owner, trunks, faults, notices)
        if reference in resolved:
            faults.append("%s of %s repeats %s: remove one of them" % (where, owner.described, reference.described()))
        resolved.append(reference)
    return tuple(resolved)


def _resolved(
    where: str,
    reference: Reference,
    in_place: Iterable[Reference],
    owner: Owner,
    trunks: Trunks[Trunk],
    faults: Faults,
    notices: list[Notice],
) -> Reference:
    """Return the reference with its trunk looked up; what is wrong with it is added to the faults."""
    if reference.reference_type != SIP_TRUNK:
        return reference
    if reference.trunk_name is None and reference in in_place and reference.reference_id not in trunks.by_id:
        return reference
    itself = "%s of %s forwards to the %s itself: give another target" % (where, owner.described, owner.noun)
    if owner.noun != trunks.noun and owner.is_target(reference):
        faults.append(itself)
        return reference
    try:
        reference = resolve(reference, trunks, notices)
    except AlianzaError as error:
        faults.append(error.about("%s of %s" % (where, owner.described)))
        return reference
    if owner.is_target(reference):
        faults.append(itself)
    return reference
