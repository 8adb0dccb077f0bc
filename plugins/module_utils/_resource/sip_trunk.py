# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The SIP trunk: how it is read from the wire, shown and returned. Pure.

Facts: user guide, "SIP Trunk Fields"; API path .../account/{accountId}/siptrunk_2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Iterable

from .._common.errors import InvalidResponse
from .._common.kinds import read_text
from .sip_trunk_fields import BY_OPTION, BY_WIRE, FIELDS, GENERATED, NOT_KNOWN_YET, SET_AT_CREATION
from .sip_trunk_status_fields import READ_ONLY

__all__ = (
    "BY_OPTION",
    "BY_WIRE",
    "FIELDS",
    "GENERATED",
    "NOT_KNOWN_YET",
    "SET_AT_CREATION",
    "Trunk",
    "body_of",
    "from_wire",
    "not_taken",
    "parse_options",
    "shown",
)


@dataclass
class Trunk:
    """A trunk as the platform holds it.

    Attributes:
        trunk_id: its id.
        values: {option: normal value} of every field; sip_password is None where the API did not return it.
        read_only: what only the platform sets, under snake_case names.
        patterns: the extension patterns in the case that was read.
    """

    trunk_id: str
    values: dict[str, Any] = field(repr=False)
    read_only: dict[str, Any] = field(default_factory=dict)
    patterns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The trunk's name."""
        return str(self.values["name"])

    @property
    def locked_out(self) -> bool | None:
        """Whether the platform has locked the trunk out; None where the answer did not say."""
        locked_out: bool | None = self.read_only["locked_out"]
        return locked_out

    @property
    def proxy(self) -> tuple[str | None, int | None]:
        """(host, port) of the SIP proxy to register with; None for a part the answer did not hold."""
        host, separator, port = (self.read_only["sip_proxy_server"] or "").rpartition(":")
        if not separator:
            host, port = port, ""
        return host.strip("[]") or None, int(port) if port.isdigit() else None

    def shown(self) -> dict[str, Any]:
        """Return the options that are set, as diffs show them; without the password."""
        return shown(self.values)

    def returned(self) -> dict[str, Any]:
        """Return the trunk as results hold it: every option but the password, then what is read-only."""
        options = {each.option: each.shown(self.values[each.option]) for each in FIELDS if not each.secret}
        return dict(options, trunk_id=self.trunk_id, **self.read_only)


def from_wire(wire: Any) -> Trunk:
    """Return the Trunk that an answer of .../siptrunk_2 holds.

    Raises:
        InvalidResponse: it has no id or no name.
    """
    if not isinstance(wire, dict) or not wire.get("id") or not wire.get("trunkName"):
        raise InvalidResponse("The API's answer holds a SIP trunk without an id or a name: try again, or ask Alianza")
    values = {each.option: each.read(wire.get(each.wire)) for each in FIELDS}
    read_only = {each.option: each.read(wire.get(each.wire)) for each in READ_ONLY}
    if values["calling_plan_product_id"] is None and read_only["calling_plans"]:
        values["calling_plan_product_id"] = read_text(read_only["calling_plans"][-1].get("calling_plan_product_id"))
    patterns = wire.get("extensionPatterns")
    return Trunk(str(wire["id"]), values, read_only, tuple(map(str, patterns)) if isinstance(patterns, list) else ())


def body_of(values: dict[str, Any], patterns: Iterable[str] = ()) -> dict[str, Any]:
    """Return the request body that writes some values.

    Args:
        values: {option: normal value}.
        patterns: the extension patterns as they were read: those that stay keep their case, since some versions of the API
            take only the case that they return.
    """
    body = {BY_OPTION[option].wire: BY_OPTION[option].to_wire(value) for option, value in values.items()}
    if body.get("extensionPatterns"):
        read = {pattern.upper(): pattern for pattern in patterns}
        body["extensionPatterns"] = [read.get(pattern, pattern) for pattern in body["extensionPatterns"]]
    return body


def shown(values: dict[str, Any]) -> dict[str, Any]:
    """Return {option: value} of what is set and no secret, in the order of the fields."""
    return {
        each.option: each.shown(values[each.option])
        for each in FIELDS
        if not each.secret and not each.create_only and each.option in values and values[each.option] not in (None, ())
    }


def parse_options(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return (values, faults): the normal values of the options that were given, and a sentence per bad one.

    Args:
        given: {option: value}; None is an option that was left out.
    """
    values: dict[str, Any] = {}
    faults: list[str] = []
    for each in FIELDS:
        value = given.get(each.option)
        if value is None:
            continue
        try:
            values[each.option] = each.parse(value)
        except ValueError as error:
            faults.append("%s %s" % (each.option, error))
    return values, faults


def not_taken(body: dict[str, Any], answer: dict[str, Any], whole: bool = False) -> list[str]:
    """Return the options that a write asked for and that an answer shows otherwise.

    Args:
        body: the request body that was sent.
        answer: the trunk as the API gave it back.
        whole: whether a field that is missing from the answer is not set (GET), or merely not returned (a write's answer).
    """
    wrong = []
    for wire_name, sent in body.items():
        each = BY_WIRE[wire_name]
        if each.create_only or not whole and wire_name not in answer:
            continue
        got = each.read(answer.get(wire_name))
        if each.secret and got is None:
            continue
        if not each.same(got, each.read(sent)):
            wrong.append(each.option)
    return wrong
