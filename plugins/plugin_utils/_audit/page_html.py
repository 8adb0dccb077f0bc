# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""HTML elements of which every text is escaped. Pure."""

from __future__ import annotations

import html
from collections.abc import Iterable

# Elements without an end tag.
_VOID = {"meta", "col", "input"}


class Html(str):
    """A text that is HTML already: what :func:`element` returns, and pictures."""

    __slots__ = ()


Child = str | None


def element(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """Return an element.

    Args:
        name: of its tag.
        children: what is in it. Text is escaped unless it is Html; None is left out.
        attributes: by their names, ``_`` for ``-``, with a ``_`` at the end where Python has a keyword of that name. True is an
            attribute without a value; None and False leave it out.
    """
    parts = ["<", name]
    for key, value in attributes.items():
        if value is True:
            parts.append(" %s" % _attribute(key))
        elif value is not None and value is not False:
            parts.append(' %s="%s"' % (_attribute(key), html.escape(str(value))))
    parts.append(">")
    if name not in _VOID:
        parts.extend((joined(children), "</", name, ">"))
    return Html("".join(parts))


def joined(children: Iterable[Child], between: str = "") -> Html:
    """Return several pieces as one; text is escaped unless it is Html, and None is left out."""
    pieces = (child if isinstance(child, Html) else html.escape(child) for child in children if child is not None)
    return Html(between.join(pieces))


def raw(name: str, text: str) -> Html:
    """Return an element whose text is no HTML: a style sheet or a script of this collection."""
    return Html("<%s>%s</%s>" % (name, text, name))


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
