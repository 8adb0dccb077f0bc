# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The condition of an account: its health, whether it is as its document says, and how urgent that makes it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .states import BY_ADDRESS, DOCUMENT_ONLY, NOT_AUDITED, REGISTERED

HEALTHS = DOWN, DEGRADED, DIVERTED, OK = ("down", "degraded", "diverted", "ok")
DOCUMENT_FAULTY = "document_faulty"
CONFORMITIES = (NOT_AUDITED, DOCUMENT_FAULTY, "drifted", "no_document", "in_line")
# What needs attention, the worst first. Of an account that was not audited nobody knows whether it is down.
FINDINGS = (DOWN, NOT_AUDITED, DEGRADED, DIVERTED, DOCUMENT_FAULTY, "drifted")
_FAULTS_OF_DOCUMENTS = ("invalid_input", "ambiguous", "guarded")


def health(account: Mapping[str, Any]) -> str | None:
    """Return the health of an account, one of HEALTHS; None if it is not known.

    Args:
        account: a row of the report. Rows without the field get it from their trunks.
    """
    if "health" in account:
        return account["health"]
    trunks = [trunk for trunk in account["trunks"] if trunk["presence"] != DOCUMENT_ONLY]
    if not trunks:
        return None if account["status"] == NOT_AUDITED else OK
    live = sum(trunk["registration"] in (REGISTERED, BY_ADDRESS) for trunk in trunks)
    if live < len(trunks):
        return DEGRADED if live else DOWN
    return DIVERTED if any(trunk["forwarding"]["forward_always"].get("enabled") for trunk in trunks) else OK


def conformity(account: Mapping[str, Any]) -> str:
    """Return whether an account is as its document says, one of CONFORMITIES.

    Args:
        account: a row of the report. Rows without the field get it from their status.
    """
    if "conformity" in account:
        return str(account["conformity"])
    # Only an account that could be read has trunks.
    if account["status"] == NOT_AUDITED and account["reason_kind"] in _FAULTS_OF_DOCUMENTS and account["trunks"]:
        return DOCUMENT_FAULTY
    return str(account["status"])


def needs_attention(account: Mapping[str, Any]) -> bool:
    """Return whether somebody has to look at an account."""
    return health(account) in FINDINGS or conformity(account) in FINDINGS


def urgency(account: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return a key that sorts rows worst first, and then by host, with customer-2 before customer-10."""
    ranks = sorted(
        FINDINGS.index(each) if each in FINDINGS else len(FINDINGS) for each in (health(account), conformity(account))
    )
    return (*ranks, _natural(account["host"]))


def _natural(text: str) -> list[tuple[bool, int, str]]:
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in re.split(r"([0-9]+)", text.casefold())
    ]
