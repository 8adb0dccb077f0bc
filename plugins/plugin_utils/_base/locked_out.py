# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which trunks of an account have to be unlocked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .choice import choose_trunks


def locked_out_trunks(trunks: Sequence[Mapping[str, Any]], selection: Any) -> dict[str, Any]:
    """Return the trunks that are locked out, of all or of those that were selected.

    Args:
        trunks: the trunks of the account with their registration, as alianza_sip_trunk_info returns them.
        selection: names or ids in any form that choose_trunks takes; nothing stands for all trunks.

    Returns:
        ``trunks``, a list of {trunk_id, name}, and ``fault``, a text that says what is wrong with the selection, empty if nothing is.
    """
    choice = choose_trunks(selection, trunks)
    selected = trunks if choice.empty else choice.trunks
    return {
        "trunks": [
            {"trunk_id": trunk["trunk_id"], "name": trunk["name"]}
            for trunk in selected
            if trunk["registration"]["locked_out"]
        ],
        "fault": ". ".join(fault for fault in (*choice.faults, choice.missing_fault) if fault),
    }
