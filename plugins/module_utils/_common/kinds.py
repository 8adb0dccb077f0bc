# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Kinds of values: how one is declared to Ansible, checked, read from the API, unset and documented. Pure.

A kind knows no field. Several fields share it, and a resource makes kinds of its own with the functions below.
"""

from __future__ import annotations

import ipaddress
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .numbers import parse_number

# The API's 32-bit integers end here.
LARGEST_INTEGER = 2**31 - 1

# How a value may be unset on the wire, in the order in which the ways are tried.
TEXT_CLEARS = (None, "")
NUMBER_CLEARS = (None, 0)
LIST_CLEARS: tuple[Any, ...] = ([],)

_CAMEL = re.compile(r"(?<=[a-z0-9])([A-Z])")


@dataclass(frozen=True)
class Kind:
    """What the values of a field are.

    ``minimum``, ``maximum``, ``pattern`` and ``format`` mean what they mean in JSON Schema; of a list they describe its
    elements. Tests make random valid values from them.

    Attributes:
        type: the type of the option, in Ansible's words.
        parse: takes what the user typed, returns the normal value; raises ValueError with the rest of a sentence that
            begins with the option's name.
        read: takes what the API sent (or None for a missing field), returns the normal value; never raises.
        elements: the type of a list's elements, in Ansible's words.
        choices: the only values that Ansible accepts.
        empty: the normal value of a field that is not set.
        clears: wire values that unset the field, in the order in which they are tried; () where nothing unsets it.
        clear: the value of the option that unsets the field; None where nothing does.
        same: whether two normal values mean the same to the API, which may store a value in another form than it was sent.
        minimum: the smallest number.
        maximum: the largest number.
        pattern: regular expression that a whole text matches.
        format: ``telephone-number``, ``ip-address``, or "" for no special form.
        integers: whether a whole number is accepted where text is expected: a telephone number has no leading zero.
        accepts: a sentence for the documentation of options: which values are accepted.
    """

    type: str
    parse: Callable[[Any], Any]
    read: Callable[[Any], Any]
    elements: str | None = None
    choices: tuple[str, ...] = ()
    empty: Any = None
    clears: tuple[Any, ...] = ()
    clear: Any = None
    same: Callable[[Any, Any], bool] = operator.eq
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    format: str = ""
    integers: bool = False
    accepts: str = ""


def as_it_is(value: Any) -> Any:
    """Return the value itself: parse and read of kinds that have a parser of their own elsewhere."""
    return value


def _same_but_for_case(one: Any, other: Any) -> bool:
    return str(one).casefold() == str(other).casefold()


def read_text(value: Any) -> str | None:
    """Return the API's text, None for a missing, null or empty one."""
    return None if value in (None, "") else str(value)


def read_integer(value: Any) -> int | None:
    """Return the API's number, None for a missing one or zero; text that spells a number is a number."""
    try:
        return int(value) or None
    except (TypeError, ValueError):
        return None


def read_boolean(value: Any) -> bool:
    """Return the API's truth value; a missing one is false."""
    return value if isinstance(value, bool) else str(value).lower() == "true"


def read_number(value: Any) -> str | None:
    """Return the API's telephone number as 11 digits; what is none stays as it is."""
    text = read_text(value)
    try:
        return parse_number(text) if text else None
    except ValueError:
        return text


