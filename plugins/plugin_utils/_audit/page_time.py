# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Times on the page. Pure."""

from __future__ import annotations

from .page_html import Html, element


def moment(at: str) -> Html:
    """Return a time of the report, which is in UTC."""
    return element("time", at.replace("T", " ").replace("Z", " UTC"), datetime=at)
