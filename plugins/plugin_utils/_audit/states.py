# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The states that an account, a trunk and a registration can have in a report. Pure."""

from __future__ import annotations

# Of an account, in the order in which people want to read them.
STATUSES = NOT_AUDITED, DRIFTED, NO_DOCUMENT, IN_LINE = ("not_audited", "drifted", "no_document", "in_line")
# How the account compares with its document. Its status is the same but for a faulty document, which is not audited there.
CONFORMITIES = NOT_AUDITED, DOCUMENT_FAULTY, DRIFTED, NO_DOCUMENT, IN_LINE = (
    "not_audited",
    "document_faulty",
    "drifted",
    "no_document",
    "in_line",
)
# Whether calls reach the PBXs of the account, worst first: of several states the first one counts.
HEALTHS = DOWN, DIVERTED, DEGRADED, OK = ("down", "diverted", "degraded", "ok")
REGISTRATIONS = REGISTERED, UNREGISTERED, LOCKED_OUT, BY_ADDRESS = (
    "registered",
    "unregistered",
    "locked_out",
    "by_address",
)
# Where a trunk is.
BOTH, PLATFORM_ONLY, DOCUMENT_ONLY = ("both", "platform_only", "document_only")
