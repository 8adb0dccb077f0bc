# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the role trunk_diversion. Names that look like templates stay names in what they return."""

from __future__ import annotations

from ..plugin_utils._base.trust import harmless
from ..plugin_utils._diversion import divert, restore, snapshot


def trunk_diversion_divert(*arguments, **options):
    """Return what it takes to divert all calls of trunks."""
    return harmless(divert.plan(*arguments, **options))


def trunk_diversion_restore(*arguments, **options):
    """Return what it takes to restore the rules of diverted trunks."""
    return harmless(restore.plan(*arguments, **options))


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self):
        """Return the filters by their names."""
        return {
            "trunk_diversion_divert": trunk_diversion_divert,
            "trunk_diversion_restore": trunk_diversion_restore,
            "trunk_diversion_file": snapshot.file_name,
        }
