# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTML page as a program reads it."""

from __future__ import annotations

import html.parser

VOID = {"meta", "col", "br", "link", "img", "input", "hr"}


class Page(html.parser.HTMLParser):
    """An HTML page as it is parsed: whether its tags are balanced, its elements, and its text.

    Attributes:
        elements: [(name, {attribute: value})] in order.
        text: all of it, as it is.
        words: the same with single spaces, where elements end too.
        faults: what is wrong with it.
    """

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.faults, self._open, self._said = [], [], [], []
        self.feed(text)
        self.close()
        self.text = "".join(self._said)
        self.words = " ".join(" ".join(self._said).split())
        self.faults.extend("%s is not closed" % name for name in self._open)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append("%s is closed in the wrong place, line %d" % (tag, self.getpos()[0]))

    def handle_comment(self, data):
        self.faults.append("a comment: %s" % data)

    def handle_data(self, data):
        self._said.append(data)

    def all(self, name):
        """Return the attributes of all elements of a name."""
        return [attributes for tag, attributes in self.elements if tag == name]
