# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a field is: the option's name, the wire's name, and how a value travels between the two. Pure.

Option, request body, comparison, diff and result of a resource are all made from one list of fields, so that they
cannot drift apart. A field knows nothing of the resource it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_CAMEL = re.compile(r"(?<=[a-z0-9])([A-Z])")


@dataclass(frozen=True)
class Field:
    """One option of a resource.

    Attributes:
        option: the option's name (snake_case).
        wire: the API's name of it.
        parse: takes what the user typed, returns the normal value; raises ValueError with a sentence.
        read: takes what the API sent (or None for a missing field), returns the normal value; never raises.
        empty: the normal value of a field that is not set.
        clears: wire values that unset the field, in the order in which they are tried; () where nothing unsets it.
        required: it is needed to create the resource.
        create_only: the API takes it at creation and nowhere else.
        secret: its value appears in no output.
    """

    option: str
    wire: str
    parse: Callable[[Any], Any]
    read: Callable[[Any], Any]
    empty: Any = None
    clears: tuple = ()
    required: bool = False
    create_only: bool = False
    secret: bool = False

    def to_wire(self, value):
        """Return the normal value as the request body holds it; an empty one as the first way to unset it."""
        if value == self.empty and self.clears:
            return self.clears[0]
        return list(value) if isinstance(value, tuple) else value

    def shown(self, value):
        """Return the normal value as results and diffs show it."""
        return list(value) if isinstance(value, tuple) else value


def read_text(value):
    """Return the API's text, None for a missing, null or empty one."""
    return None if value in (None, "") else str(value)


def read_integer(value):
    """Return the API's number, None for a missing one or zero; text that spells a number is a number."""
    try:
        return int(value) or None
    except (TypeError, ValueError):
        return None


def read_boolean(value):
    """Return the API's truth value; a missing one is false."""
    return value if isinstance(value, bool) else str(value).lower() == "true"


def snake(value):
    """Return a JSON value with every key of its objects in snake_case."""
    if isinstance(value, dict):
        return {_CAMEL.sub(r"_\1", key).lower(): snake(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [snake(inner) for inner in value]
    return value
