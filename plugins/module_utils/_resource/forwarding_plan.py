# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning the forwarding rules of one trunk: from the actual ones to the wanted ones. Pure.

Facts: user guide, "Forwarding Settings"; API path .../siptrunk_2/{sipTrunkId}/forward. PUT replaces all three sections,
so a section the user leaves out is sent as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .._common.errors import AlianzaError
from .forwarding import LISTS, SECTIONS, Rules
from .plan import Plan, Step, change
from .references import FORWARD_TYPES, SIP_TRUNK, named, parse, resolve
from .trunks import TrunkRef


@dataclass
class RulesWish:
    """What a user wants of the rules; a section left out is None.

    Attributes:
        always: (reference or None, enabled or None); (None, None) clears.
        lists: {option: tuple of references} of the lists that were given.
    """

    always: tuple | None = None
    lists: dict = field(default_factory=dict)

    def references(self):
        """Return every destination that is asked for; trunks as the user named them."""
        always = self.always[0] if self.always else None
        return [
            each
            for each in (always, *(target for targets in self.lists.values() for target in targets))
            if each is not None
        ]


CLEARED = RulesWish((None, None), dict.fromkeys(LISTS, ()))


@dataclass
class ForwardStep(Step):
    """Replace one trunk's rules.

    Attributes:
        source: the TrunkRef of the trunk.
        rules: the Rules to write; trunks that do not exist yet are in them by name.
    """

    source: TrunkRef | None = None
    rules: Rules | None = None
    resource = "trunk_forwarding"
    phase = "rules"


def parse_wish(given):
    """Return (RulesWish, faults) from a module's options or the ``forwarding`` of a document's trunk."""
    wish, faults = RulesWish(), []
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


def plan_rules(wish, source, actual, trunks):
    """Return (Plan, faults): how to get from the actual rules to the wanted ones.

    Args:
        wish: the RulesWish.
        source: the TrunkRef whose rules they are.
        actual: its Rules now.
        trunks: the account's Trunks.
    """
    faults, warnings = [], []
    before = actual.each(lambda reference: named(reference, trunks))
    always, enabled = before.always, before.enabled
    if wish.always is not None:
        always, enabled = _plan_always(wish.always, before, source, trunks, faults, warnings)
    lists = {
        option: _plan_list(option, wish.lists[option], before, source, trunks, faults, warnings)
        if option in wish.lists
        else before.lists[option]
        for option in LISTS
    }
    after = Rules(always, enabled, lists)
    for reference in dict.fromkeys(after.references()):
        if reference.reference_type == SIP_TRUNK and reference.reference_id and reference.trunk_name is None:
            warnings.append(
                "Trunk '%s' forwards to trunk %s, which does not exist: calls sent there fail"
                % (source.label, reference.reference_id)
            )
    shown_before, shown_after = before.shown(), after.shown()
    steps = []
    if after != before:
        action = "create" if before.empty() else "delete" if after.empty() else "update"
        changes = {
            option: change(shown_before.get(option), shown_after.get(option))
            for option in SECTIONS
            if shown_before.get(option) != shown_after.get(option)
        }
        steps = [ForwardStep(action, source.label, changes, source, after)]
    return Plan(steps, shown_before, shown_after, source.label, warnings, {"rules": after}), faults


def _plan_always(wanted, before, source, trunks, faults, warnings):
    """Return (reference, enabled) of forward_always."""
    reference, enabled = wanted
    if reference is not None:
        in_place = () if before.always is None else (before.always,)
        reference = _settle("forward_always", reference, in_place, source, trunks, faults, warnings)
        return reference, before.enabled if enabled is None else enabled
    if enabled is None:
        return None, False
    if before.always is None:
        if enabled and source.trunk_id is None and trunks.lenient:
            warnings.append(
                "Trunk '%s' has no forward_always target to switch on yet: this prediction holds if an "
                "earlier task sets one" % source.label
            )
        elif enabled:
            faults.append(
                "forward_always of trunk '%s' cannot be switched on, it has no target: give reference_type "
                "and reference_id, or trunk_name" % source.label
            )
        return None, False
    return before.always, enabled


def _plan_list(option, wanted, before, source, trunks, faults, warnings):
    settled = []
    for place, reference in enumerate(wanted, 1):
        where = "%s entry %d" % (option, place)
        reference = _settle(where, reference, before.lists[option], source, trunks, faults, warnings)
        if reference in settled:
            faults.append(
                "%s of trunk '%s' repeats %s: leave one of them out" % (where, source.label, reference.described())
            )
        settled.append(reference)
    return tuple(settled)


def _settle(where, reference, in_place, source, trunks, faults, warnings):
    """Return the reference with its trunk looked up; what is wrong with it goes to the faults."""
    if reference.reference_type != SIP_TRUNK:
        return reference
    if reference.trunk_name is None and reference in in_place and reference.reference_id not in trunks.by_id:
        return reference
    try:
        reference = resolve(reference, trunks, warnings)
    except AlianzaError as error:
        faults.append(error.about("%s of trunk '%s'" % (where, source.label)))
        return reference
    if _same_trunk(reference, source):
        faults.append("%s of trunk '%s' forwards to the trunk itself: give another target" % (where, source.label))
    return reference


def _same_trunk(reference, source):
    if source.trunk_id is not None:
        return reference.reference_id == source.trunk_id
    return source.name is not None and reference.reference_id is None and reference.trunk_name == source.name
