# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How files for people are written as YAML."""

from __future__ import annotations

import yaml


class IndentedDumper(yaml.SafeDumper):
    """Writes lists indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent a list that stands below a key, too."""
        super().increase_indent(flow, False)
