# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Taking away what the trunk document does not hold: numbers of its trunks, and trunks that are not in it. Pure.

The planners are those of the single modules: numbers are unrouted as by alianza_tn_route with exclusive, and trunks are
deleted as by alianza_sip_trunk, behind the same guard, which here looks at the account as the rest of the document leaves it.
"""

from __future__ import annotations

from . import _sip_trunk_plan, _tn_route
from ._export import entry_of
from ._numbers import fold
from ._outlook import refer_to
from ._state import GROUPS, NUMBERS, State, forward, registration
from ._trunks import Trunks

NONE, OF_NUMBERS, ALL = CHOICES = ("none", "numbers", "all")


def needs(document, trunks, prune):
    """Return what must be read because of pruning; nothing where no trunk is to go.

    Args:
        document: the Document.
        trunks: the account's Trunks.
        prune: one of :data:`CHOICES`.
    """
    doomed = _doomed(document, trunks) if prune == ALL else ()
    if not doomed:
        return []
    rules = [forward(trunk.trunk_id) for trunk in trunks.all]
    return [NUMBERS, GROUPS] + rules + [registration(trunk.trunk_id) for trunk in doomed]


def plan(document, claimed, terms, draft):
    """Put into the draft what pruning deletes, and return all that pruning takes away, as a document.

    The numbers that listed trunks lose are in the draft already: their planner sees to them.

    Args:
        document: the Document.
        claimed: the numbers that the document gives to a trunk.
        terms: the Terms.
        draft: the Draft, with all that the document asks for.
    """
    removed = [{"name": step.name, "telephone_numbers": lost} for step in draft.steps for lost in [_unrouted(step)] if lost]
    doomed = _doomed(document, draft.state.trunks) if terms.prune == ALL else ()
    if doomed and not document.entries:
        _guard("The document is empty, and prune: all would delete all %d trunks of the account: list those that are to stay" % (
            len(doomed)), terms, draft)
    for trunk in doomed:
        removed.append(_unroute(trunk, claimed, draft))
        draft.outlook.remove(trunk)
    for trunk in doomed:
        draft.faults.extend(_asked_for(trunk, document))
        _delete(trunk, doomed, terms, draft)
    return sorted(removed, key=lambda entry: entry.get("name", ""))


def _doomed(document, trunks):
    """Return the account's trunks that no entry of the document means."""
    kept = {found.trunk_id for found in (entry.found(trunks) for entry in document.entries) if found}
    return sorted((trunk for trunk in trunks.all if trunk.trunk_id not in kept), key=lambda trunk: (trunk.name, trunk.trunk_id))


def _unrouted(step):
    """Return the numbers that a step leaves without a destination, as ranges."""
    return fold(move.number for move in getattr(step, "moves", ()) if move.target is None)


def _unroute(trunk, claimed, draft):
    """Take the numbers from a trunk that is to go, and return its entry for what was removed."""
    wish = _tn_route.RouteWish([], refer_to(trunk), trunk.name, exclusive=True, claimed=claimed)
    routes = _tn_route.plan_routes(wish, draft.state.numbers, draft.outlook.trunks)[0]
    draft.take(routes)
    draft.outlook.move(routes.steps)
    entry, left_out = entry_of(trunk, draft.state.forwards[trunk.trunk_id], routes.facts["unrouted"], draft.outlook.trunks)
    draft.warnings.extend(left_out)
    return entry


def _asked_for(trunk, document):
    """Yield a fault for every entry that sends calls to a trunk which the same document lets go."""
    for entry in document.entries:
        wanted = entry.rules.references() if entry.rules else ()
        if any(trunk.trunk_id == target.reference_id or target.reference_id is None and trunk.name == target.trunk_name for target in wanted):
            yield "trunk '%s': it forwards to '%s', which prune: all deletes: list '%s' too, or forward elsewhere" % (
                entry.label, trunk.name, trunk.name)


def _delete(trunk, doomed, terms, draft):
    here, state = refer_to(trunk), draft.state
    kept = [each for each in draft.outlook.trunks.all if each.trunk_id not in {gone.trunk_id for gone in doomed}]
    after = State(trunks=Trunks(kept), numbers={}, groups=state.groups, forwards={
        each.trunk_id: draft.outlook.rules[refer_to(each)] for each in kept})
    reasons = _sip_trunk_plan.users(trunk, after)
    if state.registrations[trunk.trunk_id]["registered"]:
        reasons.insert(0, "its PBX is registered")
    if reasons:
        _guard("Trunk '%s' is not in the document, so prune: all deletes it, and %s: list it, or send its calls elsewhere first" % (
            trunk.name, "; ".join(reasons)), terms, draft)
    steps = _sip_trunk_plan.plan_absent(_sip_trunk_plan.TrunkWish(None, trunk.trunk_id, {}), state, force=True).steps
    for step in steps:
        step.freed_by = tuple(other for other in draft.steps if _frees(other, here, state))
    draft.steps.extend(steps)


def _frees(step, here, state):
    """Whether calls go to the trunk for as long as the step is not carried out."""
    if step.resource == "tn_route":
        return any(move.origin == here for move in step.moves)
    return step.resource == "trunk_forwarding" and step.source.trunk_id is not None and (
        here in state.forwards[step.source.trunk_id].references())


def _guard(reason, terms, draft):
    """Object, or merely warn when the user insists."""
    if terms.force:
        draft.warnings.append("%s. It is done all the same, since force is true" % reason.partition(": list")[0])
    else:
        draft.guards.append("%s, or set force: true" % reason)
