# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs with many accounts: their seeds, their inventory, and the fewest calls that they cost. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from .jobs import CHANGE, FALLBACK, LOGIN, LOGOUT, NUMBERS, RULES, TRUNKS

REGISTRATION = "GET siptrunk_2/*/registrationstatus"
# The default of the playbooks.
CONCURRENCY = 16
NUMBERS_PER_ACCOUNT = 10
TRUNKS_PER_ACCOUNT = 2
CALL_PATHS, DRIFTED_CALL_PATHS = 20, 15


@dataclass(frozen=True)
class Estate:
    """Many accounts, each with two trunks, ten numbers and rules for both trunks.

    Attributes:
        size: how many accounts.
        drifted: how many of them differ from their documents, each in the call paths of one trunk.
    """

    size: int
    drifted: int = 0

    @property
    def ids(self) -> list[str]:
        """The ids of the accounts; their hosts have the same names."""
        return [f"customer-{place:05}" for place in range(self.size)]

    @property
    def drifted_ids(self) -> list[str]:
        """The ids of the accounts that differ, evenly among the others."""
        step = self.size // self.drifted if self.drifted else 0
        return [self.ids[place * step] for place in range(self.drifted)]

    def seeds(self) -> list[dict[str, Any]]:
        """Return the accounts, as the emulator is seeded with them."""
        drifted = set(self.drifted_ids)
        return [_seed(place, account_id, account_id in drifted) for place, account_id in enumerate(self.ids)]

    def inventory(self) -> dict[str, Any]:
        """Return the inventory: the document of each account."""
        return {
            "all": {"hosts": {account_id: _variables(place, account_id) for place, account_id in enumerate(self.ids)}}
        }

    def audit_calls(self) -> Counter[str]:
        """Return the fewest calls of an audit: one login, and the trunks, the numbers, the rules and the registrations of each account."""
        each = Counter({TRUNKS: 1, NUMBERS: 1, RULES: TRUNKS_PER_ACCOUNT, REGISTRATION: TRUNKS_PER_ACCOUNT})
        return Counter({LOGIN: 1, LOGOUT: 1}) + Counter({kind: count * self.size for kind, count in each.items()})

    def converge_calls(self) -> Counter[str]:
        """Return the calls of a converge: one login to compare all accounts, and a login, the reads and a write for each that differs."""
        each = {TRUNKS: 1, NUMBERS: 1, RULES: TRUNKS_PER_ACCOUNT}
        calls = Counter({kind: count * (self.size + self.drifted) for kind, count in each.items()})
        return calls + Counter({LOGIN: 1 + self.drifted, LOGOUT: 1 + self.drifted, CHANGE: self.drifted})


def _numbers(place: int) -> list[str]:
    first = 18012000000 + place * NUMBERS_PER_ACCOUNT
    return [str(first + number) for number in range(NUMBERS_PER_ACCOUNT)]


def _seed(place: int, account_id: str, drifted: bool) -> dict[str, Any]:
    numbers = _numbers(place)
    half = len(numbers) // 2

    def routed(some: list[str], trunk: str) -> list[dict[str, str]]:
        return [{"phoneNumber": number, "referenceType": "SIP_TRUNK", "referenceId": trunk} for number in some]

    def trunk(name: str, paths: int) -> dict[str, Any]:
        user = f"{account_id}-{name.lower().replace(' ', '-')}"
        return {"trunkName": name, "concurrentCalls": paths, "sipUsername": user, "registered": True}

    return {
        "id": account_id,
        "accountNumber": str(100000 + place),
        "accountName": f"Customer {place}",
        "trunks": [
            trunk("Head Office", DRIFTED_CALL_PATHS if drifted else CALL_PATHS),
            trunk("Second Site", CALL_PATHS),
        ],
        "telephone_numbers": [*routed(numbers[:half], "Head Office"), *routed(numbers[half:], "Second Site")],
        "forwards": {
            "Head Office": {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "Second Site"}]},
            "Second Site": {"forwardOnFailure": [{"referenceType": "TELEPHONE", "referenceId": FALLBACK}]},
        },
    }


def _variables(place: int, account_id: str) -> dict[str, Any]:
    numbers = _numbers(place)
    half = len(numbers) // 2
    return {
        "alianza_account_id": account_id,
        "alianza_trunks": [
            {
                "name": "Head Office",
                "concurrent_calls": CALL_PATHS,
                "telephone_numbers": [f"{numbers[0]}-{numbers[half - 1]}"],
                "forwarding": {"forward_on_failure": [{"trunk_name": "Second Site"}]},
            },
            {
                "name": "Second Site",
                "concurrent_calls": CALL_PATHS,
                "telephone_numbers": numbers[half:],
                "forwarding": {"forward_on_failure": [{"reference_type": "TELEPHONE", "reference_id": FALLBACK}]},
            },
        ],
    }
