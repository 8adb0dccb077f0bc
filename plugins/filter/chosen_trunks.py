# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A choice of trunks as a list."""

from __future__ import annotations

from ..plugin_utils._choice import chosen_names


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self):
        """Return the filter by its name."""
        return {"chosen_trunks": chosen_names}
