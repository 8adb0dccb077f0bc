# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Writing a trunk and its forwarding rules, and verifying each write.

A lost response to a create never leads to a second trunk, and after a write the fields are compared with what the API
returns.
"""

from __future__ import annotations

import time
from typing import Any, Callable, Iterator, Mapping, Sequence

from .._common.errors import InvalidResponse, NotApplied, NotFound, Refused, ServerError, Unreadable
from .._resource import forwarding, forwarding_wire, sip_trunk
from .._resource.forwarding_plan import ForwardStep
from .._resource.sip_trunk import Trunk
from .._resource.sip_trunk_plan import TrunkStep
from .._resource.trunk_unlock import UnlockStep
from .creating import create_once, find_twice
from .credentials import generate
from .protocols import Api
from .refusals import BODY_REFUSED
from .settling import settled

_Sleep = Callable[[float], None]


def create(api: Api, step: TrunkStep, sleep: _Sleep = time.sleep) -> tuple[dict[str, Any], dict[str, Any]]:
    """Create the trunk of a step, and return (the body that was sent, the trunk as the API returned it: at least its id).

    After a lost response the trunk is looked for in the list of the account, by its name and SIP username. Only if two
    reads do not find it is the create repeated, once.

    Raises:
        AlianzaError: it was not created, or that is unknown.
    """
    body = dict(step.body)
    for option in step.generate:
        body[sip_trunk.BY_OPTION[option].wire] = generate(option)
    find = _finding(api)
    sent = dict(body, setupCallingPlan=step.setup) if step.setup else body
    answer = create_once("trunk", _pattern_cases(sent), api.create_trunk, find, sleep)
    if not answer.get("id"):
        found = find_twice(body, find, sleep)
        if found is None:
            raise InvalidResponse(
                "The API accepted trunk '%s' but returned no id, and its list does not show it: run again in a minute"
                % step.name
            )
        answer = found
    return body, answer


def confirm_created(
    api: Api, name: str, body: dict[str, Any], answer: dict[str, Any], sleep: _Sleep = time.sleep
) -> Trunk:
    """Return a trunk that was created, once the API shows it with the values that were sent.

    Args:
        api: the Api.
        name: the trunk's name.
        body: what was sent.
        answer: what came back, or the trunk from the list; it may be no more than the id.
        sleep: waits some seconds.

    Raises:
        NotApplied: the API does not show it, or shows other values.
        AlianzaError: it cannot be read.
    """

    def read() -> dict[str, Any]:
        try:
            return api.trunk(str(answer["id"]))
        except NotFound:
            return {}

    def read_shown() -> dict[str, Any]:
        shown = read() or settled(bool, read, sleep)[1]
        if not shown:
            raise NotApplied(
                "The API accepted trunk '%s' (id %s), but does not show it: run again in a minute, or contact Alianza"
                % (name, answer["id"])
            )
        return dict(shown)

    if answer.get("trunkName"):
        trunk = _verified(name, body, answer, read_shown, sleep)
    else:
        trunk = _verified(name, body, read_shown(), read_shown, sleep, whole=True)
    return trunk or sip_trunk.from_wire(read_shown())


def _pattern_cases(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the body, and once more with its extension patterns in lower and in upper case where that differs."""
    yield body
    patterns = body.get("extensionPatterns") or []
    for change_case in (str.lower, str.upper):
        changed = [change_case(pattern) for pattern in patterns]
        if changed != patterns:
            yield dict(body, extensionPatterns=changed)


def _finding(api: Api) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
    """Return a function that returns the trunk with the name and SIP username of a body from the list, or None."""

    def find(body: dict[str, Any]) -> dict[str, Any] | None:
        for wire in api.trunks():
            if (wire.get("trunkName"), wire.get("sipUsername")) == (body["trunkName"], body["sipUsername"]):
                found: dict[str, Any] = wire
                return found
        return None

    return find


def update(api: Api, step: TrunkStep, sleep: _Sleep = time.sleep) -> Trunk | None:
    """Change the trunk of a step and return it; None if the response is empty.

    Whether null clears a field is not documented: if it is refused or has no effect, the other empty values of the field
    are tried.

    Raises:
        NotApplied: the API accepted the write, and a field has another value.
        AlianzaError: the write failed.
    """
    errors: list[Refused | NotApplied | ServerError] = []
    for body in _variants(step.body):
        try:
            return _patch(api, step, body, sleep)
        except (Refused, NotApplied) as error:
            errors.append(error)
        except ServerError as error:
            # Some bodies that the API does not take are answered with HTTP 500.
            if error.status != 500 or None not in body.values():
                raise
            errors.append(error)
    raise errors[0]


