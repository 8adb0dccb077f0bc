# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a diversion or a restore knows of the run that it belongs to. Pure."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from ...module_utils._common.errors import InvalidInput
from .snapshot import file_name

FORCE = "trunk_diversion_force: true"
DEFAULT_DIRECTORY = "~/.alianza/diversions"


@dataclass(frozen=True)
class Job:
    """The circumstances of one diversion or restore.

    Attributes:
        account_id: ID of the account.
        host: name of the inventory host that stands for the account.
        directory: absolute path of the directory of snapshots.
        now: the time in UTC, as ISO 8601 text.
        force: whether to go on although somebody changed rules in between, or something cannot be restored.
        check: whether nothing is going to be written.
        inventory_sources: the inventories as they were given to Ansible.
        default_directory: absolute path of the directory that is used when none is given.
        owner: a word for the automation that diverts or restores, which restores only what it has diverted; empty for people.
    """

    account_id: str
    host: str
    directory: str
    now: str
    force: bool = False
    check: bool = False
    inventory_sources: tuple[str, ...] = ()
    default_directory: str = ""
    owner: str = ""

    def __post_init__(self) -> None:
        """Refuse a directory that depends on where the command runs.

        Raises:
            InvalidInput: the directory is not an absolute path.
        """
        if not self.directory.startswith("/"):
            raise InvalidInput(
                "trunk_diversion_directory is '%s': give a path that begins with / or ~, which is the same wherever the command runs"
                % self.directory
            )

    def snapshot_path(self) -> str:
        """Return the path of the account's open snapshot."""
        return "%s/%s" % (self.directory.rstrip("/"), file_name(self.account_id))

    def lock_path(self) -> str:
        """Return the path of the lock that protects the account's snapshot."""
        return self.snapshot_path() + ".lock"

    def record_path(self, opened: str) -> str:
        """Return the path of the record of a snapshot that is closed.

        Args:
            opened: when the snapshot was opened, as text; ``*`` for a pattern that matches every record of the account.
        """
        return "%s/%s" % (self.directory.rstrip("/"), file_name(self.account_id, opened))

    def restore_command(self) -> str:
        """Return the shell command that restores the calls of the account."""
        words = ["ansible-playbook", "alianza.sip_trunking.restore"]
        for source in self.inventory_sources:
            words += ["-i", source]
        words += ["--limit", self.host]
        if self.directory != self.default_directory:
            words += ["-e", "alianza_diversion_directory=%s" % shlex.quote(self.directory)]
        return " ".join(map(shlex.quote, words))
