# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which texts Ansible may take for templates or expressions: ours, and nothing of that kind that the API sent.

An account's name is what somebody typed. It could be a template that runs a program on the control node.
"""

from __future__ import annotations

import re

try:
    from ansible.template import trust_as_template as trusted

    wrap_var = None
except ImportError:
    # ansible-core before 2.19 takes every text for a template that is not marked as unsafe.
    from ansible.utils.unsafe_proxy import wrap_var

    def trusted(text):
        """Return a text of ours that is a template."""
        return text


# Without one of these there is no template, and no expression that does anything.
_ACTIVE = re.compile(r"[{}()\[\]|]")


def harmless(value):
    """Return a JSON value of which nothing is a template, whatever it looks like.

    Only texts that could be one are kept from being it: what is not trusted does not look like itself in the output of
    ansible-inventory.
    """
    if isinstance(value, dict):
        return {key: harmless(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [harmless(inner) for inner in value]
    if not isinstance(value, str):
        return value
    if _ACTIVE.search(value):
        return wrap_var(value) if wrap_var else value
    return trusted(value)
