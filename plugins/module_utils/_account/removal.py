# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What deletes trunks: ``prune`` and ``state: absent``. What is deleted, in which order, and what objects. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._common.errors import AlianzaError
from .._common.notices import Guard, Notice
from .._common.numbers import fold
from .._resource import sip_trunk_plan, tn_route_plan
from .._resource.forwarding_plan import ForwardStep
from .._resource.plan import Step
from .._resource.references import Reference
from .._resource.sip_trunk import Trunk
from .._resource.sip_trunk_group_plan import GroupStep
from .._resource.state import GROUPS, NUMBERS, Need, State, forward, registration
from .._resource.trunks import Trunks
from .document import Document, Entry
from .export import comes_back_as, entry_of, identity
from .outlook import Outlook, refer_to

NONE, OF_NUMBERS, ALL = CHOICES = ("none", "numbers", "all")


@dataclass
class Removal:
    """What is taken away from an account.

    Attributes:
        steps: the routes and the trunks that are deleted, in the order in which they are carried out.
        removed: all that is taken away, as a document that can be applied again.
        notices: what the user should know.
        faults: why it cannot be done, one sentence each.
        guards: why it is not done unless the user insists.
    """

    steps: list[Step] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)


@dataclass(frozen=True)
class _Cause:
    """Why a trunk is deleted, in the words of messages.

    Attributes:
        option: what deletes it.
        predicate: follows the trunk's name.
        alternative: what else to do when a guard objects.
        contradiction: what to do when the same document forwards to the trunk; takes its name.
    """

    option: str
    predicate: str
    alternative: str
    contradiction: str


_NOT_LISTED = _Cause(
    "prune: all",
    "is not in the document, so prune: all deletes it",
    "add it to the document",
    "add '%s' to the document too, or forward elsewhere",
)
_ABSENT = _Cause("state: absent", "has state: absent", "", "forward elsewhere than to '%s'")


def needs(document: Document, trunks: Trunks[Trunk], prune: str) -> list[Need]:
    """Return what must be read because trunks are to be deleted; nothing where none is.

    Args:
        document: the Document.
        trunks: the account's Trunks.
        prune: one of :data:`CHOICES`.
    """
    to_delete = _to_delete(document, trunks, prune)
    if not to_delete:
        return []
    rules = [forward(trunk.trunk_id) for trunk in trunks.all]
    return [NUMBERS, GROUPS] + rules + [registration(trunk.trunk_id) for trunk in to_delete]


def plan_removal(document: Document, state: State, outlook: Outlook, steps: Sequence[Step], prune: str) -> Removal:
    """Return the Removal: what is deleted, and all that is taken away.

    Args:
        document: the Document.
        state: State with what :func:`needs` asks for.
        outlook: the Outlook after the steps; it is not changed.
        steps: the steps that the document asks for; the numbers that listed trunks lose are among them.
        prune: one of :data:`CHOICES`.
    """
    removal = Removal()
    removal.removed.extend(
        dict(identity(outlook.trunks.by_id[trunk_id], outlook.trunks), telephone_numbers=fold(numbers))
        for trunk_id, numbers in _unrouted(steps).items()
    )
    removal.faults.extend(_ambiguous(document, state.trunks))
    to_delete = _to_delete(document, state.trunks, prune)
    if prune == ALL and to_delete and not document.entries:
        removal.guards.append(
            Guard(
                "empty_document",
                None,
                "The document %s, and prune: all would delete all %d trunks of the account"
                % ("keeps no trunk" if document.absent else "is empty", len(to_delete)),
                "list the trunks that are to stay",
            )
        )
    new_names = new_names_of(document, state.trunks, outlook, prune)
    for trunk in to_delete:
        _unroute(trunk, document.claimed_numbers(), new_names, state, outlook, removal)
    absent = _ids_of(document.absent, state.trunks)
    for trunk in to_delete:
        cause = _ABSENT if trunk.trunk_id in absent else _NOT_LISTED
        removal.faults.extend(_contradictions(trunk, document, cause))
        removal.faults.extend(_group_contradictions(trunk, document, cause))
        removal.guards.extend(_guards(trunk, to_delete, cause, state, outlook))
        removal.notices.extend(sip_trunk_plan.leaves_group(trunk, outlook.groups))
        removal.steps.extend(_delete(trunk, state, [*steps, *removal.steps]))
    removal.removed.sort(key=lambda entry: str(entry.get("name", "")))
    return removal


def new_names_of(document: Document, trunks: Trunks[Trunk], outlook: Outlook, prune: str) -> dict[str, str]:
    """Return {id: the name under which it is created again} of the trunks that are deleted.

    Args:
        document: the Document.
        trunks: the account's Trunks.
        outlook: the Outlook.
        prune: one of :data:`CHOICES`.
    """
    return {trunk.trunk_id: comes_back_as(trunk, outlook.trunks) for trunk in _to_delete(document, trunks, prune)}


def _ambiguous(document: Document, trunks: Trunks[Trunk]) -> Iterator[str]:
    """Yield a fault for every entry with state: absent whose name and id do not say which trunk it is."""
    for entry in document.absent:
        try:
            if entry.label:
                sip_trunk_plan.trunk_to_delete(entry.wish, trunks)
        except AlianzaError as error:
            yield "trunk '%s': %s" % (entry.label, error.msg)


def _ids_of(entries: Iterable[Entry], trunks: Trunks[Trunk]) -> set[str]:
    """Return the ids of the account's trunks that the entries are about."""
    return {found.trunk_id for found in (entry.found(trunks) for entry in entries) if found}


