# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Writing one trunk and one trunk's rules, and making sure that it was taken.

A lost answer to a create never leads to a second trunk, and an accepted write is compared with what the platform says
afterwards.
"""

from __future__ import annotations

import time

from .._common.errors import LOST, InvalidResponse, NotApplied, Refused, Unreadable
from .._resource import forwarding, sip_trunk
from .credentials import make_up

# Seconds before a list or an object is read once more.
PAUSE = 1.0


def create(api, step, sleep=time.sleep):
    """Create the trunk of a step and return it as Trunk.

    After a lost answer the account's list tells whether the trunk was created: it is known by its name and its SIP
    username. Only when two looks find nothing is it created once more.

    Raises:
        AlianzaError: it was not created, or it cannot be told.
    """
    body = dict(step.body)
    for option in step.generate:
        body[sip_trunk.BY_OPTION[option].wire] = make_up(option)
    try:
        answer = api.create_trunk(body)
    except LOST as lost:
        answer = _find(api, body, sleep) or _create_again(api, body, sleep, lost)
    if not answer.get("id"):
        answer = _find(api, body, sleep)
        if answer is None:
            raise InvalidResponse(
                "The API accepted trunk '%s' without saying its id, and its list does not show it: run again in a minute"
                % step.name
            )
    if not answer.get("trunkName"):
        answer = api.trunk(str(answer["id"]))
    return _taken(step.name, body, answer, lambda: api.trunk(str(answer["id"])), sleep)


def _create_again(api, body, sleep, lost):
    try:
        return api.create_trunk(body)
    except LOST as again:
        found = _find(api, body, sleep)
        if found is None:
            again.msg += "; whether the trunk was created is not known, run again to find out"
            raise again from lost
        return found
    except Refused as refused:
        # Refused because the first request had come through after all?
        found = _find(api, body, sleep)
        if found is None:
            raise refused from None
        return found


def _find(api, body, sleep):
    """Return the trunk with the body's name and SIP username from the list, looking twice."""
    for last in (False, True):
        for wire in api.trunks():
            if (wire.get("trunkName"), wire.get("sipUsername")) == (body["trunkName"], body["sipUsername"]):
                return wire
        if not last:
            sleep(PAUSE)
    return None


def update(api, step, sleep=time.sleep):
    """Change the trunk of a step and return it as Trunk, or None where the answer was empty.

    Whether null unsets a field is not documented: where it is refused or not taken, the field's other empty values are
    tried.

    Raises:
        NotApplied: the platform did not take a field.
        AlianzaError: the write failed.
    """
    first = None
    for body in _clearing(step.body):
        try:
            return _patch(api, step, body, sleep)
        except (Refused, NotApplied) as error:
            first = first or error
    raise first


def _clearing(body):
    """Yield the body, and again for every other way to unset the fields that it unsets."""
    yield body
    clears = {name: sip_trunk.BY_WIRE[name].clears for name, value in body.items() if _unsets(name, value)}
    for place in range(1, max((len(values) for values in clears.values()), default=0)):
        yield dict(body, **{name: values[min(place, len(values) - 1)] for name, values in clears.items()})


def _unsets(name, value):
    clears = sip_trunk.BY_WIRE[name].clears
    return bool(clears) and value == clears[0]


def _patch(api, step, body, sleep):
    def look():
        return api.trunk(step.trunk_id)

    try:
        answer, whole = api.patch_trunk(step.trunk_id, body), False
    except Unreadable:
        # Accepted, with an answer that cannot be read: the trunk itself tells.
        answer, whole = look(), True
    return _taken(step.name, body, answer, look, sleep, whole)


def _taken(name, body, answer, look, sleep, whole=False):
    """Return the trunk when it holds what was asked, after a second look if need be; None for an empty answer."""
    if sip_trunk.not_taken(body, answer, whole):
        sleep(PAUSE)
        answer = look()
        wrong = sip_trunk.not_taken(body, answer, whole=True)
        if wrong:
            raise NotApplied(
                "The API accepted the write and trunk '%s' still has another %s: correct the value, or ask Alianza"
                % (name, " and ".join(wrong))
            )
    try:
        return sip_trunk.from_wire(answer)
    except InvalidResponse:
        return None


def put_rules(api, step, ids, sleep=time.sleep):
    """Replace the rules of a step's trunk.

    Args:
        api: the Api.
        step: the ForwardStep.
        ids: {trunk name: id} of trunks that were created meanwhile.
        sleep: waits some seconds.

    Raises:
        NotApplied: the platform did not take a section.
        AlianzaError: the write failed.
    """
    trunk_id = step.source.trunk_id or ids[step.source.name]
    rules = step.rules.each(lambda reference: reference.with_id(ids))
    try:
        wrong = forwarding.not_taken(rules, api.put_forward(trunk_id, rules.wire()))
    except Unreadable:
        wrong = forwarding.not_taken(rules, api.forward(trunk_id), whole=True)
    if wrong:
        sleep(PAUSE)
        wrong = forwarding.not_taken(rules, api.forward(trunk_id), whole=True)
        if wrong:
            raise NotApplied(
                "The API accepted the write and trunk '%s' still has another %s: correct the value, or ask Alianza"
                % (step.name, " and ".join(wrong))
            )


def unlock(api, step, sleep=time.sleep):
    """Unlock the trunk of a step.

    Raises:
        NotApplied: the trunk is still locked out.
    """
    try:
        answer = api.unlock(step.trunk_id)
    except Unreadable:
        answer = api.registration(step.trunk_id)
    if answer.get("lockedOut"):
        sleep(PAUSE)
        if api.registration(step.trunk_id).get("lockedOut"):
            raise NotApplied(
                "The API accepted the unlock and trunk '%s' is still locked out: stop the PBX that keeps "
                "registering with wrong credentials, then run again" % step.name
            )


def delete(api, step):
    """Delete the trunk of a step; one that is gone already is fine."""
    api.delete_trunk(step.trunk_id)
