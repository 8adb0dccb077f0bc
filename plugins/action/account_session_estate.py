# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the accounts of all hosts of a batch with their documents in one process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ..module_utils._common.errors import AlianzaError, unexpected_error
from ..plugin_utils._base.compared_account import ComparedAccount
from ..plugin_utils._base.document_parts import OPTIONAL, TRUNKS
from ..plugin_utils._base.estate import Estate, ReadAccount, WantedAccount, estate_concurrency
from ..plugin_utils._base.filling import Filling
from ..plugin_utils._base.frozen_heap import frozen_heap
from ..plugin_utils._base.host_options import host_options
from ..plugin_utils._base.options import read_options
from ..plugin_utils._base.plain import plain
from ..plugin_utils._base.play_hosts import PlayHosts
from ..plugin_utils._base.progress import Progress
from ..plugin_utils._documents.comparison import comparison_lines, registration_lines
from ..plugin_utils._documents.onboarding import refuse_deletes
from ..plugin_utils._documents.whole_document import whole_document
from ..plugin_utils._session.accounts import Account
from ..plugin_utils._session.distinct import distinct_accounts
from ..plugin_utils._session.host_accounts import host_account

ARGUMENTS: dict[str, Any] = {
    "variable": {"type": "str", "default": TRUNKS.variable},
    **{part.option: {"type": "str", "default": part.variable} for part in OPTIONAL},
    "prune": {"type": "str"},
    "force": {"type": "str"},
    "reroute": {"type": "str"},
    "deletes": {"type": "bool", "default": True},
    "registration": {"type": "bool", "default": False},
    "concurrency": {"type": "raw"},
}
# As alianza_account_trunks has them; a blank variable is no answer.
TERMS: dict[str, Any] = {
    "prune": {"type": "str", "choices": ["none", "numbers", "all"]},
    "force": {"type": "bool"},
    "reroute": {"type": "bool"},
}
LOCAL = ("local", "ansible.builtin.local", "ansible.legacy.local")
# Strategies that run a task for each host although it says run_once.
EACH_HOST = ("free", "host_pinned")

display = Display()


