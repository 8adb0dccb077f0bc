# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The essence of an audit's report."""

from __future__ import annotations

from ..plugin_utils._audit_filters import outcome_of


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self):
        """Return the filter by its name."""
        return {"trunk_audit_outcome": outcome_of}
