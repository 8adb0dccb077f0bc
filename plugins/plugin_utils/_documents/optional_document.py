# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of a host that need not have one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._base.filling import Filling, origin
from .trunk_document import VARIABLE, read_document


def optional_document(
    host: str, name: str, variables: Mapping[str, Any], template: Callable[[Any], Any]
) -> list[dict[str, Any]] | None:
    """Return the trunks of a host's document, None if it is absent or empty. They may hold passwords.

    Args:
        host: the host's name, for messages.
        name: the variable that holds the document, or a template that is nothing but the name of another variable.
        variables: the host's variables, not filled in.
        template: fills in a template.

    Raises:
        InvalidInput: there is a document that is no list of trunks, or that cannot be filled in.
    """
    try:
        found, raw = origin(variables, name)
    except KeyError:
        return None
    if isinstance(raw, str) and raw.strip():
        try:
            raw = Filling(variables, template).fill_in(raw)
        except Exception:
            # Said below, without what Ansible says.
            return read_document(host, name, variables, template)
    if raw is not None and not (isinstance(raw, str) and not raw.strip()):
        return read_document(host, name, variables, template)
    return None if found == VARIABLE else optional_document(host, VARIABLE, variables, template)
