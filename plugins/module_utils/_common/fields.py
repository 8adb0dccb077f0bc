# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The field table: one row for each option and each result of a resource. Pure.

Whatever concerns a field is made from its row: the argument spec, the request body, the comparison, the diff and the
result of modules, the labels of reports, the documentation (scripts/update_docs.py), and the random values of tests.
A row knows nothing of the resource that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .kinds import Kind


@dataclass(frozen=True)
class Field:
    """One option, one result, or one that is both.

    Documentation may refer to a sibling by its bare name, as in ``O(name)``: the generator adds the path to it.

    Attributes:
        option: the option's name (snake_case).
        wire: the API's name of it; "" for what only this collection knows.
        kind: what its values are.
        label: what reports call it.
        doc: the paragraphs that describe the option; () for what is no option.
        returns: what describes the result; "" to take the first paragraph of ``doc``.
        sample: a valid value, in the spelling that results have.
        clearing: the sentence of the documentation that says which value (%s) unsets the field.
        aliases: other names of the option.
        default: the option's default.
        mandatory: Ansible refuses a task without it.
        required: it is needed to create the resource.
        create_only: it is in the request that creates the resource; a change of it is a request of its own.
        secret: its value appears in no output.
        read_only: only the platform sets it.
        before_creation: what a result shows of a read-only field as long as the resource does not exist.
        returned: when a result has it.
        rows: the fields of a dictionary, or of each dictionary in a list.
    """

    option: str
    wire: str
    kind: Kind
    label: str = ""
    doc: tuple[str, ...] = ()
    returns: str = ""
    sample: Any = None
    clearing: str = "V(%s) clears it."
    aliases: tuple[str, ...] = ()
    default: Any = None
    mandatory: bool = False
    required: bool = False
    create_only: bool = False
    secret: bool = False
    read_only: bool = False
    before_creation: Any = None
    returned: str = "always"
    rows: tuple[Field, ...] = ()

    def parse(self, value: Any) -> Any:
        """Return the normal value of what the user typed; raises ValueError with the rest of a sentence."""
        return self.kind.parse(value)

    def read(self, value: Any) -> Any:
        """Return the normal value of what the API sent; None stands for a missing field."""
        return self.kind.read(value)

    def same(self, one: Any, other: Any) -> bool:
        """Return whether two normal values mean the same to the API."""
        return self.kind.same(one, other)

    @property
    def empty(self) -> Any:
        """The normal value of a field that is not set."""
        return self.kind.empty

    @property
    def clears(self) -> tuple[Any, ...]:
        """The wire values that unset the field, in the order in which they are tried."""
        return self.kind.clears

    def to_wire(self, value: Any) -> Any:
        """Return the normal value as the request body holds it; an empty one as the first way to unset it."""
        if value == self.empty and self.clears:
            return self.clears[0]
        return list(value) if isinstance(value, tuple) else value

    def shown(self, value: Any) -> Any:
        """Return the normal value as results and diffs show it."""
        return list(value) if isinstance(value, tuple) else value

    def spec(self) -> dict[str, Any]:
        """Return the option as an argument spec declares it."""
        spec: dict[str, Any] = {"type": self.kind.type}
        if self.kind.elements:
            spec["elements"] = self.kind.elements
        if self.kind.choices:
            spec["choices"] = list(self.kind.choices)
        if self.rows:
            spec["options"] = argument_spec(self.rows)
        if self.default is not None:
            spec["default"] = self.default
        if self.aliases:
            spec["aliases"] = list(self.aliases)
        if self.mandatory:
            spec["required"] = True
        # Ansible asks of every option with such a name whether it is a secret.
        if self.secret or "password" in self.option:
            spec["no_log"] = self.secret
        return spec


def argument_spec(rows: Iterable[Field]) -> dict[str, dict[str, Any]]:
    """Return the argument spec of the rows that are options."""
    return {row.option: row.spec() for row in rows if row.doc}


def labels(rows: Iterable[Field]) -> dict[str, str]:
    """Return {option: label} of the rows that reports speak of."""
    return {row.option: row.label for row in rows if row.label}
