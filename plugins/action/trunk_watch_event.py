# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks an event, puts it in words, and finds the host of the play that is its account."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import AlianzaError
from ..plugin_utils._base.play_hosts import PlayHosts
from ..plugin_utils._session.host_accounts import host_account
from ..plugin_utils._watch.host import host_of
from ..plugin_utils._watch.notice import read_event

PREFIX = "trunk_watch_"


class ActionModule(ActionBase):  # type: ignore[misc]
    """Looks at all hosts at once, so that one of them is enough to run it."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the host, empty if none is the account, and the event in words."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec({"event": {"type": "raw", "required": True}})
        play = PlayHosts(self._task, self._templar, task_vars or {})
        try:
            notice = read_event(options["event"])
            # Events of the API are of no host.
            hosts = {host: _account(play, host) for host in play.names} if notice.trunk_id else {}
            found = {"host": host_of(notice, hosts), "text": notice.text()}
            # Becomes an artifact of a job of AWX, for its notification.
            stats = {"data": {"trunk_watch": found}, "aggregate": False, "per_host": False}
            return dict(result, changed=False, ansible_stats=stats, **found)
        except AlianzaError as error:
            return dict(result, failed=True, msg=error.msg, failure=error.as_dict())


def _account(play: PlayHosts, host: str) -> dict[str, str]:
    """Return {account_id, account_number} as the variables of a host have it; what is faulty there counts as missing."""
    variables = play.variables(host)
    own = play.own(host) if "alianza_pbxs" in variables else {}
    account = host_account(host, variables, own, lambda value: play.template(variables, value), PREFIX)
    return {"account_id": account.account_id, "account_number": account.account_number}
