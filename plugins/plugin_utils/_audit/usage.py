# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How many call paths of the trunks of a report were in use. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...module_utils._resource.call_path_usage import CallRecords, usage
from ...module_utils._resource.sip_trunk import Trunk

_KEPT = ("peak_concurrent_calls", "peak_at", "percent", "peak_burst_calls")


def add_usage(account: dict[str, Any], records: CallRecords) -> None:
    """Put into each trunk of an account the peak of its calls.

    Args:
        account: its row.
        records: its call detail records.
    """
    trunks = [
        Trunk(trunk["trunk_id"], {"name": trunk["name"], "concurrent_calls": trunk["concurrent_calls"]})
        for trunk in account["trunks"]
        if trunk["trunk_id"]
    ]
    peaks = {peak["trunk_id"]: peak for peak in usage(trunks, records.samples)}
    for trunk in account["trunks"]:
        if trunk["trunk_id"]:
            trunk["usage"] = {key: peaks[trunk["trunk_id"]][key] for key in _KEPT}
    if not records.complete:
        account["warnings"].append(
            "Only the newest %d call records were read: the peaks of earlier calls are not known" % records.read
        )


def add_failure(account: dict[str, Any], msg: str) -> None:
    """Put into an account why its call detail records could not be read, as a warning."""
    account["warnings"].append("The usage of the call paths is not known: %s" % msg)


def busiest(report: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return (account, trunk) of the trunks that used any of their call paths, those with the highest peaks first."""
    return sorted(_used(report), key=lambda pair: -pair[1]["usage"]["percent"])


def _used(report: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for account in report["accounts"]:
        for trunk in account["trunks"]:
            if (trunk.get("usage") or {}).get("percent"):
                yield account, trunk
