# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Planning a whole account: the trunk document against what is there. Pure.

It has no rules of its own about trunks, forwarding or numbers: those are in their planners, which it calls and puts in
order. What it adds is what can only be seen from above: a trunk that two entries are about, a rule that points at a trunk
which the same document creates, and the account as it will be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._common.errors import AlianzaError, Ambiguous, Guarded, InvalidInput
from .._common.names import folded
from .._common.notices import Guard, Notice
from .._common.numbers import fold, listed
from .._resource import (
    forwarding,
    forwarding_plan,
    from_numbers,
    shared_plan,
    sip_trunk_address,
    sip_trunk_plan,
    tn_route_plan,
)
from .._resource.plan import Plan, Step
from .._resource.references import SIP_TRUNK, Reference
from .._resource.sip_trunk import Trunk
from .._resource.sip_trunk_group import Groups
from .._resource.state import CALLER_IDS, GROUPS, NUMBERS, TRUNKS, Need, State, forward
from .._resource.trunks import TrunkRef, Trunks
from . import advice, caller_ids_plan, document_groups, groups_plan, removal
from .document import Document, Entry
from .entries import Listing
from .outlook import Outlook


@dataclass(frozen=True)
class Terms:
    """How a document is to be applied.

    Attributes:
        reroute: numbers that are routed elsewhere may be taken from there.
        prune: one of :data:`removal.CHOICES`.
        force: delete although a guard objects.
        advice: give notice of what is legal but unwise.
    """

    reroute: bool = True
    prune: str = removal.NONE
    force: bool = False
    advice: bool = True


_DEFAULTS = Terms()


def needs(document: Document, state: State, terms: Terms = _DEFAULTS) -> list[Need]:
    """Return what must be read before the document can be planned."""
    wanted = [TRUNKS] + ([NUMBERS] if document.wants_numbers() else [])
    if state.has(TRUNKS):
        found = [entry.found(state.trunks) for entry in document.entries if entry.rules]
        wanted.extend(forward(trunk.trunk_id) for trunk in found if trunk)
        wanted.extend(sip_trunk_address.needs((entry.wish for entry in document.entries), state.trunks))
        wanted.extend(shared_plan.needs((entry.wish for entry in document.entries), state.trunks))
        wanted.extend(removal.needs(document, state.trunks, terms.prune))
    if document.wants_groups():
        wanted.append(GROUPS)
    if document.caller_ids is not None:
        wanted.extend(CALLER_IDS)
    if document.groups is not None and state.has(TRUNKS) and state.has(GROUPS):
        wanted.extend(groups_plan.needs(document.groups, state, terms.prune == removal.ALL))
    return wanted


class _Draft:
    """What the plan of a document is put together from.

    Attributes:
        state: the account as it is.
        outlook: the Outlook on the account as it will be.
        steps, notices: of the Plan to be.
        wishes: the wish of each trunk, where its group is in it; empty if the document says nothing about groups.
        faults: why there will be none; ``guards`` are those that the user can override.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.outlook = Outlook(state)
        self.steps: list[Step] = []
        self.notices: list[Notice] = []
        self.faults: list[str | AlianzaError] = []
        self.guards: list[Guard] = []
        self.wishes: list[sip_trunk_plan.TrunkWish] = []

    def take(self, plan: Plan) -> None:
        """Take over the steps and notices of one object's Plan."""
        self.steps.extend(plan.steps)
        self.notices.extend(plan.notices)
        self.outlook.follow(plan.steps)

    def take_groups(self, decided: groups_plan.GroupsPlan, force: bool) -> None:
        """Take over a GroupsPlan; with force its guards are overridden."""
        for plan in decided.plans:
            self.take(plan)
        self.steps.extend(decided.deletes)
        self.notices.extend(decided.notices)
        self.faults.extend(decided.faults)
        self._object(decided.guards, force)

    def _object(self, guards: Sequence[Guard], force: bool) -> None:
        if force:
            self.notices.extend(guard.overridden() for guard in guards)
        else:
            self.guards.extend(guards)

    def remove(self, decided: removal.Removal, force: bool) -> None:
        """Take over a Removal; with force its guards are overridden."""
        self.steps.extend(decided.steps)
        self.notices.extend(decided.notices)
        self.faults.extend(decided.faults)
        self._object(decided.guards, force)
        self.outlook.follow(decided.steps)


