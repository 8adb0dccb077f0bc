# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of .../siptrunk_2/cid: custom caller IDs, numbers and wildcards that calls come from, and their mapping."""

from __future__ import annotations

from typing import Any

from .errors import ApiError, not_found
from .models import CallerId, FromNumber, Mapping, parse
from .store import Account


def create_caller_id(account: Account, document: dict[str, Any]) -> str:
    """Create a custom caller ID and return it; raises ApiError 400."""
    number = parse(CallerId, document).customCallerIdNumber
    if number in account.caller_ids:
        raise ApiError(400, "customCallerIdNumber: already exists on the account")
    account.caller_ids.append(number)
    return number


def delete_caller_id(account: Account, number: str) -> None:
    """Delete a custom caller ID, and every mapping to it; raises ApiError 404."""
    if number not in account.caller_ids:
        raise not_found("CustomCallerIdNumber", number)
    account.caller_ids.remove(number)
    account.mappings = {source: shown for source, shown in account.mappings.items() if shown != number}


def create_from_number(account: Account, document: dict[str, Any]) -> str:
    """Create a number or wildcard that calls come from and return it; raises ApiError 400."""
    wildcard = parse(FromNumber, document).fromWildcard
    if wildcard in account.from_numbers:
        raise ApiError(400, "fromWildcard: already exists on the account")
    account.from_numbers.append(wildcard)
    return wildcard


def delete_from_number(account: Account, wildcard: str) -> None:
    """Delete a number or wildcard that calls come from, and its mapping; raises ApiError 404."""
    if wildcard not in account.from_numbers:
        raise not_found("FromWildcard", wildcard)
    account.from_numbers.remove(wildcard)
    account.mappings.pop(wildcard, None)


def map_number(account: Account, document: dict[str, Any]) -> str:
    """Map a number or wildcard to a caller ID, or to none, and return the number; raises ApiError 400."""
    body = parse(Mapping, document)
    wildcard, shown = body.fromWildcard, body.customCallerIdNumber
    if wildcard not in account.from_numbers and wildcard not in account.numbers:
        raise ApiError(400, "fromWildcard: does not exist on the account")
    if shown is None:
        account.mappings.pop(wildcard, None)
    elif shown in account.caller_ids or shown in account.numbers:
        account.mappings[wildcard] = shown
    else:
        raise ApiError(400, "customCallerIdNumber: does not exist on the account")
    return wildcard


def caller_id_view(account: Account, number: str) -> dict[str, Any]:
    """Return a custom caller ID as answers show it."""
    return {**_owner(account), "customCallerIdNumber": number}


def from_number_view(account: Account, wildcard: str) -> dict[str, Any]:
    """Return a number that calls come from as answers show it."""
    return {**_owner(account), "fromWildcard": wildcard, "isCustom": wildcard in account.from_numbers}


def mapping_view(account: Account, wildcard: str) -> dict[str, Any]:
    """Return a mapping as answers show it; one that has ended shows no caller ID."""
    view = from_number_view(account, wildcard)
    return {**view, "customCallerIdNumber": account.mappings[wildcard]} if wildcard in account.mappings else view


def mapping_list(account: Account) -> list[dict[str, Any]]:
    """Return all numbers and wildcards that are mapped or of the account's own making."""
    return [mapping_view(account, wildcard) for wildcard in dict.fromkeys([*account.from_numbers, *account.mappings])]


def _owner(account: Account) -> dict[str, Any]:
    return {"partitionId": account.partition_id, "accountId": account.id}
