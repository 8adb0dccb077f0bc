# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the playbook what_if. What the platform holds is data, and never becomes a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..plugin_utils._audit import flow_picture, what_if
from ..plugin_utils._base.trust import harmless


def what_if_selection(unavailable: Any, full: Any = None, numbers: Any = None) -> Any:
    """Return what a user assumes, as options of alianza_call_flow_info."""
    return harmless(what_if.selection(unavailable, full, numbers))


def what_if_table(flow: Mapping[str, Any], assumed: Mapping[str, Any]) -> Any:
    """Return the lines that say where calls go."""
    return harmless(what_if.table(flow, assumed))


def call_flow_picture(flow: Mapping[str, Any], key: str, title: str, alone: bool = False) -> Any:
    """Return the picture of where calls go."""
    return harmless(flow_picture.picture(flow, key, title, alone))


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters by their names."""
        return {each.__name__: each for each in (what_if_selection, what_if_table, call_flow_picture)}
