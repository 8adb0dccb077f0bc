# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Telephone numbers as people type them, and as the API holds them: 11 digits, ``1`` and ten more. Pure."""

from __future__ import annotations

import re

MAX_RANGE = 10000

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_ALLOWED = re.compile(r"^\+?[0-9\s().%s]+$" % re.escape(_DASHES))
_NOT_DIGITS = re.compile(r"\D")


def _digits(text):
    """Return the 11 digits that ``text`` spells, or None."""
    text = text.strip()
    if not _ALLOWED.match(text):
        return None
    digits = _NOT_DIGITS.sub("", text)
    if len(digits) == 10 and digits[0] not in "01" and not text.startswith("+"):
        return "1" + digits
    if len(digits) == 11 and digits[0] == "1":
        return digits
    return None


def parse_number(value):
    """Return ``value`` as the 11 digits the API uses.

    Takes ``18015551212``, ``8015551212``, ``801-555-1212``, ``+1 (801) 555-1212`` and their like, as text or integer.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    text = str(value)
    number = _digits(text)
    if number is None:
        raise ValueError(
            "%r is not a telephone number: give 11 digits that begin with 1, or 10 digits, such as 18015551212 or "
            "801-555-1212" % text
        )
    return number


def parse_range(value):
    """Return the list of numbers that ``value`` names: one number, or a range of two full numbers joined by a dash.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    text = str(value)
    single = _digits(text)
    if single is not None:
        return [single]
    for place, char in enumerate(text):
        if char in _DASHES:
            first, last = _digits(text[:place]), _digits(text[place + 1 :])
            if first and last:
                return _between(text, first, last)
    if any(char in _DASHES for char in text) and len(_NOT_DIGITS.sub("", text)) > 11:
        raise ValueError(
            "%r is not a range of telephone numbers: give two full numbers, such as 18015551300-18015551399" % text
        )
    return [parse_number(text)]


def _between(text, first, last):
    low, high = int(first), int(last)
    if high < low:
        raise ValueError("%r is a range that ends before it begins: put the lower number first" % text)
    if high - low >= MAX_RANGE:
        raise ValueError(
            "%r is a range of %d numbers and at most %d are taken in one range: split it"
            % (text, high - low + 1, MAX_RANGE)
        )
    return [str(number) for number in range(low, high + 1)]


def expand(values):
    """Return (numbers, faults): every number that the list names, once, in its order, and a sentence per bad entry."""
    numbers, faults = {}, []
    for value in values:
        try:
            numbers.update(dict.fromkeys(parse_range(value)))
        except ValueError as error:
            faults.append(str(error))
    return list(numbers), faults


def fold(numbers):
    """Return the numbers sorted, runs of three and more written as ranges; :func:`expand` reads it back."""
    folded, run = [], []
    for number in sorted(set(numbers)):
        if run and not (number.isdigit() and int(number) == int(run[-1]) + 1):
            folded.extend(_written(run))
            run = []
        run.append(number)
    folded.extend(_written(run))
    return folded


def _written(run):
    limit = MAX_RANGE
    pieces = [run[start : start + limit] for start in range(0, len(run), limit)]
    return [text for piece in pieces for text in ([piece[0] + "-" + piece[-1]] if len(piece) > 2 else piece)]
