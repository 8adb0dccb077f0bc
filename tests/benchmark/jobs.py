# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs that everybody has to do: what the account is to be, in every contestant's words, and what that costs at least. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

ACCOUNT_ID = "benchmark"
FIRST_NUMBER = 18015000000
FALLBACK = "18019999999"
NUMBERS_PER_TRUNK = 20
LOGIN, LOGOUT = "POST authorize", "PUT authorize/logout"
TRUNKS, NUMBERS, RULES = "GET siptrunk_2", "GET telephonenumber", "GET siptrunk_2/*/forward"
CREATE, CHANGE, PUT_RULES, ROUTE = (
    "POST siptrunk_2",
    "PATCH siptrunk_2/*",
    "PUT siptrunk_2/*/forward",
    "PATCH telephonenumber/*",
)
WRITES = (CREATE, CHANGE, PUT_RULES, ROUTE)


@dataclass(frozen=True)
class Trunk:
    """A trunk as it is to be.

    Attributes:
        name: its name.
        failover: the name of the trunk that its calls go to when it fails or is full, if there is one.
        fallback: the telephone number that they go to after that; None where its rules are nobody's business.
        numbers: the telephone numbers that are to ring at it, 11 digits each.
    """

    name: str
    failover: str | None = None
    fallback: str | None = None
    numbers: tuple[str, ...] = ()

    def wire(self) -> dict[str, Any]:
        """Return its fields in the API's words."""
        slug = self.name.lower().replace(" ", "-")
        return {
            "trunkName": self.name,
            "concurrentCalls": 20,
            "sipUsername": f"pbx-{slug}",
            "sipPassword": f"benchmark-only-{slug}",
        }

    def wire_rules(self, ids: dict[str, str]) -> dict[str, Any] | None:
        """Return its rules in the API's words, None where there are none to be; `ids` are the trunks' ids by name."""
        if self.fallback is None:
            return None
        targets = [{"referenceType": "SIP_TRUNK", "referenceId": ids.get(self.failover)}] if self.failover else []
        targets.append({"referenceType": "TELEPHONE", "referenceId": self.fallback})
        return {"forwardOnFailure": targets, "forwardOnCapacityExceeded": targets}

    def plain(self) -> dict[str, Any]:
        """Return it for those who talk to the API by themselves."""
        return {
            "trunk": self.wire(),
            "failover": self.failover,
            "fallback": self.fallback,
            "numbers": list(self.numbers),
        }

    def options(self) -> dict[str, Any]:
        """Return it as the options of the collection's modules."""
        wire = self.wire()
        targets = [{"trunk_name": self.failover}] if self.failover else []
        targets.append({"reference_type": "TELEPHONE", "reference_id": self.fallback})
        return {
            "name": self.name,
            "concurrent_calls": wire["concurrentCalls"],
            "sip_username": wire["sipUsername"],
            "sip_password": wire["sipPassword"],
            "telephone_numbers": list(self.numbers),
            "forwarding": {"forward_on_failure": targets, "forward_on_capacity_exceeded": targets},
        }


@dataclass(frozen=True)
class Job:
    """What an account is to be, and what it is before.

    Attributes:
        key: its letter.
        title: it in words.
        book: which playbook of a contestant does it, "route" or "converge".
        trunks: the trunks as they are to be.
        account: the account before, as a seed of the emulator.
        converged: whether everything is as it is to be before already.
    """

    key: str
    title: str
    book: str
    trunks: tuple[Trunk, ...]
    account: dict[str, Any] = field(repr=False)
    converged: bool = False

    @property
    def size(self) -> int:
        """How many items a contestant that does one after the other has: numbers to route, trunks to converge."""
        return len(self.trunks[0].numbers) if self.book == "route" else len(self.trunks)

    def part(self, size: int) -> Job:
        """Return the job with fewer items, on the same account."""
        if self.book == "route":
            return replace(self, trunks=(replace(self.trunks[0], numbers=self.trunks[0].numbers[:size]),))
        return replace(self, trunks=self.trunks[:size])


