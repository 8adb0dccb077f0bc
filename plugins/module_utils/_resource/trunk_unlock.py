# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Unlocking a trunk that was locked out after failed registrations: the step of its plan. Pure.

Facts: PUT .../siptrunk_2/{sipTrunkId}/unlock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .plan import Step


@dataclass
class UnlockStep(Step):
    """Unlock one trunk.

    Attributes:
        trunk_id: its id.
    """

    trunk_id: str | None = None
    resource: ClassVar[str] = "sip_trunk"
    default_phase: ClassVar[str] = "unlock"
