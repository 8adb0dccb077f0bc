# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""FROM numbers: telephone numbers, other numbers and wildcards that calls come from, as users type them and as the API holds them. Pure.

How a wildcard is written is not described. As in extension patterns, ``X`` is taken for one digit, in either case; ``*`` is
handed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .._common.given import QUOTE_IT, described, is_integer
from .._common.numbers import fold, parse_number, parse_range, split_text

_SEPARATORS = re.compile(r"[\s().+\-\u2010-\u2014\u2212]")
_WILDCARD = re.compile(r"(?=.{1,15}\Z)(?:[0-9]+[xX]*|[xX]+)?\*?\Z")
_TELEPHONE_NUMBER = re.compile(r"1[0-9]{10}\Z")
# So many places has a telephone number that is written without the leading 1.
_WITHOUT_COUNTRY = 10


def normal(text: str) -> str:
    """Return the form in which FROM numbers are compared: telephone numbers as 11 digits, wildcards in upper case."""
    try:
        return parse_number(text)
    except ValueError:
        pass
    plain = _SEPARATORS.sub("", text)
    if not _WILDCARD.match(plain):
        return text
    plain = plain.upper()
    if len(plain) == _WITHOUT_COUNTRY and plain[0] in "23456789" and plain.endswith("X"):
        return "1" + plain
    return plain


def parse(given: Any) -> tuple[list[str], list[str]]:
    """Return (FROM numbers, faults): each in its normal form and once, in order; and a sentence for each invalid entry.

    Args:
        given: a list of numbers, ranges and wildcards, or one text with several of them. A whole number is accepted where
            it is a telephone number, since only others may have lost a zero.
    """
    if isinstance(given, str):
        given = split_text(given)
    if not isinstance(given, (list, tuple)):
        given = [given] if is_integer(given) else given
    if not isinstance(given, (list, tuple)):
        return [], ["from_numbers is %s: give a list" % described(given)]
    numbers: dict[str, None] = {}
    faults: dict[str, None] = {}
    for place, value in enumerate(given, 1):
        for piece in (split_text(value) if isinstance(value, str) else []) or [value]:
            found, fault = _parse_entry(piece)
            numbers.update(dict.fromkeys(found))
            if fault:
                faults["from_numbers entry %d %s" % (place, fault)] = None
    return list(numbers), list(faults)


def _parse_entry(value: Any) -> tuple[list[str], str]:
    """Return (FROM numbers, the rest of a sentence with what is wrong)."""
    if is_integer(value) and _TELEPHONE_NUMBER.match(normal(str(value))):
        return [normal(str(value))], ""
    if not isinstance(value, str):
        return [], "is %s and has to be text: %s" % (described(value), QUOTE_IT)
    try:
        return parse_range(value), ""
    except ValueError as error:
        text = normal(value)
        if _WILDCARD.match(text):
            return [text], ""
        if not _SEPARATORS.sub("", text).isdigit():
            return [], (
                "is %r: give a telephone number, a range of them, or digits and then an X for each further digit, such as "
                "1801555XXXX or 21XX" % value
            )
        return [], "holds %s" % error


def folded(numbers: Iterable[str]) -> list[str]:
    """Return FROM numbers sorted, with runs of telephone numbers as ranges; the inverse of :func:`parse`."""
    numbers = set(numbers)
    telephone_numbers = {number for number in numbers if _TELEPHONE_NUMBER.match(number)}
    return sorted([*fold(telephone_numbers), *(numbers - telephone_numbers)])
