# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The login at the emulator, and the account that it starts with."""

from __future__ import annotations

USERNAME = "user@example.net"
# Chosen so that quoting it in a URL, in JSON or in HTML changes it.
PASSWORD = 'p"w\\/ <ä&%+>1'
ACCOUNT_NUMBER = "100200"
NUMBERS = "18015550000-18015550019"
