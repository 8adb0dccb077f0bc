# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The version of the collection, for the User-Agent and the transcript; a unit test compares it with galaxy.yml."""

from __future__ import annotations

VERSION = "1.0.0"
