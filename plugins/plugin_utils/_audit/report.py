# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The report of a run over many accounts: what ``audit.json`` holds. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from .account_row import account_row
from .states import (
    DEGRADED,
    DIVERTED,
    DOCUMENT_FAULTY,
    DOWN,
    DRIFTED,
    HEALTHS,
    NO_DOCUMENT,
    NOT_AUDITED,
    STATUSES,
)
from .totals import totals
from .words import counted

# Changes when a program that reads audit.json would have to change.
FORMAT = 1
# What needs attention, worst first.
URGENT = (NOT_AUDITED, DOCUMENT_FAULTY, DOWN, DIVERTED, DRIFTED, DEGRADED)
# What the last lines of a run name, and how they call it.
_NAMED = {
    NOT_AUDITED: "Not audited",
    DOCUMENT_FAULTY: "Document faulty",
    DOWN: "Down",
    DIVERTED: "Diverted",
    DRIFTED: "Drifted",
    NO_DOCUMENT: "No document",
}
# More names than this are counted instead.
_NAMES_MOST = 100


def report(
    rows: Iterable[Mapping[str, Any] | None], hosts: Sequence[str], active: Collection[str], at: str
) -> dict[str, Any]:
    """Return the report of a run.

    Args:
        rows: what :func:`~.account_row.account_row` returned for each host, in their order; anything empty for a host that has none.
        hosts: all hosts of the play.
        active: those of them that have not failed. If one of them has no row, its turn comes in a later batch.
        at: the time.
    """
    active = set(active)
    accounts, pending = [], []
    for host, account in zip(hosts, rows):
        if account:
            accounts.append(account)
        elif host in active:
            pending.append(host)
        else:
            accounts.append(account_row({"host": host}))
    accounts.sort(key=urgency)
    return {
        "format": FORMAT,
        "generated_at": at,
        "complete": not pending,
        "pending": len(pending),
        "totals": totals_of(accounts),
        "accounts": accounts,
    }


def totals_of(accounts: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return the totals of a report.

    Args:
        accounts: its rows.
    """
    counts = {"accounts": len(accounts)}
    counts.update({status: sum(account["status"] == status for account in accounts) for status in reversed(STATUSES)})
    counts[DOCUMENT_FAULTY] = sum(account["conformity"] == DOCUMENT_FAULTY for account in accounts)
    counts.update({state: sum(account["health"] == state for account in accounts) for state in HEALTHS})
    for key in totals((), 0):
        counts[key] = sum(account["totals"][key] for account in accounts)
    return counts


def outcome(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the essence of a report for later tasks and jobs: totals, and the hosts that need attention.

    Args:
        made: what :func:`report` returned.
    """
    return dict(
        {"complete": made["complete"], "totals": made["totals"]},
        **{
            status: [account["host"] for account in made["accounts"] if account["status"] == status]
            for status in (DRIFTED, NOT_AUDITED)
        },
        **{
            state: [account["host"] for account in made["accounts"] if state in _states(account)]
            for state in (DOCUMENT_FAULTY, NO_DOCUMENT, DOWN, DIVERTED, DEGRADED)
        },
        attention=[account["host"] for account in made["accounts"] if account["attention"]],
    )


def needs_attention(account: Mapping[str, Any]) -> bool:
    """Return whether somebody should look at an account.

    Args:
        account: its row.
    """
    return not _states(account).isdisjoint(URGENT)


def closing_lines(made: Mapping[str, Any], path: str) -> list[str]:
    """Return the last lines of a run: where the report is, how many accounts need what, and which.

    Args:
        made: what :func:`report` returned.
        path: where the page is.
    """
    counts = made["totals"]
    shown = (DRIFTED, NOT_AUDITED, DOWN, DIVERTED, DEGRADED)
    lines = [
        "%s: %s, %s"
        % (
            path,
            counted(counts["accounts"], "account", "accounts"),
            ", ".join("%d %s" % (counts[state], state.replace("_", " ")) for state in shown),
        )
    ]
    for state, title in _NAMED.items():
        hosts = [account["host"] for account in made["accounts"] if state in _states(account)]
        more = len(hosts) - _NAMES_MOST
        if hosts:
            names = ", ".join(hosts[:_NAMES_MOST]) + (" and %d more" % more if more > 0 else "")
            lines.append("%s: %s" % (title, names))
    return lines


def lines_of_hosts(
    made: Mapping[str, Any],
    hosts: Sequence[str],
    batch: Collection[str],
    failing: Callable[[Mapping[str, Any]], bool],
    last: bool,
) -> dict[str, dict[str, Any]]:
    """Return what the output of a run says of single hosts: {host: {msg, failed}} of those that need attention or fail.

    A batch of which all hosts fail would end the play before the next one, so that only the last one fails, for all of them.

    Args:
        made: what :func:`report` returned.
        hosts: the hosts to return lines for.
        batch: the hosts of the batch; with the strategy free they are audited one at a time, and each fails for itself.
        failing: whether an account makes the run fail.
        last: whether no batch comes after this one.
    """
    wanted, same_batch = set(hosts), set(batch)
    lines = {
        account["host"]: {
            "msg": "%s: %s" % (account["host"], account["summary"]),
            "failed": last and failing(account),
        }
        for account in made["accounts"]
        if account["host"] in wanted and (needs_attention(account) or failing(account))
    }
    earlier = [
        account["host"] for account in made["accounts"] if account["host"] not in same_batch and failing(account)
    ]
    if last and earlier:
        sentence = "Accounts of earlier batches need attention: %s" % ", ".join(earlier[:_NAMES_MOST])
        for host in hosts:
            if not lines.get(host, {}).get("failed"):
                lines[host] = {"msg": sentence, "failed": True}
    return lines


def rendered(made: Mapping[str, Any]) -> str:
    """Return a report as JSON, an account in a line.

    Args:
        made: what :func:`report` returned.
    """
    parts = ["%s: %s" % (json.dumps(key), json.dumps(value)) for key, value in made.items() if key != "accounts"]
    accounts = ",\n    ".join(map(json.dumps, made["accounts"]))
    parts.append('"accounts": [%s]' % ("\n    %s\n  " % accounts if accounts else ""))
    return "{\n  %s\n}\n" % ",\n  ".join(parts)


def row_of(text: str, host: str) -> dict[str, Any]:
    """Return the account of a host from a report that was :func:`rendered`, an empty mapping if it has none.

    Args:
        text: the report as JSON.
        host: name of the host.
    """
    return next((account for account in json.loads(text)["accounts"] if account["host"] == host), {})


def _states(account: Mapping[str, Any]) -> set[Any]:
    """Return conformity and health of an account; a diverted trunk of one that is down counts too."""
    diverted = {DIVERTED} if account["totals"]["diverted_trunks"] else set()
    return {account["conformity"], account["health"], *diverted}


def urgency(account: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return a key that sorts accounts worst first, and then by host."""
    ranks = [URGENT.index(state) for state in _states(account) if state in URGENT]
    return (min(ranks, default=len(URGENT)), _natural(account["host"]))


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """Return a key that sorts customer-2 before customer-10."""
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in re.split(r"([0-9]+)", text.casefold())
    ]
