# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The set-up of a trunk's calling plan, one row for each of its options. Pure.

Facts: setupCallingPlan of POST .../siptrunk_2.
"""

from __future__ import annotations

from dataclasses import replace

from .._common.fields import Field
from .._common.kinds import DICTIONARY, FIXED_TEXT, choice

SETUP_CALLING_PLAN = Field(
    "setup_calling_plan",
    "setupCallingPlan",
    replace(DICTIONARY, clear=None),
    "Calling plan set-up",
    doc=(
        "Whether the trunk has a calling plan of its own, or shares that of another trunk of the account.",
        "Before a plan is shared, the API is asked which plans can be. A trunk whose plan cannot be shared is refused before any write.",
        "If it is omitted, a new trunk gets the calling plan that the platform gives it, and a trunk that exists keeps what it has.",
    ),
    rows=(
        Field(
            "type",
            "callingPlanType",
            choice("shared", "new"),
            doc=(
                "With V(shared), the trunk shares the calling plan of the trunk that O(trunk_name) or O(trunk_id) names. "
                "The option C(calling_plan_product_id) cannot be given then.",
                "With V(new), the trunk has a calling plan of its own, of the product C(calling_plan_product_id) if that is given. A trunk that "
                "has one keeps it.",
            ),
            mandatory=True,
        ),
        Field(
            "trunk_name",
            "",
            FIXED_TEXT,
            doc=("Name of the trunk whose calling plan is shared.",),
        ),
        Field(
            "trunk_id",
            "referenceId",
            FIXED_TEXT,
            doc=("ID of the trunk whose calling plan is shared.",),
        ),
    ),
)
