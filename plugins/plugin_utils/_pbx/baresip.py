# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Lines of the accounts file of baresip. Pure.

baresip has no quoting that works for every text: within the value of a parameter a quotation mark begins and ends a part in
which blanks and semicolons belong to the value, a backslash escapes the next character, both stay in the value, and only
quotation marks around the whole value are removed. So a line is composed, read as baresip reads it, and used only if that
returns the original values.
"""

from __future__ import annotations

from typing import Iterator, Mapping

from .text import CannotHold, check_characters

# baresip copies a line into a buffer of 512 bytes.
_LONGEST = 511
_BLANKS = " \t\r\n"
_QUOTINGS = ('"%s"', "%s")
# The parameters that baresip looks for in an account. It must not find one of these within a password.
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


def line(uri: str, parameters: Mapping[str, str], password: str) -> str:
    """Return the line of an account.

    The password comes last, because its quotation marks may be unbalanced.

    Args:
        uri: the SIP URI.
        parameters: {name: value} of the other parameters.
        password: the value of ``auth_pass``.

    Raises:
        CannotHold: no quoting returns the values unchanged, or the line is too long.
    """
    check_characters(password)
    wanted = dict(parameters, auth_pass=password)
    others = "".join(";%s=%s" % (name, quoted(value)) for name, value in parameters.items())
    candidates = ["%s;auth_pass=%s" % (others, quoting % password) for quoting in _QUOTINGS]
    right = [text for text in candidates if all(parameter(text, name) == value for name, value in wanted.items())]
    if not right:
        raise CannotHold("a quotation mark together with spaces or semicolons")
    clean = [text for text in right if not any(_mentions(text, name) for name in _PARAMETERS if name not in wanted)]
    if not clean:
        raise CannotHold("a semicolon and the name of a parameter of baresip")
    composed = "<%s>%s" % (uri, clean[0])
    if len(composed.encode("utf-8")) > _LONGEST:
        raise CannotHold("more characters than fit into a line of %d bytes" % _LONGEST)
    return composed


def quoted(value: str) -> str:
    """Return a value, quoted so that other parameters can follow; raises CannotHold if there is no such quoting."""
    check_characters(value)
    for quoting in reversed(_QUOTINGS):
        text = ";x=%s;y=1" % (quoting % value)
        if parameter(text, "x") == value and parameter(text, "y") == "1":
            return quoting % value
    raise CannotHold("a quotation mark, a backslash or a semicolon that would change the parameters after it")


def parameter(text: str, name: str) -> str | None:
    """Return the value that baresip finds for a parameter in the text after the URI, or None."""
    for place in _places(text, name):
        place = _skip(text, place)
        if text[place : place + 1] == "=":
            value = _value(text, _skip(text, place + 1))
            if value:
                return value
    return None


def _mentions(text: str, name: str) -> bool:
    """Return whether baresip finds a parameter, with or without a value."""
    return any(place == len(text) or text[place] in _BLANKS + ";=" for place in _places(text, name))


def _places(text: str, name: str) -> Iterator[int]:
    """Yield the end of each occurrence of a name after a semicolon."""
    for start, character in enumerate(text):
        if character == ";":
            begin = _skip(text, start + 1)
            if text[begin : begin + len(name)].lower() == name:
                yield begin + len(name)


def _skip(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in _BLANKS:
        place += 1
    return place


def _value(text: str, start: int) -> str:
    within_quotes = escaped = False
    end = start
    for character in text[start:]:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == '"':
            within_quotes = not within_quotes
        elif not within_quotes and character in _BLANKS + ";":
            break
        end += 1
    value = text[start:end]
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
