# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Writing caller IDs: what others need is created first, and deleted last.

The FROM numbers of all caller IDs are written together, several at a time. What a write may not have done is looked up in the
lists once, for all of them. A caller ID is deleted only when everything that is to happen before has happened, since its
mappings are lost with it.

Facts: POST and DELETE .../cid/callerid and .../cid/fromnumber, PUT .../cid/mapping, where null ends a mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Callable

from .._common.errors import AlianzaError, NotApplied, Refused, Unreadable
from .._resource import caller_id
from .._resource.caller_id_plan import CallerIdStep, Mapped
from .._resource.plan import Outcome
from .bulk import NotAttempted, bulk_error, not_attempted
from .create_caller_id import create_caller_id, create_from_number
from .protocols import Api
from .refusals import BODY_REFUSED
from .settling import settled
from .workers import Breaker, call_each

_Sleep = Callable[[float], None]
# With these the API may refuse to delete a FROM number because it is mapped.
_MAY_BE_MAPPED = (*BODY_REFUSED, 409)
_NOT_READ = "The API accepted the write, but the list that shows it could not be read, so run again to find out"
_NO_CALLER_ID = "not attempted: caller ID %s was not created"
_NOT_WRITTEN = "The API accepted the write, but %s %s: check the number, or contact Alianza"
_NOT_DELETED = "The API accepted the delete, but its list still shows %s: run again in a minute, or contact Alianza"


def write_caller_ids(
    api: Api, steps: Sequence[Any], workers: int, breaker: Breaker, outcome: Outcome, sleep: _Sleep
) -> None:
    """Carry out the steps of all caller IDs.

    Args:
        api: the Api.
        steps: the CallerIdSteps.
        workers: the maximum number of writes at a time.
        breaker: the Breaker that the whole plan shares.
        outcome: the Outcome, which says afterwards what was done and what was not.
        sleep: waits some seconds.
    """
    if steps:
        _Writer(api, steps, workers, breaker, outcome, sleep).run()