def _variants(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the body in each way in which the API may take it."""
    for cleared in _clearing(body):
        yield from _pattern_cases(cleared)


def _clearing(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the body, and once more for every other way to clear the fields that it clears."""
    yield body
    clears = {name: sip_trunk.BY_WIRE[name].clears for name, value in body.items() if _clears(name, value)}
    for place in range(1, max((len(values) for values in clears.values()), default=0)):
        yield dict(body, **{name: values[min(place, len(values) - 1)] for name, values in clears.items()})


def _clears(name: str, value: Any) -> bool:
    clears = sip_trunk.BY_WIRE[name].clears
    return bool(clears) and value == clears[0]


def _patch(api: Api, step: TrunkStep, body: dict[str, Any], sleep: _Sleep) -> Trunk | None:
    trunk_id = str(step.trunk_id)
    try:
        answer, whole = api.patch_trunk(trunk_id, body), False
    except Unreadable:
        # The write was accepted, but the response is unreadable: read the trunk.
        answer, whole = api.trunk(trunk_id), True
    return _verified(step.name, body, answer, lambda: api.trunk(trunk_id), sleep, whole)


def _verified(
    name: str,
    body: dict[str, Any],
    answer: dict[str, Any],
    read: Callable[[], dict[str, Any]],
    sleep: _Sleep,
    whole: bool = False,
) -> Trunk | None:
    """Return the trunk if it has the values of the body, reading it once more if need be; None for an empty response.

    Args:
        name: the trunk's name, for the message.
        body: what was written.
        answer: the response.
        read: returns the trunk.
        sleep: waits some seconds.
        whole: whether a field that is missing in the response is empty.

    Raises:
        NotApplied: a field has another value.
    """
    if sip_trunk.not_taken(body, answer, whole):
        shown, answer = settled(lambda wire: not sip_trunk.not_taken(body, wire, whole=True), read, sleep)
        if not shown:
            wrong = sip_trunk.not_taken(body, answer, whole=True)
            raise NotApplied(
                "The API accepted the write, but trunk '%s' still has another %s: correct the value, or contact Alianza"
                % (name, " and ".join(wrong))
            )
    try:
        return sip_trunk.from_wire(answer)
    except InvalidResponse:
        return None


def put_rules(api: Api, step: ForwardStep, ids: Mapping[str, str], sleep: _Sleep = time.sleep) -> None:
    """Replace the forwarding rules of a trunk.

    Args:
        api: the Api.
        step: the ForwardStep.
        ids: {trunk name: id} of the trunks that the same plan created.
        sleep: waits some seconds.

    Raises:
        NotApplied: the API accepted the write, and a section is different.
        AlianzaError: the write failed.
    """
    if step.source is None or step.rules is None:
        raise ValueError("the step has no trunk or no rules")
    trunk_id = step.source.trunk_id or ids[str(step.source.name)]
    rules = step.rules.each(lambda reference: reference.with_id(ids))
    wrong = forwarding.not_taken(rules, *_put(api, trunk_id, rules, step.voicemail))
    if wrong:

        def shows(wire: dict[str, Any]) -> bool:
            return not forwarding.not_taken(rules, wire, whole=True)

        shown, answer = settled(shows, lambda: api.forward(trunk_id), sleep)
        if not shown:
            raise NotApplied(
                "The API accepted the write, but trunk '%s' still has another %s: correct the value, or contact Alianza"
                % (step.name, " and ".join(forwarding.not_taken(rules, answer, whole=True)))
            )


def _put(api: Api, trunk_id: str, rules: forwarding.Rules, voicemail: str) -> tuple[dict[str, Any], bool]:
    """Replace the rules, once more in the other spelling of what has two; return (rules shown, whether they are complete)."""
    other = forwarding_wire.other_spelling(rules, voicemail)
    for spelling in (voicemail, other):
        try:
            return api.put_forward(trunk_id, forwarding_wire.body_of(rules, spelling or voicemail)), False
        except Unreadable:
            return api.forward(trunk_id), True
        except Refused as error:
            if spelling == other or other is None or error.status not in BODY_REFUSED:
                raise
    raise ValueError("there is no spelling to send")


def unlock(api: Api, step: UnlockStep, sleep: _Sleep = time.sleep) -> None:
    """Unlock the trunk of a step.

    Raises:
        NotApplied: the trunk is still locked out.
    """
    trunk_id = str(step.trunk_id)
    try:
        answer = api.unlock(trunk_id)
    except Unreadable:
        answer = api.registration(trunk_id)
    if answer.get("lockedOut"):
        shown, dummy = settled(lambda wire: not wire.get("lockedOut"), lambda: api.registration(trunk_id), sleep)
        if not shown:
            raise NotApplied(
                "The API accepted the unlock, but trunk '%s' is still locked out: stop the PBX that registers with wrong "
                "credentials, then run again" % step.name
            )


def delete(api: Api, step: TrunkStep) -> None:
    """Delete the trunk of a step, if it still exists; :func:`remaining` says whether it did not."""
    api.delete_trunk(str(step.trunk_id))


def remaining(api: Api, steps: Sequence[TrunkStep], sleep: _Sleep = time.sleep) -> list[TrunkStep]:
    """Return those of the deleted trunks that the list of the account still shows after some seconds.

    A delete may be accepted (202) and carried out later, or not at all, so the list is what counts.
    """

    def still_there(wires: list[Any]) -> set[str]:
        ids = {str(wire.get("id")) for wire in wires if isinstance(wire, dict)}
        return ids & {str(step.trunk_id) for step in steps}

    left = still_there(api.trunks())
    if left:
        shown, wires = settled(lambda wires: not still_there(wires), api.trunks, sleep)
        left = set() if shown else still_there(wires)
    return [step for step in steps if str(step.trunk_id) in left]
