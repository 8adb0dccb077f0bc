# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters of the role trunk_audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plugin_utils._audit.report import row_of
from ..plugin_utils._base.trust import harmless


def trunk_audit_row(text: str, host: str) -> Any:
    """Return the account of a host from the text of audit.json, an empty mapping if it has none."""
    return harmless(row_of(text, host))


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters by their names."""
        return {"trunk_audit_row": trunk_audit_row}
