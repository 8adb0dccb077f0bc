# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Taking away what the trunk document does not hold: numbers of its trunks, and trunks that are not in it. Pure.

The planners are those of the single modules: numbers are unrouted as by alianza_tn_route with exclusive, and trunks are
deleted as by alianza_sip_trunk, behind the same guard, which here looks at the account as the rest of the document leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .._common.errors import AlianzaError
from .._common.numbers import fold
from .._resource import sip_trunk_plan, tn_route_plan
from .._resource.state import GROUPS, NUMBERS, State, forward, registration
from .._resource.trunks import Trunks
from .export import comes_back_as, entry_of, identity
from .outlook import refer_to

NONE, OF_NUMBERS, ALL = CHOICES = ("none", "numbers", "all")


@dataclass(frozen=True)
class _Why:
    """Why a trunk goes, in the words of messages.

    Attributes:
        says: after the trunk's name.
        remedy: what to do when a guard objects.
        by: what deletes it.
        contradicts: what to do when the same document forwards to it.
    """

    says: str
    remedy: str
    by: str
    contradicts: str


_UNLISTED = _Why(
    "is not in the document, so prune: all deletes it",
    "list it, or send its calls elsewhere first",
    "prune: all",
    "list '{}' too, or forward elsewhere",
)
_ASKED = _Why(
    "has state: absent", "stop its PBX and send its calls elsewhere first", "state: absent", "forward elsewhere"
)


def needs(document, trunks, prune):
    """Return what must be read because trunks are to go; nothing where none is.

    Args:
        document: the Document.
        trunks: the account's Trunks.
        prune: one of :data:`CHOICES`.
    """
    doomed = _doomed(document, trunks, prune)
    if not doomed:
        return []
    rules = [forward(trunk.trunk_id) for trunk in trunks.all]
    return [NUMBERS, GROUPS] + rules + [registration(trunk.trunk_id) for trunk in doomed]


def plan(document, claimed, terms, draft):
    """Put into the draft what is deleted, and return all that is taken away, as a document.

    The numbers that listed trunks lose are in the draft already: their planner sees to them.

    Args:
        document: the Document.
        claimed: the numbers that the document gives to a trunk.
        terms: the Terms.
        draft: the Draft, with all that the document asks for.
    """
    removed = [
        dict(identity(draft.outlook.trunks.by_id[trunk_id], draft.outlook.trunks), telephone_numbers=fold(numbers))
        for trunk_id, numbers in _unrouted(draft.steps).items()
    ]
    draft.faults.extend(_cannot_be_told(document, draft.state.trunks))
    doomed = _doomed(document, draft.state.trunks, terms.prune)
    if doomed and not document.entries and not document.absent:
        _guard(
            "The document is empty, and prune: all would delete all %d trunks of the account" % len(doomed),
            "list those that are to stay",
            terms,
            draft,
        )
    going = {trunk.trunk_id: comes_back_as(trunk, draft.outlook.trunks) for trunk in doomed}
    for trunk in doomed:
        removed.append(_unroute(trunk, claimed, going, draft))
        draft.outlook.remove(trunk)
        if going[trunk.trunk_id] != trunk.name:
            draft.warnings.append(
                "Trunk %s shares the name '%s' with others, so what is removed tells it as '%s', the name that it would come back with"
                % (trunk.trunk_id, trunk.name, going[trunk.trunk_id])
            )
    asked = _meant(document.absent, draft.state.trunks)
    for trunk in doomed:
        why = _ASKED if trunk.trunk_id in asked else _UNLISTED
        draft.faults.extend(_asked_for(trunk, document, why))
        _delete(trunk, doomed, why, terms, draft)
    return sorted(removed, key=lambda entry: entry.get("name", ""))


def _cannot_be_told(document, trunks):
    """Yield a fault for every trunk that is to be absent and cannot be told from the others; one that is gone is none."""
    for entry in document.absent:
        try:
            if entry.label:
                sip_trunk_plan.doomed(entry.wish, trunks)
        except AlianzaError as error:
            yield "trunk '%s': %s" % (entry.label, error.msg)


