# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where the accounts of a report were read: the host of the API, the partition and the inventory. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .printable import printable

_KEYS = ("api_host", "partition_id", "inventory_name", "inventory")
# Characters of a source of the inventory that is a list of hosts.
_LONGEST_LIST = 200


def environment(
    places: Iterable[tuple[str, str | None]], inventory: Sequence[str] = (), name: str | None = None
) -> dict[str, Any]:
    """Return the environment of a report, as :func:`joined` does.

    Args:
        places: (host of the API, ID of the partition) of each login; None for a partition that is not known.
        inventory: its sources. A long list of hosts is left out.
        name: the name of the inventory in AWX, whose sources are files in a container that ends with the job.
    """
    sources = [source for source in inventory if "," not in source or len(source) <= _LONGEST_LIST]
    found = [{"api_host": host, "partition_id": partition} for host, partition in places]
    return joined([*found, {"inventory_name": name} if name else {"inventory": sources}])


def joined(environments: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one environment of several: each host and partition once, in a text with commas, and the sources of inventories.

    Args:
        environments: each with api_host, partition_id, inventory_name and inventory, any of which may be missing.
    """
    found: dict[str, list[str]] = {key: [] for key in _KEYS}
    for each in environments:
        for key, values in found.items():
            given = each.get(key) or []
            if isinstance(given, str):
                given = [given] if key == "inventory" else given.split(", ")
            values.extend(str(printable(value)) for value in given)
    once = {key: list(dict.fromkeys(values)) for key, values in found.items()}
    return {key: (values if key == "inventory" else ", ".join(values)) or None for key, values in once.items()}
