# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Variables as surveys and command lines give them: everything is text, and blank where nothing was given. Pure."""

from __future__ import annotations

from typing import Any

_TRUE = ("true", "yes", "on", "1", "y", "t")
_FALSE = ("false", "no", "off", "0", "n", "f")


def answer(value: Any, default: Any, variable: str) -> Any:
    """Return the value of a variable in the type of its default, and the default where the value is blank.

    Args:
        value: true or false, a number or text.
        default: the default; its type decides.
        variable: name of the variable, for the message.

    Raises:
        ValueError: the value is not of that type.
    """
    if value is None or isinstance(value, str) and not value.strip():
        return default
    if isinstance(default, bool):
        return _truth(value, variable)
    if isinstance(default, int):
        return _number(value, variable)
    return value


def whole_number(value: Any, default: int, least: int, most: int, variable: str) -> int:
    """Return the value of a variable as a whole number, and the default where the value is blank.

    Args:
        value: a number or text.
        default: the default.
        least: the least number that is accepted.
        most: the greatest one.
        variable: name of the variable, for the message.

    Raises:
        ValueError: the value is no such number.
    """
    number = answer(value, default, variable)
    if not isinstance(number, int) or not least <= number <= most:
        raise ValueError("%s is %s: give a whole number from %d to %d" % (variable, number, least, most))
    return number


def _truth(value: Any, variable: str) -> bool:
    word = str(value).strip().lower()
    if word not in _TRUE + _FALSE:
        raise ValueError("%s is '%s': give true or false" % (variable, value))
    return word in _TRUE


def _number(value: Any, variable: str) -> int | float:
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(value)
        return int(number) if number == int(number) else number
    except (TypeError, ValueError, OverflowError):
        raise ValueError("%s is '%s': give a number" % (variable, value)) from None
