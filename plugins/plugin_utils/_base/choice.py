# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which trunks a user chose, in each of the ways in which playbooks, command lines and surveys can say it. Pure."""

from __future__ import annotations

import json

from .plain import plain


def chosen_names(selection):
    """Return a choice of trunks as a list of names and ids, an empty one where nothing was chosen.

    Args:
        selection: one name, a name a line as a survey gives them, or a list.

    Raises:
        ValueError: it is nothing of that; the sentence lacks what it is about.
    """
    selection = plain(selection)
    if isinstance(selection, str) and selection.lstrip().startswith('["'):
        # A list on the command line (-e name='["HQ"]') is a text in some releases of Ansible.
        try:
            selection = json.loads(selection)
        except ValueError:
            pass
    listed = selection.splitlines() if isinstance(selection, str) else [] if selection is None else selection
    if isinstance(listed, int) and not isinstance(listed, bool):
        listed = [listed]
    if not isinstance(listed, list) or any(isinstance(each, (dict, list, bool)) or each is None for each in listed):
        raise ValueError("is no list of trunks: give names or ids, as a list or a line each")
    return list(dict.fromkeys(name for name in (str(each).strip() for each in listed) if name))
