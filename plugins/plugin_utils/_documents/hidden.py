# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Finding text that Ansible replaced in a result because a secret occurs in it. Pure.

Ansible hides a secret option, such as the password of the API, wherever it occurs in what a module returns. Where a trunk is
called like the password, its name is lost, and a document made of the result would rename the trunk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MARKS = ("VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "********")
HIDDEN = (
    "Ansible has hidden a part of what the account holds (%s), since a secret, such as the password of the API, occurs in it: nothing "
    "was written; change that secret, or rename what is called like it"
)


def hidden_fault(value: Any) -> str:
    """Return why a result cannot be used, a sentence with the place; an empty text if nothing in it is hidden.

    Args:
        value: JSON values of a module's result.
    """
    place = _place(value)
    return "" if place is None else HIDDEN % (place or "its value")


def _place(value: Any) -> str | None:
    """Return the path to the first hidden text, None if there is none."""
    if isinstance(value, str):
        return "" if any(mark in value for mark in MARKS) else None
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, (list, tuple)):
        pairs = list(enumerate(value, 1))
    for key, inner in pairs:
        if _place(key) is not None:
            return "a key"
        below = _place(inner)
        if below is not None:
            return ("%s %s" % (key, below)).strip()
    return None
