# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What becomes of a snapshot when trunks are restored: a record of it, and the trunks that stay in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .divert import comment
from .job import Job
from .snapshot import Entry, Snapshot
from .snapshot_file import render

_COMMENT = [
    "What was restored after a diversion, for the record. No calls are diverted because of this file, and it may be deleted.",
]


@dataclass
class Closing:
    """What becomes of the files.

    Attributes:
        record_path: path of the record.
        record: its text.
        snapshot: the text that stays in the snapshot's file; empty if the file is to be removed, once the record is written.
        remaining: the entries that stay in the snapshot.
        line: all that as a line for people.
    """

    record_path: str
    record: str
    snapshot: str
    remaining: list[Entry]
    line: str


def closing(
    saved: Snapshot, record: Snapshot | None, ended: Sequence[Entry], job: Job, damaged: bool = False
) -> Closing:
    """Return what becomes of the files.

    Args:
        saved: the open snapshot.
        record: the record that belongs to it, None if there is none.
        ended: the entries that are restored or gone, with how they ended.
        job: the circumstances.
        damaged: whether there is a record that cannot be read; it stays as it is, and another one is written.
    """
    path = job.record_path("%s then %s" % (saved.opened, job.now) if damaged else saved.opened)
    recorded = record.entries if record else []
    # A run that was killed may have recorded some of them already.
    known = [replace(entry, ended={}) for entry in recorded]
    new = [entry for entry in ended if replace(entry, ended={}) not in known]
    ids = {entry.trunk_id for entry in ended}
    remaining = [entry for entry in saved.entries if entry.trunk_id not in ids]
    if remaining:
        line = "The record would be kept as %s" if job.check else "The record is kept as %s"
    else:
        line = "The snapshot would be closed, and kept as %s" if job.check else "The snapshot is closed, and kept as %s"
    return Closing(
        record_path=path,
        record=render(replace(saved, entries=[*recorded, *new]), _COMMENT),
        snapshot=render(replace(saved, entries=remaining), comment(job)) if remaining else "",
        remaining=remaining,
        line=line % path,
    )
