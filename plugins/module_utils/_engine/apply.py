# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Carrying out a plan: trunks first, then the groups and rules that refer to them, then numbers; deletes last.

Steps of one phase run concurrently. A step that fails does not stop the others, unless they depend on it or the platform
is down; the error names what was not done, and a rerun does it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, Callable, Sequence

from .._common.errors import AlianzaError, NotApplied, Partial
from .._common.notices import Notice
from .._resource.plan import PHASES, Outcome, Plan, Step
from .._resource.sip_trunk import BY_WIRE, Trunk
from .._resource.sip_trunk_group_plan import GroupStep
from .._resource.sip_trunk_plan import TrunkStep
from .._resource.tn_route_plan import Move
from . import write_group, write_trunk
from .bulk import NotAttempted, bulk_error, not_attempted
from .protocols import Api
from .workers import Breaker, call_each
from .write_caller_id import write_caller_ids
from .write_calling_plan import write_calling_plan
from .write_number import NumberWriter

# The attributes of a step depend on its phase.
_Sleep = Callable[[float], None]
_Writer = Callable[[Api, Any, Outcome, _Sleep], None]


def apply(api: Api, plan: Plan, workers: int, sleep: _Sleep = time.sleep) -> Outcome:
    """Carry out the plan and return the Outcome.

    Args:
        api: the Api.
        plan: the Plan.
        workers: the maximum number of writes at a time.
        sleep: waits some seconds.
    """
    outcome, breaker = Outcome(), Breaker()
    for phase in PHASES:
        steps = [step for step in plan.steps if step.phase == phase]
        if phase == "numbers":
            _numbers(api, steps, workers, breaker, outcome, sleep)
        elif phase == "caller_ids":
            write_caller_ids(api, steps, workers, breaker, outcome, sleep)
        else:
            _single_writes(api, steps, _WRITERS[phase], workers, breaker, outcome, sleep)
    _verify_deletes(api, outcome, sleep)
    return outcome


def _verify_deletes(api: Api, outcome: Outcome, sleep: _Sleep) -> None:
    """Turn deletes that the list of the account does not show into failures."""
    deleted = [
        step for step in outcome.done if isinstance(step, TrunkStep) and step.phase == "delete" and step.trunk_id
    ]
    ungrouped = [
        step for step in outcome.done if isinstance(step, GroupStep) and step.phase == "ungroup" and step.group_id
    ]
    for noun, steps, remaining in (
        ("trunk", deleted, lambda: write_trunk.remaining(api, deleted, sleep)),
        ("trunk group", ungrouped, lambda: write_group.remaining(api, ungrouped, sleep)),
    ):
        if steps:
            _verify(noun, steps, remaining, outcome)


def _verify(noun: str, deleted: Sequence[Step], read_remaining: Callable[[], Sequence[Step]], outcome: Outcome) -> None:
    """Turn those of some deletes that the list of the account does not show into failures."""
    try:
        remaining = read_remaining()
    except AlianzaError as unread:
        # What was removed stays in the result: it is the way back.
        for step in deleted:
            outcome.done.remove(step)
            outcome.failed.append((step, _unverified(noun, step, unread)))
        return
    for step in remaining:
        outcome.done.remove(step)
        error = NotApplied(
            "The API accepted the delete, but the list of the account still shows %s '%s': run again in a minute, or "
            "contact Alianza" % (noun, step.name)
        )
        outcome.failed.append((step, error))


def _unverified(noun: str, step: Step, unread: AlianzaError) -> AlianzaError:
    return type(unread)(
        "The API accepted the delete of %s '%s', but the list of the account, which says whether it is gone, could not be "
        "read: run again to find out (%s)" % (noun, step.name, unread.msg),
        unread.status,
        unread.messages,
        unread.method,
        unread.path,
    )


def _single_writes(
    api: Api, steps: Sequence[Step], write: _Writer, workers: int, breaker: Breaker, outcome: Outcome, sleep: _Sleep
) -> None:
    """Carry out steps that are one write each."""

    def carry_out(step: Step) -> bool:
        write(api, step, outcome, sleep)
        return True

    for step, done, error in call_each(carry_out, steps, workers, breaker):
        if done:
            outcome.done.append(step)
        else:
            outcome.failed.append((step, error or not_attempted(breaker)))
        outcome.wrote = outcome.wrote or bool(done) or isinstance(error, NotApplied)


def _create_or_update(api: Api, step: Any, outcome: Outcome, sleep: _Sleep) -> None:
    if step.action == "create":
        body, answer = write_trunk.create(api, step, sleep)
        # It exists from here on, whatever becomes of the check: what refers to it can be written.
        outcome.ids[step.name], outcome.wrote = str(answer["id"]), True
        created = write_trunk.confirm_created(api, step.name, body, answer, sleep)
        outcome.answers[step.name] = created
        _note_other_forms(step, created, outcome)
        return
    trunk = write_trunk.update(api, step, sleep)
    if trunk is not None:
        outcome.answers[step.name] = trunk
        _note_other_forms(step, trunk, outcome)


