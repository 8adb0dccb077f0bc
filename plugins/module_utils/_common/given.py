# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What users give, before it is parsed: types, keys, and the forms in which YAML, surveys and variables hand it over. Pure.

Ansible's own conversion is not enough: it makes text of a number that YAML has read, and stops at the first fault of a
list without its place in it.
"""

from __future__ import annotations

import ast
import difflib
import json
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .fields import Field
from .numbers import split_text

QUOTE_IT = "quote it, since YAML drops leading zeros and takes NO for false"

_TRUE = ("true", "yes", "on", "y", "t", "1")
_FALSE = ("false", "no", "off", "n", "f", "0")
# So many characters of a key that is not known are quoted.
_QUOTED = 40


def is_integer(value: Any) -> bool:
    """Return whether a value is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def described(value: Any, secret: bool = False) -> str:
    """Return what a value is, in words; only numbers and truth values are quoted, and no secret.

    Args:
        value: what the user gave.
        secret: whether it may not be quoted.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return "a number" if secret else "the number %s" % value
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "a dictionary"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "a list"
    return "empty" if value is None else "neither text nor a number"


def not_text(value: Any, secret: bool = False, integers: bool = False) -> str:
    """Return what is wrong with a value that has to be text, as the rest of a sentence; empty if nothing is.

    Args:
        value: what the user gave.
        secret: whether it may not be quoted.
        integers: whether a whole number will do, as for telephone numbers.
    """
    if isinstance(value, str) or integers and is_integer(value):
        return ""
    if isinstance(value, (bool, int, float)):
        return "is %s and has to be text: %s" % (described(value, secret), QUOTE_IT)
    return "is %s: give text" % described(value, secret)


def is_blank(value: Any) -> bool:
    """Return whether a value is text without anything in it, which is what a survey returns for an answer left out."""
    return isinstance(value, str) and not value.strip()


def structure(value: Any) -> Any:
    """Return the list or dictionary that a text holds as JSON, or as the Python literal that a template leaves behind.

    Any other value, and text that holds neither, is returned as it is.
    """
    if not isinstance(value, str):
        return value
    for read in (json.loads, _literal):
        try:
            found = read(value.strip())
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        if isinstance(found, (list, dict)):
            return found
    return value


def _literal(text: str) -> Any:
    with warnings.catch_warnings():
        # The parser warns of odd numbers in text that is no literal at all.
        warnings.simplefilter("ignore")
        return ast.literal_eval(text)


def checked(rows: Iterable[Field], given: Mapping[Any, Any], subject: str) -> tuple[dict[str, Any], list[str]]:
    """Return (values, faults): what was given under the names of the options, each with a type that its parser takes.

    Blank text counts as left out for every kind that is not text. What has a fault is not among the values.

    Args:
        rows: the Fields that may be given.
        given: what the user gave; None is a key that was left out.
        subject: what the keys belong to, for the fault of one that is not known.
    """
    options = [row for row in rows if row.doc]
    by_name = {name: row for row in options for name in (row.option, *row.aliases)}
    values: dict[str, Any] = {}
    faults: list[str] = []
    for key, value in given.items():
        row = by_name.get(key) if isinstance(key, str) else None
        if row is None:
            faults.append(_unknown(str(key), list(by_name), subject))
            continue
        if value is None or is_blank(value) and _blank_is_nothing(row):
            continue
        try:
            value, bad = _typed(row, value)
        except ValueError as error:
            bad = ["%s %s" % (key, error)]
        if bad:
            faults.extend(bad)
        elif row.option in values and values[row.option] != value:
            faults.append("%s is given twice, as %s too: remove one of them" % (row.option, " and ".join(row.aliases)))
        else:
            values[row.option] = value
    for row in options:
        if row.default is not None:
            values.setdefault(row.option, row.default)
    return values, faults


def _blank_is_nothing(row: Field) -> bool:
    return row.kind.type != "str" or bool(row.kind.choices)


def _unknown(key: str, known: list[str], subject: str) -> str:
    near = difflib.get_close_matches(key.lower(), known, 1, 0.6)
    remedy = "did you mean %s?" % near[0] if near else "remove it" if len(known) > 5 else "give %s" % " or ".join(known)
    return "%s has no key '%s': %s" % (subject, key[:_QUOTED], remedy)


def _typed(row: Field, value: Any) -> tuple[Any, list[str]]:
    """Return (value, faults) of one key; raises ValueError with the rest of a sentence that begins with the key."""
    kind = row.kind
    if kind.type == "bool":
        return _boolean(value), []
    if kind.type == "int":
        return _integer(value), []
    if kind.type == "dict":
        return _dictionary(row, structure(value))
    if kind.type == "list":
        return _list(row, value)
    wrong = not_text(value, row.secret, kind.integers)
    if wrong:
        raise ValueError(wrong)
    if kind.choices and value not in kind.choices:
        raise ValueError("is '%s': give %s" % (str(value)[:_QUOTED], " or ".join(kind.choices)))
    return value, []


def _integer(value: Any) -> int:
    try:
        if is_integer(value) or isinstance(value, str):
            return int(value)
    except ValueError:
        pass
    given = "'%s'" % value[:_QUOTED] if isinstance(value, str) else described(value)
    raise ValueError("is %s: give a whole number" % given)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if word not in _TRUE + _FALSE:
        raise ValueError("is %s: give true or false" % ("'%s'" % word[:_QUOTED] if word else described(value)))
    return word in _TRUE


def _dictionary(row: Field, value: Any) -> tuple[Any, list[str]]:
    if not isinstance(value, Mapping):
        raise ValueError("is %s: give a dictionary" % described(value))
    values, faults = checked(row.rows, value, row.option)
    return values, [fault if fault.startswith(row.option + " ") else "%s: %s" % (row.option, fault) for fault in faults]


def _list(row: Field, value: Any) -> tuple[list[Any], list[str]]:
    kind = row.kind
    value = structure(value)
    if kind.elements == "dict":
        return _dictionaries(row, value)
    if isinstance(value, str):
        value = split_text(value)
    elif kind.integers and is_integer(value):
        value = [value]
    if not isinstance(value, (list, tuple)):
        raise ValueError("is %s: give a list" % described(value))
    if kind.elements == "raw":
        return list(value), []
    faults = [
        "%s entry %d %s" % (row.option, place, wrong)
        for place, wrong in enumerate((not_text(each, row.secret, kind.integers) for each in value), 1)
        if wrong
    ]
    return list(value), faults


def _dictionaries(row: Field, value: Any) -> tuple[list[Any], list[str]]:
    if not isinstance(value, (list, tuple)):
        raise ValueError("is %s: give a list of dictionaries" % described(value))
    entries: list[Any] = []
    faults: list[str] = []
    for place, each in enumerate(value, 1):
        where = "%s entry %d" % (row.option, place)
        if not isinstance(each, Mapping):
            faults.append("%s is %s: give a dictionary" % (where, described(each)))
            continue
        entry, bad = checked(row.rows, each, where)
        entries.append(entry)
        faults.extend(fault if fault.startswith(where + " ") else "%s: %s" % (where, fault) for fault in bad)
    return entries, faults


def secrets_in(value: Any, is_secret: Callable[[str], bool]) -> set[str]:
    """Return every text and number that stands under a key that is a secret, anywhere in a value.

    Args:
        value: what the user gave.
        is_secret: whether the values of a key are secrets.
    """
    found: set[str] = set()
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if is_secret(str(key)) and isinstance(inner, (str, int, float)) and not isinstance(inner, bool):
                found.add(str(inner))
            found |= secrets_in(inner, is_secret)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            found |= secrets_in(inner, is_secret)
    return found - {""}
