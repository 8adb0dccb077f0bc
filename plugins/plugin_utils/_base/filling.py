# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Filling in templates of variables, where a template may say that the value is omitted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

try:
    from ansible.errors import AnsibleValueOmittedError
except ImportError:
    # ansible-core before 2.19 fills in a text in place of what is omitted.
    class AnsibleValueOmittedError(Exception):  # type: ignore[no-redef]
        """Never raised."""


_ALIAS = re.compile(r"^\s*\{\{\s*([A-Za-z_]\w*)\s*\}\}\s*$")
_ALIAS_OR_BLANK = re.compile(r"^\s*\{\{\s*([A-Za-z_]\w*)\s*\|\s*default\(\s*''\s*,\s*[Tt]rue\s*\)\s*\}\}\s*$")
# Text that is the same when it is filled in, on every release of Ansible: no template, no list, no mapping, no True.
_PLAIN_TEXT = re.compile(r"(?!\s*(?:True|False|None)\s*$)[^{}\[\]\r\n]*\Z")


def origin(variables: Mapping[str, Any], name: str) -> tuple[str, Any]:
    """Return (name, value, not filled in) of the variable that holds the value of one whose template is only another's name.

    Args:
        variables: the host's variables, not filled in.
        name: the variable to begin with.

    Raises:
        KeyError: one of the variables is not there; its argument is the name.
    """
    visited: set[str] = set()
    while True:
        value = variables[name]
        alias = _ALIAS.match(value) if isinstance(value, str) and name not in visited else None
        if not alias:
            return name, value
        visited.add(name)
        name = alias.group(1)


def filled_in(variables: Mapping[str, Any], name: str, template: Callable[[Any], Any]) -> Any:
    """Return the value of a variable with its templates filled in, None if there is no such variable.

    Ansible compiles a template anew for every host. A variable that is plain text, or only stands for one that is (or for blank text if
    there is none), is returned without that.

    Args:
        variables: the host's variables, not filled in.
        name: the variable.
        template: fills in a template.

    Raises:
        Exception: whatever Ansible raises; its text may quote the value.
    """
    value = variables.get(name)
    alias = _ALIAS_OR_BLANK.match(value) if isinstance(value, str) else None
    text = variables.get(alias.group(1), "") if alias else value
    return text if isinstance(text, str) and _PLAIN_TEXT.match(text) else template(value)


class Filling:
    """Fills in templates with the variables of a host.

    Args:
        variables: the host's variables, not filled in.
        template: fills in a template.
    """

    def __init__(self, variables: Mapping[str, Any], template: Callable[[Any], Any]) -> None:
        self._omitted = variables.get("omit")
        self._template = template

    def fill_in(self, value: Any) -> Any:
        """Return a value with its templates filled in, None if it is omitted.

        Raises:
            Exception: whatever Ansible raises; its text may quote the value.
        """
        try:
            return self._without_omitted(self._template(value))
        except AnsibleValueOmittedError:
            return None

    def _without_omitted(self, value: Any) -> Any:
        if self._omitted is None:
            return value
        if isinstance(value, str) and value == self._omitted:
            return None
        if isinstance(value, list):
            return [self._without_omitted(each) for each in value if each != self._omitted]
        if isinstance(value, dict):
            return {key: self._without_omitted(inner) for key, inner in value.items() if inner != self._omitted}
        return value
