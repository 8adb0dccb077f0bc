# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The targets of forwarding rules in a document: which trunk they are, and the rules without some, or with other names. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

ALWAYS, LISTS = "forward_always", ("forward_on_failure", "forward_on_capacity_exceeded")


def trunk_of(target: Mapping[str, Any], trunks: Any) -> str | None:
    """Return the id of the trunk that a target is, None where it is none.

    Args:
        target: {reference_type, trunk_name or reference_id}.
        trunks: the account's Trunks.
    """
    if target.get("reference_type") != "SIP_TRUNK":
        return None
    if "trunk_name" in target:
        return str(trunks.named(target["trunk_name"]).trunk_id)
    return str(target.get("reference_id"))


def alive(sections: Mapping[str, Any], trunks: Any) -> dict[str, Any]:
    """Return the sections without trunks that are gone already: a rule may keep such a target, and nobody may set it.

    Args:
        sections: {section: what it holds}.
        trunks: the account's Trunks.
    """

    def there(target: Mapping[str, Any]) -> bool:
        trunk_id = trunk_of(target, trunks)
        return trunk_id is None or trunk_id in trunks.by_id

    kept = {
        section: list(filter(there, value)) if section in LISTS else value if there(value) else {}
        for section, value in sections.items()
    }
    return {section: value for section, value in kept.items() if value}


def by_name(sections: Mapping[str, Any], trunks: Any, going: Mapping[str, str]) -> dict[str, Any]:
    """Return the sections with every target that goes by the name under which it comes back.

    Args:
        sections: {section: what it holds}.
        trunks: the account's Trunks.
        going: {id of a trunk that is removed: the name under which it comes back}.
    """

    def named(target: Mapping[str, Any]) -> Mapping[str, Any]:
        name = going.get(trunk_of(target, trunks) or "")
        if name is None:
            return target
        return dict({key: value for key, value in target.items() if key != "reference_id"}, trunk_name=name)

    return {
        section: [named(target) for target in value] if section in LISTS else named(value)
        for section, value in sections.items()
    }


def without(sections: Mapping[str, Any], trunks: Any, going: Collection[str]) -> dict[str, Any]:
    """Return the sections that send calls to one of the trunks, without these targets.

    Args:
        sections: {section: what it holds}.
        trunks: the account's Trunks.
        going: ids of the trunks.
    """

    def stays(target: Mapping[str, Any]) -> bool:
        return trunk_of(target, trunks) not in going

    changed: dict[str, Any] = {} if stays(sections.get(ALWAYS, {})) else {ALWAYS: {}}
    for section in LISTS:
        targets = sections.get(section, [])
        if not all(map(stays, targets)):
            changed[section] = [target for target in targets if stays(target)]
    return changed
