# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Host variables as a YAML file that Ansible reads back as they are. Pure.

What the platform holds is data: a name with double braces in it would be a template once it stands in a file of
variables, so such texts are marked as unsafe there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from .._base.document_parts import PARTS, TRUNKS
from .._base.plain import plain
from .._base.yaml_dumper import IndentedDumper
from .hidden import hidden_fault

_TEMPLATE_STARTS = ("{{", "{%", "{#")


class _Dumper(IndentedDumper):
    """Marks text that looks like a template."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if any(start in text for start in _TEMPLATE_STARTS):
        return dumper.represent_scalar("!unsafe", text, style="'")
    return dumper.represent_str(text)


_Dumper.add_representer(str, _text)


def to_yaml(variables: Mapping[str, Any]) -> str:
    """Return variables as a YAML text, in their order.

    Args:
        variables: mapping of JSON values; subclasses of text and numbers, as Ansible has them, are fine.

    Raises:
        ValueError: Ansible has hidden a part of them.
    """
    fault = hidden_fault(variables)
    if fault:
        raise ValueError(fault)
    text: str = yaml.dump(
        plain(variables), Dumper=_Dumper, width=100000, sort_keys=False, allow_unicode=True, default_flow_style=False
    )
    return text


def document_variables(account: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of a host that hold an account's document; a list beside the trunks only if there is something in it.

    Args:
        account: account_id, and the lists under the names that they have in alianza_account_trunks.
    """
    lists = {part.variable: account.get(part.option) or [] for part in PARTS.values()}
    return {
        "alianza_account_id": account["account_id"],
        **{variable: entries for variable, entries in lists.items() if entries or variable == TRUNKS.variable},
    }
