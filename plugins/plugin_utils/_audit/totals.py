# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What an account adds up to, and what needs attention whatever its document says. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import words
from .drift import differences
from .health import is_diverted
from .states import DOCUMENT_ONLY, DRIFTED, LOCKED_OUT, NO_DOCUMENT, NOT_AUDITED, REGISTRATIONS, UNREGISTERED

_ATTENTION = {
    LOCKED_OUT: ("trunk locked out", "trunks locked out"),
    UNREGISTERED: ("trunk unregistered", "trunks unregistered"),
    "diverted_trunks": ("trunk diverted", "trunks diverted"),
}


def totals(trunks: Sequence[Mapping[str, Any]], unrouted: int) -> dict[str, int]:
    """Return the totals of an account.

    Args:
        trunks: the rows of its trunks.
        unrouted: how many telephone numbers are unrouted.
    """
    there = [trunk for trunk in trunks if trunk["presence"] != DOCUMENT_ONLY]
    states = [trunk["registration"] for trunk in there]
    return dict(
        {"trunks": len(there)},
        **{state: states.count(state) for state in REGISTRATIONS},
        diverted_trunks=sum(map(is_diverted, there)),
        concurrent_calls=sum(trunk["concurrent_calls"] or 0 for trunk in there),
        telephone_numbers=sum(trunk["telephone_numbers"]["count"] for trunk in there),
        unrouted_numbers=unrouted,
    )


def attention(counts: Mapping[str, int]) -> list[str]:
    """Return in words what is wrong whatever the document says. Unrouted numbers are in stock, which is nothing wrong.

    Args:
        counts: the totals of the account.
    """
    return [words.counted(counts[key], *nouns) for key, nouns in _ATTENTION.items() if counts[key]]


def summary(account: Mapping[str, Any]) -> str:
    """Return an account in one line.

    Args:
        account: its row without the summary.
    """
    if account["status"] == NOT_AUDITED:
        parts = [account["reason"]]
    elif account["status"] == DRIFTED:
        parts, more = [words.sentence(account["drift"][0], most=1)], sum(map(differences, account["drift"])) - 1
        parts.extend([words.counted(more, "more difference", "more differences")] if more else [])
    else:
        parts = ["no document to compare with" if account["status"] == NO_DOCUMENT else "as its document says"]
    return "; ".join(parts + account["attention"])
