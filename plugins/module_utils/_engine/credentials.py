# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Generating SIP credentials, from the random source of the operating system.

Facts: a SIP username has 8 to 36 letters, digits, '-', '_' and '.'; the user guide recommends random ones.
"""

from __future__ import annotations

import secrets
import string

_USERNAME_LENGTH, _PASSWORD_LENGTH = 16, 32


def generate(option: str) -> str:
    """Return a random value for ``sip_username`` or ``sip_password``: letters and digits, which every PBX can quote."""
    if option == "sip_username":
        return _random(string.ascii_lowercase + string.digits, _USERNAME_LENGTH)
    return _random(string.ascii_letters + string.digits, _PASSWORD_LENGTH)


def _random(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for unused in range(length))
