# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where telephone numbers are routed: what the account's list says. Pure.

Facts: user guide, "Route Inbound Calls to SIP Trunk"; API path .../account/{accountId}/telephonenumber. A number
without a destination rings busy. Nothing here ever deletes a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from .._common.errors import InvalidResponse
from .._common.kinds import snake
from .references import Reference, named
from .references import from_wire as reference_from_wire
from .sip_trunk import Trunk
from .trunks import Trunks

# The wire's names of what a result returns under the options' names.
_RENAMED = ("id", "referenceType", "referenceId")


class Sent(Protocol):
    """A write that was sent, as far as its answer is judged by it."""

    @property
    def target(self) -> Reference | None:
        """Where the number is to be routed, with the trunk's id filled in; None for nowhere."""


@dataclass(frozen=True)
class Number:
    """A telephone number of the account.

    Attributes:
        reference: where it is routed; None when it is unrouted.
        wire: the answer's object, for the info module.
    """

    reference: Reference | None
    wire: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


def numbers_from_wire(answer: Iterable[Any]) -> dict[str, Number]:
    """Return {11 digits: Number} from the account's list.

    Raises:
        InvalidResponse: an entry has no phoneNumber.
    """
    numbers = {}
    for wire in answer:
        if not isinstance(wire, dict) or not wire.get("phoneNumber"):
            raise InvalidResponse(
                "The API's list of telephone numbers has an entry without a number: try again, or ask Alianza"
            )
        numbers[str(wire["phoneNumber"])] = Number(reference_from_wire(wire), wire)
    return numbers


def _origin(number: Number, trunks: Trunks[Trunk] | None) -> Reference | None:
    return number.reference if trunks is None else named(number.reference, trunks)


def not_taken(move: Sent, answer: dict[str, Any]) -> bool:
    """Whether an answer shows the number somewhere else than where the write sent it.

    An answer that holds no destination at all counts as taken only when the number was to be unrouted.

    Args:
        move: what was sent.
        answer: the number as the API gave it back.
    """
    if move.target is None:
        return reference_from_wire(answer) is not None
    if "referenceType" not in answer and "referenceId" not in answer:
        return "phoneNumber" in answer
    return reference_from_wire(answer) != move.target


def returned(number: str, each: Number, trunks: Trunks[Trunk] | None = None) -> dict[str, Any]:
    """Return a number as the info module gives it: option names first, then what else the list says."""
    reference = _origin(each, trunks)
    options: dict[str, Any] = {"telephone_number": number, "reference_type": None, "reference_id": None}
    options.update(reference.returned() if reference else {})
    more = snake({key: value for key, value in each.wire.items() if key not in _RENAMED})
    return dict(more, **options)
