# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document in the variables of a host, with its templates filled in. Pure.

Ansible's own errors about a template quote it, and a SIP password with braces in it looks like one. So every value is filled in by
itself here, and what cannot be filled in is reported by its place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from ...module_utils._common.errors import InvalidInput
from ...module_utils._common.redaction import is_secret_key
from .._base.filling import Filling, origin
from .._base.plain import plain

PREFIX = "alianza_"
VARIABLE = "alianza_trunks"
MISSING = "Host %s has no %s: give it the trunks of the account, as a list"
MISSPELT = "Host %s has no %s, but %s: correct the name"
BLANK = "Host %s: its %s is blank: give the trunks of the account as a list, or [] for none"
UNREADABLE = "Host %s: its %s is text, and neither JSON nor YAML: give a list of trunks"
NOT_A_LIST = "Host %s: its %s is %s and no list: give a list of trunks, each with a dash before it"
NOT_A_TRUNK = "Host %s: entry %d of its %s is %s and no mapping: give each trunk as a mapping with its name"
UNFILLED = "Host %s: its %s could not be filled in%s: check the variables that it refers to"
UNFILLED_ENTRY = "Host %s: entry %d of its %s could not be filled in%s: check the variables that it refers to"
UNFILLED_KEY = "Host %s, trunk %s: its %s could not be filled in%s: check the variables that it refers to%s"
UNSAFE = ", and mark text with braces in it that is no template as !unsafe"

_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_TYPES = ((bool, "true or false"), (str, "text"), (Mapping, "a mapping"), (list, "a list"), ((int, float), "a number"))


def read_document(
    host: str, name: str, variables: Mapping[str, Any], template: Callable[[Any], Any]
) -> list[dict[str, Any]]:
    """Return the trunks of a host's document. They may hold passwords.

    Args:
        host: the host's name, for messages.
        name: the variable that holds the document, or a template that is nothing but the name of another variable.
        variables: the host's variables, not filled in.
        template: fills in a template.

    Raises:
        InvalidInput: there is no document, it is no list of mappings, or a part of it cannot be filled in. The message has places and
            no values.
    """
    name, raw = _find(host, name, variables)
    filling = Filling(variables, template)
    if not isinstance(raw, (list, tuple)):
        try:
            raw = plain(filling.fill_in(raw))
        except Exception as error:
            raise InvalidInput(UNFILLED % (host, name, _undefined(error, str(raw)))) from None
        # Nothing of it may be filled in again.
        return _checked(host, name, _parsed(host, name, raw))
    return _checked(host, name, _filled(host, name, raw, filling))


def _find(host: str, name: str, variables: Mapping[str, Any]) -> tuple[str, Any]:
    """Return (the name of the variable that holds the document, its value)."""
    try:
        found, value = origin(variables, name)
        if isinstance(value, str) and not value.strip() and found != VARIABLE and VARIABLE in variables:
            # A survey leaves a variable blank that was not given.
            return origin(variables, VARIABLE)
        return found, value
    except KeyError as error:
        name = str(error.args[0])
    ours = [each for each in variables if str(each).startswith(PREFIX)]
    near = difflib.get_close_matches(name, ours, 1, 0.85)
    raise InvalidInput(MISSPELT % (host, name, near[0]) if near else MISSING % (host, name))


def _parsed(host: str, name: str, value: Any) -> list[Any]:
    """Return a document that is one value, as a lookup or the command line gives it."""
    if value is None or isinstance(value, str) and not value.strip():
        raise InvalidInput(BLANK % (host, name))
    if isinstance(value, str):
        try:
            value = yaml.safe_load(value)
        except Exception:
            # The message of the parser quotes the text.
            raise InvalidInput(UNREADABLE % (host, name)) from None
    if not isinstance(value, list):
        raise InvalidInput(NOT_A_LIST % (host, name, _type(value)))
    return value


def _filled(host: str, name: str, entries: Any, filling: Filling) -> list[Any]:
    """Return the entries of a list with their templates filled in."""
    filled: list[Any] = []
    faults: list[str] = []
    for place, entry in enumerate(entries, 1):
        if isinstance(entry, Mapping):
            filled.append(_filled_trunk(host, place, entry, filling, faults))
            continue
        try:
            filled.append(plain(filling.fill_in(entry)))
        except Exception as error:
            faults.append(UNFILLED_ENTRY % (host, place, name, _undefined(error, str(entry))))
    if faults:
        raise InvalidInput(*faults)
    return [entry for entry in filled if entry is not None]


def _filled_trunk(
    host: str, place: int, entry: Mapping[str, Any], filling: Filling, faults: list[str]
) -> dict[str, Any]:
    """Return one trunk with its templates filled in; what cannot be is added to the faults."""
    trunk: dict[str, Any] = {}
    failed: dict[str, str] = {}
    for key, value in entry.items():
        try:
            filled = plain(filling.fill_in(value))
        except Exception as error:
            failed[str(key)] = "" if is_secret_key(key) else _undefined(error, str(value))
        else:
            if filled is not None or value is None:
                trunk[str(plain(key))] = filled
    label = trunk.get("name", trunk.get("trunk_name", trunk.get("trunk_id")))
    named = "%d" % place if label is None else "'%s'" % label
    faults += [
        UNFILLED_KEY % (host, named, key, why, UNSAFE if is_secret_key(key) else "") for key, why in failed.items()
    ]
    return trunk


def _checked(host: str, name: str, entries: list[Any]) -> list[dict[str, Any]]:
    faults = [
        NOT_A_TRUNK % (host, place, name, _type(entry))
        for place, entry in enumerate(entries, 1)
        if not isinstance(entry, dict)
    ]
    if faults:
        raise InvalidInput(*faults)
    return entries


def _undefined(error: Exception, text: str) -> str:
    """Return which variable is undefined, as a part of a sentence, if the template itself names it."""
    found = _UNDEFINED.search(str(error))
    return ", '%s' is undefined" % found.group(1) if found and re.search(r"\b%s\b" % found.group(1), text) else ""


def _type(value: Any) -> str:
    if value is None:
        return "empty"
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "of another type")
