# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A list of the trunk document that a host need not have. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...module_utils._common.errors import InvalidInput
from .._base.document_parts import TRUNKS, Part
from .._base.filling import Filling, origin
from .trunk_document import MISSPELT, PREFIX, read_document


def optional_document(
    host: str, name: str, variables: Mapping[str, Any], template: Callable[[Any], Any], part: Part = TRUNKS
) -> list[dict[str, Any]] | None:
    """Return the entries of a list of a host's document, None if it is absent or blank. They may hold passwords.

    Args:
        host: the host's name, for messages.
        name: the variable that holds the list, or a template that is nothing but the name of another variable.
        variables: the host's variables, not filled in.
        template: fills in a template.
        part: which list it is.

    Raises:
        InvalidInput: there is something else than a list of mappings, it cannot be filled in, or the name of the variable is misspelt.
    """
    try:
        found, raw = origin(variables, name)
    except KeyError as error:
        if error.args[0] not in (name, part.variable):
            # It is given, as another variable, which is not there.
            return read_document(host, name, variables, template, part)
        found, raw = name, None
    if isinstance(raw, str) and raw.strip():
        try:
            raw = Filling(variables, template).fill_in(raw)
        except Exception:
            # Said below, without what Ansible says.
            return read_document(host, name, variables, template, part)
    if raw is not None and not (isinstance(raw, str) and not raw.strip()):
        return read_document(host, name, variables, template, part)
    if part.variable in variables and part.variable not in (found, name):
        return optional_document(host, part.variable, variables, template, part)
    if part is not TRUNKS and part.variable not in variables:
        _refuse_misspelt(host, part.variable, variables)
    return None


def _refuse_misspelt(host: str, name: str, variables: Mapping[str, Any]) -> None:
    """Raise InvalidInput if a variable has another form of a name: it would be ignored without a word."""
    form = _form(name)
    for each in variables:
        if str(each).startswith(PREFIX) and _form(str(each)) == form:
            raise InvalidInput(MISSPELT % (host, name, each))


def _form(name: str) -> str:
    return name.lower().replace("_", "").rstrip("s")
