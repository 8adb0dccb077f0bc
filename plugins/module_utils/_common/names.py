# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Names of trunks and groups: which of them people, and the API, take for the same. Pure."""

from __future__ import annotations

import unicodedata

_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def folded(name: str) -> str:
    """Return a form that is equal for names that differ only by case, blanks or Unicode form.

    Blanks at the edges do not count, runs of them (no-break spaces and line breaks included) count as one space, and
    characters without a shape of their own do not count.
    """
    text = unicodedata.normalize("NFKC", name)
    text = "".join(" " if char.isspace() else char for char in text)
    text = "".join(char for char in text if char == " " or unicodedata.category(char) not in _INVISIBLE)
    return unicodedata.normalize("NFKC", " ".join(text.split()).casefold())


def same_but_for_form(one: str, other: str) -> bool:
    """Return whether two names differ only by case, blanks or Unicode form, or not at all."""
    return folded(one) == folded(other)


def unfit_for_creation(name: str) -> str:
    """Return what keeps a name from being given to a new object, as a phrase; empty if nothing does."""
    if name != name.strip():
        return "has blanks at its edges: remove them"
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name):
        return "holds control characters, such as a line break: remove them"
    return ""
