# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the engine needs of the API and of a job; the callers pass both in."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Protocol

from .._resource.state import State


class Api(Protocol):
    """The calls of one account: each returns the JSON value of the response, or raises an AlianzaError."""

    account_id: str | None

    def accounts(self) -> list[Any]:
        """Return all accounts of the partition."""

    def account(self, kind: str, value: str) -> dict[str, Any] | None:
        """Return the account whose account_id, account_number or phone_number is the value, or None."""

    def trunks(self) -> list[Any]:
        """Return all trunks."""

    def trunk(self, trunk_id: str) -> dict[str, Any]:
        """Return one trunk."""

    def create_trunk(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a trunk."""

    def patch_trunk(self, trunk_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change fields of a trunk."""

    def delete_trunk(self, trunk_id: str) -> None:
        """Delete a trunk, if it still exists."""

    def forward(self, trunk_id: str) -> dict[str, Any]:
        """Return the forwarding rules of a trunk."""

    def put_forward(self, trunk_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace the forwarding rules of a trunk."""

    def registration(self, trunk_id: str) -> dict[str, Any]:
        """Return the registration status of a trunk."""

    def unlock(self, trunk_id: str) -> dict[str, Any]:
        """Unlock a trunk."""

    def shareable_trunks(self) -> list[Any]:
        """Return the trunks whose calling plan can be shared."""

    def address_is_free(self, ip: str, port: int, trunk_id: str | None) -> bool:
        """Return whether no trunk but the given one has a pair of address and port."""

    def put_calling_plan(self, body: dict[str, Any]) -> dict[str, Any]:
        """Give a trunk another calling plan."""

    def groups(self) -> list[Any]:
        """Return all trunk groups."""

    def group(self, group_id: str) -> dict[str, Any]:
        """Return one trunk group."""

    def create_group(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a trunk group."""

    def put_group(self, group_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace a trunk group with its members and rules."""

    def delete_group(self, group_id: str) -> None:
        """Delete a trunk group, if it still exists."""

    def numbers(self) -> list[Any]:
        """Return all telephone numbers."""

    def number(self, number: str) -> dict[str, Any]:
        """Return one telephone number, with all fields."""

    def patch_number(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change fields of a telephone number."""

    def put_number_destination(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace the destination of a telephone number."""

    def put_number(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace all fields of a telephone number."""

    def caller_ids(self) -> list[Any]:
        """Return all custom caller IDs."""

    def create_caller_id(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a custom caller ID."""

    def delete_caller_id(self, caller_id: str) -> None:
        """Delete a custom caller ID and its mappings, if it still exists."""

    def from_numbers(self) -> list[Any]:
        """Return all numbers and wildcards that calls come from and that were created for this purpose."""

    def create_from_number(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a number or wildcard that calls come from."""

    def delete_from_number(self, from_number: str) -> None:
        """Delete a number or wildcard that calls come from, if it still exists."""

    def caller_id_mappings(self) -> list[Any]:
        """Return which number or wildcard shows which caller ID."""

    def put_caller_id_mapping(self, body: dict[str, Any]) -> dict[str, Any]:
        """Let a number or wildcard show a caller ID, or none."""

    def call_records(self, start: str, end: str, first: int, most: int) -> dict[str, Any]:
        """Return a page of the call detail records, the newest ones first."""


class Job(Protocol):
    """What reading needs of a job.

    Attributes:
        concurrency: the maximum number of requests at a time.
        optional_reads: {what is needed: the option that leaves it out if it is false}.
    """

    concurrency: int
    optional_reads: Mapping[str, str]

    def needs(self, state: State) -> Iterable[tuple[str, Any]]:
        """Return what the job needs, given the state so far; see :mod:`.._resource.state`."""
