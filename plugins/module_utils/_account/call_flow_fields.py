# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a result holds of where calls go, one row each. Pure."""

from __future__ import annotations

from .._common.fields import Field
from .._common.kinds import DICTIONARIES, DICTIONARY, FIXED_TEXT, Kind, as_it_is, integer
from .._resource.forwarding_fields import TARGET

_TEXTS = Kind("list", as_it_is, as_it_is, elements="str", empty=())
_NUMBERS = ["18015551212", "18015551300-18015551399"]
_TRUNK_ID = Field("trunk_id", "", FIXED_TEXT, returns="ID of the trunk.", sample="LhmtrbuvQZ6qjIqW5ZF_mQ")

STEPS = Field(
    "steps",
    "",
    DICTIONARIES,
    returns="The trunks that a call comes to, in the order of attempts. Empty if the numbers are not routed to a trunk.",
    rows=(
        Field(
            "trunk_name",
            "",
            FIXED_TEXT,
            returns="Name of the trunk; null if the account has no trunk with this ID.",
            sample="Lindon HQ",
        ),
        _TRUNK_ID,
        Field(
            "result",
            "",
            FIXED_TEXT,
            returns=(
                "V(rings) - the call rings at the PBX. V(unavailable) - the trunk cannot take it, or does not exist. V(full) - all its "
                "call paths are taken. V(forwards) - it forwards all calls."
            ),
            sample="unavailable",
        ),
        Field(
            "rule",
            "",
            FIXED_TEXT,
            returns=(
                "The rule that the call follows, V(forward_always), V(forward_on_failure) or V(forward_on_capacity_exceeded); null if it "
                "follows none."
            ),
            sample="forward_on_failure",
        ),
    ),
)
# One set of numbers with the same way.
FLOW = (
    Field(
        "telephone_numbers",
        "",
        _TEXTS,
        returns="The telephone numbers whose calls go this way. Consecutive numbers are written as ranges.",
        sample=_NUMBERS,
    ),
    STEPS,
    Field(
        "destination",
        "",
        DICTIONARY,
        returns="What takes the calls, or gives the busy tone. Empty if nothing does.",
        rows=tuple(
            Field(
                each.option,
                "",
                each.kind,
                returns=each.returns.replace("target", "destination"),
                sample=each.sample,
                returned=returned,
            )
            for each, returned in zip(
                TARGET,
                (
                    "if there is a destination",
                    "if there is a destination other than V(BUSY)",
                    "if the destination is a trunk",
                ),
            )
        ),
    ),
    Field(
        "result",
        "",
        FIXED_TEXT,
        returns=(
            "V(answered) - calls ring at the PBX of a trunk. V(forwarded) - they go to a destination that is not a trunk. V(busy) - the "
            "caller hears a busy tone, because of a rule or because the numbers are unrouted. V(lost) - no attempt takes the call. "
            "V(loop) - no attempt takes the call, and one of them comes back to a trunk that forwards it already."
        ),
        sample="answered",
    ),
    Field(
        "call_paths",
        "",
        integer(1),
        returns=(
            "Number of concurrent calls of the trunk at which the calls ring; V(0) if they are not taken, and null if they go to a "
            "destination that is not a trunk."
        ),
        sample=20,
    ),
    Field(
        "notes",
        "",
        _TEXTS,
        returns=(
            "What makes the way uncertain, a sentence each - rules of a trunk group that a trunk of the way is in, because Alianza does not "
            "document which rules take precedence."
        ),
        sample=[],
    ),
)
PATHS = Field(
    "call_paths",
    "",
    DICTIONARY,
    returns="How many call paths carry the numbers, each trunk at which calls ring counted once.",
    rows=(
        Field(
            "before",
            "",
            integer(1),
            returns="Call paths while the trunks that are assumed to fail or to be full work.",
            sample=40,
        ),
        Field("left", "", integer(1), returns="Call paths under the assumptions.", sample=20),
    ),
)
# What happens if one trunk fails.
OUTAGE = (
    Field("trunk_name", "", FIXED_TEXT, returns="Name of the trunk that fails.", sample="Lindon HQ"),
    _TRUNK_ID,
    Field(
        "call_flows",
        "",
        DICTIONARIES,
        returns="Where the calls go that go another way then, in the shape of RV(call_flows).",
        sample=[],
    ),
    Field(
        "lost_numbers",
        "",
        _TEXTS,
        returns="Telephone numbers whose calls are lost or loop then, and are taken while the trunk works.",
        sample=_NUMBERS,
    ),
    Field(
        "busy_numbers",
        "",
        _TEXTS,
        returns="Telephone numbers whose callers hear a busy tone then, and whose calls are taken while the trunk works.",
        sample=[],
    ),
    PATHS,
)
# What a result holds besides the flows.
RESULT = (
    Field(
        "call_flows",
        "",
        DICTIONARIES,
        returns="Where calls go, one entry for each set of telephone numbers whose calls go the same way.",
        rows=FLOW,
    ),
    Field(
        "lost_numbers",
        "",
        _TEXTS,
        returns=(
            "Telephone numbers whose calls are lost or loop. Consecutive numbers are written as ranges. Numbers that ring busy are not "
            "among them."
        ),
        sample=_NUMBERS,
    ),
    PATHS,
)
