# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Converting Ansible's own types to those of Python, which YAML dumpers and comparisons expect. Pure."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> Any:
    """Return the value with subclasses of Python's types, such as those of Ansible, replaced by the types themselves."""
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        # A subclass may override its conversion to text; join returns a plain str.
        return "".join(list(str.__str__(value)))
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return str(value)
