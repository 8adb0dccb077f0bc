# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where calls are sent: a reference type and an id, as forwarding rules and telephone numbers hold it. Pure.

A trunk may be referred to by its name. One that is still to be created has no id yet; the name stands for it until the
plan is carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, overload

from .._common.given import not_text
from .._common.kinds import read_number
from .._common.notices import Notice
from .._common.numbers import parse_number
from .plan import KNOWN_AFTER_APPLY
from .trunks import T, Trunks

SIP_TRUNK = "SIP_TRUNK"
TELEPHONE = "TELEPHONE"
BUSY = "BUSY"
VOICE_MAIL = "VOICE_MAIL"

# The API's two spellings of one thing: this is the one that users see. What goes over the wire: forwarding_wire.
_SPELLINGS = {"VOICEMAIL": VOICE_MAIL}

# GET/PUT .../siptrunk_2/{id}/forward
FORWARD_TYPES = (BUSY, "END_USER", "IVR", "AUTO_ATTENDANT", SIP_TRUNK, TELEPHONE, VOICE_MAIL)
# PATCH .../telephonenumber/{tn}
ROUTE_TYPES = (
    SIP_TRUNK,
    "END_USER",
    "IVR",
    "LINE_APPEARANCE",
    "LINE_HUNTGROUP",
    TELEPHONE,
    "VFAX",
    "BUSINESS_LINE",
    "BUSINESS_LINE_HUNT_GROUP",
    "CALL_GROUP",
    "CALL_QUEUE",
    "AUTO_ATTENDANT",
    "SPECIALTY_LINE",
    "CONTACT_CENTER",
)


def one_spelling(reference_type: str | None) -> str | None:
    """Return the reference type in the spelling this collection uses."""
    return _SPELLINGS.get(reference_type, reference_type) if reference_type else None


@dataclass(frozen=True)
class Reference:
    """One destination.

    Attributes:
        reference_type: the API's word for the kind of thing.
        reference_id: its id; None for BUSY and for a trunk that does not exist yet.
        trunk_name: the name of the trunk, where it is one and its name is known.
    """

    reference_type: str
    reference_id: str | None = None
    trunk_name: str | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str, str | None]:
        if self.reference_type == SIP_TRUNK and self.reference_id is None:
            return (self.reference_type, "name", self.trunk_name)
        return (self.reference_type, "id", self.reference_id)

    def shown(self) -> dict[str, str]:
        """Return the reference as diffs show it: the trunk's name where it is known, else the id."""
        shown = {"reference_type": self.reference_type}
        if self.trunk_name is not None:
            shown["trunk_name"] = self.trunk_name
        elif self.reference_id is not None:
            shown["reference_id"] = self.reference_id
        return shown

    def returned(self) -> dict[str, str]:
        """Return the reference as results hold it: everything that is known, fit to be fed back in."""
        returned = {"reference_type": self.reference_type}
        if self.reference_id is not None:
            returned["reference_id"] = self.reference_id
        elif self.reference_type == SIP_TRUNK:
            returned["reference_id"] = KNOWN_AFTER_APPLY
        if self.trunk_name is not None:
            returned["trunk_name"] = self.trunk_name
        return returned

    def described(self) -> str:
        """Return the reference in a few words, for messages."""
        if self.trunk_name is not None:
            return "trunk '%s'" % self.trunk_name
        if self.reference_id is not None:
            return "%s %s" % (self.reference_type, self.reference_id)
        return self.reference_type

    def with_id(self, ids: Mapping[str, str]) -> Reference:
        """Return this reference with the id of a trunk that was created meanwhile.

        Args:
            ids: {trunk name: trunk id}.

        Raises:
            KeyError: no trunk of that name was created.
        """
        if self.reference_type == SIP_TRUNK and self.reference_id is None:
            return Reference(SIP_TRUNK, ids[self.trunk_name or ""], self.trunk_name)
        return self

    def wire(self) -> dict[str, str]:
        """Return the reference as a request body holds it."""
        body = {"referenceType": self.reference_type}
        if self.reference_id is not None:
            body["referenceId"] = self.reference_id
        return body


