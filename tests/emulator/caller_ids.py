# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of .../siptrunk_2/cid: custom caller IDs, numbers and wildcards that calls come from, and their mapping."""

from __future__ import annotations

from typing import Any

from .errors import ApiError, not_found
from .models import CallerId, FromNumber, Mapping, parse
from .store import Account, Store


def check(kind: str, number: str, numbers: list[str]) -> None:
    """Raise ApiError 404 if a number of this kind is not among those that exist."""
    if number not in numbers:
        raise not_found(kind, number)


def create_caller_id(store: Store, account: Account, document: dict[str, Any]) -> str:
    """Create a custom caller ID and return it; raises ApiError 400."""
    number = parse(CallerId, document).customCallerIdNumber
    if number in account.caller_ids:
        raise ApiError(400, "customCallerIdNumber: already exists on the account")
    store.caller_ids_change(account, "callerid", number, None)
    account.caller_ids.append(number)
    return number


def delete_caller_id(store: Store, account: Account, number: str) -> None:
    """Delete a custom caller ID, if it still exists, and every mapping to it."""
    if number not in account.caller_ids:
        return
    store.caller_ids_change(account, "callerid", number, caller_id_view(account, number))
    account.caller_ids.remove(number)
    for wildcard in [source for source, shown in account.mappings.items() if shown == number]:
        _end_mapping(store, account, wildcard)


def create_from_number(store: Store, account: Account, document: dict[str, Any]) -> str:
    """Create a number or wildcard that calls come from and return it; raises ApiError 400."""
    wildcard = parse(FromNumber, document).fromWildcard
    refused = {"both": "", "upper": "x", "lower": "X"}[store.settings.extension_case_accepted]
    if refused and refused in wildcard:
        raise ApiError(400, "fromWildcard: breaks the pattern")
    if wildcard in account.from_numbers or (
        wildcard in account.numbers and store.settings.own_from_numbers == "refused"
    ):
        raise ApiError(400, "fromWildcard: already exists on the account")
    store.caller_ids_change(account, "fromnumber", wildcard, None)
    store.caller_ids_change(account, "mapping", wildcard, None)
    account.from_numbers.append(wildcard)
    return wildcard


def delete_from_number(store: Store, account: Account, wildcard: str) -> None:
    """Delete a number or wildcard that calls come from, if it still exists, and its mapping; raises ApiError 400."""
    if wildcard not in account.from_numbers:
        return
    if wildcard in account.mappings and store.settings.from_number_deletion == "refused_while_mapped":
        raise ApiError(400, "fromWildcard: is mapped to a caller ID")
    store.caller_ids_change(account, "fromnumber", wildcard, from_number_view(account, wildcard))
    _end_mapping(store, account, wildcard)
    account.from_numbers.remove(wildcard)


def map_number(store: Store, account: Account, document: dict[str, Any]) -> str:
    """Map a number or wildcard to a caller ID, or to none, and return the number; raises ApiError 400."""
    body = parse(Mapping, document)
    wildcard, shown = body.fromWildcard, body.customCallerIdNumber
    if wildcard not in account.from_numbers and wildcard not in account.numbers:
        raise ApiError(400, "fromWildcard: does not exist on the account")
    if shown is not None and shown not in account.caller_ids and shown not in account.numbers:
        raise ApiError(400, "customCallerIdNumber: does not exist on the account")
    if "customCallerIdNumber" in store.settings.ignored_fields:
        return wildcard
    if shown is None:
        _end_mapping(store, account, wildcard)
    else:
        store.caller_ids_change(account, "mapping", wildcard, mapping_view(account, wildcard))
        account.mappings[wildcard] = shown
    return wildcard


def _end_mapping(store: Store, account: Account, wildcard: str) -> None:
    store.caller_ids_change(account, "mapping", wildcard, mapping_view(account, wildcard))
    account.mappings.pop(wildcard, None)


def caller_id_list(store: Store, account: Account) -> list[dict[str, Any]]:
    """Return the custom caller IDs as the list shows them."""
    current = {number: caller_id_view(account, number) for number in account.caller_ids}
    return account.caller_id_lag["callerid"].listed(current, store.now)


def from_number_list(store: Store, account: Account) -> list[dict[str, Any]]:
    """Return the numbers that calls come from as the list shows them."""
    current = {wildcard: from_number_view(account, wildcard) for wildcard in account.from_numbers}
    return account.caller_id_lag["fromnumber"].listed(current, store.now)


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


def mapping_list(store: Store, account: Account) -> list[dict[str, Any]]:
    """Return all numbers and wildcards that are mapped or of the account's own making, as the list shows them."""
    own = account.numbers if store.settings.own_numbers_in_mappings else ()
    wildcards = dict.fromkeys([*account.from_numbers, *account.mappings, *own])
    current = {wildcard: mapping_view(account, wildcard) for wildcard in wildcards}
    return account.caller_id_lag["mapping"].listed(current, store.now)


def answered_mapping(store: Store, account: Account, wildcard: str) -> dict[str, Any]:
    """Return a mapping as the answer to a write shows it."""
    view = mapping_view(account, wildcard)
    if store.settings.write_answers_lag:
        return account.caller_id_lag["mapping"].one(wildcard, view, store.now) or view
    return view


def _owner(account: Account) -> dict[str, Any]:
    return {"partitionId": account.partition_id, "accountId": account.id}
