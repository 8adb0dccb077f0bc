# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The sections of forwarding rules, one row each: of a trunk, of a trunk group and in documents. Pure.

Facts: user guide, "Forwarding Settings"; API paths .../siptrunk_2/{sipTrunkId}/forward and
.../siptrunkgroup/{groupId}/forward, which name the same sections differently.
"""

from __future__ import annotations

from dataclasses import replace

from .._common.fields import Field
from .._common.kinds import BOOLEAN, DICTIONARIES, DICTIONARY, FIXED_TEXT, REFERENCE_ID
from .references import FORWARD_TYPES

_SPELLING = (
    "A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) "
    "accepts, but no range."
)
_KEPT = "If it is omitted, the section is not changed."

TARGET = (
    Field(
        "reference_type",
        "referenceType",
        FIXED_TEXT,
        doc=(
            "Type of the target. One of %s. V(VOICEMAIL) is the same as V(VOICE_MAIL)."
            % ", ".join("V(%s)" % each for each in FORWARD_TYPES),
            "It may be omitted with O(trunk_name), which implies V(SIP_TRUNK).",
        ),
        returns="Type of the target.",
        sample="SIP_TRUNK",
    ),
    Field(
        "reference_id",
        "referenceId",
        REFERENCE_ID,
        doc=(
            "The target: a telephone number for V(TELEPHONE), the platform's ID for the other types. V(BUSY) has none.",
            _SPELLING,
        ),
        returns="ID or telephone number of the target.",
        sample="b7qW85coQ9qEUYArxEIBbg",
        returned="if a target other than V(BUSY) is set",
    ),
    Field(
        "trunk_name",
        "",
        FIXED_TEXT,
        doc=(
            "Name of the trunk that is the target, in place of O(reference_id).",
            "If both are given, they must refer to the same trunk.",
        ),
        returns="Name of the trunk that is the target.",
        sample="Provo DR",
        returned="if the target is a trunk that exists",
    ),
)
ENABLED = Field(
    "enabled",
    "enabled",
    BOOLEAN,
    doc=("Whether all calls go to the target now.",),
    sample=False,
)
_ALWAYS_TARGET = tuple(
    replace(each, returned={"always": "if a target is set"}.get(each.returned, each.returned))
    for each in (ENABLED, *TARGET)
)
_TRUNK_TARGET = {"reference_type": "SIP_TRUNK", "reference_id": "b7qW85coQ9qEUYArxEIBbg", "trunk_name": "Provo DR"}
_TELEPHONE_TARGET = {"reference_type": "TELEPHONE", "reference_id": "18015559999"}

SECTION_ROWS = (
    Field(
        "forward_always",
        "forwardAlways",
        DICTIONARY,
        "Forward always",
        doc=(
            "Where all calls go while O(forward_always.enabled) is true, whatever the other two sections say.",
            "O(forward_always.enabled) alone switches the target that is in place on or off, and keeps it.",
            "A target without O(forward_always.enabled) keeps the switch as it is, which is off if there was no target.",
            _KEPT,
        ),
        returns="Where all calls go while C(enabled) is true. Empty if no target is set.",
        clearing="V(%s) clears the section.",
        rows=_ALWAYS_TARGET,
    ),
    Field(
        "forward_on_failure",
        "forwardOnFailure",
        DICTIONARIES,
        "Forward on failure",
        doc=(
            "Where calls go that the trunk cannot take, for example because its PBX is not registered, in the order of attempts.",
            "The list replaces the list on the platform, and its order matters. " + _KEPT,
        ),
        returns="Where calls go that the trunk cannot take, in the order of attempts.",
        sample=[_TRUNK_TARGET, _TELEPHONE_TARGET],
        rows=TARGET,
    ),
    Field(
        "forward_on_capacity_exceeded",
        "forwardOnCapacityExceeded",
        DICTIONARIES,
        "Forward when full",
        doc=(
            "Where calls go while the trunk carries as many calls as it can, in the order of attempts.",
            "The list replaces the list on the platform, and its order matters. " + _KEPT,
        ),
        returns="Where calls go while the trunk is full, in the order of attempts.",
        sample=[{"reference_type": "BUSY"}],
        rows=TARGET,
    ),
)
# What a trunk group calls the same sections.
GROUP_WIRE = {
    "forward_always": "unconditionalForward",
    "forward_on_failure": "unreachableForward",
    "forward_on_capacity_exceeded": "capacityForward",
}

# What a result holds of a trunk's rules.
RESULT = (
    Field(
        "trunk_id",
        "",
        FIXED_TEXT,
        returns="ID of the trunk that the rules belong to.",
        sample="LhmtrbuvQZ6qjIqW5ZF_mQ",
    ),
    Field(
        "trunk_name",
        "",
        FIXED_TEXT,
        returns="Name of the trunk that the rules belong to; null if only its ID is known.",
        sample="Lindon HQ",
    ),
    *SECTION_ROWS,
)
