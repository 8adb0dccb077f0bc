# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Diverting all calls of trunks: what prevents it, what is to be saved before, what is to be written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...module_utils._common.errors import InvalidInput
from ...module_utils._resource.references import SIP_TRUNK, Reference
from ...module_utils._resource.trunks import Trunks
from .._base.plain import plain
from . import wording
from .comparison import ALWAYS, CHANGED, Trunk, as_option, changes, objections, situation, targets
from .job import FORCE, Job
from .selection import chosen_trunks
from .snapshot import Entry, Snapshot
from .snapshot_file import render
from .target import loops, read_target


@dataclass
class Diversion:
    """What it takes to divert calls.

    Attributes:
        trunks: the document that diverts the calls, for alianza_account_trunks.
        snapshot: the text that has to be in the snapshot's file before; empty if the file stays as it is.
        report: lines for people.
    """

    trunks: list[dict[str, Any]]
    snapshot: str
    report: list[str]


def plan(trunks: Trunks[Trunk], selection: Any, target: Any, saved: Snapshot | None, job: Job) -> Diversion:
    """Return what it takes to divert all calls of trunks.

    Args:
        trunks: the account's trunks, each a :class:`~.comparison.Trunk`.
        selection: the trunks to divert: a name, a name a line, or a list of names or IDs; empty for all.
        target: where calls are to go: a telephone number, or a mapping as in forward_always.
        saved: the open snapshot, None if there is none.
        job: the circumstances.

    Raises:
        InvalidInput: with everything that prevents it.
    """
    faults: list[str] = []
    chosen = chosen_trunks(selection, trunks, faults)
    reference = read_target(plain(target), trunks, faults)
    if reference is not None:
        faults.extend(loops(reference, chosen, trunks))
    notes = []
    for trunk in chosen:
        for obstacle in _obstacles(trunk, saved.of(trunk.trunk_id) if saved else None, trunks):
            if job.force:
                notes.append("Note: " + obstacle)
            else:
                faults.append(
                    "%s. With %s it is diverted anyway, and restore still goes by the existing snapshot"
                    % (obstacle, FORCE)
                )
    if faults or reference is None:
        raise InvalidInput(*faults)
    after = _extended(saved, chosen, reference, job)
    return Diversion(
        trunks=[
            {"trunk_id": trunk.trunk_id, "forwarding": {ALWAYS: dict(as_option(reference), enabled=True)}}
            for trunk in chosen
        ],
        snapshot="" if after == saved else render(after, comment(job)),
        report=_report(chosen, reference, after, trunks, job) + notes,
    )


def comment(job: Job) -> list[str]:
    """Return the lines at the top of an open snapshot."""
    return [
        "All calls of these trunks were diverted. This file alone holds the rules that they had before: keep it until the",
        "calls are restored with",
        "",
        "  " + job.restore_command(),
        "",
        "which closes it. Times are UTC; the latest target in diverted_to is the last one; count is the number of trunks.",
    ]


def _obstacles(trunk: Trunk, entry: Entry | None, trunks: Trunks[Trunk]) -> Iterator[str]:
    """Yield what only force overrides: rules that somebody changed, or that cannot be restored."""
    if entry is not None:
        if situation(entry, trunk.rules) == CHANGED:
            yield "Somebody changed trunk '%s' since it was diverted: %s" % (
                trunk.name,
                changes(entry, trunk.rules, trunks),
            )
        return
    for reference, why in objections(ALWAYS, targets(trunk.rules, ALWAYS), (), trunk.trunk_id, trunks).items():
        yield "forward_always of trunk '%s' cannot be restored, its target %s %s" % (
            trunk.name,
            reference.described(),
            why,
        )


def _extended(saved: Snapshot | None, chosen: Sequence[Trunk], reference: Reference, job: Job) -> Snapshot:
    """Return the Snapshot with the trunks added; the rules that it holds already stay."""
    entries = list(saved.entries) if saved else []
    for trunk in chosen:
        entry = saved.of(trunk.trunk_id) if saved else None
        if entry is None:
            entries.append(Entry(trunk.trunk_id, trunk.name, trunk.rules, [reference], owner=job.owner))
        else:
            diverted_to = [each for each in entry.diverted_to if each != reference] + [reference]
            entries[entries.index(entry)] = replace(entry, diverted_to=diverted_to, owner=job.owner)
    if saved:
        return replace(saved, entries=entries)
    return Snapshot(job.account_id, job.host, job.now, entries)


def _report(
    chosen: Sequence[Trunk], reference: Reference, after: Snapshot, trunks: Trunks[Trunk], job: Job
) -> list[str]:
    """Return a line for each trunk, and how to restore them."""
    where, lines = wording.destination(reference, trunks), []
    before = {entry.trunk_id: wording.goes_to(entry.rules, trunks) for entry in after.entries}
    for trunk in chosen:
        verb = "would go to %s" if job.check else "go to %s"
        if trunk.forwards_to() == reference:
            verb = "go to %s already"
        lines.append("%s: all calls %s; before, to %s" % (trunk.name, verb % where, before[trunk.trunk_id]))
    ids = {trunk.trunk_id for trunk in chosen}
    lines += list(_followers(ids, trunks))
    lines.append("What was there before %s kept in %s" % ("would be" if job.check else "is", job.snapshot_path()))
    others = [entry.name for entry in after.entries if entry.trunk_id not in ids]
    also = ""
    if others:
        also = ", with %s, which %s diverted before" % (wording.listed(others), "were" if len(others) > 1 else "was")
    lines.append("To put it back%s: %s" % (also, job.restore_command()))
    return lines


def _followers(ids: set[str], trunks: Trunks[Trunk]) -> Iterator[str]:
    """Yield a line for each other trunk that sends all its calls to one that is diverted."""
    for trunk in trunks.all:
        goes = trunk.forwards_to()
        if (
            trunk.trunk_id not in ids
            and goes is not None
            and goes.reference_type == SIP_TRUNK
            and goes.reference_id in ids
        ):
            yield "Note: %s sends all its calls to %s, which now forwards them" % (
                trunk.name,
                wording.destination(goes, trunks),
            )
