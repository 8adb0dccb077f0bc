# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters for variables that surveys and command lines give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils._base.answers import answer


class FilterModule:
    """Offers the filter to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filter by its name."""
        return {"answer": _answer}


def _answer(value: Any, default: Any, variable: str) -> Any:
    try:
        return answer(value, default, variable)
    except ValueError as error:
        fault = str(error)
    raise AnsibleFilterError(fault)