def _note_other_forms(step: TrunkStep, trunk: Trunk, outcome: Outcome) -> None:
    """Add a notice for each value that the API stores in another form than it was sent."""
    for wire_name, sent in step.body.items():
        field = BY_WIRE[wire_name]
        value, stored = field.read(sent), trunk.values[field.option]
        if not field.secret and not field.create_only and value != stored and stored is not None:
            outcome.notices.append(
                Notice(
                    "normalized",
                    trunk.name,
                    "The API stores %s of trunk '%s' as %r: write it like that" % (field.option, trunk.name, stored),
                )
            )


def _give_calling_plan(api: Api, step: Any, outcome: Outcome, sleep: _Sleep) -> None:
    try:
        outcome.answers[step.name] = write_calling_plan(api, step, outcome.ids, sleep)
    except KeyError as missing:
        raise NotAttempted("not attempted: trunk %s was not created" % missing) from None


def _unlock(api: Api, step: Any, outcome: Outcome, sleep: _Sleep) -> None:
    write_trunk.unlock(api, step, sleep)


def _write_group(api: Api, step: Any, outcome: Outcome, sleep: _Sleep) -> None:
    try:
        outcome.group_ids[step.name] = write_group.write(api, step, outcome.ids, sleep)
    except KeyError as missing:
        raise NotAttempted("not attempted: trunk %s was not created" % missing) from None


def _put_rules(api: Api, step: Any, outcome: Outcome, sleep: _Sleep) -> None:
    try:
        write_trunk.put_rules(api, step, outcome.ids, sleep)
    except KeyError as missing:
        raise NotAttempted("not attempted: trunk %s was not created" % missing) from None


def _delete(api: Api, step: Any, outcome: Outcome, sleep: _Sleep) -> None:
    """Delete a trunk or a trunk group, unless calls are still sent to it because an earlier step failed."""
    failed = [other for other, error in outcome.failed if any(other is each for each in step.freed_by)]
    if failed:
        raise NotAttempted(
            "not attempted: calls are still sent to it, since %s"
            % " and ".join(
                "the %s of '%s' were not written" % (_IN_WORDS[other.resource], other.name) for other in failed
            )
        )
    if isinstance(step, GroupStep):
        write_group.delete(api, step)
    else:
        write_trunk.delete(api, step)


_IN_WORDS = {
    "tn_route": "numbers",
    "trunk_forwarding": "rules",
    "sip_trunk_group": "rules of the group",
    "sip_trunk": "settings",
}
_WRITERS: dict[str, _Writer] = {
    "trunk": _create_or_update,
    "calling_plans": _give_calling_plan,
    "unlock": _unlock,
    "group": _write_group,
    "rules": _put_rules,
    "ungroup": _delete,
    "delete": _delete,
}


def _numbers(api: Api, steps: Sequence[Any], workers: int, breaker: Breaker, outcome: Outcome, sleep: _Sleep) -> None:
    """Write the numbers of all steps together, so that many small steps are as fast as one large step."""
    writer = NumberWriter(api, sleep)
    moves: list[Move] = []
    for step in steps:
        for move in step.moves:
            try:
                target = None if move.target is None else move.target.with_id(outcome.ids)
            except KeyError as missing:
                outcome.failed_numbers[move.number] = "not attempted: trunk %s was not created" % missing
                continue
            moves.append(replace(move, target=target))

    def carry_out(move: Move) -> bool:
        writer.write(move)
        return True

    errors: dict[str, AlianzaError] = {}
    for move, done, error in call_each(carry_out, moves, workers, breaker):
        outcome.wrote = outcome.wrote or bool(done) or isinstance(error, NotApplied)
        if done:
            continue
        error = error or not_attempted(breaker)
        outcome.failed_numbers[move.number] = error.msg
        errors[move.number] = error
    for step in steps:
        failed = [move.number for move in step.moves if move.number in outcome.failed_numbers]
        if failed:
            error = bulk_error(
                "numbers", {number: outcome.failed_numbers[number] for number in failed}, errors, len(step.moves)
            )
            outcome.failed.append((step, error))
        else:
            outcome.done.append(step)


def verdict(outcome: Outcome) -> AlianzaError | None:
    """Return the error that the task fails with, or None if everything was done.

    If there was a single step this is its own error; otherwise one message names each failed step.
    """
    if not outcome.failed:
        return None
    if len(outcome.failed) == 1 and not outcome.done:
        return outcome.failed[0][1]
    first = next((error for step, error in outcome.failed if not isinstance(error, NotAttempted)), outcome.failed[0][1])
    msg = "%d of %d objects were not written: %s" % (
        len(outcome.failed),
        len(outcome.failed) + len(outcome.done),
        "; ".join("%s '%s': %s" % (step.resource, step.name, error.msg) for step, error in outcome.failed),
    )
    if not msg.endswith("Run again to write the rest"):
        msg += ". Run again to write the rest"
    return Partial(msg, first.status, first.messages, first.method, first.path)
