# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of the role trunk_diversion that need files of the control node, the clock or the play: lock, plan, save, close."""

from __future__ import annotations

import glob
import os
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import AlianzaError, InvalidInput
from ..plugin_utils._base.files import make_directory, read_bytes, remove, write_whole
from ..plugin_utils._base.persistence import VARIABLE, refuse_lost
from ..plugin_utils._base.plain import plain
from ..plugin_utils._base.run_lock import Held, Holder, acquire, current_run, is_held, release
from ..plugin_utils._diversion import divert, restore
from ..plugin_utils._diversion.comparison import trunks_of
from ..plugin_utils._diversion.job import DEFAULT_DIRECTORY, Job
from ..plugin_utils._diversion.snapshot import Snapshot
from ..plugin_utils._diversion.snapshot_file import parse

ARGUMENTS: dict[str, Any] = {
    "operation": {"type": "str", "required": True, "choices": ["lock", "divert", "restore", "close", "unlock"]},
    "account_id": {"type": "str", "required": True},
    "directory": {"type": "str", "required": True},
    "make_directory": {"type": "bool", "default": True},
    "sip_trunks": {"type": "list", "elements": "dict"},
    "selection": {"type": "raw"},
    "target": {"type": "raw"},
    "force": {"type": "bool", "default": False},
    "owner": {"type": "str", "default": ""},
    "closing": {
        "type": "dict",
        "options": {
            "record_path": {"type": "str", "required": True},
            "record": {"type": "str", "required": True},
            "snapshot": {"type": "str", "required": True},
        },
    },
}
REQUIRED = [("operation", "divert", ["sip_trunks"]), ("operation", "restore", ["sip_trunks"])]


