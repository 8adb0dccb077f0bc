# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a rule refuses what was sent."""

from __future__ import annotations


class Refused(Exception):
    """A request that AWX answers with 400.

    Args:
        errors: {field: message}, the body of the answer.
    """

    def __init__(self, **errors):
        super().__init__(errors)
        self.errors = errors