class ActionModule(ActionBase):  # type: ignore[misc]  # ansible-core has no type hints
    """Looks at all hosts at once, so that one of them is enough to run it."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the hosts to go on with; an account that cannot be compared is one of them and is no failure of the task."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS)
        error: AlianzaError
        try:
            play = PlayHosts(self._task, self._templar, task_vars or {})
            each_host = str(self._task.get_play().strategy).rpartition(".")[2] in EACH_HOST
            hosts = [play.current] if each_host else play.batch
            with frozen_heap():
                comparison = _Comparison(play, self._templar, hosts, plain(options))
                return dict(result, changed=False, **comparison.result())
        except AlianzaError as raised:
            error = raised
        except Exception as raised:
            # Nothing of what was filled in is quoted: it may be a secret.
            error = unexpected_error(raised)
        return dict(result, failed=True, msg=error.msg, failure=error.as_dict())


@dataclass
class _Found:
    """What came of a comparison: the hosts of each kind, and what to say of those that match."""

    differing: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    failures: dict[str, AlianzaError] = field(default_factory=dict)
    trunks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class _Comparison:
    """The accounts of some hosts of a play, and their documents.

    Args:
        play: the hosts of the play.
        templar: fills in templates.
        hosts: those to compare.
        options: the options of the task.
    """

    def __init__(self, play: PlayHosts, templar: Any, hosts: list[str], options: Mapping[str, Any]) -> None:
        self._play = play
        self._templar = templar.copy_with_new_env(available_variables={})
        self._hosts = hosts
        self._task = options
        self._concurrency = estate_concurrency(options["concurrency"], "account_session_concurrency")
        self._named: dict[str, Account] = {}
        self._options: dict[str, dict[str, Any] | AlianzaError] = {}
        self._accounts: dict[str, ComparedAccount] = {}
        self._found = _Found()
        for host in play.names:
            self._look(host)

    def result(self) -> dict[str, Any]:
        """Compare, and return the result of the task."""
        estate, found = Estate(os.environ, self._concurrency), self._found
        try:
            accounts, dummy = distinct_accounts(self._named, self._options, estate.read, {})
            progress = Progress(len(self._hosts))
            for read in estate.read(self._wanted(accounts.checked), progress.show):
                progress.count()
                self._take(read)
        finally:
            for warning in estate.close():
                display.warning(warning)
        failed = {*found.failures, *(host for host in self._hosts if accounts.checked[host].fault)}
        unread = [host for host in found.unread if host not in failed]
        remaining = self._ordered({*failed, *unread, *found.differing})
        lines = comparison_lines(
            len(self._hosts),
            self._ordered(found.differing),
            self._ordered(failed),
            unread,
        )
        return {
            "remaining": remaining,
            "hosts": {host: accounts.checked[host].as_dict() for host in remaining},
            "first_host": next((host for host in remaining if not accounts.checked[host].fault), ""),
            "failures": {host: _failure(error) for host, error in found.failures.items()},
            "report": lines + registration_lines({host: found.trunks[host] for host in self._ordered(found.trunks)}),
        }

    def _look(self, host: str) -> None:
        """Read the variables of a host once, and keep of them what the comparison needs."""
        variables = self._play.variables(host)
        self._templar.available_variables = variables
        template = self._templar.template
        own = self._play.own(host) if "alianza_pbxs" in variables else {}
        self._named[host] = host_account(host, variables, own, template, "account_session_")
        try:
            # Hosts of other batches are looked up too, if some hosts give numbers and others ids.
            self._options[host] = plain(host_options(variables, template))
        except AlianzaError as error:
            self._options[host] = error
        if host not in self._hosts or self._named[host].is_pbx or not self._named[host].named:
            return
        if str(variables.get("ansible_connection") or LOCAL[0]) not in LOCAL:
            # Its task runs elsewhere, perhaps where alone the API can be reached.
            self._found.unread.append(host)
            return
        try:
            names = {
                TRUNKS.option: self._task["variable"],
                **{part.option: self._task[part.option] for part in OPTIONAL},
            }
            document = whole_document(host, names, variables, template)
            if not self._task["deletes"]:
                refuse_deletes(document)
            terms = self._terms(variables, template)
            self._accounts[host] = ComparedAccount({**terms, **document}, self._task["registration"])
        except AlianzaError as error:
            self._found.failures[host] = error

    def _terms(self, variables: Mapping[str, Any], template: Any) -> dict[str, Any]:
        """Return the options of alianza_account_trunks that variables of a host give."""
        given = {
            option: variables[self._task[option]]
            for option in TERMS
            if variables.get(self._task[option] or "") is not None
        }
        values = read_options(TERMS, given, Filling(variables, template).fill_in)
        return {option: value for option, value in values.items() if value is not None}

    def _wanted(self, checked: Mapping[str, Account]) -> Iterator[WantedAccount]:
        for host, account in self._accounts.items():
            if not checked[host].fault:
                yield WantedAccount(host, self._options[host], checked[host].options(), account.needs)

    def _take(self, read: ReadAccount) -> None:
        """Note how an account compares, and drop what that was found with."""
        account, found = self._accounts[read.host], self._found
        if read.error is None and account.matches(read.state):
            for notice in account.notices:
                display.warning("%s: %s" % (read.host, notice))
            if self._task["registration"]:
                found.trunks[read.host] = account.sip_trunks(read.state)
            return
        error = read.error or account.error
        if error is None:
            found.differing.append(read.host)
        else:
            found.failures[read.host] = error

    def _ordered(self, hosts: Any) -> list[str]:
        return [host for host in self._hosts if host in hosts]


def _failure(error: AlianzaError) -> dict[str, Any]:
    """Return the part of a result that says why the task failed, as the module would return it."""
    return {"msg": error.msg, "failure": error.as_dict(), "guards": [guard.as_dict() for guard in error.guards]}
