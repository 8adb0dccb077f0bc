# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The fields of a trunk group, one row each. Pure.

Facts: API path .../account/{accountId}/siptrunkgroup.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .._common.fields import Field
from .._common.kinds import DICTIONARIES, FIXED_TEXT, MIXED, Kind, read_text
from .forwarding_fields import GROUP_WIRE, SECTION_ROWS


def _parse_name(value: Any) -> str:
    if not str(value).strip():
        raise ValueError("is empty: give the trunk group a name")
    return str(value)


NAME = Field(
    "name",
    "name",
    Kind("str", _parse_name, read_text),
    "Name",
    doc=(
        "Name of the trunk group. It is case-sensitive. O(name) or O(group_id) is required, and O(name) to create a group.",
        "If both are given and the group exists, the group with that ID is renamed. A name that another group has is refused.",
        "A new name is also refused if it has blanks at its edges or control characters, or if it differs from the name of another group "
        "only by case, blanks or Unicode form.",
    ),
    returns="Name of the trunk group.",
    sample="All sites",
    clearing="",
)
GROUP_ID = Field(
    "group_id",
    "id",
    FIXED_TEXT,
    doc=("ID of a trunk group that exists.",),
    returns="ID of the trunk group.",
    sample="aN3GfT0cQ4Svb1yXo7LdPw",
)
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
MEMBERS_OPTION = Field(
    "trunks",
    "sipTrunksIds",
    MIXED,
    "Trunks",
    doc=(
        "The trunks that are members of the group. Each entry is the name of a trunk or its ID, or a dictionary with C(trunk_name) or "
        "C(trunk_id), as M(alianza.sip_trunking.alianza_sip_trunk_group_info) returns it.",
        "The list replaces the list on the platform. Its order does not matter. A trunk is in one group at most: one that is in another "
        "group leaves it, with a warning. If it is omitted, the members are not changed.",
    ),
    clearing="V(%s) takes all trunks out of the group.",
    sample=["Lindon HQ", "Provo DR"],
)

_SECTIONS = tuple(
    replace(
        row,
        wire=GROUP_WIRE[row.option],
        doc=tuple(each.replace("the trunk", "the group") for each in row.doc),
        returns=row.returns.replace("the trunk", "the group"),
    )
    for row in SECTION_ROWS
)
OPTIONS = (NAME, GROUP_ID, MEMBERS_OPTION, *_SECTIONS)
# What a result holds of a group.
RESULT = (GROUP_ID, NAME, MEMBERS, *_SECTIONS)
