# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Quoting text for the configuration files of PBXs. Pure.

Each function quotes a text for one format, so that the parser of the program returns the same text, or raises CannotHold
with the kind of character that the format cannot represent.
"""

from __future__ import annotations

import re

_NOT_OF_A_URI = re.compile(r"[^A-Za-z0-9_.~-]")
_NOT_PLAIN_IN_XML = re.compile(r"""[&<>"'$]|[^ -~]""")
_NO_HYPHENS_IN_XML = re.compile(r"(?i)x-pre-process|--")


class CannotHold(Exception):
    """A format cannot represent a text.

    Args:
        kind: the kind of character, in words; it quotes nothing of the text.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def readable(text: str) -> str:
    """Return a text on one line, for a comment or a message."""
    return "".join(character if character.isprintable() else " " for character in text)


def check_characters(text: str) -> None:
    """Raise CannotHold for what no format allows: the empty text, control characters and single surrogates."""
    if not text:
        raise CannotHold("no character at all")
    if any(ord(character) < 32 or 127 <= ord(character) < 160 or character in "\u2028\u2029" for character in text):
        raise CannotHold("a control character")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CannotHold("half of a surrogate pair")


def uri_user(text: str) -> str:
    """Return the text as the user part of a SIP URI."""
    return _NOT_OF_A_URI.sub(lambda found: "".join("%%%02X" % byte for byte in found.group().encode("utf-8")), text)


def asterisk(text: str) -> str:
    """Return the text as the value of an option in a .conf file of Asterisk.

    A semicolon begins a comment unless a backslash precedes it; Asterisk removes that backslash, and no other one. Blanks
    around a value are stripped, which no quoting prevents.
    """
    check_characters(text)
    if text != text.strip():
        raise CannotHold("a space at its beginning or end")
    return text.replace(";", "\\;")


def xml(text: str) -> str:
    """Return the text as the value of an attribute, or as a comment, in an XML file of FreeSWITCH.

    Before FreeSWITCH parses the XML, it replaces $${name}, and drops lines that contain the name of its preprocessor tag.
    Character references prevent both, and also two hyphens in a comment.
    """
    spelled = _NOT_PLAIN_IN_XML.sub(lambda found: "&#%d;" % ord(found.group()), text)
    return spelled.replace("-", "&#45;") if _NO_HYPHENS_IN_XML.search(text) else spelled


def freeswitch_credential(text: str) -> str:
    """Return the text as the user name or password of a gateway of FreeSWITCH.

    The SIP library of FreeSWITCH gets realm, user name and password as one text, separated by colons.
    """
    check_characters(text)
    if ":" in text:
        raise CannotHold("a colon")
    return xml(text)


def dbtext(text: str) -> str:
    """Return the text as a field of a table of Kamailio's db_text; the empty text is no value."""
    if text:
        check_characters(text)
    return text.replace("\\", "\\\\").replace(":", "\\:")
