# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decides what is done about an event, and keeps count of it in the ledger of the watch."""

from __future__ import annotations

import os
import time
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import AlianzaError, Guarded, InvalidInput
from ..plugin_utils._base.files import read_bytes
from ..plugin_utils._base.locked_file import update
from ..plugin_utils._base.persistence import surroundings, why_lost
from ..plugin_utils._base.plain import plain
from ..plugin_utils._watch import ledger as ledgers
from ..plugin_utils._watch.notice import Notice, read_event
from ..plugin_utils._watch.reaction import DIVERT, Reaction, react

ARGUMENTS: dict[str, Any] = {
    "event": {"type": "raw", "required": True},
    "sip_trunks": {"type": "list", "elements": "dict", "required": True},
    "target": {"type": "raw"},
    "most_per_hour": {"type": "int", "default": 10},
    "directory": {"type": "str", "required": True},
    "ephemeral": {"type": "raw"},
}


class ActionModule(ActionBase):  # type: ignore[misc]
    """Returns what to do; what it allows is in the ledger before it is done, so that a run that is killed counts too."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the reaction; a failure has ``msg`` and ``failure`` as those of the modules have."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS)
        options = plain(options)
        try:
            notice = read_event(options["event"])
            reaction = self._reaction(notice, options)
            if reaction.refused:
                failure = dict(InvalidInput(reaction.text).as_dict(), kind=Guarded.kind)
                return dict(result, failed=True, msg=reaction.text, failure=failure)
            return dict(result, changed=False, action=reaction.action, text=reaction.text, trunk_id=notice.trunk_id)
        except AlianzaError as error:
            return dict(result, failed=True, msg=error.msg, failure=error.as_dict())
        except OSError as error:
            fault = InvalidInput(
                "%s: %s; check trunk_watch_directory, its permissions and its free space"
                % (error.filename or options["directory"], error.strerror or error)
            )
            return dict(result, failed=True, msg=fault.msg, failure=fault.as_dict())

    def _reaction(self, notice: Notice, options: dict[str, Any]) -> Reaction:
        path = os.path.join(_directory(options["directory"]), "ledger.json")
        target = options["target"]
        permitted = bool(target.strip() if isinstance(target, str) else target)
        trunk = next((each for each in options["sip_trunks"] if each["trunk_id"] == notice.trunk_id), None)

        def change(content: bytes | None) -> tuple[str | None, Reaction]:
            reaction = react(notice, trunk, permitted, _ledger(path, content), options["most_per_hour"], time.time())
            if reaction.ledger is None:
                return None, reaction
            if reaction.action == DIVERT:
                _check_kept(os.path.dirname(path), options["ephemeral"])
            return ledgers.render(reaction.ledger), reaction

        return change(read_bytes(path))[1] if self._task.check_mode else update(path, change)


def _directory(given: str) -> str:
    directory = os.path.expanduser(given)
    if not directory.startswith("/"):
        raise InvalidInput(
            "trunk_watch_directory is '%s': give a path that begins with / or ~, which is the same wherever the watch runs"
            % given
        )
    return directory


def _ledger(path: str, content: bytes | None) -> ledgers.Ledger:
    try:
        return ledgers.Ledger() if content is None else ledgers.parse(content)
    except ValueError as error:
        raise InvalidInput(
            "%s cannot be used, %s: delete it, or set trunk_watch_directory to a directory of the watch alone"
            % (path, error)
        ) from None


def _check_kept(directory: str, declared: Any) -> None:
    """Refuse to divert where the count of diversions would be lost with the job.

    Raises:
        InvalidInput: it would be.
    """
    try:
        why = why_lost(os.path.realpath(directory), declared, surroundings())
    except ValueError as error:
        raise InvalidInput("alianza_state_is_ephemeral %s" % error) from None
    if why:
        raise InvalidInput(
            "%s would be lost with the job (%s), and with it the count of diversions: mount a directory that stays, and set "
            "trunk_watch_directory to it" % (directory, why)
        )
