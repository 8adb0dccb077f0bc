# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading configuration files of PBXs back, by the rules of the programs that read them; for the tests.

These follow the programs' parsers, quirks included, and share nothing with the code that writes the files.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree


def asterisk(text):
    """Return [(section, [(option, value)])] of a .conf file, as Asterisk's main/config.c reads it.

    Raises ValueError where Asterisk refuses the file or warns.
    """
    sections, depth = [], 0
    for line in text.split("\n"):
        kept, depth = _without_comments(line, depth)
        kept = kept.strip()
        if not kept:
            continue
        header = re.match(r"\[([^\]]*)\]", kept)
        if header:
            if kept[header.end() : header.end() + 1] == "(":
                raise ValueError("a template: %s" % kept)
            sections.append((header.group(1), []))
        elif kept[0] in "[#\\":
            raise ValueError("no option: %s" % kept)
        else:
            name, equals, value = kept.partition("=")
            if not equals or not sections or name.endswith("+"):
                raise ValueError("no option: %s" % kept)
            sections[-1][1].append((name.strip(), value[value.startswith(">") :].strip()))
    return sections


def _without_comments(line, depth):
    """Return what is left of a line, and how many ;-- comments are open after it."""
    kept, place = "", 0
    while True:
        found = line.find(";", place)
        if found < 0:
            return kept + ("" if depth else line[place:]), depth
        if found > place and line[found - 1] == "\\":
            kept += "" if depth else line[place : found - 1] + ";"
            place = found + 1
        elif line[found + 1 : found + 3] == "--" and line[found + 3 : found + 4] != "-":
            kept += "" if depth else line[place:found]
            depth, place = depth + 1, found + 3
        elif depth and line[max(place, found - 2) : found] == "--":
            depth, place = depth - 1, found + 1
        elif depth:
            place = found + 1
        else:
            return kept + line[place:found], depth


def freeswitch(text, variables=None):
    """Return {gateway: {parameter: value}} of an included XML file, as FreeSWITCH's switch_xml.c preprocesses and parses it.

    Args:
        text: the file.
        variables: what $${name} stands for.
    """
    lines = []
    for line in text.split("\n"):
        expanded = re.sub(r"\$\$\{([^}]*)\}", lambda found: (variables or {}).get(found.group(1), ""), line)
        if any(tag in line for tag in ("<include>", "</include>", "<?")) or "x-pre-process" in expanded.lower():
            continue
        lines.append(expanded)
    root = ElementTree.fromstring("<include>%s</include>" % "\n".join(lines))
    if [node.tag for node in root] != ["gateway"] * len(root):
        raise ValueError("more than gateways")
    found = {}
    for gateway in root:
        names = [node.get("name") for node in gateway]
        if len(set(names)) < len(names) or gateway.get("name") in found:
            raise ValueError("something is there twice")
        found[gateway.get("name")] = {node.get("name"): node.get("value") for node in gateway}
    return found


def sofia(user, password, realm="realm"):
    """Return the (user name, password) that Sofia-SIP makes of what FreeSWITCH tells it."""
    parts = 'Digest:"%s":%s:%s' % (realm, user, password)
    return tuple(parts[len('Digest:"%s":' % realm) :].split(":")[:2])


def kamailio(text):
    """Return the rows of a table, {column: value} each, as Kamailio's db_text reads it; None is NULL."""
    lines = text.split("\n")
    if lines.pop() != "":
        raise ValueError("the last row does not end")
    columns = re.findall(r"(\w+)\((\w+)(?:,(\w+))?\)", lines[0])
    rows = []
    for line in lines[1:]:
        fields, field, place = [], "", 0
        while place < len(line):
            character = line[place]
            if character == "\\":
                place += 1
                character = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", ":": ":", "0": "\0"}[line[place]]
            elif character == ":":
                fields.append(field)
                field, place = "", place + 1
                continue
            field, place = field + character, place + 1
        fields.append(field)
        if len(fields) != len(columns):
            raise ValueError("%d fields" % len(fields))
        row = {}
        for (name, kind, attribute), value in zip(columns, fields):
            if value == "" and attribute != "null":
                raise ValueError("%s may not be NULL" % name)
            row[name] = None if value == "" else int(value) if kind == "int" else value
        rows.append(row)
    return rows


_VALUE = r'(?:\\.|\\$|"(?:\\.|[^"\\])*(?:"|\\?$)|[^ \t\r\n;"\\])+'


def baresip(text):
    """Return the accounts of an accounts file, each a function that returns the value of a parameter by its name, and ``uri``.

    As baresip's account.c and the SIP address and parameter parsers of libre read it.
    """
    return [_Account(line) for line in text.split("\n") if line and line[0] != "#"]


class _Account:
    def __init__(self, line):
        if len(line.encode()) > 511:
            raise ValueError("the line is too long")
        self.uri, self._parameters = re.fullmatch(r"<([^>]+)>(.*)", line).groups()

    def __call__(self, name):
        for found in re.finditer(
            r"(?i)(?=;[ \t\r\n]*%s[ \t\r\n]*=[ \t\r\n]*(%s))" % (re.escape(name), _VALUE), self._parameters
        ):
            value = found.group(1)
            if len(value) > 1 and value[0] == value[-1] == '"':
                value = value[1:-1]
            if value:
                return value
        return None
