# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which of many objects an info module returns: all of them, or those that a name and an id fit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .plan import KNOWN_AFTER_APPLY


def chosen(objects: Iterable[Any], name: str | None, object_id: str | None, id_of: Callable[[Any], str]) -> list[Any]:
    """Return the objects that fit, sorted by name.

    Args:
        objects: what the account has; each has a ``name``.
        name: the exact name, or nothing.
        object_id: the id, or nothing. The placeholder of check mode is no id: it fits no object, and beside a name it counts as
            not set.
        id_of: returns the id of an object.
    """
    if object_id == KNOWN_AFTER_APPLY:
        if not name:
            return []
        object_id = None
    fitting = [
        each for each in objects if (not name or each.name == name) and (not object_id or id_of(each) == object_id)
    ]
    return sorted(fitting, key=lambda each: (each.name, id_of(each)))
