# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter of the playbook unlock. Names that look like templates stay names in what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..plugin_utils._base.locked_out import locked_out_trunks as choose
from ..plugin_utils._base.trust import harmless


def locked_out_trunks(trunks: Sequence[Mapping[str, Any]], selection: Any = None) -> dict[str, Any]:
    """Return the trunks that are locked out, and what is wrong with the selection."""
    return harmless(choose(trunks, selection))


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters by their names."""
        return {"locked_out_trunks": locked_out_trunks}
