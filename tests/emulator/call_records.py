# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call detail records: what a seed gives an account, searched and paged (GET .../cdrsearch)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from .errors import ApiError
from .store import Account

PAGE = 20
EQUAL = ("callType", "callFlagType", "dialedNumber", "origNumber", "termNumber")
SORTS = {"DATE": "startTime", "COST": "cost", "CALL_LENGTH": "actualCallLengthSeconds"}


def record(account_id: str, partition_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return a record of a seed, with an id and its owner; raises ValueError without a start."""
    if not isinstance(given.get("startTime"), str):
        raise ValueError("A call record needs a startTime such as 2026-03-10T10:14:00.000Z")
    known = {"id": str(uuid.uuid4()), "partitionId": partition_id, "accountId": account_id, "callType": "INBOUND"}
    return {**known, **given}


def search(account: Account, query: Mapping[str, str]) -> dict[str, Any]:
    """Return a page of an account's records and how many there are in all; raises ApiError 400."""
    for name in ("startDate", "endDate"):
        if not query.get(name):
            raise ApiError(400, f"{name}: is required")
    first, size = _number(query, "firstResultIndex", 0), _number(query, "maxResult", PAGE)
    if query.get("sort", "DATE") not in SORTS or query.get("sortOrder", "DESC") not in ("ASC", "DESC"):
        raise ApiError(400, "sort, sortOrder: have to be one of the known ones")
    found = [item for item in account.call_records if _matches(item, query)]
    found.sort(
        key=lambda item: item.get(SORTS[query.get("sort", "DATE")]) or "", reverse=query.get("sortOrder") != "ASC"
    )
    return {"totalRecords": len(found), "results": found[first : first + size]}


def _matches(item: dict[str, Any], query: Mapping[str, str]) -> bool:
    if not query["startDate"][:10] <= item["startTime"][:10] <= query["endDate"][:10]:
        return False
    return all(name not in query or item.get(name) == query[name] for name in EQUAL)


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise ApiError(400, f"{name}: has to be a number")
    return int(text)
