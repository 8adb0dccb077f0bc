# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The fields of a trunk group, one row each. Pure.

Facts: API path .../account/{accountId}/siptrunkgroup.
"""

from __future__ import annotations

from dataclasses import replace

from .._common.fields import Field
from .._common.kinds import DICTIONARIES, FIXED_TEXT
from .forwarding_fields import GROUP_WIRE, SECTION_ROWS

MEMBERS = Field(
    "trunks",
    "sipTrunksIds",
    DICTIONARIES,
    returns="The trunks that are members of the group, sorted by name.",
    rows=(
        Field("trunk_id", "", FIXED_TEXT, returns="ID of the trunk.", sample="LhmtrbuvQZ6qjIqW5ZF_mQ"),
        Field(
            "trunk_name",
            "",
            FIXED_TEXT,
            returns="Name of the trunk; null if the account has no trunk with this ID.",
            sample="Lindon HQ",
        ),
    ),
)

# What a result holds of a group.
RESULT = (
    Field("group_id", "id", FIXED_TEXT, returns="ID of the trunk group.", sample="aN3GfT0cQ4Svb1yXo7LdPw"),
    Field("name", "name", FIXED_TEXT, returns="Name of the trunk group.", sample="All sites"),
    MEMBERS,
    *(
        replace(row, wire=GROUP_WIRE[row.option], returns=row.returns.replace("the trunk", "the group"))
        for row in SECTION_ROWS
    ),
)