class ActionModule(ActionBase):  # type: ignore[misc]
    """Runs one operation on the snapshot of an account, on the control node."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the result of the operation; a failure has ``msg`` and ``failure`` as those of the modules have."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS, required_if=REQUIRED)
        try:
            declared = plain(self._templar.template((task_vars or {}).get(VARIABLE)))
            operation = _Operation(plain(options), task_vars or {}, bool(self._task.check_mode), declared)
            result.update(getattr(operation, operation.options["operation"])())
        except AlianzaError as error:
            result.update(failed=True, msg=error.msg, failure=error.as_dict())
        except OSError as error:
            fault = InvalidInput(
                "%s: %s; check trunk_diversion_directory, its permissions and its free space, and run again"
                % (error.filename or options["directory"], error.strerror or error)
            )
            result.update(failed=True, msg=fault.msg, failure=fault.as_dict())
        return result


class _Operation:
    """One operation; each method of a public name is one, and returns the task's result."""

    def __init__(self, options: dict[str, Any], task_vars: dict[str, Any], check: bool, ephemeral: Any) -> None:
        self.options = options
        self._ephemeral = ephemeral
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.job = Job(
            account_id=options["account_id"],
            host=plain(task_vars["inventory_hostname"]),
            directory=os.path.expanduser(options["directory"]),
            now=now,
            force=options["force"],
            check=check,
            inventory_sources=tuple(plain(task_vars.get("ansible_inventory_sources") or ())),
            default_directory=os.path.expanduser(DEFAULT_DIRECTORY),
            owner=options["owner"],
        )
        # Every task runs in a process of its own, which is a child of the one that runs the playbook.
        self.run: Holder = current_run(self.job.host, now, os.getppid())

    def lock(self) -> dict[str, Any]:
        """Take the lock of the account's snapshot; without a directory of snapshots there is nothing to protect."""
        path = self.job.lock_path()
        result: dict[str, Any] = {"lock_path": path, "locked": False}
        if self.options["make_directory"]:
            # Before the account is read: what follows writes a snapshot.
            self._check_directory()
        if self.job.check:
            return result
        if self.options["make_directory"]:
            make_directory(self.job.directory, 0o700)
        elif not os.path.isdir(self.job.directory):
            return result
        try:
            dead = acquire(path, self.run)
        except Held as held:
            raise InvalidInput(_held(path, held.holder)) from None
        if dead is not None:
            result["warnings"] = ["Took over %s from a run that was killed (%s)" % (path, dead)]
        return dict(result, locked=True)

    def unlock(self) -> dict[str, Any]:
        """Release the lock, if this run holds it. That it cannot be removed is no reason to fail."""
        try:
            release(self.job.lock_path(), self.run)
        except OSError as error:
            return {"warnings": ["%s cannot be removed (%s): delete it" % (self.job.lock_path(), error.strerror)]}
        return {}

    def divert(self) -> dict[str, Any]:
        """Plan a diversion, and write the snapshot, so that the rules can be changed next."""
        self._check_directory()
        self._check_lock()
        options, saved = self.options, self._snapshot()
        work = divert.plan(trunks_of(options["sip_trunks"]), options["selection"], options["target"], saved, self.job)
        if work.snapshot and not self.job.check:
            write_whole(self.job.snapshot_path(), work.snapshot)
        return {
            "changed": bool(work.snapshot),
            "trunks": work.trunks,
            "report": work.report,
            "snapshot_path": self.job.snapshot_path(),
        }

    def restore(self) -> dict[str, Any]:
        """Plan a restore."""
        saved, damaged = self._snapshot(), False
        if saved is not None:
            self._check_lock()
        if saved is None:
            records = [record for path in sorted(self._record_paths()) for record in [self._record(path)] if record]
        else:
            path = self.job.record_path(saved.opened)
            record = self._record(path)
            records = [record] if record else []
            damaged = record is None and read_bytes(path) is not None
        work = restore.plan(
            trunks_of(self.options["sip_trunks"]), self.options["selection"], saved, records, self.job, damaged
        )
        closing = asdict(work.closing) if work.closing else {}
        return {
            "trunks": work.trunks,
            "report": work.report,
            "closing": {name: closing[name] for name in ARGUMENTS["closing"]["options"] if name in closing},
            "snapshot_path": self.job.snapshot_path(),
        }

    def close(self) -> dict[str, Any]:
        """Write the record of what was restored, then take it out of the snapshot."""
        self._check_lock()
        closing = self.options["closing"]
        if not self.job.check:
            # The record comes first: a run that is killed in between finds the snapshot still open, and closes it.
            write_whole(closing["record_path"], closing["record"])
            if closing["snapshot"]:
                write_whole(self.job.snapshot_path(), closing["snapshot"])
            else:
                remove(self.job.snapshot_path())
        return {"changed": True}

    def _check_directory(self) -> None:
        """Refuse a directory whose snapshots would be lost with the job.

        Raises:
            InvalidInput: they would.
        """
        refuse_lost(
            self.job.directory,
            self._ephemeral,
            "The snapshot that calls are restored from",
            "alianza_diversion_directory",
        )

    def _check_lock(self) -> None:
        """Refuse to go on without the lock.

        Raises:
            InvalidInput: this run does not hold it.
        """
        if not self.job.check and not is_held(self.job.lock_path(), self.run):
            raise InvalidInput(
                "This run does not hold the lock %s, so nothing was done: run the whole role, without --tags or --start-at-task"
                % self.job.lock_path()
            )

    def _snapshot(self) -> Snapshot | None:
        """Return the open snapshot, None if there is none.

        Raises:
            InvalidInput: it is damaged.
        """
        path = self.job.snapshot_path()
        content = read_bytes(path)
        try:
            return None if content is None else parse(content, self.job.account_id)
        except ValueError as error:
            raise InvalidInput(
                "The snapshot %s cannot be used, %s: fix the file, or move it if no calls are diverted any more"
                % (path, error)
            ) from None

    def _record(self, path: str) -> Snapshot | None:
        """Return a record, None if there is none or it cannot be read: that must not leave calls diverted."""
        try:
            content = read_bytes(path)
            return None if content is None else parse(content, self.job.account_id)
        except (ValueError, OSError):
            return None

    def _record_paths(self) -> list[str]:
        """Return the paths of all records of the account."""
        directory, dummy, name = self.job.record_path("*").rpartition("/")
        return glob.glob("%s/%s" % (glob.escape(directory), name))


def _held(path: str, holder: Holder | None) -> str:
    """Return the sentence on a lock that another run holds."""
    if holder is None:
        return (
            "The lock %s exists and does not say who holds it: delete it if no other run diverts or restores calls of this account"
            % path
        )
    return (
        "Another run diverts or restores calls of this account (%s): let it finish and run again, or delete %s if that run is dead"
        % (holder, path)
    )
