# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a planner hands on: steps to carry out, and what the object looks like before and after them. Pure.

A step is data. Its ``changes`` are what users see; the rest is what the wire needs and is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Dict, Protocol

from .._common.errors import AlianzaError
from .._common.notices import Notice

# {option: {"before": ..., "after": ...}}
Changes = Dict[str, Dict[str, Any]]

KNOWN_AFTER_APPLY = "(known after apply)"
# The order in which steps are carried out: what others point at comes first, and goes last.
PHASES = (
    "trunk",
    "calling_plans",
    "unlock",
    "group",
    "rules",
    "numbers",
    "caller_ids",
    "ungroup",
    "delete",
)


@dataclass
class Step:
    """One object to create, update or delete.

    Attributes:
        action: ``create``, ``update`` or ``delete``.
        name: the name of the trunk or trunk group (its id where it has none), or the caller ID.
        changes: {option: {"before": ..., "after": ...}}, without secrets.
        resource: ``sip_trunk``, ``sip_trunk_group``, ``trunk_forwarding``, ``tn_route`` or ``caller_id``.
    """

    action: str
    name: str
    changes: Changes
    resource: ClassVar[str] = ""
    default_phase: ClassVar[str] = ""

    @property
    def phase(self) -> str:
        """When it is carried out, one of :data:`PHASES`."""
        return self.default_phase

    def public(self) -> dict[str, Any]:
        """Return the step as a module's ``plan`` lists it."""
        return {"action": self.action, "resource": self.resource, "name": self.name, "changes": self.changes}


@dataclass
class Plan:
    """The whole of what a task would do.

    Attributes:
        steps: in the order in which they are carried out.
        before: what the managed object looks like now, as diffs show it.
        after: what it will look like.
        header: what the diff is of.
        notices: what the user should know although it is no fault.
        facts: whatever the planner already knows of the result.
    """

    steps: list[Step] = field(default_factory=list)
    before: Any = None
    after: Any = None
    header: str = ""
    notices: list[Notice] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.steps)

    def diff(self) -> dict[str, Any]:
        """Return the plan in the form of Ansible's diff mode."""
        return {
            "before": {} if self.before is None else self.before,
            "after": {} if self.after is None else self.after,
            "before_header": self.header,
            "after_header": self.header,
        }


def change(before: Any, after: Any) -> dict[str, Any]:
    """Return one entry of a step's ``changes``."""
    return {"before": before, "after": after}


class WrittenTrunk(Protocol):
    """A trunk as the API gave it back after a write."""

    trunk_id: str
    values: dict[str, Any]
    read_only: dict[str, Any]


@dataclass
class Outcome:
    """What came of a plan: nothing yet in check mode, what was done in a real run.

    Attributes:
        ids: {trunk name: id} of the trunks that were created.
        group_ids: {trunk group name: id} of the groups that were created.
        answers: {trunk name: trunk} as the API gave them back.
        done: the steps that were carried out whole.
        failed: [(step, error)] of those that were not, or not whole.
        failed_numbers: {11 digits: sentence} of the single numbers among them.
        failed_from_numbers: {FROM number: sentence} of the single FROM numbers among them.
        wrote: whether anything was written at all.
        notices: what the user should know of what the API made of it.
    """

    ids: dict[str, str] = field(default_factory=dict)
    group_ids: dict[str, str] = field(default_factory=dict)
    answers: dict[str, WrittenTrunk] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    failed: list[tuple[Step, AlianzaError]] = field(default_factory=list)
    failed_numbers: dict[str, str] = field(default_factory=dict)
    failed_from_numbers: dict[str, str] = field(default_factory=dict)
    wrote: bool = False
    notices: list[Notice] = field(default_factory=list)
