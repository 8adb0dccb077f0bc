# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Kinds of values that only SIP trunks have. Pure.

Facts: user guide, "SIP Trunk Fields".
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from .._common.kinds import LIST_CLEARS, Kind, matching, read_text
from .._common.names import same_but_for_form

_PATTERN = re.compile(r"[0-9]+[xX]*\Z")


def _parse_name(value: Any) -> str:
    if not str(value).strip():
        raise ValueError("is empty: give the trunk a name")
    return str(value)


def _parse_password(value: Any) -> str:
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in str(value)):
        raise ValueError(
            "holds a line break or another control character: remove it, and encrypt a password with echo -n, "
            "since echo alone adds a line break"
        )
    if len(str(value)) < 6:
        raise ValueError("is too short: give at least 6 characters")
    return str(value)


def _read_password(value: Any) -> str | None:
    """An unreadable password is None, and so is one that the API masks."""
    text = read_text(value)
    return None if text is None or not text.strip("*") else text


def _parse_patterns(values: Any) -> tuple[str, ...]:
    bad = [value for value in values if not _PATTERN.match(str(value))]
    if bad:
        raise ValueError(
            "holds %s: a pattern is digits and then wildcards, such as 2101 or 21XX"
            % (", ".join(repr(value) for value in bad))
        )
    return _read_patterns(values)


def _read_patterns(values: Any) -> tuple[str, ...]:
    return tuple(sorted({str(value).upper() for value in values or ()}))


NAME = Kind(
    "str",
    _parse_name,
    read_text,
    same=lambda one, other: same_but_for_form(str(one), str(other)),
    pattern=r"[A-Za-z0-9]([A-Za-z0-9 &.'-]{0,30}[A-Za-z0-9])?",
)
USERNAME = matching(r"[A-Za-z0-9\-_.]{8,36}", "8 to 36 letters, digits, '-', '_' or '.'", optional=False)
PASSWORD = Kind("str", _parse_password, _read_password, pattern=r"[!-~]{6,64}")
PATTERNS = Kind(
    "list",
    _parse_patterns,
    _read_patterns,
    elements="str",
    empty=(),
    clears=LIST_CLEARS,
    clear=[],
    pattern=r"[0-9]{1,8}[xX]{0,6}",
)
