# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a command printed what a guide shows: word by word, and not minding ids, times, line ends, rows of stars and numbers of tasks."""

from __future__ import annotations

import re

ELLIPSIS = "..."
_VOLATILE = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?"), "TIME"),
    (re.compile(r"\d{8}T\d{6}Z"), "TIME"),
    (re.compile(r"(?<![\w-])[\w-]{22}(?=-TIME|[^\w-]|$)"), "ID"),
    (re.compile(r"(?<!\w)(?=[a-z0-9]*\d)[a-z0-9]{16}(?!\w)"), "USERNAME"),
    (re.compile(r"\b\d+(\.\d+)? (s|ms|seconds)\b"), "DURATION"),
    # How many tasks there are is no concern of a guide; how many changed something, or failed, is.
    (re.compile(r"\b(ok|skipped)=\d+"), r"\1=N"),
)


def words(text: str) -> list[str]:
    """Return the words of an output, without what differs from run to run."""
    for pattern, word in _VOLATILE:
        text = pattern.sub(word, text)
    return [word for word in text.split() if word.strip("*")]


def missing(shown: str, printed: str) -> str:
    """Return the part of what a guide shows that was not printed in its place; empty if all of it was.

    ``...`` stands for any number of words, also none.
    """
    parts: list[list[str]] = [[]]
    for word in words(shown):
        if word == ELLIPSIS:
            parts.append([])
        else:
            parts[-1].append(word)
    rest = words(printed)
    for number, part in enumerate(parts):
        if number == len(parts) - 1 and part:
            # The last one ends the output.
            place = len(rest) - len(part) if rest[-len(part) :] == part else -1
            place = place if number or place == 0 else -1
        else:
            place = _find(part, rest, number == 0)
        if place < 0:
            return " ".join(part)
        rest = rest[place + len(part) :]
    return ""


def _find(part: list[str], text: list[str], at_start: bool) -> int:
    """Return where some words are in others; -1 if they are not."""
    places = range(1 if at_start else len(text) - len(part) + 1)
    return next((place for place in places if text[place : place + len(part)] == part), -1)
