# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Data as Ansible hands it over, made of Python's own types, which is what YAML dumpers and comparisons know. Pure."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> Any:
    """Return the value made of Python's own types."""
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    # A subclass may have ways of its own to become text; these are Python's.
    if isinstance(value, str):
        return "".join(list(str.__str__(value)))
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return str(value)
