# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The SIP trunk: its fields, and how it travels between options and wire. Pure.

Facts: user guide, "SIP Trunk Fields"; API path .../account/{accountId}/siptrunk_2.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field

from .._common.errors import InvalidResponse
from .._common.fields import Field, read_boolean, read_integer, read_text, snake
from .._common.numbers import parse_number
from .plan import KNOWN_AFTER_APPLY

_USERNAME = re.compile(r"[A-Za-z0-9\-_.]{8,36}\Z")
_PATTERN = re.compile(r"[0-9]+[xX]*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*\Z")


def _text(value):
    return None if value == "" else str(value)


def _name(value):
    if not str(value).strip():
        raise ValueError("is empty: give the trunk a name")
    return str(value)


def _integer(minimum, maximum=None):
    def parse(value):
        try:
            number = None if isinstance(value, (bool, float)) else int(value)
        except (TypeError, ValueError):
            number = None
        if number is None:
            raise ValueError("is %r: give a whole number" % (value,))
        if number < minimum or maximum is not None and number > maximum:
            raise ValueError(
                "is %d: give %s"
                % (
                    number,
                    "at least %d" % minimum if maximum is None else "a number from %d to %d" % (minimum, maximum),
                )
            )
        return number or None

    return parse


def _boolean(value):
    if not isinstance(value, bool):
        raise ValueError("is %r: give true or false" % (value,))
    return value


def _username(value):
    if not _USERNAME.match(str(value)):
        raise ValueError("is %r: give 8 to 36 letters, digits, '-', '_' or '.'" % (value,))
    return str(value)


def _password(value):
    if len(str(value)) < 6:
        raise ValueError("is too short: give at least 6 characters")
    return str(value)


def _number(value):
    if value == "":
        return None
    try:
        return parse_number(value)
    except ValueError as error:
        raise ValueError("holds %s" % error) from None


def _read_number(value):
    text = read_text(value)
    try:
        return parse_number(text) if text else None
    except ValueError:
        return text


def _patterns(values):
    bad = [value for value in values if not _PATTERN.match(str(value))]
    if bad:
        raise ValueError(
            "holds %s: a pattern is digits and then wildcards, such as 2101 or 21XX"
            % (", ".join(repr(value) for value in bad))
        )
    return _read_patterns(values)


def _read_patterns(values):
    return tuple(sorted({str(value).upper() for value in values or ()}))


def _address(value):
    if value == "":
        return None
    try:
        return str(ipaddress.ip_address(str(value)))
    except ValueError:
        raise ValueError("is %r: give an IPv4 or IPv6 address" % (value,)) from None


def _read_address(value):
    text = read_text(value)
    try:
        return str(ipaddress.ip_address(text)) if text else None
    except ValueError:
        return text


def _language(value):
    if value == "":
        return None
    if not _LANGUAGE.match(str(value)):
        raise ValueError("is %r: give a language tag such as en-US" % (value,))
    return str(value)


def _read_password(value):
    """An unreadable password is None, and so is one that the API blots out."""
    text = read_text(value)
    return None if text is None or not text.strip("*") else text


_TEXT_CLEARS = (None, "")
_NUMBER_CLEARS = (None, 0)

FIELDS = (
    Field("name", "trunkName", _name, read_text, required=True),
    Field("concurrent_calls", "concurrentCalls", _integer(1), read_integer, required=True),
    Field("sip_username", "sipUsername", _username, read_text),
    Field("sip_password", "sipPassword", _password, _read_password, secret=True),
    Field("primary_tn", "primaryTn", _number, _read_number, clears=_TEXT_CLEARS),
    Field("callback_number", "callbackNumber", _number, _read_number, clears=_TEXT_CLEARS),
    Field("local_services_enabled", "localServicesEnabled", _boolean, read_boolean, empty=False),
    Field("extension_patterns", "extensionPatterns", _patterns, _read_patterns, empty=(), clears=([], None)),
    Field("max_burst_calls", "maxBurstCalls", _integer(0), read_integer, clears=_NUMBER_CLEARS),
    Field("external_charge_number", "externalChargeNumber", _number, _read_number, clears=_TEXT_CLEARS),
    Field("sip_trunk_group_id", "sipTrunkGroupId", _text, read_text, clears=_TEXT_CLEARS),
    Field("ip_based_auth_enabled", "ipBasedAuthEnabled", _boolean, read_boolean, empty=False),
    Field("ip_address", "ipAddress", _address, _read_address, clears=_TEXT_CLEARS),
    Field("port_number", "portNumber", _integer(0, 65535), read_integer, clears=_NUMBER_CLEARS),
    Field("pbx_tn_digits", "pbxTnDigits", _integer(0), read_integer, clears=_NUMBER_CLEARS),
    Field("language_tag", "languageTag", _language, read_text, clears=_TEXT_CLEARS),
    Field("calling_plan_product_id", "newCppId", _text, read_text, create_only=True),
)
BY_OPTION = {each.option: each for each in FIELDS}
BY_WIRE = {each.wire: each for each in FIELDS}
# Both are made up by this collection when a trunk is created without them.
GENERATED = ("sip_username", "sip_password")
# What a trunk has after its creation whether or not it was asked for.
SET_AT_CREATION = (*GENERATED, "calling_plan_product_id")
# What is read-only, of a trunk that is still to be created.
NOT_KNOWN_YET = {
    "telephone_numbers": [],
    "sip_proxy_server": KNOWN_AFTER_APPLY,
    "locked_out": False,
    "provisioning_status": KNOWN_AFTER_APPLY,
    "calling_plans": [],
    "access_endpoints": [],
}