def plan_document(document: Document, state: State, terms: Terms = _DEFAULTS) -> Plan:
    """Return the Plan that brings the account into the state that the document describes.

    Args:
        document: the Document.
        state: State with what :func:`needs` asks for.
        terms: the Terms.

    The plan's facts hold ``removed``, ``removed_trunk_groups`` and ``removed_caller_ids``: what is taken away, as a document.

    Raises:
        InvalidInput: with every fault of the document, by itself and against the account, and the guards.
        Ambiguous: the only faults are names that differ from others by form alone.
        Guarded: nothing is wrong with it, but guards object.
    """
    draft = _Draft(state)
    draft.faults.extend(document.faults)
    draft.faults.extend(_missing_numbers(document, state))
    draft.faults.extend(_duplicate_trunks(document, state.trunks))
    draft.faults.extend(_names_alike(document, state.trunks))
    draft.faults.extend(sip_trunk_address.shared((entry.wish for entry in document.entries), state.trunks))
    draft.faults.extend(shared_plan.conflicts([entry.wish for entry in document.entries], state))
    draft.outlook.trunks = _trunks_after(document, state.trunks)
    memberships = _assign_groups(document, draft)
    _plan_trunks(document, draft)
    if document.groups is not None:
        draft.take_groups(groups_plan.plan_groups(document.groups, memberships, state, draft.outlook), terms.force)
    sources = [_reference(entry, state.trunks) for entry in document.entries]
    for entry, source in zip(document.entries, sources):
        if entry.rules is not None:
            _plan_rules(entry.rules, source, draft)
    claimed = document.claimed_numbers()
    for entry, source in zip(document.entries, sources):
        if entry.numbers is not None:
            _plan_numbers(entry.numbers, source, claimed, terms, draft)
    removed: dict[str, list[dict[str, Any]]] = {"removed_trunk_groups": [], "removed_caller_ids": []}
    if document.caller_ids is not None:
        caller_ids = caller_ids_plan.plan_caller_ids(
            document.caller_ids, state.caller_ids, terms.prune != removal.NONE, terms.prune == removal.ALL
        )
        removed["removed_caller_ids"] = caller_ids.removed
        draft.notices.extend(caller_ids.notices)
        for plan in caller_ids.plans:
            draft.take(plan)
    if document.groups is not None:
        new_names = removal.new_names_of(document, state.trunks, draft.outlook, terms.prune)
        gone = groups_plan.plan_removal(
            document.groups, memberships, state, draft.outlook, new_names, terms.prune == removal.ALL
        )
        removed["removed_trunk_groups"] = gone.removed
        draft.take_groups(gone, terms.force)
    decided = removal.plan_removal(document, state, draft.outlook, draft.steps, terms.prune)
    draft.remove(decided, terms.force)
    if draft.faults:
        raise _refusal(draft)
    if draft.guards:
        raise Guarded(*draft.guards)
    if terms.advice:
        draft.notices.extend(advice.advise(sources, draft.outlook))
    before, after = _shown(draft.steps)
    notices = list(dict.fromkeys(draft.notices))
    return Plan(
        draft.steps,
        before,
        after,
        "trunks",
        notices,
        {"removed": decided.removed, **removed},
    )


def _refusal(draft: _Draft) -> AlianzaError:
    """Return the error with all faults and guards."""
    error = InvalidInput(*map(str, draft.faults), guards=draft.guards)
    if not all(isinstance(fault, Ambiguous) for fault in draft.faults):
        return error
    ambiguous = Ambiguous(error.msg)
    ambiguous.guards = error.guards
    return ambiguous


def _missing_numbers(document: Document, state: State) -> Iterator[str]:
    """Yield a fault for every entry with numbers that are not on the account."""
    for entry in document.entries:
        missing = tn_route_plan.unknown_numbers(entry.numbers, state.numbers) if entry.numbers else []
        if missing:
            yield "trunk '%s': not on the account: %s; add them to the account first, or remove them from the list" % (
                entry.label,
                listed(missing),
            )


def _duplicate_trunks(document: Document, trunks: Trunks[Trunk]) -> Iterator[str]:
    """Yield a fault for every trunk that one entry gives by its name and another one by its id."""
    labels: dict[str, list[str]] = {}
    for entry in document.entries + document.absent:
        found = entry.found(trunks)
        if found is not None:
            labels.setdefault(found.trunk_id, []).append(entry.label)
    for trunk_id, given in labels.items():
        if len(set(given)) > 1:
            yield "%s are all the trunk %s: give each trunk once" % (
                " and ".join("'%s'" % label for label in given),
                trunk_id,
            )


def _names_alike(document: Document, trunks: Trunks[Trunk]) -> Iterator[Ambiguous]:
    """Yield an error for names that the document gives to several trunks and that differ only in form."""
    given: dict[str, list[str]] = {}
    for entry in document.entries:
        found = entry.found(trunks)
        if entry.wish.name and (found is None or found.name != entry.wish.name):
            given.setdefault(folded(entry.wish.name), []).append(entry.wish.name)
    for names in given.values():
        names = list(dict.fromkeys(names))
        if len(names) > 1:
            yield Ambiguous(
                "The new names %s differ only by case, blanks or Unicode form: give each trunk once"
                % " and ".join("'%s'" % name for name in names)
            )


