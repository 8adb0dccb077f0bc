# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a PBX needs to register at a trunk. Pure."""

from __future__ import annotations

from .._common.errors import InvalidResponse


def credentials_of(trunk):
    """Return what a PBX needs to register at a trunk; the password is in it."""
    if trunk.values["sip_password"] is None:
        raise InvalidResponse(
            "The API does not tell the SIP password of trunk '%s': set a new one with alianza_sip_trunk" % trunk.name
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
