# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""An audit as a table for spreadsheets: a row for each trunk, and one for an account without any, or with drift of none. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import words

COLUMNS = (
    "host",
    "account_name",
    "account_id",
    "account_number",
    "audited_at",
    "status",
    "reason",
    "attention",
    "unrouted_numbers",
    "trunk",
    "trunk_id",
    "presence",
    "registration",
    "concurrent_calls",
    "telephone_numbers",
    "number_ranges",
    "forwarding",
    "drift",
    "health",
    "conformity",
    "single_point_of_failure",
    "lost_numbers",
    "peak_concurrent_calls",
    "peak_at",
    "peak_percent",
)
_ACCOUNT = (*COLUMNS[:7], "health", "conformity")
# A spreadsheet takes a text that begins with one of these for a formula, which could send the whole sheet somewhere.
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(report: Mapping[str, Any]) -> str:
    """Return the report as CSV with a line of headings.

    Args:
        report: what ``audit.json`` holds.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for account in report["accounts"]:
        for row in _rows(account):
            writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return stream.getvalue()


def _rows(account: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    about = {column: account[column] for column in _ACCOUNT}
    about.update(attention="; ".join(account["attention"]), unrouted_numbers=account["unrouted_numbers"]["count"])
    others = [step for step in account["drift"] if step["trunk"] is None]
    if not account["trunks"] or others:
        yield dict(about, drift=_drift(others))
    for trunk in account["trunks"]:
        used = trunk.get("usage") or {}
        yield dict(
            about,
            single_point_of_failure=trunk.get("single_point_of_failure"),
            lost_numbers=" ".join((trunk.get("lost_numbers") or {}).get("ranges", ())),
            peak_concurrent_calls=used.get("peak_concurrent_calls"),
            peak_at=used.get("peak_at"),
            peak_percent=used.get("percent"),
            trunk=trunk["name"],
            trunk_id=trunk["trunk_id"],
            presence=trunk["presence"],
            registration=trunk["registration"],
            concurrent_calls=trunk["concurrent_calls"],
            telephone_numbers=trunk["telephone_numbers"]["count"],
            number_ranges=" ".join(trunk["telephone_numbers"]["ranges"]),
            forwarding=words.forwarding(trunk["forwarding"]),
            drift=_drift([step for step in account["drift"] if step["trunk"] == trunk["name"]]),
        )


def _drift(steps: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(map(words.sentence, steps))


def _cell(value: Any) -> str:
    # Older Pythons do not quote a lone carriage return, which ends a line all the same.
    text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) else text
