# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter of the playbook beta_check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..plugin_utils._base.trust import harmless
from ..plugin_utils._beta_check.findings import findings


def beta_check_findings(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the entries of a transcript settle about the API."""
    return harmless(findings(entries))


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"beta_check_findings": beta_check_findings}