def _about(label: str, error: AlianzaError) -> AlianzaError:
    """Return the error with the trunk that it is about, unless its sentence names the trunk already."""
    named = any(words in error.msg.lower() for words in ("trunk '%s'" % label.lower(), "named '%s'" % label.lower()))
    return error if named else error.about("trunk '%s'" % label)


def _trunks_after(document: Document, trunks: Trunks[Trunk]) -> Trunks[Trunk]:
    """Return the account's trunks under the names that they will have, and those that are to come."""
    renamed: dict[str, str] = {}
    for entry in document.entries:
        found = entry.found(trunks)
        if found is not None and entry.wish.name:
            renamed[found.trunk_id] = entry.wish.name
    return Trunks(
        (
            replace(trunk, values=dict(trunk.values, name=renamed.get(trunk.trunk_id, trunk.name)))
            for trunk in trunks.all
        ),
        _expected(document),
    )


def _expected(document: Document) -> set[str]:
    return {entry.wish.name for entry in document.entries if entry.wish.name and not entry.wish.trunk_id}


def _assign_groups(document: Document, draft: _Draft) -> document_groups.Memberships:
    """Decide which trunk is in which group, and leave in the wishes of the trunks what is written with them."""
    if not document.wants_groups():
        return document_groups.Memberships([])
    named = [(entry.wish, _reference(entry, draft.state.trunks)) for entry in document.entries]
    groups = document.groups or Listing()
    wishes, memberships = document_groups.assign(named, groups, Groups(draft.state.groups), draft.outlook.trunks)
    draft.wishes = wishes
    draft.faults.extend(memberships.faults)
    draft.notices.extend(memberships.notices)
    return memberships


def _plan_trunks(document: Document, draft: _Draft) -> None:
    """Plan the trunks themselves, and note how many calls they will carry."""
    trunks = draft.state.trunks
    expected = _expected(document)
    wishes = draft.wishes or [entry.wish for entry in document.entries]
    for entry, wish in zip(document.entries, wishes):
        if not entry.label:
            continue
        try:
            plan = sip_trunk_plan.plan_present(wish, trunks.expecting(expected - {entry.wish.name}))
        except AlianzaError as error:
            draft.faults.append(_about(entry.label, error))
            continue
        taken = sip_trunk_address.conflict(entry.wish, draft.state)
        draft.faults.extend([taken] if taken else [])
        draft.take(plan)
        found, reference = entry.found(trunks), _reference(entry, trunks)
        draft.outlook.calls[reference] = plan.facts["values"]["concurrent_calls"]
        if found is None:
            draft.outlook.rules[reference] = forwarding.Rules()


def _reference(entry: Entry, trunks: Trunks[Trunk]) -> Reference:
    """Return the Reference to the trunk of an entry; one that is still to be created has a name only."""
    found = entry.found(trunks)
    return Reference(SIP_TRUNK, found.trunk_id if found else None, entry.wish.name or (found.name if found else None))


def _plan_rules(rules: forwarding_plan.RulesWish, source: Reference, draft: _Draft) -> None:
    actual = draft.state.forwards.get(source.reference_id or "") or forwarding.Rules()
    trunk = TrunkRef(source.trunk_name, source.reference_id)
    plan, faults = forwarding_plan.plan_rules(rules, trunk, actual, draft.outlook.trunks, draft.state.forwards.values())
    # The planner of rules names the trunk in each fault.
    draft.faults.extend(faults)
    draft.take(plan)
    draft.outlook.rules[source] = plan.facts["rules"]


def _plan_numbers(
    numbers: Sequence[str], source: Reference, claimed: frozenset[str], terms: Terms, draft: _Draft
) -> None:
    wish = tn_route_plan.RouteWish(
        [number for number in numbers if number in draft.state.numbers],
        source,
        str(source.trunk_name or source.reference_id),
        exclusive=terms.prune != removal.NONE,
        reroute=terms.reroute,
        claimed=claimed,
    )
    plan, guards = tn_route_plan.plan_routes(wish, draft.state.numbers, draft.outlook.trunks)
    draft.guards.extend(guards)
    draft.take(plan)


def _as_it_is(value: Any) -> Any:
    return value


# What identifies a step's object in a diff, where its name alone does not.
_LABELS = {"sip_trunk_group": "trunk group %s", "caller_id": "caller ID %s"}
_FOLDS: dict[str, Callable[[Any], Any]] = {"telephone_numbers": fold, "from_numbers": from_numbers.folded}


def _shown(steps: Sequence[Step]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (before, after) of the steps: for each object the options that change, numbers as ranges."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        for option, values in step.changes.items():
            for side, value in ((before, values["before"]), (after, values["after"])):
                if value in (None, [], {}):
                    continue
                label = _LABELS.get(step.resource, "%s") % step.name
                shown = side.setdefault(label, {})
                if step.resource == "trunk_forwarding":
                    shown = shown.setdefault("forwarding", {})
                shown[option] = _FOLDS.get(option, _as_it_is)(value)
    return before, after
