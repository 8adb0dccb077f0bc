# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The destination of telephone numbers, one row for each of its options. Pure.

Facts: user guide, "Route Inbound Calls to SIP Trunk"; API path .../account/{accountId}/telephonenumber.
"""

from __future__ import annotations

from .._common.fields import Field
from .._common.kinds import REFERENCE_ID, TELEPHONE_NUMBERS, choice
from .references import ROUTE_TYPES

TELEPHONE_NUMBERS_ROW = Field(
    "telephone_numbers",
    "",
    TELEPHONE_NUMBERS,
    "Numbers",
    doc=(
        "Telephone numbers, each as 11 digits that begin with C(1), or as 10 digits. C(+), blanks, dots, dashes and brackets are ignored, so "
        "that V(18015551212), V(8015551212), V(801-555-1212) and V(+1 (801\\) 555-1212) are the same number.",
        "An entry may be a range of two full numbers, such as V(18015551300-18015551399), which includes both. A range has at most 10,000 "
        "numbers. There may be several ranges.",
        "The list may be one text, with an entry on each line or commas between them, as a survey returns it.",
        "A number that is named more than once counts once.",
    ),
    sample=["18015551212", "18015551300-18015551399"],
    mandatory=True,
)
DESTINATION = (
    Field(
        "reference_type",
        "referenceType",
        choice(*ROUTE_TYPES),
        doc=("Type of the destination, if it is not given as O(trunk_name) or O(trunk_id).",),
        returns="Type of the destination.",
        sample="SIP_TRUNK",
    ),
    Field(
        "reference_id",
        "referenceId",
        REFERENCE_ID,
        doc=(
            "The destination: a telephone number for O(reference_type=TELEPHONE), the platform's ID for the other types.",
        ),
        returns="ID or telephone number of the destination.",
        sample="b7qW85coQ9qEUYArxEIBbg",
    ),
)
OPTIONS = (TELEPHONE_NUMBERS_ROW, *DESTINATION)