@dataclass
class Trunk:
    """A trunk as the platform holds it.

    Attributes:
        trunk_id: its id.
        values: {option: normal value} of every field; sip_password is None where the API does not tell it.
        read_only: what only the platform sets, under snake_case names.
    """

    trunk_id: str
    values: dict = field(repr=False)
    read_only: dict = field(default_factory=dict)

    @property
    def name(self):
        """The trunk's name."""
        return self.values["name"]

    @property
    def locked_out(self):
        """Whether the platform has locked the trunk out; None where the answer did not say."""
        return self.read_only["locked_out"]

    @property
    def proxy(self):
        """(host, port) of the SIP proxy to register with; None for a part the answer did not hold."""
        host, separator, port = (self.read_only["sip_proxy_server"] or "").rpartition(":")
        if not separator:
            host, port = port, ""
        return host.strip("[]") or None, int(port) if port.isdigit() else None

    def shown(self):
        """Return the options that are set, as diffs show them; without the password."""
        return shown(self.values)

    def returned(self):
        """Return the trunk as results hold it: every option but the password, then what is read-only."""
        options = {each.option: each.shown(self.values[each.option]) for each in FIELDS if not each.secret}
        return dict(options, trunk_id=self.trunk_id, **self.read_only)


def from_wire(wire):
    """Return the Trunk that an answer of .../siptrunk_2 holds.

    Raises:
        InvalidResponse: it has no id or no name.
    """
    if not isinstance(wire, dict) or not wire.get("id") or not wire.get("trunkName"):
        raise InvalidResponse("The API's answer holds a SIP trunk without an id or a name: try again, or ask Alianza")
    values = {each.option: each.read(wire.get(each.wire)) for each in FIELDS}
    plans = [plan for plan in wire.get("callingPlans") or [] if isinstance(plan, dict)]
    if values["calling_plan_product_id"] is None and plans:
        values["calling_plan_product_id"] = read_text(plans[-1].get("callingPlanProductId"))
    locked_out = wire.get("lockedOut")
    return Trunk(
        str(wire["id"]),
        values,
        {
            "telephone_numbers": sorted(str(number) for number in wire.get("telephoneNumbers") or []),
            "sip_proxy_server": read_text(wire.get("sipProxyServer")),
            "locked_out": None if locked_out is None else read_boolean(locked_out),
            "provisioning_status": read_text(wire.get("provisioningStatus")),
            "calling_plans": snake(plans),
            "access_endpoints": snake(wire.get("accessEndpoints") or []),
        },
    )


def shown(values):
    """Return {option: value} of what is set and no secret, in the order of the fields."""
    return {
        each.option: each.shown(values[each.option])
        for each in FIELDS
        if not each.secret and not each.create_only and each.option in values and values[each.option] not in (None, ())
    }


def parse_options(given):
    """Return (values, faults): the normal values of the options that were given, and a sentence per bad one.

    Args:
        given: {option: value}; None is an option that was left out.
    """
    values, faults = {}, []
    for each in FIELDS:
        value = given.get(each.option)
        if value is None:
            continue
        try:
            values[each.option] = each.parse(value)
        except ValueError as error:
            faults.append("%s %s" % (each.option, error))
    return values, faults


def not_taken(body, answer, whole=False):
    """Return the options that a write asked for and that an answer shows otherwise.

    Args:
        body: the request body that was sent.
        answer: the trunk as the API gave it back.
        whole: whether a field that is missing from the answer is not set (GET), or merely not told (a write's answer).
    """
    wrong = []
    for wire_name, sent in body.items():
        each = BY_WIRE[wire_name]
        if each.create_only or not whole and wire_name not in answer:
            continue
        got = each.read(answer.get(wire_name))
        if each.secret and got is None:
            continue
        if got != each.read(sent):
            wrong.append(each.option)
    return wrong
