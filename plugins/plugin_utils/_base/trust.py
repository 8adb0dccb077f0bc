# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Marking which text Ansible may treat as a template: ours, but no text of the API that looks like one.

The name of an account is user input. It could be a template that runs a program on the control node.
"""

from __future__ import annotations

import re
from typing import Any, Callable

_trust: Callable[[str], Any] | None = None
_mark_unsafe: Callable[[str], Any] | None = None
try:
    from ansible.template import trust_as_template

    _trust = trust_as_template
except ImportError:
    # ansible-core before 2.19 treats every text as a template that is not marked as unsafe.
    from ansible.utils.unsafe_proxy import wrap_var

    _mark_unsafe = wrap_var


def trusted(text: str) -> Any:
    """Return a text of this collection, marked so that it may be a template."""
    return _trust(text) if _trust else text


# Text without one of these is no template, and no expression that has an effect.
_ACTIVE = re.compile(r"[{}()\[\]|]")


def harmless(value: Any) -> Any:
    """Return a JSON value whose text is never treated as a template.

    Only text that could be a template is marked: ansible-inventory would show the mark of every untrusted text.
    """
    if isinstance(value, dict):
        return {key: harmless(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [harmless(inner) for inner in value]
    if not isinstance(value, str):
        return value
    if _ACTIVE.search(value):
        return _mark_unsafe(value) if _mark_unsafe else value
    return trusted(value)
