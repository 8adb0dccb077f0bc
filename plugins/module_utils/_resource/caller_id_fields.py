# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The fields of a caller ID, one row each. Pure.

Facts: API paths .../account/{accountId}/siptrunk_2/cid.
"""

from __future__ import annotations

from dataclasses import replace

from .._common.fields import Field
from .._common.kinds import FIXED_TEXT, TELEPHONE_NUMBER, TELEPHONE_NUMBERS

CALLER_ID = Field(
    "caller_id",
    "customCallerIdNumber",
    replace(TELEPHONE_NUMBER, clears=(), clear=None),
    "Caller ID",
    doc=("The caller ID, which is the telephone number that the people who are called see.",),
    returns="The caller ID, as 11 digits.",
    sample="18015550000",
    mandatory=True,
)
FROM_NUMBERS = Field(
    "from_numbers",
    "fromWildcard",
    # The job checks them itself, so that a whole number may be given for a telephone number only.
    replace(TELEPHONE_NUMBERS, pattern=r"[2-9][0-9]{3}|1[2-9][0-9]{9}|1[2-9][0-9]{5}X{4}|[2-9][0-9]X{2}", format=""),
    "FROM numbers",
    doc=(
        "The FROM numbers that show the caller ID, which are the numbers that the PBX sends as the caller of a call.",
        "An entry is a telephone number or a range of them, as O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts "
        "it, another number such as an extension, or a wildcard, which is digits followed by an C(X) for each further digit, such as "
        "V(1801555XXXX) or V(21XX).",
        "Order, repetition and the case of C(X) do not matter. A wildcard of 10 places gets the leading C(1), as telephone numbers do.",
        "Quote each entry, since YAML drops leading zeros. The list may be one text, with an entry on each line or commas between them.",
        "Alianza does not document how wildcards are written. The API refuses one that it does not know, with a message.",
    ),
    returns="The FROM numbers that show the caller ID, sorted. Telephone numbers have 11 digits.",
    sample=["1801555XXXX", "18015551212"],
)
OPTIONS = (CALLER_ID, FROM_NUMBERS)
# What a result holds of a caller ID.
RESULT = (CALLER_ID, FROM_NUMBERS)
FROM_NUMBER = Field("from_number", "fromWildcard", FIXED_TEXT, returns="The FROM number.", sample="21XX")
MOVED = (
    FROM_NUMBER,
    Field("from", "", FIXED_TEXT, returns="The caller ID that it showed.", sample="18015550001"),
)
