# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning a whole account: the trunk document against what is there. Pure.

It has no rules of its own about trunks, forwarding or numbers: those are in their planners, which it calls and puts in
order. What it adds is what can only be seen from above: a trunk that two entries mean, a rule that points at a trunk which
the same document creates, and the account as it will be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._common.errors import AlianzaError, Guarded, InvalidInput
from .._common.numbers import fold
from .._resource import forwarding, forwarding_plan, sip_trunk_plan, tn_route_plan
from .._resource.plan import Plan
from .._resource.references import SIP_TRUNK, Reference
from .._resource.state import NUMBERS, TRUNKS, forward
from .._resource.trunks import TrunkRef, Trunks
from . import advice, removal
from .outlook import Outlook


@dataclass(frozen=True)
class Terms:
    """How a document is to be taken.

    Attributes:
        reroute: numbers that ring elsewhere may be taken from there.
        prune: one of :data:`removal.CHOICES`.
        force: prune although a guard objects.
        advice: warn of what is legal but unwise.
    """

    reroute: bool = True
    prune: str = removal.NONE
    force: bool = False
    advice: bool = True


def needs(document, state, terms=Terms()):
    """Return what must be read before the document can be planned."""
    wanted = [TRUNKS] + ([NUMBERS] if document.wants_numbers() else [])
    if state.trunks is not None:
        found = [entry.found(state.trunks) for entry in document.entries if entry.rules]
        wanted.extend(forward(trunk.trunk_id) for trunk in found if trunk)
        wanted.extend(removal.needs(document, state.trunks, terms.prune))
    return wanted


class Draft:
    """What the plan of a document is put together from.

    Attributes:
        state: the account as it is.
        outlook: the Outlook on the account as it will be.
        steps, warnings: of the Plan to be.
        faults: why there will be none; ``guards`` are those that the user can override.
    """

    def __init__(self, state):
        self.state = state
        self.outlook = Outlook(state)
        self.steps, self.warnings, self.faults, self.guards = [], [], [], []

    def take(self, plan):
        """Take over the steps and warnings of one object's Plan."""
        self.steps.extend(plan.steps)
        self.warnings.extend(plan.warnings)


def plan_document(document, state, terms=Terms()):
    """Return the Plan that makes the account what the document says.

    Args:
        document: the Document.
        state: State with what :func:`needs` asks for.
        terms: the Terms.

    The plan's facts hold ``removed``: what is taken away, as a document.

    Raises:
        InvalidInput: with every fault of the document, by itself and against the account.
        Guarded: nothing is wrong with it, but a guard objects.
    """
    draft = Draft(state)
    draft.faults.extend(document.faults)
    draft.faults.extend(_missing_numbers(document, state))
    draft.faults.extend(_meant_twice(document, state.trunks))
    _plan_trunks(document, draft)
    sources = [_reference(entry, state.trunks) for entry in document.entries]
    for entry, source in zip(document.entries, sources):
        if entry.rules is not None:
            _plan_rules(entry, source, draft)
    claimed = frozenset(number for entry in document.entries for number in entry.numbers or ())
    for entry, source in zip(document.entries, sources):
        if entry.numbers is not None:
            _plan_numbers(entry, source, claimed, terms, draft)
    removed = removal.plan(document, claimed, terms, draft)
    if draft.faults:
        raise InvalidInput(*draft.faults, *draft.guards)
    if draft.guards:
        raise Guarded(*draft.guards)
    if terms.advice:
        draft.warnings.extend(advice.advise(sources, draft.outlook))
    before, after = _shown(draft.steps)
    return Plan(draft.steps, before, after, "trunks", list(dict.fromkeys(draft.warnings)), {"removed": removed})


def _missing_numbers(document, state):
    for entry in document.entries:
        missing = tn_route_plan.unknown_numbers(entry.numbers or (), state.numbers or {})
        if missing:
            yield "trunk '%s': not on the account: %s; add them to the account first, or take them out" % (
                entry.label,
                ", ".join(missing),
            )


def _meant_twice(document, trunks):
    """A trunk that one entry means by its name and another one by its id."""
    labels = {}
    for entry in document.entries + document.absent:
        found = entry.found(trunks)
        if found is not None:
            labels.setdefault(found.trunk_id, []).append(entry.label)
    for trunk_id, meant in labels.items():
        if len(set(meant)) > 1:
            yield "%s are all the trunk %s: give each trunk once" % (
                " and ".join("'%s'" % label for label in meant),
                trunk_id,
            )


def _plan_trunks(document, draft):
    """Plan the trunks themselves, and take down how they will be named and how many calls they will carry."""
    trunks = draft.state.trunks
    coming = {entry.wish.name for entry in document.entries if not entry.wish.trunk_id}
    renamed = {}
    for entry in document.entries:
        if not entry.label:
            continue
        try:
            plan = sip_trunk_plan.plan_present(entry.wish, trunks.expecting(coming - {entry.wish.name}))
        except AlianzaError as error:
            draft.faults.append("trunk '%s': %s" % (entry.label, error.msg))
            continue
        draft.take(plan)
        found, reference = entry.found(trunks), _reference(entry, trunks)
        draft.outlook.calls[reference] = plan.facts["values"]["concurrent_calls"]
        if found is None:
            draft.outlook.rules[reference] = forwarding.Rules()
        else:
            renamed[found.trunk_id] = entry.wish.name or found.name
    draft.outlook.trunks = Trunks(
        (
            replace(trunk, values=dict(trunk.values, name=renamed.get(trunk.trunk_id, trunk.name)))
            for trunk in trunks.all
        ),
        coming,
    )


def _reference(entry, trunks):
    """Return the Reference to the trunk of an entry; one that is still to be created has a name only."""
    found = entry.found(trunks)
    return Reference(SIP_TRUNK, found.trunk_id if found else None, entry.wish.name or (found.name if found else None))


def _plan_rules(entry, source, draft):
    actual = draft.state.forwards.get(source.reference_id) or forwarding.Rules()
    trunk = TrunkRef(source.trunk_name, source.reference_id)
    plan, faults = forwarding_plan.plan_rules(entry.rules, trunk, actual, draft.outlook.trunks)
    draft.faults.extend("trunk '%s': %s" % (trunk.label, fault) for fault in faults)
    draft.take(plan)
    draft.outlook.rules[source] = plan.facts["rules"]


def _plan_numbers(entry, source, claimed, terms, draft):
    label = source.trunk_name or source.reference_id
    wish = tn_route_plan.RouteWish(
        [number for number in entry.numbers if number in draft.state.numbers],
        source,
        label,
        exclusive=terms.prune != removal.NONE,
        reroute=terms.reroute,
        claimed=claimed,
    )
    plan, guards = tn_route_plan.plan_routes(wish, draft.state.numbers, draft.outlook.trunks)
    draft.guards.extend("trunk '%s': %s" % (label, guard) for guard in guards)
    draft.take(plan)
    draft.outlook.move(plan.steps)


def _shown(steps):
    """Return (before, after) of the steps: for each trunk the options that change, numbers as ranges."""
    before, after = {}, {}
    for step in steps:
        for option, values in step.changes.items():
            for side, value in ((before, values["before"]), (after, values["after"])):
                if value in (None, [], {}):
                    continue
                shown = side.setdefault(step.name, {})
                if step.resource == "trunk_forwarding":
                    shown = shown.setdefault("forwarding", {})
                shown[option] = fold(value) if option == "telephone_numbers" else value
    return before, after
