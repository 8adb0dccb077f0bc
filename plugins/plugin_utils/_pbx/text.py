# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Text as the configuration files of PBXs hold it.

Each function returns a text in the spelling of one format, as the program's own parser reads it back, or raises
CannotHold with the kind of character that this format has no spelling for.
"""

from __future__ import annotations

import re

_NOT_OF_A_URI = re.compile(r"[^A-Za-z0-9_.~-]")
_NOT_PLAIN_IN_XML = re.compile(r"""[&<>"'$]|[^ -~]""")
_NO_HYPHENS_IN_XML = re.compile(r"(?i)x-pre-process|--")


class CannotHold(Exception):
    """A format has no spelling for a text.

    Args:
        kind: what is in the text, in words, and nothing of the text itself.
    """

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def readable(text):
    """Return a text that was typed by anybody on one line, for a comment."""
    return "".join(character if character.isprintable() else " " for character in text)


def check_characters(text):
    """Raise CannotHold for what belongs into no file: nothing at all, control characters, and halves of characters."""
    if not text:
        raise CannotHold("no character at all")
    if any(ord(character) < 32 or 127 <= ord(character) < 160 or character in "\u2028\u2029" for character in text):
        raise CannotHold("a control character")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CannotHold("half of a surrogate pair")


def uri_user(text):
    """Return the user part of a SIP URI."""
    return _NOT_OF_A_URI.sub(lambda found: "".join("%%%02X" % byte for byte in found.group().encode("utf-8")), text)


def asterisk(text):
    """Return the value of an option in a .conf file of Asterisk.

    A semicolon begins a comment unless one backslash stands before it; that one, and no other backslash, is taken away.
    Blanks around a value are stripped, and nothing keeps them.
    """
    check_characters(text)
    if text != text.strip():
        raise CannotHold("a space at its beginning or end")
    return text.replace(";", "\\;")


def xml(text):
    """Return an attribute's value, or a comment's text, in an XML file of FreeSWITCH.

    Before the XML is parsed, FreeSWITCH replaces $${name}, and drops lines that hold the name of its own tag for such things.
    Character references hide all of that from it, and two hyphens from the parser of comments.
    """
    spelled = _NOT_PLAIN_IN_XML.sub(lambda found: "&#%d;" % ord(found.group()), text)
    return spelled.replace("-", "&#45;") if _NO_HYPHENS_IN_XML.search(text) else spelled


def freeswitch_credential(text):
    """Return a user name or password of a gateway of FreeSWITCH.

    Its SIP library gets realm, user name and password as one text, with colons between them, and ends each at a colon.
    """
    check_characters(text)
    if ":" in text:
        raise CannotHold("a colon")
    return xml(text)


def dbtext(text):
    """Return a field of a table of Kamailio's db_text; the empty text stands for no value."""
    if text:
        check_characters(text)
    return text.replace("\\", "\\\\").replace(":", "\\:")
