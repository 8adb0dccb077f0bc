# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The generated parts of the documentation: which there are, where they stand in a file, and what belongs there.

A part stands between two comments of the YAML, ``# BEGIN generated: NAME`` and ``# END generated``, and is indented like
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import call_flow_fields, document_fields
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.options import CONCURRENCY
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import (
    call_path_usage,
    caller_id_fields,
    forwarding_fields,
    sip_credentials,
    sip_trunk_fields,
    sip_trunk_group_fields,
    sip_trunk_status_fields,
    tn_route_fields,
)

from . import texts
from .render import options, results, yaml_lines

_PART = re.compile(r"^( *)# BEGIN generated: (.+)\n(?:.*\n)*?( *)# END generated$", re.MULTILINE)

# name of a part -> what returns it for a page
PARTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "options of a trunk": lambda page: options(sip_trunk_fields.OPTIONS, more=texts.MORE.get(page)),
    "options of a trunk group": lambda page: options(sip_trunk_group_fields.OPTIONS, more=texts.MORE.get(page)),
    "options of forwarding": lambda page: options(forwarding_fields.SECTION_ROWS, more=texts.MORE.get(page)),
    "options of a route": lambda page: options(tn_route_fields.OPTIONS, more=texts.MORE.get(page)),
    "options of a caller ID": lambda page: options(caller_id_fields.OPTIONS, more=texts.MORE.get(page)),
    "options of a document": lambda page: options(document_fields.LISTS, more=texts.MORE.get(page)),
    "option concurrency": lambda page: options([CONCURRENCY]),
    "values of a trunk": lambda page: results(sip_trunk_fields.RESULT),
    "values of forwarding": lambda page: results(forwarding_fields.RESULT),
    "values of a trunk group": lambda page: results(sip_trunk_group_fields.RESULT),
    "values of a caller ID": lambda page: results(caller_id_fields.RESULT),
    "values of a moved FROM number": lambda page: results(caller_id_fields.MOVED),
    "returned caller ID": lambda page: results(caller_id_fields.RESULT, "success, or when some writes failed"),
    "values of a registration": lambda page: results(sip_trunk_status_fields.REGISTRATION),
    "values of an outage": lambda page: results(call_flow_fields.OUTAGE),
    "values of a call path usage": lambda page: results(call_path_usage.RESULT),
    "returned call flows": lambda page: results(call_flow_fields.RESULT, "success"),
    "returned registration": lambda page: results(sip_trunk_status_fields.REGISTRATION, "success"),
    "returned credentials": lambda page: results(sip_credentials.RESULT, "success"),
    "returned failure": lambda page: texts.failure(),
    "returned notices": lambda page: texts.notices(),
    "returned guards": lambda page: texts.guards(),
}


class UnknownPart(Exception):
    """A page names a part that does not exist, or does not end one."""


def names(text: str) -> list[str]:
    """Return the names of the parts that a page has."""
    return [found[2] for found in _PART.finditer(text)]


def written(page: str, text: str) -> str:
    """Return the text of a page with every generated part as it should be.

    Args:
        page: the name of the module or fragment.
        text: what its file holds.

    Raises:
        UnknownPart: with a sentence.
    """

    def part(found: re.Match[str]) -> str:
        indent, name = found[1], found[2]
        if name not in PARTS:
            raise UnknownPart(
                "%s: there is no generated part '%s': name one of %s" % (page, name, ", ".join(map(repr, PARTS)))
            )
        begin, end = f"{indent}# BEGIN generated: {name}", f"{indent}# END generated"
        return "\n".join([begin, *yaml_lines(PARTS[name](page), indent), end])

    if text.count("# BEGIN generated: ") != len(names(text)):
        raise UnknownPart("%s: a generated part has no end: add '# END generated' after it" % page)
    return _PART.sub(part, text)
