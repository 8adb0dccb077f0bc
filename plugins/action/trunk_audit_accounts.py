# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audits the accounts of all hosts of a batch in one process, and writes the report."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ansible import context
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ..module_utils._common.errors import AlianzaError, InvalidInput, unexpected_error
from ..module_utils._module.call_path_usage_info import MOST_DAYS, period_until
from ..module_utils._resource.state import State, call_records
from ..plugin_utils._audit import report as reports
from ..plugin_utils._audit import table
from ..plugin_utils._audit.account_row import account_row
from ..plugin_utils._audit.environment import environment, joined
from ..plugin_utils._audit.fail_on import fails, parse_fail_on
from ..plugin_utils._audit.page import page
from ..plugin_utils._audit.usage import add_failure, add_usage
from ..plugin_utils._base.answers import answer, whole_number
from ..plugin_utils._base.audited_account import AuditedAccount
from ..plugin_utils._base.document_parts import PARTS, TRUNKS
from ..plugin_utils._base.estate import Estate, WantedAccount, estate_concurrency
from ..plugin_utils._base.files import read_bytes
from ..plugin_utils._base.filling import filled_in
from ..plugin_utils._base.frozen_heap import frozen_heap
from ..plugin_utils._base.host_options import host_options
from ..plugin_utils._base.local_time import local_time
from ..plugin_utils._base.persistence import VARIABLE, loss
from ..plugin_utils._base.plain import plain
from ..plugin_utils._base.play_hosts import PlayHosts
from ..plugin_utils._base.progress import Progress
from ..plugin_utils._base.report_files import exclusive, read_report, write_files
from ..plugin_utils._documents.whole_document import optional_whole_document
from ..plugin_utils._session.accounts import Account, Accounts
from ..plugin_utils._session.distinct import distinct_accounts
from ..plugin_utils._session.host_accounts import host_account

PREFIX = "trunk_audit_"
VARIABLES = {option: PREFIX + option for option in PARTS}
ARGUMENTS: dict[str, Any] = {
    "directory": {"type": "str", "required": True},
    "mode": {"type": "raw", "default": "0640"},
    "unlisted": {"type": "raw"},
    "concurrency": {"type": "raw"},
    "usage_days": {"type": "raw"},
    "fail_on": {"type": "raw"},
    "fail_on_drift": {"type": "raw"},
}
# Strategies that run a task for each host although it says run_once.
EACH_HOST = ("free", "host_pinned")
# The variable that the role registers the result as.
REGISTERED = "trunk_audit_result"

display = Display()


