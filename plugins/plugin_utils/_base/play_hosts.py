# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The hosts of a play and their variables, as a task sees them; the one place that looks at other hosts' variables."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from .host_options import host_options

# Variables that list hosts of the play. They are the same for all hosts of a task.
_LISTS = ("ansible_play_hosts_all", "ansible_play_hosts", "ansible_play_batch", "play_hosts")


class PlayHosts:
    """The hosts of the play that a task belongs to.

    Args:
        task: the task.
        templar: the task's templar.
        task_vars: the variables of the task for the host that it runs for.
    """

    def __init__(self, task: Any, templar: Any, task_vars: Mapping[str, Any]) -> None:
        self._task = task
        self._templar = templar
        self._task_vars = task_vars
        self.current = str(task_vars["inventory_hostname"])
        # Hosts of later batches (serial) are among them.
        self.names = [str(host) for host in task_vars["ansible_play_hosts_all"]]
        # AWX sets it.
        name = task_vars.get("awx_inventory_name")
        self.inventory_name = str(name) if isinstance(name, str) and name.strip() else None
        self.batch = [str(host) for host in task_vars["ansible_play_batch"]]

    def variables(self, host: str) -> Mapping[str, Any]:
        """Return the variables that the task has for a host, not filled in.

        What ``hostvars`` offers lacks the variables of the play and its roles, and it is these that may name the account.
        """
        if host == self.current:
            return self._task_vars
        hostvars = self._task_vars["hostvars"]
        get_vars = hostvars._variable_manager.get_vars
        variables: dict[str, Any] = get_vars(
            play=self._task.get_play(),
            host=hostvars._inventory.get_host(host),
            task=self._task,
            **_short_lists(get_vars, host),
        )
        for each, own in ((variables, self._task_vars), (variables.get("vars"), self._task_vars.get("vars"))):
            if each is not None and own is not None:
                each.update({name: own[name] for name in _LISTS if name in own})
        return variables

    def own(self, host: str) -> Mapping[str, Any]:
        """Return the variables that a host has whatever the play, not filled in."""
        variables: Mapping[str, Any] = self._task_vars["hostvars"].raw_get(host)
        return variables

    def template(self, variables: Mapping[str, Any], value: Any) -> Any:
        """Return a value with its templates filled in from the variables of a host."""
        return self._templar.copy_with_new_env(available_variables=variables).template(value)

    def connection(self, host: str) -> dict[str, Any]:
        """Return the options of the connection that a host's variables give.

        Raises:
            InvalidInput: a variable could not be filled in.
        """
        variables = self.variables(host)
        return host_options(variables, lambda value: self.template(variables, value))


def _short_lists(get_vars: Callable[..., Any], host: str) -> dict[str, list[str]]:
    """Return arguments that keep Ansible from listing all hosts of the play anew for each of them, which takes the square of their number.

    They are not for the public, so that a release may come without them.
    """
    known = inspect.signature(get_vars).parameters
    return {name: [host] for name in ("_hosts", "_hosts_all") if name in known}
