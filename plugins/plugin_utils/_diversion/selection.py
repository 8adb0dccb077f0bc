# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which trunks a user chose to divert or to restore. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...module_utils._resource.trunks import Trunks
from .._base.choice import choose_trunks
from .._base.plain import plain
from .comparison import Trunk
from .snapshot import Entry


def _about(fault: str) -> str:
    return "trunk_diversion_trunks: %s" % fault


def _whole(selection: Any, names: Iterable[str]) -> Any:
    """Return a text that is a trunk's name as a list, since the name may hold a line break; anything else as it is."""
    text = plain(selection)
    return [text] if isinstance(text, str) and text in names else selection


def chosen_trunks(selection: Any, trunks: Trunks[Trunk], faults: list[str]) -> list[Trunk]:
    """Return the trunks of the account that a user chose, all of them if nothing is chosen.

    Args:
        selection: a name or ID, text with one a line, or a list of them.
        trunks: the account's trunks.
        faults: list that takes a sentence on everything that is wrong.
    """
    choice = choose_trunks(
        _whole(selection, [trunk.name for trunk in trunks.all]),
        [{"trunk_id": trunk.trunk_id, "name": trunk.name} for trunk in trunks.all],
    )
    faults.extend(map(_about, choice.faults))
    if choice.missing:
        faults.append(_about(choice.missing_fault))
    if choice.empty and not trunks.all:
        faults.append("The account has no trunks, so there are no calls to divert: check the account")
    if choice.empty:
        return sorted(trunks.all, key=lambda trunk: (trunk.name, trunk.trunk_id))
    return [trunks.by_id[trunk["trunk_id"]] for trunk in choice.trunks]


def chosen_entries(
    selection: Any, entries: Sequence[Entry], trunks: Trunks[Trunk], faults: list[str]
) -> tuple[list[Entry], list[str]]:
    """Return (the entries of a snapshot that a user chose, names that are not in it); all entries if nothing is chosen.

    Args:
        selection: a name or ID, text with one a line, or a list of them. A trunk is found by its present name, too.
        entries: the entries; of several for one trunk the last one counts.
        trunks: the account's trunks.
        faults: list that takes a sentence on everything that is wrong.
    """
    names = {(entry.trunk_id, entry.name) for entry in entries}
    names |= {
        (entry.trunk_id, trunks.by_id[entry.trunk_id].name) for entry in entries if entry.trunk_id in trunks.by_id
    }
    choice = choose_trunks(
        _whole(selection, [name for dummy, name in names]),
        [{"trunk_id": trunk_id, "name": name} for trunk_id, name in sorted(names)],
    )
    faults.extend(map(_about, choice.faults))
    if choice.empty:
        return list(entries), []
    latest = {entry.trunk_id: entry for entry in entries}
    return [latest[each["trunk_id"]] for each in choice.trunks], choice.missing
