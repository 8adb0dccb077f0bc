# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Telephone numbers as users type them, and as the API holds them: 11 digits, the first of which is ``1``. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MAX_RANGE = 10000
# So many numbers and ranges are named in one message.
_MOST_NAMED = 200

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_ALLOWED = re.compile(r"^\+?[0-9\s().%s]+$" % re.escape(_DASHES))
_NOT_DIGITS = re.compile(r"\D")
_SEPARATORS = re.compile(r"[,\r\n]")


def split_text(text: str) -> list[str]:
    """Return the entries of a list that is given as one text, one a line or separated by commas."""
    return [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]


def _digits(text: str) -> str | None:
    """Return the 11 digits of the number that ``text`` spells, or None."""
    text = text.strip()
    if not _ALLOWED.match(text):
        return None
    digits = _NOT_DIGITS.sub("", text)
    if len(digits) == 10 and digits[0] not in "01" and not text.startswith("+"):
        return "1" + digits
    if len(digits) == 11 and digits[0] == "1":
        return digits
    return None


def parse_number(value: object) -> str:
    """Return ``value`` as the 11 digits that the API uses.

    Args:
        value: text or integer, such as ``18015551212``, ``8015551212``, ``801-555-1212`` or ``+1 (801) 555-1212``.

    Raises:
        ValueError: it is no number; the message is a sentence for the user.
    """
    text = str(value)
    number = _digits(text)
    if number is None:
        raise ValueError(
            "%r is not a telephone number: give 11 digits that begin with 1, or 10 digits, such as 18015551212 or "
            "801-555-1212" % text
        )
    return number


def parse_range(value: object) -> list[str]:
    """Return the numbers of one number, or of a range of two full numbers joined by a dash.

    Raises:
        ValueError: it is neither; the message is a sentence for the user.
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


def _between(text: str, first: str, last: str) -> list[str]:
    low, high = int(first), int(last)
    if high < low:
        raise ValueError("%r is a range that ends before it begins: put the lower number first" % text)
    if high - low >= MAX_RANGE:
        raise ValueError(
            "%r is a range of %d numbers, and a range may have at most %d: split it" % (text, high - low + 1, MAX_RANGE)
        )
    return [str(number) for number in range(low, high + 1)]


def expand(values: object) -> tuple[list[str], list[str]]:
    """Return (numbers, faults): the numbers of all entries, each once, in order; and a sentence for each invalid entry.

    Args:
        values: a list of numbers and ranges, or one text with several of them, one a line or separated by commas.
    """
    numbers: dict[str, None] = {}
    faults: dict[str, None] = {}
    for value in values if isinstance(values, (list, tuple)) else [values]:
        for piece in _pieces(value):
            try:
                numbers.update(dict.fromkeys(parse_range(piece)))
            except ValueError as error:
                faults[str(error)] = None
    return list(numbers), list(faults)


def _pieces(value: object) -> Sequence[object]:
    """Return the entries of one that is text with several; a blank entry stays, to be refused."""
    return (split_text(value) if isinstance(value, str) else []) or [value]


def fold(numbers: Iterable[str]) -> list[str]:
    """Return the numbers sorted, with runs of three and more as ranges; the inverse of :func:`expand`."""
    folded: list[str] = []
    run: list[str] = []
    for number in sorted(set(numbers)):
        if run and not (number.isdigit() and run[-1].isdigit() and int(number) == int(run[-1]) + 1):
            folded.extend(_written(run))
            run = []
        run.append(number)
    folded.extend(_written(run))
    return folded


def _written(run: Sequence[str]) -> list[str]:
    pieces = [run[start : start + MAX_RANGE] for start in range(0, len(run), MAX_RANGE)]
    return [text for piece in pieces for text in ([piece[0] + "-" + piece[-1]] if len(piece) > 2 else piece)]


def listed(numbers: Iterable[str]) -> str:
    """Return the numbers as messages name them: sorted, with ranges, and only as many of them as fit in a sentence."""
    folded = fold(numbers)
    more = len(folded) - _MOST_NAMED
    return ", ".join(folded[:_MOST_NAMED]) + (" and %d more" % more if more > 0 else "")
