# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""One report of the reports that the slices of a run wrote, and what changed since the run before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .account_row import account_row
from .environment import joined
from .report import needs_attention, totals_of, urgency
from .states import HEALTHS
from .words import counted

Row = Mapping[str, Any]

# Worse is higher. Whether there is a document says nothing about how an account is.
_RANKS = {
    "health": {state: rank for rank, state in enumerate(reversed(HEALTHS))},
    "conformity": {"in_line": 0, "no_document": 0, "drifted": 1, "document_faulty": 2, "not_audited": 3},
}
_CLOSING = {"worse": "Worse", "fixed": "Fixed", "better": "Better"}
# More names than this are counted instead.
_NAMES_MOST = 100
_NO_ROW = "None of the reports has this host: look at the audit that was to read it, which may have failed before it wrote its report"


def merge(
    slices: Sequence[Mapping[str, Any]],
    previous: Sequence[Mapping[str, Any]] = (),
    hosts: Sequence[str] = (),
) -> dict[str, Any]:
    """Return one report of several.

    Args:
        slices: {path, report} of each file of the run, with at least one.
        previous: the same of the run before; a mapping without a report stands for a file that does not exist. Empty for no
            comparison.
        hosts: the hosts that have to be in the result. One that is in no report counts as not audited.
    """
    rows, dropped = _newest(slices)
    found = {row["host"] for row in rows}
    error = {"msg": _NO_ROW, "kind": "unreachable"}
    rows += [account_row({"host": host, "error": error}) for host in dict.fromkeys(hosts) if host not in found]
    notes = [_said(one) for one in dropped]
    notes.extend("Not compared: the earlier report %s does not exist." % each["path"] for each in _missing(previous))
    earlier = [each for each in previous if each.get("report")]
    reports = [each["report"] for each in slices]
    accounts = sorted(rows, key=urgency)
    return {
        "format": reports[0]["format"],
        "generated_at": max(each["generated_at"] for each in reports),
        "complete": all(each["complete"] for each in reports),
        "pending": sum(each["pending"] for each in reports),
        "environment": joined(each.get("environment") or {} for each in reports),
        "usage_days": max((each.get("usage_days") or 0 for each in reports), default=0) or None,
        "slices": [
            {
                "path": each["path"],
                "generated_at": each["report"]["generated_at"],
                "accounts": len(each["report"]["accounts"]),
            }
            for each in slices
        ],
        "repeated": dropped,
        "notes": notes,
        "changes": changes(accounts, earlier) if earlier else None,
        "totals": totals_of(accounts),
        "accounts": accounts,
    }


def changes(accounts: Sequence[Row], earlier: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what changed since an earlier run.

    Args:
        accounts: rows of this run.
        earlier: {path, report} of each file of the earlier one.
    """
    before = _Known(_newest(earlier)[0])
    found: dict[str, Any] = {
        "since": max(each["report"]["generated_at"] for each in earlier),
        **{key: [] for key in ("worse", "fixed", "better", "added", "removed")},
    }
    seen = set()
    for account in accounts:
        old = before.find(account)
        if old is None:
            found["added"].append(_about(account))
        else:
            seen.add(id(old))
        for aspect in _RANKS:
            was, now = None if old is None else old[aspect], account[aspect]
            key = _direction(aspect, was, now)
            if key:
                found[key].append(dict(_about(account), aspect=aspect, before=was, after=now))
    found["removed"] = [_about(row) for row in before.rows if id(row) not in seen]
    return found


def closing_lines(made: Mapping[str, Any], path: str) -> list[str]:
    """Return the last lines of a run: where the page is, how many accounts need attention, and what changed.

    Args:
        made: what :func:`merge` returned.
        path: where the page is.
    """
    loud = sum(map(needs_attention, made["accounts"]))
    count = counted(len(made["accounts"]), "account", "accounts")
    lines = ["%s: %s, %d of them need attention" % (path, count, loud), *made["notes"]]
    for key, title in _CLOSING.items():
        hosts = list(dict.fromkeys(entry["host"] for entry in (made["changes"] or {}).get(key, ())))
        if hosts:
            more = len(hosts) - _NAMES_MOST
            names = ", ".join(hosts[:_NAMES_MOST]) + (" and %d more" % more if more > 0 else "")
            lines.append("%s since %s: %s" % (title, made["changes"]["since"], names))
    return lines


def _direction(aspect: str, was: str | None, now: str | None) -> str | None:
    """Return the list that a change belongs to, None for no change and where one side is not known."""
    ranks = _RANKS[aspect]
    if now not in ranks:
        return None
    # A new account is compared with one that is fine.
    old, new = ranks.get(str(was), 0), ranks[now]
    if new > old:
        return "worse"
    if new < old:
        return "better" if new else "fixed"
    return None


class _Known:
    """Rows that are found by the account: by its ID, or by the host if one of the two rows has no ID."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows: list[Row] = []
        self._by_id: dict[str, Row] = {}
        self._by_host: dict[str, list[Row]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if row["account_id"]:
            self._by_id[row["account_id"]] = row
        self._by_host.setdefault(row["host"], []).append(row)

    def find(self, row: Row) -> Row | None:
        if row["account_id"] in self._by_id:
            return self._by_id[row["account_id"]]
        for other in self._by_host.get(row["host"], ()):
            # Two inventories may have a host of one name that are two accounts.
            if not row["account_id"] or not other["account_id"]:
                return other
        return None


def _newest(slices: Sequence[Mapping[str, Any]]) -> tuple[list[Row], list[dict[str, Any]]]:
    """Return (the newest row of each account, {host, account_id, path, audited_at, kept_from, kept_at} of the others)."""
    known, places, dropped = _Known(), {}, []
    for at, path, row in sorted(_entries(slices), key=lambda entry: entry[0], reverse=True):
        kept = known.find(row)
        if kept is None:
            known.add(row)
            places[id(row)] = (path, at)
            continue
        kept_from, kept_at = places[id(kept)]
        dropped.append(
            {
                "host": row["host"],
                "account_id": row["account_id"] or kept["account_id"],
                "path": path,
                "audited_at": at,
                "kept_from": kept_from,
                "kept_at": kept_at,
            }
        )
    return known.rows, dropped


def _entries(slices: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, Row]]:
    for each in slices:
        for row in each["report"]["accounts"]:
            yield row["audited_at"] or each["report"]["generated_at"], each["path"], row


def _said(dropped: Mapping[str, Any]) -> str:
    return "The account of %s is in several files: the row of %s in %s counts, and not the one of %s in %s." % (
        dropped["host"],
        dropped["kept_at"],
        dropped["kept_from"],
        dropped["audited_at"],
        dropped["path"],
    )


def _missing(previous: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in previous if not each.get("report")]


def _about(row: Row) -> dict[str, Any]:
    return {key: row[key] for key in ("host", "account_id", "account_number", "account_name")}
