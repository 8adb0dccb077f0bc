# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Carrying out a plan: trunks first, then the rules that point at them, then numbers, deletes last.

Steps of one kind run several at a time. A step that fails does not stop the others, unless they depend on it or the
platform is gone; what was not done is told, and a rerun does it.
"""

from __future__ import annotations

import time
from dataclasses import replace

from .._common.errors import AlianzaError, NotApplied, Partial
from .._resource.plan import PHASES, Outcome
from . import write_trunk
from .workers import Breaker, each
from .write_number import NumberWriter


class NotAttempted(AlianzaError):
    """The step was left out, because what it needs failed or the platform is gone."""

    kind = "partial"


def apply(api, plan, workers, sleep=time.sleep):
    """Carry out the plan and return the Outcome.

    Args:
        api: the Api.
        plan: the Plan.
        workers: how many writes run at a time, at most.
        sleep: waits some seconds.
    """
    outcome, breaker = Outcome(), Breaker()
    for phase in PHASES:
        steps = [step for step in plan.steps if step.phase == phase]
        if phase == "numbers":
            _numbers(api, steps, workers, breaker, outcome, sleep)
        else:
            _whole(api, steps, _WRITERS[phase], workers, breaker, outcome, sleep)
    return outcome


def _whole(api, steps, write, workers, breaker, outcome, sleep):
    """Carry out steps that are one write each."""

    def carry_out(step):
        write(api, step, outcome, sleep)
        return True

    for step, done, error in each(carry_out, steps, workers, breaker):
        if done:
            outcome.done.append(step)
        else:
            outcome.failed.append((step, error or _not_attempted(breaker)))
        outcome.wrote = outcome.wrote or bool(done) or isinstance(error, NotApplied)


def _not_attempted(breaker):
    return NotAttempted("not attempted: %s" % breaker.tripped.msg)


def _create_or_update(api, step, outcome, sleep):
    if step.action == "create":
        trunk = write_trunk.create(api, step, sleep)
        outcome.ids[step.name] = trunk.trunk_id
    else:
        trunk = write_trunk.update(api, step, sleep)
    if trunk is not None:
        outcome.answers[step.name] = trunk


def _rules(api, step, outcome, sleep):
    try:
        write_trunk.put_rules(api, step, outcome.ids, sleep)
    except KeyError as missing:
        raise NotAttempted("not attempted: trunk %s was not created" % missing) from None


def _delete(api, step, outcome, sleep):
    """A trunk that calls are still sent to, because that could not be changed, stays."""
    held = [other for other, error in outcome.failed if any(other is each for each in step.freed_by)]
    if held:
        raise NotAttempted(
            "not attempted: calls are still sent to it, since %s"
            % " and ".join(
                "the %s of '%s' were not written" % (_IN_WORDS[other.resource], other.name) for other in held
            )
        )
    write_trunk.delete(api, step)


_IN_WORDS = {"tn_route": "numbers", "trunk_forwarding": "rules"}
_WRITERS = {
    "trunk": _create_or_update,
    "unlock": lambda api, step, outcome, sleep: write_trunk.unlock(api, step, sleep),
    "rules": _rules,
    "delete": _delete,
}


def _numbers(api, steps, workers, breaker, outcome, sleep):
    """Write the numbers of all steps as one pile, so that many small steps are as fast as a large one."""
    writer, moves, owner = NumberWriter(api, sleep), [], {}
    for step in steps:
        for move in step.moves:
            owner[move.number] = step
            try:
                target = None if move.target is None else move.target.with_id(outcome.ids)
            except KeyError as missing:
                outcome.failed_numbers[move.number] = "not attempted: trunk %s was not created" % missing
                continue
            moves.append(replace(move, target=target))
    errors = {}
    for move, done, error in each(lambda move: writer.write(move) or True, moves, workers, breaker):
        outcome.wrote = outcome.wrote or bool(done) or isinstance(error, NotApplied)
        if done:
            continue
        error = error or _not_attempted(breaker)
        outcome.failed_numbers[move.number] = error.msg
        errors[move.number] = error
    for step in steps:
        failed = [move.number for move in step.moves if move.number in outcome.failed_numbers]
        if failed:
            outcome.failed.append((step, _numbers_error(step, failed, errors, outcome)))
        else:
            outcome.done.append(step)


def _numbers_error(step, failed, errors, outcome):
    """Return one error for the numbers of a step that were not written."""
    attempted = [number for number in failed if number in errors and not isinstance(errors[number], NotAttempted)]
    skipped = [number for number in failed if number not in attempted]
    parts = ["%s (%s)" % (number, outcome.failed_numbers[number]) for number in attempted]
    msg = "%d of %d numbers were not written: %s" % (len(failed), len(step.moves), "; ".join(parts))
    if skipped:
        msg += "%s%d were not attempted (%s): %s" % (
            "; " if parts else "",
            len(skipped),
            outcome.failed_numbers[skipped[0]],
            ", ".join(skipped),
        )
    msg += ". Run again to write the rest"
    kinds = {errors[number].kind for number in attempted}
    first = errors[attempted[0]] if attempted else None
    if first is None or len(failed) < len(step.moves) or len(kinds) > 1:
        return Partial(msg, *((first.status, first.messages, first.method, first.path) if first else ()))
    return type(first)(msg, first.status, first.messages, first.method, first.path)


def verdict(outcome):
    """Return the one error that a task fails with, None when everything was done.

    A single failed step speaks for itself; several are told together, each with its trunk's name.
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
