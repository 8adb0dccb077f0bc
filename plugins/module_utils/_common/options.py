# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Options that several modules have and that belong to no resource, one row each. Pure."""

from __future__ import annotations

from .fields import Field
from .kinds import integer

CONCURRENCY = Field(
    "concurrency",
    "",
    integer(1, 64),
    doc=("Number of requests that are sent at the same time. A lower number puts less load on the API.",),
    default=8,
)
