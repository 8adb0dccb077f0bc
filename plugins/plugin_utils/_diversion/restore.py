# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Restoring the rules of diverted trunks: exactly as the snapshot has them, unless somebody changed them in between. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...module_utils._common.errors import InvalidInput
from ...module_utils._resource.forwarding import SECTIONS
from ...module_utils._resource.trunks import Trunks
from . import wording
from .comparison import ALWAYS, CHANGED, ORIGINAL, TWICE, Trunk, as_option, changes, objections, situation, targets
from .job import FORCE, Job
from .record import Closing, closing
from .selection import chosen_entries
from .snapshot import Entry, Snapshot
from .unsaved import unknown_trunk, without_snapshot


@dataclass
class Restoration:
    """What it takes to restore calls.

    Attributes:
        trunks: the document that restores them, for alianza_account_trunks; empty if nothing has to be written.
        closing: what becomes of the files afterwards, None if they stay as they are.
        report: lines for people.
    """

    trunks: list[dict[str, Any]] = field(default_factory=list)
    closing: Closing | None = None
    report: list[str] = field(default_factory=list)


def plan(
    trunks: Trunks[Trunk],
    selection: Any,
    saved: Snapshot | None,
    records: Sequence[Snapshot],
    job: Job,
    damaged_record: bool = False,
) -> Restoration:
    """Return what it takes to restore calls.

    Args:
        trunks: the account's trunks, each a :class:`~.comparison.Trunk`.
        selection: the trunks to restore: a name, a name a line, or a list of names or IDs; empty for all in the snapshot.
        saved: the open snapshot, None if there is none.
        records: the record that belongs to the open snapshot, if it has one; without an open snapshot all records of the
            account, the oldest first.
        job: the circumstances.
        damaged_record: whether the record that belongs to the open snapshot cannot be read.

    Raises:
        InvalidInput: with everything that prevents it.
    """
    faults: list[str] = []
    entries, missing = chosen_entries(selection, saved.entries if saved else (), trunks, faults)
    if job.owner:
        # What people diverted, first or since, they restore.
        entries, missing = [entry for entry in entries if entry.owner == job.owner], []
        if not entries and not faults:
            return Restoration(report=["Nothing to restore: of these trunks none was diverted by %s" % job.owner])
    restored, missing = _restored_before(missing, records, trunks)
    faults.extend(unknown_trunk(name, saved, trunks, job) for name in missing)
    lines = ["%s: as it was before it was diverted; it was put back before" % name for name in restored]
    if saved is None or not entries and (restored or faults):
        if faults:
            raise InvalidInput(*faults)
        return Restoration(report=lines or without_snapshot(trunks, records, job))
    work = Restoration(report=lines)
    ended = [done for entry in entries for done in [_restore(entry, trunks, job, work, faults)] if done is not None]
    if faults:
        raise InvalidInput(*faults)
    work.closing = closing(saved, records[-1] if records else None, ended, job, damaged_record)
    work.report += _still_diverted(work.closing.remaining, saved, trunks, job) + [work.closing.line]
    return work


def _restored_before(
    names: Sequence[str], records: Sequence[Snapshot], trunks: Trunks[Trunk]
) -> tuple[list[str], list[str]]:
    """Return (names of trunks that an earlier run restored and that are still as it left them, the other names)."""
    entries = [entry for record in records for entry in record.entries]
    restored = []
    for name in names:
        found = chosen_entries([name], entries, trunks, [])[0]
        trunk = trunks.by_id.get(found[-1].trunk_id) if found else None
        if trunk is not None and trunk.rules == found[-1].rules:
            restored.append(name)
    return restored, [name for name in names if name not in restored]


def _restore(entry: Entry, trunks: Trunks[Trunk], job: Job, work: Restoration, faults: list[str]) -> Entry | None:
    """Plan one trunk of the snapshot; return its entry for the record, None if something prevents it."""
    trunk: Trunk | None = trunks.by_id.get(entry.trunk_id)
    if trunk is None:
        fault = "Trunk '%s' (%s) is gone, so its rules cannot be restored" % (entry.name, entry.trunk_id)
        if not job.force:
            faults.append("%s: with %s it is left out" % (fault, FORCE))
            return None
        work.report.append("Note: %s; it is left out" % fault)
        return replace(entry, ended={"gone": job.now})
    ended = replace(entry, ended={"put_back": job.now})
    now = situation(entry, trunk.rules)
    before = wording.goes_to(entry.rules, trunks)
    if now == ORIGINAL:
        work.report.append("%s: as it was before it was diverted, its calls go to %s" % (trunk.name, before))
        return ended
    if now == CHANGED:
        fault = "Somebody changed trunk '%s' since it was diverted: %s" % (
            trunk.name,
            changes(entry, trunk.rules, trunks),
        )
        if not job.force:
            faults.append("%s. With %s the rules from before the diversion are restored anyway" % (fault, FORCE))
            return None
        work.report.append("Note: %s" % fault)
    sections = _sections(entry, trunk, trunks, job, work.report, faults)
    if not sections.get(ALWAYS, entry.rules.enabled):
        before = "its PBX"
    work.trunks.append({"trunk_id": trunk.trunk_id, "forwarding": sections})
    work.report.append(
        "%s: calls %s to %s again; they went to %s"
        % (trunk.name, "would go" if job.check else "go", before, wording.goes_to(trunk.rules, trunks))
    )
    return ended


def _sections(
    entry: Entry, trunk: Trunk, trunks: Trunks[Trunk], job: Job, lines: list[str], faults: list[str]
) -> dict[str, Any]:
    """Return the three sections as the snapshot has them, targets by their IDs."""
    sections: dict[str, Any] = {}
    for section in SECTIONS:
        wanted, in_place = targets(entry.rules, section), targets(trunk.rules, section)
        wrong = objections(section, wanted, in_place, trunk.trunk_id, trunks)
        same = wanted == in_place and (section != ALWAYS or entry.rules.enabled == trunk.rules.enabled)
        if wrong and same:
            # It is in place and stays: an omitted section is sent as it is.
            continue
        for reference, why in wrong.items():
            fault = "%s of trunk '%s' cannot be restored completely, its target %s %s" % (
                section,
                trunk.name,
                reference.described(),
                why,
            )
            if job.force:
                lines.append("Note: %s; it is left out" % fault)
            else:
                faults.append("%s: with %s it is left out" % (fault, FORCE))
        kept = [as_option(each) for each in dict.fromkeys(wanted) if wrong.get(each) in (None, TWICE)]
        if section == ALWAYS:
            sections[section] = dict(kept[0], enabled=entry.rules.enabled) if kept else {}
        else:
            sections[section] = kept
    return sections


def _still_diverted(remaining: Sequence[Entry], saved: Snapshot, trunks: Trunks[Trunk], job: Job) -> list[str]:
    """Return lines that name every trunk whose calls still go elsewhere when the restore is done."""
    lines = []
    if remaining:
        names = [trunks.by_id[each.trunk_id].name if each.trunk_id in trunks.by_id else each.name for each in remaining]
        lines.append(
            "Still diverted: %s; what was there before stays in %s" % (wording.listed(names), job.snapshot_path())
        )
    lines += [
        "Note: all calls of %s still go to %s, and it is not in this snapshot"
        % (trunk.name, wording.forwarded(trunk.rules, trunks))
        for trunk in trunks.all
        if trunk.forwards_to() is not None and saved.of(trunk.trunk_id) is None
    ]
    return lines
