# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of an account: every trunk with its rules and its numbers, checked and planned as a whole. Pure.

It has no rules of its own about trunks, forwarding or numbers: those are in their planners, which it calls and puts in
order. What it adds is what can only be seen from above: a name given twice, a number on two trunks, a rule that points
at a trunk which the same document creates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from . import _forwarding, _sip_trunk_plan, _tn_route
from ._errors import AlianzaError, InvalidInput
from ._numbers import expand, fold
from ._plan import Plan
from ._references import SIP_TRUNK, Reference
from ._state import NUMBERS, TRUNKS, forward
from ._trunks import TrunkRef, Trunks


@dataclass
class Entry:
    """One trunk of the document; a key that was left out is None.

    Attributes:
        wish: the TrunkWish.
        rules: the RulesWish, or None.
        numbers: list of 11-digit numbers, or None.
    """

    wish: object
    rules: object = None
    numbers: list | None = None

    @property
    def label(self):
        """The trunk in words."""
        return self.wish.name or self.wish.trunk_id


@dataclass
class Document:
    """The wanted state of an account.

    Attributes:
        entries: one Entry a trunk.
        faults: what is wrong with it by itself, one sentence each.
    """

    entries: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def wants_numbers(self):
        """Whether any trunk says which numbers it has."""
        return any(entry.numbers is not None for entry in self.entries)


def parse_document(given):
    """Return the Document of a list of trunks, with everything that is wrong with it by itself."""
    document = Document()
    owners, names = {}, {}
    for place, item in enumerate(given, 1):
        entry, faults = _parse_entry(item)
        label = "trunk '%s'" % entry.label if entry.label else "trunk number %d" % place
        document.faults.extend("%s: %s" % (label, fault) for fault in faults)
        document.entries.append(entry)
        for identity in (("name", entry.wish.name), ("id", entry.wish.trunk_id)):
            if identity[1]:
                names.setdefault(identity, []).append(str(place))
        for number in entry.numbers or ():
            owners.setdefault(number, []).append(label)
    document.faults.extend(
        "the %s '%s' is given to %d trunks (numbers %s of the list): give each trunk once" % (
            identity[0], identity[1], len(places), ", ".join(places))
        for identity, places in names.items() if len(places) > 1)
    document.faults.extend(
        "%s is on %s: a number rings at one trunk" % (number, " and ".join(labels))
        for number, labels in owners.items() if len(labels) > 1)
    return document


def _parse_entry(item):
    wish, faults = _sip_trunk_plan.parse_wish(item)
    rules = numbers = None
    if item.get("forwarding"):
        rules, bad = _forwarding.parse_wish(item["forwarding"])
        faults.extend("forwarding: %s" % fault for fault in bad)
        if rules == _forwarding.RulesWish():
            rules = None
    if item.get("telephone_numbers") is not None:
        numbers, bad = expand(item["telephone_numbers"])
        faults.extend("telephone_numbers: %s" % fault for fault in bad)
    return Entry(wish, rules, numbers), faults


def needs(document, state):
    """Return what must be read before the document can be planned."""
    wanted = [TRUNKS] + ([NUMBERS] if document.wants_numbers() else [])
    if state.trunks is not None:
        wanted.extend(
            forward(trunk_id)
            for trunk_id in (_existing_id(entry, state.trunks) for entry in document.entries if entry.rules) if trunk_id)
    return wanted


def _existing_id(entry, trunks):
    """The id of the trunk that an entry means, None where it is to be created or cannot be told."""
    try:
        trunk = trunks.by_id.get(entry.wish.trunk_id) if entry.wish.trunk_id else trunks.named(entry.wish.name)
    except AlianzaError:
        return None
    return trunk.trunk_id if trunk else None


