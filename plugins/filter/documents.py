# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters for trunk documents: choosing trunks, removing them, writing host variables."""

from __future__ import annotations

from ..plugin_utils._base.choice import chosen_names
from ..plugin_utils._documents.host_variables import to_yaml
from ..plugin_utils._documents.offboarding import plan


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self):
        """Return the filters by their names."""
        return {"chosen_trunks": chosen_names, "sip_trunk_offboarding": plan, "to_host_variables": to_yaml}
