# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A line of baresip's accounts file.

baresip has no way to write any text: within a parameter's value a quotation mark begins and ends a part in which blanks and
semicolons belong to the value, a backslash keeps the character after it from meaning anything, both stay in the value, and
only quotation marks at both ends are taken away. So a line is composed, read the way baresip reads it, and used if it says
what it is to say.
"""

from __future__ import annotations

from .text import CannotHold, check_characters

# baresip copies a line into a buffer of 512 bytes.
_LONGEST = 511
_BLANKS = " \t\r\n"
_SPELLINGS = ('"%s"', "%s")
# What baresip looks for in an account. The text of a password may not be taken for one of these.
_PARAMETERS = (
    "100rel",
    "answerdelay",
    "answermode",
    "audio_codecs",
    "audio_player",
    "audio_source",
    "auth_pass",
    "auth_user",
    "autelev_pt",
    "call_transfer",
    "catchall",
    "cert",
    "dtmfmode",
    "extra",
    "fbregint",
    "inreq_allowed",
    "mediaenc",
    "medianat",
    "mwi",
    "natpinhole",
    "outbound",
    "outbound1",
    "outbound2",
    "prio",
    "ptime",
    "pubint",
    "regint",
    "regq",
    "rtcp_mux",
    "rwait",
    "sip_autoanswer",
    "sip_autoanswer_beep",
    "sip_autoredirect",
    "sipnat",
    "stunpass",
    "stunserver",
    "stunuser",
    "tcpsrcport",
    "uas_pass",
    "uas_user",
    "video_codecs",
    "video_display",
    "video_source",
)


def line(uri, parameters, password):
    """Return the line of an account.

    Args:
        uri: its SIP URI.
        parameters: {name: value} of the others; the password comes last, since after it baresip might still be within quotation marks.
        password: what ``auth_pass`` is to be.

    Raises:
        CannotHold: no spelling of the values is read back as they are.
    """
    check_characters(password)
    wanted = dict(parameters, auth_pass=password)
    spelled = "".join(";%s=%s" % (name, within(value)) for name, value in parameters.items())
    tries = ["%s;auth_pass=%s" % (spelled, spelling % password) for spelling in _SPELLINGS]
    right = [text for text in tries if all(parameter(text, name) == value for name, value in wanted.items())]
    if not right:
        raise CannotHold("a quotation mark together with spaces or semicolons")
    alone = [text for text in right if not any(_mentions(text, name) for name in _PARAMETERS if name not in wanted)]
    if not alone:
        raise CannotHold("a semicolon and the name of a parameter of baresip")
    found = "<%s>%s" % (uri, alone[0])
    if len(found.encode("utf-8")) > _LONGEST:
        raise CannotHold("more characters than fit into a line of %d bytes" % _LONGEST)
    return found


def within(value):
    """Return the spelling of a value that others follow; raises CannotHold."""
    check_characters(value)
    for spelling in reversed(_SPELLINGS):
        text = ";x=%s;y=1" % (spelling % value)
        if parameter(text, "x") == value and parameter(text, "y") == "1":
            return spelling % value
    raise CannotHold("a quotation mark, a backslash or a semicolon where more follows")


def parameter(text, name):
    """Return the value that baresip finds for a parameter's name in the part after the URI; None if it finds none."""
    for place in _places(text, name):
        place = _skip(text, place)
        if text[place : place + 1] == "=":
            value = _value(text, _skip(text, place + 1))
            if value:
                return value
    return None


def _mentions(text, name):
    """Return whether baresip finds a parameter's name, with or without a value."""
    return any(place == len(text) or text[place] in _BLANKS + ";=" for place in _places(text, name))


def _places(text, name):
    """Yield where a name ends that follows a semicolon."""
    for start, character in enumerate(text):
        if character == ";":
            begin = _skip(text, start + 1)
            if text[begin : begin + len(name)].lower() == name:
                yield begin + len(name)


def _skip(text, place):
    while text[place : place + 1] and text[place] in _BLANKS:
        place += 1
    return place


def _value(text, start):
    quoted = escaped = False
    end = start
    for character in text[start:]:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in _BLANKS + ";":
            break
        end += 1
    value = text[start:end]
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
