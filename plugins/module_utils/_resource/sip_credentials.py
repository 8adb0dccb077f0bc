# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a PBX needs to register at a trunk. Pure."""

from __future__ import annotations

from typing import Any

from .._common.errors import InvalidResponse
from .._common.fields import Field
from .._common.kinds import FIXED_TEXT, integer
from .sip_trunk import Trunk
from .sip_trunk_fields import BY_OPTION, TRUNK_ID

RESULT = (
    Field("trunk_name", "", FIXED_TEXT, returns="Name of the trunk; null if only its ID is known.", sample="Lindon HQ"),
    TRUNK_ID,
    BY_OPTION["sip_username"],
    BY_OPTION["sip_password"],
    Field(
        "sip_proxy_host",
        "",
        FIXED_TEXT,
        returns="Host of the SIP proxy that the PBX registers with; null if the API does not return it.",
        sample="siptrunk.p2.example.net",
    ),
    Field(
        "sip_proxy_port",
        "",
        integer(1, 65535),
        returns="Port of RV(sip_proxy_host), which is not always 5060; null if the API does not return it.",
        sample=5065,
    ),
)


def credentials_of(trunk: Trunk) -> dict[str, Any]:
    """Return what a PBX needs to register at a trunk; the password is in it.

    Raises:
        InvalidResponse: the API did not return the password.
    """
    if trunk.values["sip_password"] is None:
        raise InvalidResponse(
            "The API did not return the SIP password of trunk '%s': set a new one with alianza_sip_trunk" % trunk.name
        )
    host, port = trunk.proxy
    return {
        "trunk_name": trunk.name,
        "trunk_id": trunk.trunk_id,
        "sip_username": trunk.values["sip_username"],
        "sip_password": trunk.values["sip_password"],
        "sip_proxy_host": host,
        "sip_proxy_port": port,
    }