def snake(value: Any) -> Any:
    """Return a JSON value with every key of its objects in snake_case."""
    if isinstance(value, dict):
        return {_CAMEL.sub(r"_\1", key).lower(): snake(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [snake(inner) for inner in value]
    return value


def _read_maybe_boolean(value: Any) -> bool | None:
    return None if value is None else read_boolean(value)


def _read_address(value: Any) -> str | None:
    text = read_text(value)
    try:
        return str(ipaddress.ip_address(text)) if text else None
    except ValueError:
        return text


def _read_texts(value: Any) -> list[str]:
    return sorted(str(each) for each in value or [])


def _read_objects(value: Any) -> list[dict[str, Any]]:
    return [snake(each) for each in value or [] if isinstance(each, dict)]


def _parse_text(value: Any) -> str | None:
    return None if value == "" else str(value)


def _parse_boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is %r: give true or false" % (value,))
    return value


def _parse_number(value: Any) -> str | None:
    if value == "":
        return None
    try:
        return parse_number(value)
    except ValueError as error:
        raise ValueError("holds %s" % error) from None


def _parse_address(value: Any) -> str | None:
    if value == "":
        return None
    try:
        return str(ipaddress.ip_address(str(value)))
    except ValueError:
        raise ValueError("is %r: give an IPv4 or IPv6 address" % (value,)) from None


def integer(minimum: int, maximum: int | None = None) -> Kind:
    """Return the kind of whole numbers within limits; where zero is within them it unsets the field."""
    if maximum is None:
        expected = "at least %d" % minimum
    else:
        expected = "a number from %d to %d" % (minimum, maximum)

    def parse(value: Any) -> int | None:
        try:
            number = None if isinstance(value, (bool, float)) else int(value)
        except (TypeError, ValueError):
            number = None
        if number is None:
            raise ValueError("is %r: give a whole number" % (value,))
        if number < minimum or maximum is not None and number > maximum:
            raise ValueError("is %d: give %s" % (number, expected))
        return number or None

    optional = minimum <= 0
    accepts = ""
    if maximum is not None:
        accepts = "From V(%d) to V(%d)." % (max(minimum, 1), maximum)
    elif not optional:
        accepts = "At least V(%d)." % minimum
    return Kind(
        "int",
        parse,
        read_integer,
        clears=NUMBER_CLEARS if optional else (),
        clear=0 if optional else None,
        minimum=minimum,
        maximum=LARGEST_INTEGER if maximum is None else maximum,
        accepts=accepts,
    )


def matching(pattern: str, expected: str, optional: bool = True) -> Kind:
    """Return the kind of texts that match a pattern as a whole.

    Args:
        pattern: the regular expression.
        expected: what to give instead of a text that does not match, for the error.
        optional: whether empty text unsets the field.
    """
    compiled = re.compile(pattern + r"\Z")

    def parse(value: Any) -> str | None:
        if optional and value == "":
            return None
        if not compiled.match(str(value)):
            raise ValueError("is %r: give %s" % (value, expected))
        return str(value)

    return Kind(
        "str",
        parse,
        read_text,
        clears=TEXT_CLEARS if optional else (),
        clear="" if optional else None,
        pattern=pattern,
    )


def choice(*values: str) -> Kind:
    """Return the kind of words of which there are only a few; Ansible itself refuses any other."""
    return Kind("str", as_it_is, read_text, choices=values)


TEXT = Kind("str", _parse_text, read_text, clears=TEXT_CLEARS, clear="")
# Text that is set once, or that only the platform sets.
FIXED_TEXT = Kind("str", _parse_text, read_text)
BOOLEAN = Kind("bool", _parse_boolean, read_boolean, empty=False)
# A missing value is not the same as false.
MAYBE_BOOLEAN = Kind("bool", _parse_boolean, _read_maybe_boolean)
TELEPHONE_NUMBER = Kind(
    "str",
    _parse_number,
    read_number,
    clears=TEXT_CLEARS,
    clear="",
    pattern=r"1[2-9][0-9]{9}",
    format="telephone-number",
    integers=True,
    accepts="Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range.",
)
TELEPHONE_NUMBERS = Kind(
    "list",
    as_it_is,
    _read_texts,
    elements="str",
    empty=(),
    pattern=r"1[2-9][0-9]{9}",
    format="telephone-number",
    integers=True,
)
# An id, or a telephone number; which of them it is depends on the type beside it.
REFERENCE_ID = Kind("str", as_it_is, read_text, integers=True)
IP_ADDRESS = Kind("str", _parse_address, _read_address, clears=TEXT_CLEARS, clear="", format="ip-address")
LANGUAGE_TAG = replace(
    matching(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*", "a language tag such as en-US"), same=_same_but_for_case
)
# Objects that only the platform sets.
OBJECTS = Kind("list", as_it_is, _read_objects, elements="dict", empty=())
# A resource has its own parser and reader of these.
DICTIONARY = Kind("dict", as_it_is, as_it_is, empty={}, clear={})
DICTIONARIES = Kind("list", as_it_is, as_it_is, elements="dict", empty=(), clear=[])
# Each is text or a dictionary.
MIXED = Kind("list", as_it_is, as_it_is, elements="raw", empty=(), clear=[])