def plan_document(document, state, reroute=True):
    """Return the Plan that makes the account what the document says.

    Args:
        document: the Document.
        state: State with what :func:`needs` asks for.
        reroute: numbers that ring elsewhere may be taken from there.

    Raises:
        InvalidInput: with every fault of the document, by itself and against the account.
    """
    faults = list(document.faults)
    faults.extend(_missing_numbers(document, state))
    faults.extend(_meant_twice(document, state.trunks))
    parts, future = _plan_trunks(document, state.trunks, faults)
    refs = {id(entry): _reference(entry, future) for entry in document.entries}
    for entry in document.entries:
        if entry.rules is not None:
            source = refs[id(entry)]
            actual = state.forwards.get(source.trunk_id) or _forwarding.Rules()
            plan, bad = _forwarding.plan_rules(entry.rules, source, actual, future)
            faults.extend("trunk '%s': %s" % (source.label, fault) for fault in bad)
            parts.append((source.label, "forwarding", plan))
    parts.extend(_plan_numbers(document, state, refs, future, reroute, faults))
    if faults:
        raise InvalidInput(*faults)
    return _joined(parts)


def _missing_numbers(document, state):
    for entry in document.entries:
        missing = _tn_route.unknown_numbers(entry.numbers or (), state.numbers or {})
        if missing:
            yield "trunk '%s': not on the account: %s; add them to the account first, or take them out" % (
                entry.label, ", ".join(missing))


def _meant_twice(document, trunks):
    """A trunk that one entry means by its name and another one by its id."""
    labels = {}
    for entry in document.entries:
        labels.setdefault(_existing_id(entry, trunks), []).append(entry.label)
    for trunk_id, meant in labels.items():
        if trunk_id is not None and len(set(meant)) > 1:
            yield "%s are all the trunk %s: give each trunk once" % (" and ".join("'%s'" % label for label in meant), trunk_id)


def _plan_trunks(document, trunks, faults):
    """Return the trunks' plans, and the account's trunks as they will be named."""
    coming = {entry.wish.name for entry in document.entries if not entry.wish.trunk_id}
    parts, renamed = [], {}
    for entry in document.entries:
        if not entry.label:
            continue
        try:
            plan = _sip_trunk_plan.plan_present(entry.wish, trunks.expecting(coming - {entry.wish.name}))
        except AlianzaError as error:
            faults.append("trunk '%s': %s" % (entry.label, error.msg))
            continue
        parts.append((entry.label, None, plan))
        if entry.wish.trunk_id and entry.wish.name:
            renamed[entry.wish.trunk_id] = entry.wish.name
    after = [
        replace(trunk, values=dict(trunk.values, name=renamed[trunk.trunk_id])) if trunk.trunk_id in renamed else trunk
        for trunk in trunks.all
    ]
    return parts, Trunks(after, coming)


def _reference(entry, trunks):
    trunk_id = _existing_id(entry, trunks)
    name = entry.wish.name or (trunks.by_id[trunk_id].name if trunk_id else None)
    return TrunkRef(name, trunk_id)


def _plan_numbers(document, state, refs, future, reroute, faults):
    claimed = frozenset(number for entry in document.entries for number in entry.numbers or ())
    for entry in document.entries:
        if entry.numbers is None:
            continue
        trunk = refs[id(entry)]
        wish = _tn_route.RouteWish(
            [number for number in entry.numbers if number in state.numbers],
            Reference(SIP_TRUNK, trunk.trunk_id, trunk.name), trunk.label, reroute=reroute, claimed=claimed)
        plan, bad = _tn_route.plan_routes(wish, state.numbers, future)
        faults.extend("trunk '%s': %s" % (trunk.label, fault) for fault in bad)
        yield trunk.label, "telephone_numbers", plan


def _joined(parts):
    """Return one Plan of many; its before and after hold, for each trunk, the parts that change."""
    whole = Plan(before={}, after={}, header="trunks")
    for label, key, plan in parts:
        whole.steps.extend(plan.steps)
        whole.warnings.extend(warning for warning in plan.warnings if warning not in whole.warnings)
        if not plan.changed:
            continue
        for side, shown in ((whole.before, plan.before), (whole.after, plan.after)):
            if key is None:
                side.setdefault(label, {}).update(shown)
            elif key == "telephone_numbers":
                values = plan.steps[0].changes[key]["before" if side is whole.before else "after"]
                side.setdefault(label, {})[key] = fold(values)
            else:
                side.setdefault(label, {})[key] = shown
    return whole