class _Writer:
    """Carries out the steps of one plan."""

    def __init__(
        self, api: Api, steps: Sequence[CallerIdStep], workers: int, breaker: Breaker, outcome: Outcome, sleep: _Sleep
    ) -> None:
        self._api = api
        self._steps = steps
        self._workers = workers
        self._breaker = breaker
        self._outcome = outcome
        self._sleep = sleep
        # {caller ID: its spelling in the API} and {FROM number or caller ID: why it was not written}
        self._spelled = {step.name: step.wire for step in steps}
        self._errors: dict[str, AlianzaError] = {}
        self._refused: dict[str, AlianzaError] = {}
        # The moves whose answer did not show them.
        self._doubtful: list[Mapped] = []

    def run(self) -> None:
        """Carry out all steps, and report on each."""
        self._create()
        moves = [move for step in self._steps for move in step.moves]
        for move in moves:
            if move.target in self._refused:
                self._errors[move.from_number] = NotAttempted(_NO_CALLER_ID % move.target)
        self._each(self._map, [move for move in moves if move.target is not None])
        self._each(self._unmap, [move for move in moves if move.target is None])
        self._verify([move for move in moves if move.from_number not in self._errors])
        self._delete()
        for step in self._steps:
            self._report(step)

    def _create(self) -> None:
        steps = [step for step in self._steps if step.action == "create"]

        def create(step: CallerIdStep) -> str:
            return create_caller_id(self._api, step.wire, bool(step.moves), self._sleep)

        for step, spelled, error in call_each(create, steps, self._workers, self._breaker):
            if spelled is None:
                self._refused[step.name] = error or not_attempted(self._breaker)
            else:
                self._spelled[step.name] = spelled
                self._outcome.wrote = True

    def _each(self, write: Callable[[Mapped], bool], moves: Iterable[Mapped]) -> None:
        """Write some FROM numbers, and note which of them failed and which have to be looked up."""
        left = [move for move in moves if move.from_number not in self._errors]
        for move, sure, error in call_each(write, left, self._workers, self._breaker):
            if sure is None:
                self._errors[move.from_number] = error or not_attempted(self._breaker)
                continue
            self._outcome.wrote = True
            if not sure:
                self._doubtful.append(move)

    def _map(self, move: Mapped) -> bool:
        """Let a FROM number show a caller ID; return whether the answer shows that."""
        wire = move.wire
        if move.create:
            wire = create_from_number(self._api, move.wire, self._sleep)
            self._outcome.wrote = True
        return self._put(move, wire, self._spelled.get(str(move.target), move.target))

    def _unmap(self, move: Mapped) -> bool:
        """Let a FROM number show no caller ID; return whether the answer shows that."""
        if not move.delete:
            return self._put(move, move.wire, None)
        try:
            self._api.delete_from_number(move.wire)
        except Refused as refused:
            if refused.status not in _MAY_BE_MAPPED:
                raise
            self._delete_unmapped(move)
        return True

    def _delete_unmapped(self, move: Mapped) -> None:
        """Delete a FROM number after its mapping; if that fails too it is mapped again, so that a rerun finds it."""
        self._put(move, move.wire, None)
        try:
            self._api.delete_from_number(move.wire)
        except AlianzaError:
            self._put(move, move.wire, self._spelled.get(str(move.origin), move.origin))
            raise

    def _put(self, move: Mapped, wire: str, target: str | None) -> bool:
        body = {caller_id.FROM_NUMBER_WIRE: wire, caller_id.CALLER_ID_WIRE: target}
        try:
            answer = self._api.put_caller_id_mapping(body)
        except Unreadable:
            return False
        self._outcome.wrote = True
        if not answer:
            return True
        return caller_id.from_number_of(answer) == move.from_number and caller_id.caller_id_of(answer) == move.target

    def _verify(self, moves: Sequence[Mapped]) -> None:
        """Look up what the answers did not show, and what was deleted; note what was not done as failed."""
        doubtful = [move for move in self._doubtful if move.from_number not in self._errors]
        deleted = [move for move in moves if move.delete]
        if not doubtful and not deleted:
            return

        def left(dummy: Any = None) -> list[Mapped]:
            mappings = self._api.caller_id_mappings() if doubtful else []
            shown = {caller_id.from_number_of(wire): caller_id.caller_id_of(wire) for wire in mappings}
            numbers = self._api.from_numbers() if deleted else []
            there = {caller_id.from_number_of(wire) for wire in numbers}
            return [move for move in doubtful if shown.get(move.from_number) != move.target] + [
                move for move in deleted if move.from_number in there
            ]

        try:
            remaining = left()
            if remaining:
                remaining = settled(lambda found: not found, left, self._sleep)[1]
        except AlianzaError as unread:
            self._errors.update(
                dict.fromkeys((move.from_number for move in doubtful + deleted), unread.about(_NOT_READ))
            )
            return
        for move in remaining:
            if move.delete:
                text = _NOT_DELETED % move.from_number
            elif move.target:
                text = _NOT_WRITTEN % (move.from_number, "does not show caller ID %s" % move.target)
            else:
                text = _NOT_WRITTEN % (move.from_number, "still shows caller ID %s" % move.origin)
            self._errors[move.from_number] = NotApplied(text)

    def _delete(self) -> None:
        """Delete the caller IDs that nothing is to show any longer, unless something before was not done."""
        held = {move.origin for step in self._steps for move in step.moves if move.from_number in self._errors}
        steps = [step for step in self._steps if step.action == "delete"]
        for step in steps:
            if step.name in held:
                self._refused[step.name] = NotAttempted(
                    "not attempted: not all of its FROM numbers were written, and it would take their mappings with it"
                )

        def delete(step: CallerIdStep) -> bool:
            self._api.delete_caller_id(step.wire)
            return True

        done = []
        left = [step for step in steps if step.name not in self._refused]
        for step, deleted, error in call_each(delete, left, self._workers, self._breaker):
            if deleted:
                done.append(step)
                self._outcome.wrote = True
            else:
                self._refused[step.name] = error or not_attempted(self._breaker)
        try:
            remaining = self._remaining({step.name for step in done})
        except AlianzaError as unread:
            self._refused.update(dict.fromkeys((step.name for step in done), unread.about(_NOT_READ)))
            return
        for name in remaining:
            self._refused[name] = NotApplied(_NOT_DELETED % ("caller ID %s" % name))

    def _remaining(self, deleted: set[str]) -> set[str]:
        """Return those of the deleted caller IDs that the list still shows after some seconds."""
        if not deleted:
            return set()

        def left(dummy: Any = None) -> set[str]:
            return {str(caller_id.caller_id_of(wire)) for wire in self._api.caller_ids()} & deleted

        found = left()
        return settled(lambda remaining: not remaining, left, self._sleep)[1] if found else found

    def _report(self, step: CallerIdStep) -> None:
        """Note in the Outcome whether a step was done, or what of it was not."""
        failed = {
            move.from_number: self._errors[move.from_number].msg
            for move in step.moves
            if move.from_number in self._errors
        }
        self._outcome.failed_from_numbers.update(failed)
        refused = self._refused.get(step.name)
        if refused is not None and not (failed and isinstance(refused, NotAttempted)):
            self._outcome.failed.append((step, refused))
        elif failed:
            error = bulk_error("FROM numbers", failed, self._errors, len(step.moves))
            self._outcome.failed.append((step, error))
        else:
            self._outcome.done.append(step)