def _meant(entries, trunks):
    """Return the ids of the account's trunks that some entries mean."""
    return {found.trunk_id for found in (entry.found(trunks) for entry in entries) if found}


def _doomed(document, trunks, prune):
    """Return the account's trunks that are to go, sorted by name."""
    asked, kept = _meant(document.absent, trunks), _meant(document.entries, trunks)
    return sorted(
        (trunk for trunk in trunks.all if trunk.trunk_id in asked or prune == ALL and trunk.trunk_id not in kept),
        key=lambda trunk: (trunk.name, trunk.trunk_id),
    )


def _unrouted(steps):
    """Return {id of the trunk: the numbers that it loses} of the steps."""
    lost = {}
    for move in (move for step in steps for move in getattr(step, "moves", ()) if move.target is None):
        lost.setdefault(move.origin.reference_id, []).append(move.number)
    return lost


def _unroute(trunk, claimed, going, draft):
    """Take the numbers from a trunk that is to go, and return its entry for what was removed."""
    wish = tn_route_plan.RouteWish([], refer_to(trunk), trunk.name, exclusive=True, claimed=claimed)
    routes = tn_route_plan.plan_routes(wish, draft.state.numbers, draft.outlook.trunks)[0]
    draft.take(routes)
    draft.outlook.move(routes.steps)
    entry, left_out = entry_of(
        trunk, draft.state.forwards[trunk.trunk_id], routes.facts["unrouted"], draft.outlook.trunks, going
    )
    draft.warnings.extend(left_out)
    return entry


def _asked_for(trunk, document, why):
    """Yield a fault for every entry that sends calls to a trunk which the same document lets go."""
    for entry in document.entries:
        wanted = entry.rules.references() if entry.rules else ()
        if any(
            trunk.trunk_id == target.reference_id or target.reference_id is None and trunk.name == target.trunk_name
            for target in wanted
        ):
            yield "trunk '%s': it forwards to '%s', which %s deletes: %s" % (
                entry.label,
                trunk.name,
                why.by,
                why.contradicts.format(trunk.name),
            )


def _delete(trunk, doomed, why, terms, draft):
    here, state = refer_to(trunk), draft.state
    kept = [each for each in draft.outlook.trunks.all if each.trunk_id not in {gone.trunk_id for gone in doomed}]
    after = State(
        trunks=Trunks(kept),
        numbers={},
        groups=state.groups,
        forwards={each.trunk_id: draft.outlook.rules[refer_to(each)] for each in kept},
    )
    reasons = sip_trunk_plan.users(trunk, after)
    if state.registrations[trunk.trunk_id]["registered"]:
        reasons.insert(0, "its PBX is registered")
    if reasons:
        _guard("Trunk '%s' %s, and %s" % (trunk.name, why.says, "; ".join(reasons)), why.remedy, terms, draft)
    steps = sip_trunk_plan.plan_absent(sip_trunk_plan.TrunkWish(None, trunk.trunk_id, {}), state, force=True).steps
    for step in steps:
        step.freed_by = tuple(other for other in draft.steps if _frees(other, here, state))
    draft.steps.extend(steps)


def _frees(step, here, state):
    """Whether calls go to the trunk for as long as the step is not carried out."""
    if step.resource == "tn_route":
        return any(move.origin == here for move in step.moves)
    return (
        step.resource == "trunk_forwarding"
        and step.source.trunk_id is not None
        and (here in state.forwards[step.source.trunk_id].references())
    )


def _guard(reason, remedy, terms, draft):
    """Object, or merely warn when the user insists."""
    if terms.force:
        draft.warnings.append("%s. It is done all the same, since force is true" % reason)
    else:
        draft.guards.append("%s: %s, or set force: true" % (reason, remedy))
