# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the field table as the YAML of DOCUMENTATION and RETURN."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

WIDTH = 150
# As ansible-test accepts it.
LONGEST = 160
_REFERENCE = re.compile(r"\bO\((\w+)")


class _Flow(list[Any]):
    """A list that is written in one line."""


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as the rest of the documentation does."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(_Flow, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True))


def yaml_lines(value: Mapping[str, Any], indent: str) -> list[str]:
    """Return a mapping as lines of YAML, each with the indent before it."""
    # PyYAML ends a line only after the word that crosses the width, and a reference may be a long word.
    for width in range(WIDTH, WIDTH // 2, -10):
        text = yaml.dump(
            _flow(value),
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=width - len(indent),
            default_flow_style=False,
        )
        lines = [(indent + line).rstrip() for line in text.splitlines()]
        if max(map(len, lines), default=0) <= LONGEST:
            break
    return lines


def _flow(value: Any, key: str = "") -> Any:
    """Return the value with lists of words and numbers marked to be written in one line; descriptions are not."""
    if isinstance(value, Mapping):
        return {name: _flow(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        one_line = key != "description" and not any(isinstance(each, (dict, list)) for each in value)
        return _Flow(value) if one_line else [_flow(each) for each in value]
    return value


def options(rows: Iterable[Any], path: str = "", more: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """Return {option: its documentation}.

    Args:
        rows: the rows of the table; those that are no option are left out.
        path: how the documentation refers to what holds these options, such as ``trunks[].``.
        more: {option: paragraphs} that one module adds.
    """
    rows = [row for row in rows if row.doc]
    siblings = {row.option for row in rows}

    def refer(text: str) -> str:
        return _REFERENCE.sub(lambda found: "O(" + (path if found[1] in siblings else "") + found[1], text)

    return {row.option: _option(row, path, refer, (more or {}).get(row.option, ())) for row in rows}


def _option(row: Any, path: str, refer: Any, more: tuple[str, ...]) -> dict[str, Any]:
    paragraphs = [*row.doc, *more]
    closing = [row.kind.accepts] if row.kind.accepts else []
    if row.kind.clear is not None and row.clearing:
        closing.append(row.clearing % json.dumps(row.kind.clear))
    if closing and row.kind.accepts and row.kind.type == "str":
        paragraphs.append(" ".join(closing))
    elif closing:
        # Limits belong to what the number is, the way to clear a list comes last.
        place = 0 if row.kind.type == "int" else -1
        paragraphs[place] = " ".join([paragraphs[place], *closing])
    documented: dict[str, Any] = {"description": [refer(each) for each in paragraphs], "type": row.kind.type}
    if row.kind.elements:
        documented["elements"] = row.kind.elements
    if row.mandatory:
        documented["required"] = True
    if row.kind.choices:
        documented["choices"] = list(row.kind.choices)
    if row.default is not None:
        documented["default"] = row.default
    if row.aliases:
        documented["aliases"] = list(row.aliases)
    if row.rows:
        inner = "%s%s%s." % (path, row.option, "[]" if row.kind.type == "list" else "")
        documented["suboptions"] = options(row.rows, inner)
    return documented


def results(rows: Iterable[Any], returned: str = "") -> dict[str, Any]:
    """Return {value: its documentation}.

    Args:
        rows: the rows of the table.
        returned: when the values are returned; "" for what each row says.
    """
    return {row.option: _result(row, returned or row.returned) for row in rows}


def _result(row: Any, returned: str) -> dict[str, Any]:
    text = row.returns or row.doc[0]
    if row.kind.clear in ("", 0) and not row.required:
        text = "%s; null if it is not set." % text.rstrip(".")
    documented: dict[str, Any] = {"description": text, "returned": returned, "type": row.kind.type}
    if row.kind.elements:
        documented["elements"] = row.kind.elements
    if row.rows:
        documented["contains"] = results(row.rows)
    if row.sample is not None:
        documented["sample"] = row.sample
    return documented
