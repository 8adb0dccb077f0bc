# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Restoring what no open snapshot holds: refused if calls are diverted, since nobody knows what was there before. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ...module_utils._common.errors import InvalidInput
from ...module_utils._resource.trunks import Trunks
from . import wording
from .comparison import Trunk
from .job import FORCE, Job
from .snapshot import Snapshot


def unknown_trunk(name: str, saved: Snapshot | None, trunks: Trunks[Trunk], job: Job) -> str:
    """Return the sentence on a trunk that the user named and that is not in the open snapshot.

    Args:
        name: name or ID of the trunk.
        saved: the open snapshot, None if there is none.
        trunks: the account's trunks.
        job: the circumstances.
    """
    if saved is None:
        fault = "There is no open snapshot (%s), so nothing says what was there before trunk '%s' was diverted" % (
            job.snapshot_path(),
            name,
        )
    else:
        fault = "Trunk '%s' is not in the snapshot %s, which has %s" % (
            name,
            job.snapshot_path(),
            wording.quoted(entry.name for entry in saved.entries) or "none",
        )
    for trunk in trunks.all:
        if name in (trunk.name, trunk.trunk_id) and trunk.forwards_to() is not None:
            return "%s; all its calls go to %s now: was it diverted by hand, or from another machine?" % (
                fault,
                wording.forwarded(trunk.rules, trunks),
            )
    return fault + ": check the name"


def without_snapshot(trunks: Trunks[Trunk], records: Sequence[Snapshot], job: Job) -> list[str]:
    """Return the lines on an account without an open snapshot.

    Args:
        trunks: the account's trunks.
        records: all records of the account, the oldest first.
        job: the circumstances.

    Raises:
        InvalidInput: calls are diverted, and no record says that they went there before; force turns that into a note.
    """
    nothing = "Nothing to put back: there is no open snapshot (%s)" % job.snapshot_path()
    diverted = [
        "all calls of %s go to %s" % (trunk.name, wording.forwarded(trunk.rules, trunks))
        for trunk in trunks.all
        if trunk.forwards_to() is not None and not _as_recorded(trunk, records)
    ]
    if diverted and not job.force:
        raise InvalidInput(
            "There is no open snapshot (%s), and %s: set trunk_diversion_directory to where the snapshot was written, or, if "
            "these calls are meant to go there, run with %s" % (job.snapshot_path(), "; ".join(diverted), FORCE)
        )
    return [nothing] + ["Note: %s, and no snapshot here says what was there before" % each for each in diverted]


def _as_recorded(trunk: Trunk, records: Sequence[Snapshot]) -> bool:
    """Whether the latest record of a trunk says that these are the rules that were restored."""
    recorded = [entry.rules for record in records for entry in record.entries if entry.trunk_id == trunk.trunk_id]
    return bool(recorded) and recorded[-1] == trunk.rules
