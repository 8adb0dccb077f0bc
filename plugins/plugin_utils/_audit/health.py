# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Whether calls reach the PBXs of an account, whatever its document says. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .states import BY_ADDRESS, DEGRADED, DIVERTED, DOCUMENT_ONLY, DOWN, OK, REGISTERED


def is_diverted(trunk: Mapping[str, Any]) -> bool:
    """Return whether forward_always sends all calls of a trunk elsewhere.

    Args:
        trunk: its row.
    """
    return bool(trunk["forwarding"]["forward_always"].get("enabled"))


def health(trunks: Sequence[Mapping[str, Any]]) -> str:
    """Return one of HEALTHS: an account is down if none of its trunks takes calls, and degraded if some do not.

    A trunk with IP-based authentication never registers, so that it is taken for one that takes calls. An account without
    trunks has nothing that could be down.

    Args:
        trunks: the rows of its trunks.
    """
    there = [trunk for trunk in trunks if trunk["presence"] != DOCUMENT_ONLY]
    able = [trunk for trunk in there if trunk["registration"] in (REGISTERED, BY_ADDRESS)]
    if there and not able:
        return DOWN
    if any(map(is_diverted, there)):
        return DIVERTED
    return DEGRADED if len(able) < len(there) else OK
