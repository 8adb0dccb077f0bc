# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Writing a trunk group with its members and its rules, and verifying each write.

A lost response to a create never leads to a second group. One request holds all of a group: its name, members and rules.
"""

from __future__ import annotations

import time
from typing import Any, Callable, Mapping, Sequence

from .._common.errors import InvalidResponse, NotApplied, Refused, Unreadable
from .._resource import forwarding, forwarding_wire
from .._resource.references import Reference
from .._resource.sip_trunk_group_plan import GroupStep
from .creating import create_once, find_twice
from .protocols import Api
from .refusals import BODY_REFUSED
from .settling import settled

_Sleep = Callable[[float], None]
_Body = Mapping[str, Any]


def write(api: Api, step: GroupStep, ids: Mapping[str, str], sleep: _Sleep = time.sleep) -> str:
    """Create or replace the trunk group of a step, and return its id.

    Args:
        api: the Api.
        step: the GroupStep.
        ids: {trunk name: id} of the trunks that the same plan created.
        sleep: waits some seconds.

    Raises:
        KeyError: a trunk of the plan was not created.
        NotApplied: the API accepted the write, and the group is different.
        AlianzaError: the write failed.
    """
    members = [each.with_id(ids) for each in step.members]
    rules = step.rules.each(lambda reference: reference.with_id(ids))
    bodies = _bodies(step, members, rules)
    if step.group_id is None:
        answer = _created(api, step, bodies, sleep)
        group_id = str(answer["id"])
        whole = False
    else:
        group_id = step.group_id
        answer, whole = _replaced(api, group_id, bodies)
    wanted = _Wanted(step.new_name, _existing(members), rules)
    if wanted.not_taken(answer, whole):
        shown, answer = settled(lambda wire: not wanted.not_taken(wire, True), lambda: api.group(group_id), sleep)
        if not shown:
            raise NotApplied(
                "The API accepted the write, but trunk group '%s' still has another %s: correct the value, or contact Alianza"
                % (step.name, " and ".join(wanted.not_taken(answer, True)))
            )
    return group_id


class _Wanted:
    """What a group is to be.

    Args:
        name: its name.
        trunk_ids: ids of its members.
        rules: its Rules.
    """

    def __init__(self, name: str, trunk_ids: list[str], rules: forwarding.Rules) -> None:
        self._name, self._trunk_ids, self._rules = name, trunk_ids, rules

    def not_taken(self, answer: _Body, whole: bool) -> list[str]:
        """Return the options that an answer shows otherwise.

        Args:
            answer: the group as the API gave it back.
            whole: whether a field that is missing from the answer is not set (GET), or merely not returned.
        """
        wrong = ["name"] if (whole or "name" in answer) and answer.get("name") != self._name else []
        if whole or "sipTrunksIds" in answer:
            wrong += ["trunks"] if set(map(str, answer.get("sipTrunksIds") or ())) != set(self._trunk_ids) else []
        return wrong + forwarding.not_taken(self._rules, dict(answer), whole)


def _existing(members: Sequence[Reference]) -> list[str]:
    """Return the ids of the members that exist: one that is gone cannot be a member, and has no name."""
    return [each.reference_id for each in members if each.reference_id is not None and each.trunk_name is not None]


def _bodies(step: GroupStep, members: Sequence[Reference], rules: forwarding.Rules) -> list[dict[str, Any]]:
    """Return the body of the request, and once more in the other spelling of what has two."""
    other = forwarding_wire.other_spelling(rules, step.voicemail)
    return [
        dict(forwarding_wire.body_of(rules, spelling), name=step.new_name, sipTrunksIds=_existing(members))
        for spelling in ([step.voicemail] if other is None else [step.voicemail, other])
    ]


def _created(api: Api, step: GroupStep, bodies: list[dict[str, Any]], sleep: _Sleep) -> dict[str, Any]:
    """Create the group and return the response, or the group from the list if that has no id."""

    def find(body: dict[str, Any]) -> dict[str, Any] | None:
        # The plan found no group of this name, so one that is there now is the one that was created.
        for wire in api.groups():
            if wire.get("name") == body["name"] and wire.get("id"):
                found: dict[str, Any] = wire
                return found
        return None

    answer = create_once("trunk group", bodies, api.create_group, find, sleep)
    if answer.get("id"):
        return answer
    found = find_twice(bodies[0], find, sleep)
    if found is None:
        raise InvalidResponse(
            "The API accepted trunk group '%s' but returned no id, and its list does not show it: run again in a minute"
            % step.name
        )
    return found


def _replaced(api: Api, group_id: str, bodies: list[dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """Replace the group, once more in the other spelling; return (group shown, whether it is complete)."""
    for left, body in zip(range(len(bodies) - 1, -1, -1), bodies):
        try:
            return api.put_group(group_id, body), False
        except Unreadable:
            return api.group(group_id), True
        except Refused as error:
            if not left or error.status not in BODY_REFUSED:
                raise
    raise ValueError("there is no body to send")


def delete(api: Api, step: GroupStep) -> None:
    """Delete the trunk group of a step, if it still exists; :func:`remaining` says whether it did not."""
    api.delete_group(str(step.group_id))


def remaining(api: Api, steps: Sequence[GroupStep], sleep: _Sleep = time.sleep) -> list[GroupStep]:
    """Return those of the deleted groups that the list of the account still shows after some seconds."""

    def still_there(wires: list[Any]) -> set[str]:
        ids = {str(wire.get("id")) for wire in wires if isinstance(wire, dict)}
        return ids & {str(step.group_id) for step in steps}

    left = still_there(api.groups())
    if left:
        shown, wires = settled(lambda wires: not still_there(wires), api.groups, sleep)
        left = set() if shown else still_there(wires)
    return [step for step in steps if str(step.group_id) in left]
