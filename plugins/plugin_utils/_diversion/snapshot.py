# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the rules of diverted trunks were before: the snapshot of an account, and the name of its file. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._resource.forwarding import LISTS, Rules
from ...module_utils._resource.references import Reference

_UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")


@dataclass
class Entry:
    """One trunk that was diverted.

    Attributes:
        trunk_id: its ID.
        name: its name at that time.
        rules: the rules that it had.
        diverted_to: every target that may be in place, the latest last.
        ended: only in records: how and when the diversion ended, as {put_back or gone: time}.
        owner: who diverted it last, a word that automation gives itself; empty for people.
    """

    trunk_id: str
    name: str
    rules: Rules
    diverted_to: list[Reference]
    ended: dict[str, str] = field(default_factory=dict)
    owner: str = ""


@dataclass
class Snapshot:
    """The rules of some trunks of an account before they were diverted.

    Attributes:
        account_id: ID of the account.
        host: name of the inventory host that stood for it.
        opened: when the first trunk was diverted, as text.
        entries: one Entry for each trunk.
    """

    account_id: str
    host: str
    opened: str
    entries: list[Entry] = field(default_factory=list)

    def of(self, trunk_id: str) -> Entry | None:
        """Return the Entry of a trunk, None if there is none."""
        return next((entry for entry in self.entries if entry.trunk_id == trunk_id), None)


def file_name(account_id: str, opened: str | None = None) -> str:
    """Return the name of an account's file, whatever characters its ID has.

    Args:
        account_id: ID of the account.
        opened: for the record of a closed snapshot, when it was opened; ``*`` for a pattern that matches every record.
    """
    name = _UNSAFE_IN_NAMES.sub(
        lambda found: "".join("%%%02X" % byte for byte in found.group().encode("utf-8", "surrogatepass")),
        str(account_id),
    )
    if opened is None:
        return name + ".yml"
    return "%s.closed-%s.yml" % (name, opened if opened == "*" else re.sub(r"[^0-9A-Za-z]", "", str(opened)))


def rules_of(sections: Mapping[str, Any]) -> Rules:
    """Return the rules that the three sections of a ``forwarding`` mapping hold.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: a section is missing or malformed.
    """
    always = sections["forward_always"]
    if always and not isinstance(always["enabled"], bool):
        raise ValueError("enabled is not a boolean")
    return Rules(
        reference_of(always) if always else None,
        bool(always and always["enabled"]),
        {option: references_of(sections[option]) for option in LISTS},
    )


def references_of(targets: Sequence[Mapping[str, Any]]) -> tuple[Reference, ...]:
    """Return the references that a list of targets holds, in its order."""
    return tuple(reference_of(target) for target in targets)


def reference_of(target: Mapping[str, Any]) -> Reference:
    """Return the Reference that a target holds.

    Args:
        target: a mapping with reference_type, and reference_id and trunk_name where it has them.
    """
    reference_id, trunk_name = target.get("reference_id"), target.get("trunk_name")
    return Reference(
        str(target["reference_type"]),
        None if reference_id is None else str(reference_id),
        None if trunk_name is None else str(trunk_name),
    )
