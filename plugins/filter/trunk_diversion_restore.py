# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it takes to put diverted calls back."""

from __future__ import annotations

from ..plugin_utils._diversion_restore import plan
from ..plugin_utils._trust import harmless


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self):
        """Return the filter by its name; names that look like templates stay names in what it returns."""
        return {"trunk_diversion_restore": lambda *args, **options: harmless(plan(*args, **options))}
