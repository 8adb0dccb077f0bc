# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which findings make a run of the audit fail. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...module_utils._common.errors import InvalidInput
from .states import DOCUMENT_FAULTY, DOWN, DRIFTED, NOT_AUDITED

DRIFT, DIVERTED_WORD, DOWN_WORD, NOT_AUDITED_WORD = WORDS = ("drift", "diverted", "down", "not_audited")
# What trunk_audit_fail_on_drift stands for.
ON_DRIFT = (DRIFT, NOT_AUDITED_WORD)
# More accounts than this are counted instead.
_LINES_MOST = 100


def parse_fail_on(given: Any, on_drift: bool) -> tuple[str, ...]:
    """Return the findings that make a run fail.

    Args:
        given: a list of WORDS, or text with one a line or commas between them; blank for none.
        on_drift: whether those of ON_DRIFT are among them.

    Raises:
        InvalidInput: a word is none of WORDS.
    """
    if isinstance(given, str):
        given = re.split(r"[,\n]", given.strip().strip("[]"))
    elif given is None or given == {}:
        given = []
    if not isinstance(given, (list, tuple)) or any(isinstance(each, (list, dict)) for each in given):
        raise InvalidInput("trunk_audit_fail_on is no list: give some of %s" % ", ".join(WORDS))
    words = [str(word).strip().strip("'\"").lower() for word in given if word is not None]
    words = [word for word in words if word]
    unknown = [word for word in dict.fromkeys(words) if word not in WORDS]
    if unknown:
        raise InvalidInput("trunk_audit_fail_on has %s: give some of %s" % (", ".join(unknown), ", ".join(WORDS)))
    return tuple(word for word in WORDS if word in words or on_drift and word in ON_DRIFT)


def fails(account: Mapping[str, Any], wanted: tuple[str, ...]) -> bool:
    """Return whether an account makes the run fail.

    Args:
        account: its row.
        wanted: what :func:`parse_fail_on` returned.
    """
    found = {
        DRIFT: account["conformity"] == DRIFTED,
        DIVERTED_WORD: account["totals"]["diverted_trunks"] > 0,
        DOWN_WORD: account["health"] == DOWN,
        NOT_AUDITED_WORD: account["conformity"] in (NOT_AUDITED, DOCUMENT_FAULTY),
    }
    return any(found[word] for word in wanted)


def failing_lines(accounts: Iterable[Mapping[str, Any]], wanted: tuple[str, ...]) -> list[str]:
    """Return a line for each account that makes the run fail, empty if none does.

    Args:
        accounts: rows.
        wanted: what :func:`parse_fail_on` returned.
    """
    lines = ["%s: %s" % (account["host"], account["summary"]) for account in accounts if fails(account, wanted)]
    more = len(lines) - _LINES_MOST
    return lines[:_LINES_MOST] + (["and %d more" % more] if more > 0 else [])
