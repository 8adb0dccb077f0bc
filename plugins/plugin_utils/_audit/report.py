# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The report of a run over many accounts: what ``audit.json`` holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .account_row import account_row
from .states import DRIFTED, IN_LINE, NO_DOCUMENT, NOT_AUDITED, STATUSES
from .totals import totals

# Changes when a program that reads audit.json would have to change.
FORMAT = 1


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
    accounts.sort(key=_urgency)
    counts = {"accounts": len(accounts)}
    counts.update({status: sum(account["status"] == status for account in accounts) for status in reversed(STATUSES)})
    for key in totals((), 0):
        counts[key] = sum(account["totals"][key] for account in accounts)
    return {
        "format": FORMAT,
        "generated_at": at,
        "complete": not pending,
        "pending": len(pending),
        "totals": counts,
        "accounts": accounts,
    }


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
        attention=[account["host"] for account in made["accounts"] if account["attention"]],
    )


def _urgency(account: Mapping[str, Any]) -> tuple[Any, ...]:
    quiet = account["status"] in (IN_LINE, NO_DOCUMENT)
    return (
        STATUSES.index(account["status"]) if not quiet else len(STATUSES),
        quiet and not account["attention"],
        _natural(account["host"]),
    )


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """Return a key that sorts customer-2 before customer-10."""
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in re.split(r"([0-9]+)", text.casefold())
    ]
