# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which trunks of an account a user chose, in every form that playbooks, command lines and surveys have. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .plain import plain


@dataclass(frozen=True)
class Choice:
    """The trunks that a selection stands for.

    Attributes:
        trunks: the chosen trunks as they were handed in, each once, in the order of the selection.
        missing: names and ids that no trunk of the account has.
        faults: sentences about what cannot be resolved: a selection of the wrong type, names that several trunks share.
        available: names of all trunks of the account, sorted.
        empty: whether the selection names nothing.
    """

    trunks: list[Mapping[str, Any]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    available: list[str] = field(default_factory=list)
    empty: bool = True

    @property
    def missing_fault(self) -> str:
        """One sentence that names what is missing and what the account has; empty text if nothing is missing."""
        if not self.missing:
            return ""
        return "The account has no trunk with the name or ID %s: check the names, it has %s" % (
            ", ".join(self.missing),
            ", ".join(self.available) or "no trunks",
        )


def choose_trunks(selection: Any, trunks: Sequence[Mapping[str, Any]]) -> Choice:
    """Resolve a selection against the trunks of an account.

    A name is looked for before an id, and the text as it was given before the text without blanks at its ends. A line
    that is neither, and holds commas, is taken for a list.

    Args:
        selection: one name or id, text with one in each line or with commas between them, a list, or nothing.
        trunks: mappings that hold at least ``trunk_id`` and ``name``, as the info modules return them.

    Returns:
        The Choice. Nothing is raised; what is wrong is in its faults.
    """
    available = sorted(str(trunk["name"]) for trunk in trunks)
    try:
        wanted = chosen_names(selection)
    except ValueError as error:
        return Choice(faults=["The choice %s" % error], available=available, empty=False)
    index = _Index(trunks)
    names = [name for listed in wanted for name in index.split(listed)]
    chosen: dict[str, Mapping[str, Any]] = {}
    missing, faults = [], []
    for name in dict.fromkeys(names):
        found = index.find(name)
        if len(found) > 1:
            ids = ", ".join(str(trunk["trunk_id"]) for trunk in found)
            faults.append(
                "%d trunks of this account are named '%s': give the ID of one, of %s" % (len(found), name.strip(), ids)
            )
        elif found:
            chosen.setdefault(str(found[0]["trunk_id"]), found[0])
        else:
            missing.append(name.strip())
    return Choice(list(chosen.values()), missing, faults, available, empty=not names)


def chosen_names(selection: Any) -> list[str]:
    """Return a selection as a list of names and ids, with the blanks that they have; empty if nothing is selected.

    Args:
        selection: one name, text with a name in each line as a survey gives it, or a list.

    Raises:
        ValueError: it is none of these; the sentence lacks its subject.
    """
    selection = plain(selection)
    if isinstance(selection, str) and selection.lstrip().startswith('["'):
        # Some releases of Ansible hand over a list of the command line (-e name='["HQ"]') as text.
        try:
            selection = json.loads(selection)
        except ValueError:
            pass
    listed = selection.splitlines() if isinstance(selection, str) else [] if selection is None else selection
    if isinstance(listed, int) and not isinstance(listed, bool):
        listed = [listed]
    if not isinstance(listed, list) or any(isinstance(each, (dict, list, bool)) or each is None for each in listed):
        raise ValueError("is no list of trunks: give names or IDs, as a list or one in each line")
    return list(dict.fromkeys(str(each) for each in listed if str(each).strip()))


class _Index:
    """The trunks of an account by their names and ids."""

    def __init__(self, trunks: Sequence[Mapping[str, Any]]) -> None:
        self._named: dict[str, list[Mapping[str, Any]]] = {}
        for trunk in trunks:
            self._named.setdefault(str(trunk["name"]), []).append(trunk)
        self._by_id = {str(trunk["trunk_id"]): trunk for trunk in trunks}

    def find(self, name: str) -> list[Mapping[str, Any]]:
        """Return the trunks that a name or id stands for."""
        for text in (name, name.strip()):
            if text in self._named:
                return self._named[text]
            if text in self._by_id:
                return [self._by_id[text]]
        return []

    def split(self, line: str) -> list[str]:
        """Return the names that a line holds: the line itself, or its parts if commas separate known trunks."""
        parts = [part for part in line.split(",") if part.strip()]
        if not self.find(line) and len(parts) > 1 and any(map(self.find, parts)):
            return parts
        return [line]
