# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Returns the account of one host, or fails with why it must not go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import InvalidInput
from ..plugin_utils._base.play_hosts import PlayHosts
from ..plugin_utils._session.accounts import Account

REGISTERED = "account_session_hosts"


class ActionModule(ActionBase):
    """Takes its part of what account_session_hosts or account_session_estate found."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the host's account."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec({"unchecked": {"type": "str", "required": True}})
        play = PlayHosts(self._task, self._templar, task_vars or {})
        # Taken from the variables and not from an option: all hosts are in it, and each of them would have all of it filled in.
        found = (task_vars or {}).get(REGISTERED)
        entry = found["hosts"].get(play.current) if isinstance(found, Mapping) and "hosts" in found else None
        if entry is None:
            return dict(result, failed=True, **_failure(InvalidInput.kind, str(options["unchecked"])))
        account = Account.from_dict(entry)
        if not account.fault and play.current in (found.get("failures") or {}):
            # It was read with the accounts of all hosts; asking once more would delay the others.
            return dict(result, changed=False, failed=True, **found["failures"][play.current])
        result.update(changed=False, account_id=account.account_id, account_number=account.account_number)
        if account.fault:
            return dict(result, failed=True, **_failure(account.fault_kind, account.fault))
        first = str(found["first_host"])
        return dict(result, account=account.options(), first_host=first, same_login=_same_login(play, first))


def _failure(kind: str, msg: str) -> dict[str, Any]:
    """Return the part of a result that says why the task failed, as modules return it."""
    return {"msg": msg, "failure": dict(InvalidInput(msg).as_dict(), kind=kind)}


def _same_login(play: PlayHosts, first: str) -> bool:
    """Whether the host would log in as the first host does; where that cannot be said, it logs in by itself and fails."""
    if first not in play.names:
        return False
    try:
        ours, theirs = play.connection(play.current), play.connection(first)
    except InvalidInput:
        return False
    return ours == theirs