def from_wire(wire: Mapping[str, Any] | None) -> Reference | None:
    """Return the Reference that an answer holds, or None where it holds none.

    Args:
        wire: a mapping with referenceType and referenceId, or None.
    """
    reference_type = one_spelling((wire or {}).get("referenceType"))
    if not wire or not reference_type:
        return None
    reference_id = wire.get("referenceId") or None
    if reference_type == BUSY:
        reference_id = None
    elif reference_id is not None:
        reference_id = str(reference_id)
        if reference_type == TELEPHONE:
            reference_id = read_number(reference_id)
    return Reference(reference_type, reference_id)


@overload
def named(reference: Reference, trunks: Trunks[T]) -> Reference:
    """A reference stays a reference."""


@overload
def named(reference: None, trunks: Trunks[T]) -> None:
    """No reference stays none."""


def named(reference: Reference | None, trunks: Trunks[T]) -> Reference | None:
    """Return the reference with the name of its trunk, where the account has that trunk."""
    if reference is None or reference.reference_type != SIP_TRUNK or reference.reference_id is None:
        return reference
    trunk = trunks.by_id.get(reference.reference_id)
    return reference if trunk is None else Reference(SIP_TRUNK, trunk.trunk_id, trunk.name)


def parse(given: Mapping[str, Any], types: tuple[str, ...], where: str) -> tuple[Reference | None, str | None]:
    """Return (Reference, fault): the destination that the user gave; a trunk's name is not looked up yet.

    Args:
        given: mapping with reference_type, reference_id and trunk_name; missing and None are the same.
        types: the reference types that are allowed here.
        where: how a fault names the place.
    """
    trunk_name = given.get("trunk_name") or None
    reference_id = None if given.get("reference_id") in (None, "") else given["reference_id"]
    reference_type = one_spelling(given.get("reference_type") or (SIP_TRUNK if trunk_name else None))
    if reference_type is None:
        return None, "%s has no reference_type: give one of %s" % (where, ", ".join(types))
    if reference_type not in types:
        return None, "%s has the reference_type %s: give one of %s" % (where, reference_type, ", ".join(types))
    if trunk_name and reference_type != SIP_TRUNK:
        return None, "%s has a trunk_name and the reference_type %s: trunk_name goes with SIP_TRUNK" % (
            where,
            reference_type,
        )
    if reference_type == BUSY:
        if reference_id is not None:
            return None, "%s is BUSY, which takes no reference_id: leave it out" % where
        return Reference(BUSY), None
    if reference_id is None and trunk_name is None:
        also = " or a trunk_name" if reference_type == SIP_TRUNK else ""
        return None, "%s has the reference_type %s without a reference_id%s: give one" % (where, reference_type, also)
    wrong = "" if reference_id is None else not_text(reference_id, integers=reference_type == TELEPHONE)
    if wrong:
        return None, "%s has a reference_id that %s" % (where, wrong)
    if reference_type == TELEPHONE:
        try:
            reference_id = parse_number(reference_id)
        except ValueError as error:
            return None, "%s: %s" % (where, error)
    if reference_id == KNOWN_AFTER_APPLY and trunk_name is not None:
        reference_id = None
    return Reference(reference_type, reference_id, trunk_name), None


def resolve(reference: Reference, trunks: Trunks[T], notices: list[Notice]) -> Reference:
    """Return the reference with the id and the name of its trunk.

    Args:
        reference: what :func:`parse` returned.
        trunks: the account's Trunks.
        notices: list to which a trunk that is assumed to come is added.

    Raises:
        NotFound, Ambiguous, InvalidInput: as :meth:`Trunks.refer`.
    """
    if reference.reference_type != SIP_TRUNK:
        return reference
    trunk = trunks.refer(reference.trunk_name, reference.reference_id, notices)
    return Reference(SIP_TRUNK, trunk.trunk_id, trunk.name)
