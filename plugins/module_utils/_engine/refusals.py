# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a refused request says about the object that it was about."""

from __future__ import annotations

from .._common.errors import Refused

# Only these say that something in the body is not taken, which may be the spelling of a value.
BODY_REFUSED = (400, 422)


def says_in_use(error: Refused) -> bool:
    """Return whether the API refused a create because it has such an object."""
    return error.status == 409 or any("exist" in message.lower() for message in error.messages)