def route(numbers: int) -> Job:
    """Return the job to route so many unrouted numbers to one trunk that exists."""
    trunk = Trunk("Headquarters", numbers=_numbers(0, numbers))
    return Job("a", f"(a) {numbers:,} numbers to one trunk", "route", (trunk,), _account(numbers, [trunk.wire()]))


def converge(trunks: int, converged: bool) -> Job:
    """Return the job to make so many trunks with their rules and numbers, or to find that they are there.

    The first trunk takes over for all others, so that its id has to be known before their rules can be written.
    """
    names = [f"Site {place:03d}" for place in range(trunks)]
    wanted = tuple(
        Trunk(name, names[0] if place else None, FALLBACK, _numbers(place * NUMBERS_PER_TRUNK, NUMBERS_PER_TRUNK))
        for place, name in enumerate(names)
    )
    count = trunks * NUMBERS_PER_TRUNK
    title = "(c) as (b), converged already" if converged else f"(b) {trunks} trunks, their rules, {count:,} numbers"
    return Job("c" if converged else "b", title, "converge", wanted, _account(count, []), converged)


def differences(job: Job, account: dict[str, Any]) -> Counter[str]:
    """Return how many writes of each kind make the account what the job says.

    Args:
        job: the Job.
        account: the account as the emulator's state shows it.
    """
    there = {trunk["trunkName"]: trunk for trunk in account["trunks"]}
    ids = {name: trunk["id"] for name, trunk in there.items()}
    rings = {number["phoneNumber"]: number.get("referenceId") for number in account["telephone_numbers"]}
    writes: Counter[str] = Counter()
    for wanted in job.trunks:
        trunk = there.get(wanted.name)
        if trunk is None:
            writes[CREATE] += 1
        elif any(trunk.get(key) != value for key, value in wanted.wire().items()):
            writes[CHANGE] += 1
        rules = wanted.wire_rules(ids)
        if rules is not None and (trunk is None or trunk["forward"] != rules):
            writes[PUT_RULES] += 1
        writes[ROUTE] += sum(trunk is None or rings.get(number) != trunk["id"] for number in wanted.numbers)
    return +writes


def fewest_calls(job: Job, account: dict[str, Any]) -> Counter[str]:
    """Return the calls of each kind that the job costs at least, whoever does it.

    That is a login and a logout, a read of the trunks, a read of the numbers if there are any to route, a read of the
    rules of each trunk that is to have some and exists already, and a write for each object that differs.

    Args:
        job: the Job.
        account: the account before, as the emulator's state shows it.
    """
    there = {trunk["trunkName"] for trunk in account["trunks"]}
    calls = Counter({LOGIN: 1, LOGOUT: 1, TRUNKS: 1})
    calls[NUMBERS] = int(any(trunk.numbers for trunk in job.trunks))
    calls[RULES] = sum(trunk.fallback is not None and trunk.name in there for trunk in job.trunks)
    return +(calls + differences(job, account))


def kind(method: str, path: str) -> str:
    """Return what kind of call this is: `PATCH telephonenumber/*` for a number, whichever it is."""
    path = re.sub(r"^/v2/(partition/[^/]+/account/[^/]+/)?", "", path)
    return f"{method} {re.sub(r'^(siptrunk_2|telephonenumber)/[^/]+', lambda match: match.group(1) + '/*', path)}"


def _numbers(first: int, count: int) -> tuple[str, ...]:
    return tuple(str(FIRST_NUMBER + place) for place in range(first, first + count))


def _account(numbers: int, trunks: list[dict[str, Any]]) -> dict[str, Any]:
    numbers_there = f"{FIRST_NUMBER}-{FIRST_NUMBER + numbers - 1}"
    return {
        "id": ACCOUNT_ID,
        "accountNumber": "1",
        "accountName": "Benchmark",
        "telephone_numbers": [numbers_there],
        "trunks": trunks,
    }
