# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies of /v2, with the types, limits and names of the API's OpenAPI description; anything else is refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from .addresses import CustomerServiceRecord, DirectoryListing, E911Address
from .errors import ApiError

Tn = Annotated[str, StringConstraints(pattern=r"^[0-9]{11}$")]
ExtensionPattern = Annotated[str, StringConstraints(pattern=r"^[0-9]+[xX]*$")]
SipUsername = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\-_.]+$", min_length=8, max_length=36)]
Name = Annotated[str, StringConstraints(min_length=1)]
ForwardType = Literal["SIP_TRUNK", "END_USER", "TELEPHONE", "AUTO_ATTENDANT", "IVR", "VOICE_MAIL", "VOICEMAIL", "BUSY"]
TnType = Literal[
    "SIP_TRUNK",
    "END_USER",
    "IVR",
    "LINE_APPEARANCE",
    "LINE_HUNTGROUP",
    "TELEPHONE",
    "VFAX",
    "BUSINESS_LINE",
    "BUSINESS_LINE_HUNT_GROUP",
    "CALL_GROUP",
    "CALL_QUEUE",
    "AUTO_ATTENDANT",
    "SPECIALTY_LINE",
    "CONTACT_CENTER",
]
RingType = Literal["StandardRing", "Ring1", "Ring2", "Ring3", "Ring4", "Ring5", "Ring6", "Ring7"]
ServicePackage = Literal[
    "Usage",
    "PrimaryLocalFlatRate",
    "PrimaryLocalAndDomesticLDFlatRate",
    "SecondaryLocalFlatRate",
    "SecondaryLocalAndDomesticLDFlatRate",
]
CarrierStatus = Literal[
    "ACTIVE",
    "ACTIVATION_ON_HOLD",
    "ACTIVATION_PENDING",
    "PORT_PENDING",
    "CANCEL_PORT",
    "CANCEL_PORT_EXPIDITED",
    "DELETE_PENDING",
    "DELETED",
    "CANCEL_PORT_COMPLETE",
    "PORT_REJECTED",
    "INVENTORY",
    "INVENTORY_CLAIMED",
    "COOLDOWN",
    "RECOVERED",
]
VOICE_MAIL = ("VOICE_MAIL", "VOICEMAIL")
#: How the names of fields begin that the API may gain; rules and numbers hold them, whatever their value.
FUTURE = "future"
Body = TypeVar("Body", bound="Model")


