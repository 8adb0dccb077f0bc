# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The name of the file that says what was there before trunks of an account were diverted."""

from __future__ import annotations

from ..plugin_utils._diversion_snapshot import file_name


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self):
        """Return the filter by its name."""
        return {"trunk_diversion_file": file_name}
