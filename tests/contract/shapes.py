# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes: what of a request or an answer can matter to the description.

Two exchanges of the same shape are valid or wrong alike, so that one of them is enough to look at. A shape keeps names,
types, lengths and kinds of characters, and words whole that are names of things in the description (enumerations, paths).
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

#: Up to this length the kind of each single character counts; longer texts are identifiers, names and secrets.
LONG = 16
TRANSLATION = {
    **{ord(letter): "a" for letter in "abcdefghijklmnopqrstuvwyz"},
    **{ord(letter): "a" for letter in "ABCDEFGHIJKLMNOPQRSTUVWYZ"},
    **{ord(digit): "9" for digit in "0123456789"},
}


def words_of(description: dict[str, Any]) -> frozenset[str]:
    """Return the words that a description names: members of enumerations, constants and parts of paths."""
    found = {part for path in description.get("paths", {}) for part in path.split("/") if "{" not in part}

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                if key == "enum" and isinstance(item, list):
                    found.update(word for word in item if isinstance(word, str))
                elif key == "const" and isinstance(item, str):
                    found.add(item)
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)

    collect(description)
    return frozenset(found)


def shape(value: Any, words: frozenset[str]) -> Hashable:
    """Return the shape of a JSON value (or of a text, such as a part of a path)."""
    if isinstance(value, str):
        return text_shape(value, words)
    if isinstance(value, dict):
        return frozenset((key, shape(item, words)) for key, item in value.items())
    if isinstance(value, list):
        repeats = len(value) > 1 and all(isinstance(item, str) for item in value) and len(set(value)) < len(value)
        return ("list", bool(value), repeats, frozenset(shape(item, words) for item in value))
    if isinstance(value, bool) or value is None:
        return str(type(value))
    return (type(value), _magnitude(value))


def text_shape(text: str, words: frozenset[str]) -> str:
    """Return the shape of a text."""
    if text in words:
        return text
    kinds = text.translate(TRANSLATION)
    return kinds if len(text) <= LONG else f"{len(text)} of {''.join(sorted(set(kinds)))}"


def _magnitude(number: float) -> int:
    """Return which of the limits in the description a number is between."""
    limits = (0, 1, 29, 400, 600, 65536, 2**31)
    return sum(number >= limit for limit in limits)
