# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address parts of a telephone number's body (customer service record, directory listing, E911)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Direction = Literal["", "N", "NE", "E", "SE", "S", "SW", "W", "NW"]
SecondaryLocation = Literal[
    "",
    "APARTMENT",
    "BUILDING",
    "BASEMENT",
    "DEPARTMENT",
    "FLOOR",
    "FRONT",
    "HANGER",
    "KEY",
    "LOBBY",
    "LOT",
    "LOWER",
    "OFFICE",
    "PENTHOUSE",
    "PIER",
    "REAR",
    "ROOM",
    "SIDE",
    "SLIP",
    "SPACE",
    "SUITE",
    "STOP",
    "TRAILER",
    "UNIT",
    "UPPER",
]
Text = Annotated[str, StringConstraints(max_length=256)]


class Address(BaseModel):
    """A postal address, AddressX."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: str | None = None
    firstName: Annotated[str, StringConstraints(min_length=1, max_length=256)] | None = None
    middleInitial: Text | None = None
    lastName: Text | None = None
    businessName: Text | None = None
    streetNumber: str | None = None
    streetNumberSuffix: str | None = None
    preDirectional: Direction | None = None
    streetName: Text | None = None
    streetSuffix: str | None = None
    postDirectional: Direction | None = None
    city: Text | None = None
    state: str | None = None
    country: str | None = None
    postalCode: str | None = None
    secondaryLocationDescription: SecondaryLocation | None = None
    unit: Annotated[str, StringConstraints(max_length=10)] | None = None


class CustomerServiceRecord(Address):
    """Whose number it is, CustomerServiceRecordX."""

    customerType: Literal["BUSINESS", "RESIDENTIAL"] | None = None
    firstNameSecondary: str | None = None
    blockCustomerName: bool | None = None
    customerName: str | None = None


class E911Address(Address):
    """Where the ambulance goes, E911AddressX."""

    customerType: Literal["BUSINESS", "RESIDENTIAL"] | None = None
    latitude: str | None = None
    longitude: str | None = None
    language: str | None = None


class DirectoryListing(BaseModel):
    """How the number is printed in directories, DirectoryListingX."""

    model_config = ConfigDict(strict=True, extra="forbid")

    listed: bool | None = None
    type: Literal["ERROR", "LIST_PUBLISH", "LIST_NOT_PUBLISH", "NOT_LIST_NOT_PUBLISH", "PORTED", "COMPLEX"] | None = (
        None
    )
    address: Address | None = None