class ActionModule(ActionBase):  # type: ignore[misc]
    """Looks at all hosts at once, so that one of them is enough to run it."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the outcome; an account that cannot be audited is in it and is no failure of the task."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS)
        error: AlianzaError
        try:
            play = PlayHosts(self._task, self._templar, task_vars or {})
            active = [str(host) for host in (task_vars or {})["ansible_play_hosts"]]
            given = plain(options)
            given["directory"] = os.path.join(os.getcwd(), os.path.expanduser(given["directory"]))
            declared = plain(self._templar.template((task_vars or {}).get(VARIABLE)))
            # No failure: the outcome is an artifact of the job, and the play may send the files elsewhere.
            lost = loss(given["directory"], declared, "The report", PREFIX + "directory")
            if lost:
                display.warning(lost)
            with frozen_heap():
                result.update(self._audit(given, play, active))
            return result
        except AlianzaError as raised:
            error = raised
        except OSError as raised:
            error = InvalidInput(
                "%s: %s; check trunk_audit_directory, its permissions and its free space, and run again"
                % (raised.filename or options["directory"], raised.strerror or raised)
            )
        except Exception as raised:
            # Nothing of what was filled in is quoted: it may be a secret.
            error = unexpected_error(raised)
        return dict(result, failed=True, msg=error.msg, failure=error.as_dict())

    def _audit(self, options: dict[str, Any], play: PlayHosts, active: list[str]) -> dict[str, Any]:
        try:
            on_drift = bool(answer(options["fail_on_drift"], False, PREFIX + "fail_on_drift"))
            unlisted = bool(answer(options["unlisted"], True, PREFIX + "unlisted"))
            days = whole_number(options["usage_days"], 0, 0, MOST_DAYS, PREFIX + "usage_days")
        except ValueError as error:
            raise InvalidInput(str(error)) from None
        concurrency = estate_concurrency(options["concurrency"], PREFIX + "concurrency")
        fail_on = parse_fail_on(options["fail_on"], on_drift)
        each_host = str(self._task.get_play().strategy).rpartition(".")[2] in EACH_HOST
        hosts = [play.current] if each_host else play.batch
        audit = _Audit(play, self._templar, hosts, unlisted)
        rows = dict(audit.rows(concurrency, days))
        directory = options["directory"]
        with exclusive(directory):
            path = os.path.join(directory, "audit.json")
            run = str(self._task._uuid)
            # With serial, and where each host runs the task, the others' rows are in the file that these left.
            earlier = read_report(path) if len(hosts) < len(play.names) else {}
            known = {row["host"]: row for row in earlier["accounts"]} if earlier.get("run") == run else {}
            known.update(rows)
            made = reports.report([known.get(host) for host in play.names], play.names, active, _now())
            places = [earlier.get("environment") or {}] if earlier.get("run") == run else []
            made["environment"] = joined([*places, environment(audit.places, _inventory(), play.inventory_name)])
            made["usage_days"] = days or None
            made["run"] = run
            write_files(directory, self._files(made), options["mode"])
        outcome = dict(reports.outcome(made), directory=directory)
        done = {account["host"] for account in made["accounts"]}
        last = all(host in done or host in play.batch for host in active)
        result: dict[str, Any] = {
            "changed": False,
            "outcome": outcome,
            "closing": reports.closing_lines(made, os.path.join(directory, "audit.html")),
            "lines": reports.lines_of_hosts(made, hosts, play.batch, lambda account: fails(account, fail_on), last),
            # Becomes an artifact of a job of AWX.
            "ansible_stats": {"data": {"trunk_audit": outcome}, "aggregate": False, "per_host": False},
        }
        if len(play.batch) < len(play.names):
            # So that later batches need not read the variables of all hosts again, nor look up their account IDs.
            result["named"] = {host: account.as_dict() for host, account in audit.named.items()}
            result["looked_up"] = audit.looked_up
        return result

    def _files(self, made: Mapping[str, Any]) -> dict[str, str]:
        """Return {name: text} of the files of a report."""
        css, script = (
            (read_bytes(self._find_needle("files", name)) or b"").decode("utf-8") for name in ("audit.css", "audit.js")
        )
        return {
            "audit.json": reports.rendered(made),
            "audit.csv": table.table(made),
            "audit.html": page(made, css, script, local_time),
        }


class _Audit:
    """The accounts of some hosts of a play, and their documents.

    Args:
        play: the hosts of the play.
        templar: fills in templates.
        hosts: those to audit.
        unlisted: whether what a document does not list is drift.

    Attributes:
        named: {host: Account} of all hosts of the play, as their variables have it.
        places: (host of the API, ID of the partition) of each login, once the accounts were read.
        looked_up: {host: account ID} of those that gave a number and had to be looked up, in earlier batches too.
    """

    def __init__(self, play: PlayHosts, templar: Any, hosts: list[str], unlisted: bool) -> None:
        self._play = play
        self._templar = templar.copy_with_new_env(available_variables={})
        self._hosts = hosts
        self._unlisted = unlisted
        self._options: dict[str, dict[str, Any] | AlianzaError] = {}
        self._accounts: dict[str, AuditedAccount] = {}
        self._about: dict[str, dict[str, Any]] = {}
        self.places: list[tuple[str, str | None]] = []
        self.named, self.looked_up = self._known()
        for host in list(hosts) if self.named else play.names:
            self._look(host)

    def rows(self, concurrency: int, days: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
        """Read the accounts, and yield (host, its row) in the order in which they are finished.

        Args:
            concurrency: how many requests may be in flight.
            days: of so many days the call detail records are read when all accounts are, and the rows completed; 0 for none.
        """
        estate = Estate(os.environ, concurrency)
        try:
            checked = self._checked(estate).checked
            progress = Progress(len(self._hosts))
            wanted, found = [], {}
            for host in self._hosts:
                account = checked[host]
                if account.fault:
                    progress.count()
                    yield host, self._row(host, account, {"msg": account.fault, "kind": account.fault_kind})
                else:
                    needs = self._accounts[host].needs
                    wanted.append(WantedAccount(host, self._options[host], account.options(), needs))
            for read in estate.read(wanted, progress.show):
                progress.count()
                error = {"msg": read.error.msg, "kind": read.error.kind} if read.error else None
                row = self._row(read.host, checked[read.host], error, read.state)
                if error is None:
                    found[read.host] = row
                yield read.host, row
            if days:
                _read_usage(estate, [each for each in wanted if each.host in found], found, days)
        finally:
            self.places = estate.places()
            for warning in estate.close():
                display.warning(warning)

    def _known(self) -> tuple[dict[str, Account], dict[str, str]]:
        """Return the accounts that the hosts of the play name and the IDs that were looked up, if an earlier batch has found them."""
        earlier = self._play.own(self._play.names[0]).get(REGISTERED)
        named = earlier.get("named") if isinstance(earlier, Mapping) else None
        if earlier is None or not isinstance(named, Mapping) or list(named) != self._play.names:
            return {}, {}
        accounts = {str(host): Account.from_dict(plain(account)) for host, account in named.items()}
        return accounts, dict(plain(earlier["looked_up"]))

    def _look(self, host: str) -> None:
        """Read the variables of a host once, and keep of them what the audit needs."""
        variables = self._play.variables(host)
        self._templar.available_variables = variables
        template = self._templar.template
        if host not in self.named:
            own = self._play.own(host) if "alianza_pbxs" in variables else {}
            self.named[host] = host_account(host, variables, own, template, PREFIX)
        # Hosts of other batches are looked up too, if some hosts give numbers and others ids.
        try:
            self._options[host] = plain(host_options(variables, template))
        except AlianzaError as error:
            self._options[host] = error
        if host not in self._hosts:
            return
        document, fault = None, None
        try:
            document = optional_whole_document(host, VARIABLES, variables, template)
        except AlianzaError as error:
            fault = error
        self._accounts[host] = AuditedAccount(document, self._unlisted, fault)
        try:
            name = plain(filled_in(variables, PREFIX + "account_name", template))
        except Exception:
            # Its account is audited without it.
            name = None
        entries = [{key: entry.get(key) for key in TRUNKS.keys} for entry in (document or {}).get(TRUNKS.option, ())]
        self._about[host] = {
            "host": host,
            "account_name": name,
            "document": None if document is None else entries,
            "unlisted": self._unlisted,
        }

    def _checked(self, estate: Estate) -> Accounts:
        """Return the accounts of the hosts, each of which is one host's alone."""
        named = {host: self.named[host] for host in self._play.names}
        accounts, self.looked_up = distinct_accounts(named, self._options, estate.read, self.looked_up)
        return accounts

    def _row(
        self, host: str, account: Account, error: dict[str, str] | None, state: State | None = None
    ) -> dict[str, Any]:
        """Return what there is to report of an account, and drop what it was made from."""
        audited, about = self._accounts.pop(host), self._about.pop(host)
        results = audited.results(state) if state is not None and error is None else {}
        return account_row(
            dict(
                about,
                at=_now(),
                account_id=account.account_id,
                account_number=account.account_number,
                error=error,
                **results,
            )
        )


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_usage(estate: Estate, wanted: Sequence[WantedAccount], rows: Mapping[str, dict[str, Any]], days: int) -> None:
    """Complete rows by the peak of their trunks. By itself, so that an account whose records are refused is audited all the same."""
    need = call_records(period_until(datetime.now(timezone.utc), days))
    again = [
        replace(each, account={"account_id": rows[each.host]["account_id"]}, needs=lambda state: [need])
        for each in wanted
    ]
    progress = Progress(len(wanted), "call records of {done:,} of {total:,} accounts read")
    for read in estate.read(again, progress.show):
        progress.count()
        if read.error is not None:
            add_failure(rows[read.host], read.error.msg)
        else:
            add_usage(rows[read.host], read.state.call_records)


def _inventory() -> list[str]:
    """Return the sources of the inventory that the command was given."""
    given = context.CLIARGS.get("inventory") or ()
    return [given] if isinstance(given, str) else [str(source) for source in given]
