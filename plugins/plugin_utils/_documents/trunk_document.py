# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A list of the trunk document in the variables of a host, with its templates filled in. Pure.

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
from .._base.document_parts import TRUNKS, Part
from .._base.filling import Filling, origin
from .._base.plain import plain

PREFIX = "alianza_"
MISSING = "Host %s has no %s: give it the %ss of the account, as a list"
MISSPELT = "Host %s has no %s, but %s: correct the name"
BLANK = "Host %s: its %s is blank: give the %ss of the account as a list, or [] for none"
UNREADABLE = "Host %s: its %s is text, and neither JSON nor YAML: give a list of %ss"
NOT_A_LIST = "Host %s: its %s is %s and no list: give a list of %ss, each with a dash before it"
NOT_AN_ENTRY = "Host %s: entry %d of its %s is %s and no mapping: give each %s as a mapping with its %s"
UNFILLED = "Host %s: its %s could not be filled in%s: check the variables that it refers to"
UNFILLED_ENTRY = "Host %s: entry %d of its %s could not be filled in%s: check the variables that it refers to"
UNFILLED_KEY = "Host %s, %s %s: its %s could not be filled in%s: check the variables that it refers to%s"
UNSAFE = ", and mark text with braces in it that is no template as !unsafe"

_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_TYPES = ((bool, "true or false"), (str, "text"), (Mapping, "a mapping"), (list, "a list"), ((int, float), "a number"))


def read_document(
    host: str, name: str, variables: Mapping[str, Any], template: Callable[[Any], Any], part: Part = TRUNKS
) -> list[dict[str, Any]]:
    """Return the entries of a list of a host's document. They may hold passwords.

    Args:
        host: the host's name, for messages.
        name: the variable that holds the list, or a template that is nothing but the name of another variable.
        variables: the host's variables, not filled in.
        template: fills in a template.
        part: which list it is.

    Raises:
        InvalidInput: there is no list, it is no list of mappings, or a part of it cannot be filled in. The message has places and
            no values.
    """
    return _Reading(host, part, variables, template).entries(name)


class _Reading:
    """One list of one host.

    Args:
        host: the host's name, for messages.
        part: which list it is.
        variables: the host's variables, not filled in.
        template: fills in a template.
    """

    def __init__(self, host: str, part: Part, variables: Mapping[str, Any], template: Callable[[Any], Any]) -> None:
        self._host = host
        self._part = part
        self._variables = variables
        self._filling = Filling(variables, template)

    def entries(self, name: str) -> list[dict[str, Any]]:
        """Return the entries of the list that a variable holds."""
        name, raw = self._find(name)
        if isinstance(raw, (list, tuple)):
            return self._checked(name, self._filled(name, raw))
        try:
            raw = plain(self._filling.fill_in(raw))
        except Exception as error:
            raise InvalidInput(UNFILLED % (self._host, name, _undefined(error, str(raw)))) from None
        # Nothing of it may be filled in again.
        return self._checked(name, self._parsed(name, raw))

    def _find(self, name: str) -> tuple[str, Any]:
        """Return (the name of the variable that holds the list, its value)."""
        try:
            found, value = origin(self._variables, name)
            usual = self._part.variable
            if isinstance(value, str) and not value.strip() and found != usual and usual in self._variables:
                # A survey leaves a variable blank that was not given.
                return origin(self._variables, usual)
            return found, value
        except KeyError as error:
            name = str(error.args[0])
        ours = [each for each in self._variables if str(each).startswith(PREFIX)]
        near = difflib.get_close_matches(name, ours, 1, 0.85)
        if near:
            raise InvalidInput(MISSPELT % (self._host, name, near[0]))
        raise InvalidInput(MISSING % (self._host, name, self._part.noun))

    def _parsed(self, name: str, value: Any) -> list[Any]:
        """Return a list that is one value, as a lookup or the command line gives it."""
        if value is None or isinstance(value, str) and not value.strip():
            raise InvalidInput(BLANK % (self._host, name, self._part.noun))
        if isinstance(value, str):
            try:
                value = yaml.safe_load(value)
            except Exception:
                # The message of the parser quotes the text.
                raise InvalidInput(UNREADABLE % (self._host, name, self._part.noun)) from None
        if not isinstance(value, list):
            raise InvalidInput(NOT_A_LIST % (self._host, name, _type(value), self._part.noun))
        return value

    def _filled(self, name: str, entries: Any) -> list[Any]:
        """Return the entries of a list with their templates filled in."""
        filled: list[Any] = []
        faults: list[str] = []
        for place, entry in enumerate(entries, 1):
            if isinstance(entry, Mapping):
                filled.append(self._filled_entry(place, entry, faults))
                continue
            try:
                filled.append(plain(self._filling.fill_in(entry)))
            except Exception as error:
                faults.append(UNFILLED_ENTRY % (self._host, place, name, _undefined(error, str(entry))))
        if faults:
            raise InvalidInput(*faults)
        return [entry for entry in filled if entry is not None]

    def _filled_entry(self, place: int, entry: Mapping[str, Any], faults: list[str]) -> dict[str, Any]:
        """Return one entry with its templates filled in; what cannot be is added to the faults."""
        made: dict[str, Any] = {}
        failed: dict[str, str] = {}
        for key, value in entry.items():
            try:
                filled = plain(self._filling.fill_in(value))
            except Exception as error:
                failed[str(key)] = "" if is_secret_key(key) else _undefined(error, str(value))
            else:
                if filled is not None or value is None:
                    made[str(plain(key))] = filled
        label = next((made[key] for key in self._part.keys if key in made), None)
        named = "%d" % place if label is None else "'%s'" % label
        faults += [
            UNFILLED_KEY % (self._host, self._part.noun, named, key, why, UNSAFE if is_secret_key(key) else "")
            for key, why in failed.items()
        ]
        return made

    def _checked(self, name: str, entries: list[Any]) -> list[dict[str, Any]]:
        faults = [
            NOT_AN_ENTRY
            % (self._host, place, name, _type(entry), self._part.noun, self._part.keys[0].replace("_", " "))
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