def _to_delete(document: Document, trunks: Trunks[Trunk], prune: str) -> list[Trunk]:
    """Return the account's trunks that are to be deleted, sorted by name."""
    absent, kept = _ids_of(document.absent, trunks), _ids_of(document.entries, trunks)
    return sorted(
        (trunk for trunk in trunks.all if trunk.trunk_id in absent or prune == ALL and trunk.trunk_id not in kept),
        key=lambda trunk: (trunk.name, trunk.trunk_id),
    )


def _moves(steps: Iterable[Step]) -> Iterator[tn_route_plan.Move]:
    for step in steps:
        if isinstance(step, tn_route_plan.RouteStep):
            yield from step.moves


def _unrouted(steps: Iterable[Step]) -> dict[str, list[str]]:
    """Return {id of a trunk: the numbers that it loses without another destination taking them}."""
    lost: dict[str, list[str]] = {}
    for move in _moves(steps):
        if move.target is None and move.origin is not None:
            lost.setdefault(str(move.origin.reference_id), []).append(move.number)
    return lost


def _unroute(
    trunk: Trunk,
    claimed: frozenset[str],
    new_names: dict[str, str],
    state: State,
    outlook: Outlook,
    removal: Removal,
) -> None:
    """Add to the removal the numbers of a trunk that is to be deleted, and its entry of what was removed."""
    wish = tn_route_plan.RouteWish([], refer_to(trunk), trunk.name, exclusive=True, claimed=claimed)
    routes = tn_route_plan.plan_routes(wish, state.numbers, outlook.trunks)[0]
    groups = state.groups if state.has(GROUPS) else ()
    # A group that is deleted too comes back with its trunks, and under another id.
    gone = {group.group_id for group in groups}.difference(group.group_id for group in outlook.groups)
    entry, left_out = entry_of(
        trunk, state.forwards[trunk.trunk_id], routes.facts["unrouted"], outlook.trunks, new_names, gone
    )
    removal.steps.extend(routes.steps)
    removal.removed.append(entry)
    removal.notices.extend(routes.notices + left_out)
    if new_names[trunk.trunk_id] != trunk.name:
        removal.notices.append(
            Notice(
                "name_shared",
                trunk.name,
                "Trunk %s shares the name '%s' with others, so it is listed under removed as '%s': apply it again under that name"
                % (trunk.trunk_id, trunk.name, new_names[trunk.trunk_id]),
            )
        )


def _contradictions(trunk: Trunk, document: Document, cause: _Cause) -> Iterator[str]:
    """Yield a fault for every entry that sends calls to a trunk which the same document deletes."""
    for entry in document.entries:
        wanted = entry.rules.references() if entry.rules else []
        if any(
            trunk.trunk_id == target.reference_id or target.reference_id is None and trunk.name == target.trunk_name
            for target in wanted
        ):
            yield "trunk '%s': it forwards to '%s', which %s deletes: %s" % (
                entry.label,
                trunk.name,
                cause.option,
                cause.contradiction % trunk.name,
            )


def _group_contradictions(trunk: Trunk, document: Document, cause: _Cause) -> Iterator[str]:
    """Yield a fault for every trunk group of the document that has, or forwards to, a trunk which the same document deletes."""
    for entry in document.groups.present if document.groups else ():
        for says, wanted in (
            ("it forwards to", entry.wish.rules.references()),
            ("its trunks hold", entry.wish.members or ()),
        ):
            if any(
                trunk.trunk_id in (target.reference_id, target.trunk_name)
                or target.reference_id is None
                and trunk.name == target.trunk_name
                for target in wanted
            ):
                yield "trunk group '%s': %s '%s', which %s deletes: take it out" % (
                    entry.label,
                    says,
                    trunk.name,
                    cause.option,
                )


def _guards(trunk: Trunk, to_delete: list[Trunk], cause: _Cause, state: State, outlook: Outlook) -> list[Guard]:
    """Return what objects to deleting a trunk, on the account as the document leaves it."""
    gone = {each.trunk_id for each in to_delete}
    kept = [each for each in outlook.trunks.all if each.trunk_id not in gone]
    after = State(
        trunks=Trunks(kept),
        numbers={},
        groups=outlook.groups,
        forwards={each.trunk_id: outlook.rules[refer_to(each)] for each in kept},
    )
    reasons = sip_trunk_plan.references_to(trunk, after)
    if trunk.values["ip_based_auth_enabled"]:
        reasons.insert(0, ("ip_based_auth", "its PBX is authenticated by its IP address and never registers"))
    if state.registrations[trunk.trunk_id]["registered"]:
        reasons.insert(0, ("registered", "its PBX is registered"))
    return sip_trunk_plan.deletion_guards(trunk, reasons, cause.predicate, cause.alternative)


def _delete(trunk: Trunk, state: State, before: Sequence[Step]) -> list[Step]:
    """Return the step that deletes a trunk, with the steps before it that stop sending calls to it."""
    here = refer_to(trunk)
    steps = sip_trunk_plan.plan_absent(sip_trunk_plan.TrunkWish(None, trunk.trunk_id, {}), state, force=True).steps
    for step in steps:
        if isinstance(step, sip_trunk_plan.TrunkStep):
            step.freed_by = tuple(other for other in before if _frees(other, here, state))
    return steps


def _frees(step: Step, here: Reference, state: State) -> bool:
    """Whether calls go to the trunk for as long as the step is not carried out."""
    if isinstance(step, GroupStep):
        before = [group for group in state.groups if group.group_id == step.group_id]
        return any(here in group.references for group in before)
    if isinstance(step, ForwardStep) and step.source is not None and step.source.trunk_id is not None:
        return here in state.forwards[step.source.trunk_id].references()
    return any(move.origin == here for move in _moves([step]))