class Model(BaseModel):
    """A request body: no conversions between types, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid")

    def given(self) -> dict[str, Any]:
        """Return the fields that were in the request and were not null."""
        return self.model_dump(exclude_unset=True, exclude_none=True)

    def nulls(self) -> set[str]:
        """Return the names of the fields that were null in the request."""
        return {name for name in self.model_fields_set if getattr(self, name) is None}


class Extended(Model):
    """A request body that may hold fields that nobody knows yet, to see whether a client carries them over."""

    model_config = ConfigDict(strict=True, extra="allow")

    @model_validator(mode="after")
    def _is_known(self) -> Extended:
        unknown = [name for name in self.model_extra or {} if not name.startswith(FUTURE)]
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        return self


class Login(Model):
    """POST /v2/authorize."""

    username: str
    password: str
    changePassword: str | None = None


class SetupCallingPlan(Model):
    """The calling plan that a new trunk shares or gets."""

    referenceId: str | None = None
    callingPlanType: Literal["SHARED_CALLING_PLAN", "NEW_CALLING_PLAN"] | None = None


class TrunkPatch(Model):
    """PATCH .../siptrunk_2/{id}: any part of a trunk."""

    partitionId: str | None = None
    accountId: str | None = None
    trunkName: Name | None = None
    id: str | None = None
    # Its length is checked by the operations: the answer differs between POST, PUT and PATCH.
    sipPassword: str | None = None
    sipUsername: SipUsername | None = None
    callbackNumber: Tn | None = None
    concurrentCalls: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    maxBurstCalls: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    callingPlans: list[dict[str, Any]] | None = None
    telephoneNumbers: list[str] | None = None
    sipProxyServer: str | None = None
    lockedOut: bool | None = None
    localServicesEnabled: bool | None = None
    primaryTn: Tn | None = None
    extensionPatterns: list[ExtensionPattern] | None = None
    externalChargeNumber: str | None = None
    newCppId: str | None = None
    setupCallingPlan: SetupCallingPlan | None = None
    provisioningStatus: str | None = None
    ipBasedAuthEnabled: bool | None = None
    ipAddress: str | None = None
    portNumber: Annotated[int, Field(ge=0, le=65535)] | None = None
    accessEndpoints: list[dict[str, Any]] | None = None
    sipTrunkGroupId: str | None = None
    pbxTnDigits: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    languageTag: str | None = None


class Trunk(TrunkPatch):
    """POST .../siptrunk_2 and PUT .../siptrunk_2/{id}: a whole trunk."""

    trunkName: Name
    sipPassword: str
    sipUsername: SipUsername
    concurrentCalls: Annotated[int, Field(ge=1, lt=2**31)]


class ForwardReference(Extended):
    """Where a call goes when the trunk does not take it."""

    referenceType: ForwardType
    referenceId: str | None = None


class ForwardAlways(ForwardReference):
    """Where all calls go while `enabled` is true."""

    enabled: bool | None = None


class TrunkForward(Extended):
    """PUT .../siptrunk_2/{id}/forward."""

    partitionId: str | None = None
    accountId: str | None = None
    sipTrunkId: str | None = None
    forwardAlways: ForwardAlways | None = None
    forwardOnFailure: list[ForwardReference] | None = None
    forwardOnCapacityExceeded: list[ForwardReference] | None = None


class GroupForward(Extended):
    """PUT .../siptrunkgroup/{id}/forward."""

    partitionId: str | None = None
    accountId: str | None = None
    sipTrunkGroupId: str | None = None
    unconditionalForward: ForwardAlways | None = None
    unreachableForward: list[ForwardReference] | None = None
    capacityForward: list[ForwardReference] | None = None


class Group(Extended):
    """POST .../siptrunkgroup and PUT .../siptrunkgroup/{id}."""

    id: str | None = None
    name: Name
    partitionId: str | None = None
    accountId: str | None = None
    unconditionalForward: ForwardAlways | None = None
    unreachableForward: list[ForwardReference] | None = None
    capacityForward: list[ForwardReference] | None = None
    sipTrunksIds: list[str] | None = None


class CallerId(Model):
    """POST .../siptrunk_2/cid/callerid."""

    customCallerIdNumber: Tn


class FromNumber(Model):
    """POST .../siptrunk_2/cid/fromnumber: a number, or its first digits and wildcards."""

    fromWildcard: Annotated[str, StringConstraints(pattern=r"^[0-9]+[xX*]*$", max_length=15)]


class Mapping(FromNumber):
    """PUT .../siptrunk_2/cid/mapping; null ends the mapping."""

    customCallerIdNumber: str | None = None


class PlanChange(Model):
    """PUT and DELETE .../callingplan."""

    referenceType: Literal["SIP_TRUNK", "END_USER", "IVR", "ACCOUNT", "SPECIALTY_LINE", "CONTACT_CENTER"]
    referenceId: Name
    callingPlanProductId: Name | None = None
    callingPlanReferenceId: Name | None = None
    callingPlanType: Literal["SHARED_CALLING_PLAN", "NEW_CALLING_PLAN", "UNSHARED_CALLING_PLAN"] | None = None
    pending: bool | None = None
    minutesUsed: Annotated[int, Field(ge=0)] | None = None


class Number(Extended):
    """PUT and PATCH .../telephonenumber/{tn}: a telephone number, whole or in part."""

    phoneNumber: str | None = None
    referenceType: TnType | None = None
    referenceId: Name | None = None
    functionType: Literal["ELS", "TollFree", "TemporaryNumber", "SPTN"] | None = None
    canAcceptSMS: bool | None = None
    operationalStatus: Literal["ACTIVE", "STAGED"] | None = None
    portId: str | None = None
    servicePackageType: ServicePackage | None = None
    accountId: str | None = None
    partitionId: str | None = None
    customerServiceRecord: CustomerServiceRecord | None = None
    carrierStatus: CarrierStatus | None = None
    orderVersion: str | None = None
    e911Address: E911Address | None = None
    temporaryNumber: str | None = None
    directoryListing: DirectoryListing | None = None
    assignAsCallerId: bool | None = None
    byotnCarrierId: str | None = None
    ringType: RingType | None = None
    carrierId: str | None = None
    tollFree: bool | None = None
    id: str | None = None


class NumberDestination(Model):
    """PUT .../telephonenumber/{tn}/destination."""

    partitionId: str | None = None
    accountId: str | None = None
    telephoneNumber: str | None = None
    referenceId: Name | None = None
    referenceType: TnType | None = None
    ringType: RingType | None = None
    assignAsCallerId: bool | None = None
    id: str | None = None


def parse(model: type[Body], document: dict[str, Any]) -> Body:
    """Return `document` as a `model`; raises ApiError 400 with one message for each fault, without quoting values."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        raise ApiError(400, *(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)) from error
