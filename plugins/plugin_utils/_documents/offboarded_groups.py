# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk groups of an account of which trunks are removed: what becomes of them, and how the trunks come back into them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from .rule_targets import ALWAYS, LISTS, by_name, without

Entries = Sequence[Mapping[str, Any]]


def groups_that_go(groups: Entries) -> list[dict[str, Any]]:
    """Return the list of a document that deletes all trunk groups.

    Args:
        groups: the account's trunk groups, as alianza_account_trunks_info returns them.
    """
    return [dict(_identity(group), state="absent") for group in groups]


def groups_that_stay(
    groups: Entries, trunks: Any, going: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return (the list of a document that frees groups of trunks, the one that gives them their rules back).

    The trunks come back by naming their group, so that others which joined it meanwhile stay.

    Args:
        groups: the account's trunk groups, as alianza_account_trunks_info returns them.
        trunks: the account's Trunks.
        going: {id of a trunk that is removed: the name under which it comes back}.
    """
    freed, restored = [], []
    for group in groups:
        rules = {section: group[section] for section in (ALWAYS, *LISTS) if section in group}
        sections = without(rules, trunks, going)
        left = [member for member in group.get("trunks", ()) if _member_id(member, trunks) not in going]
        entry: dict[str, Any] = {} if left == list(group.get("trunks", ())) else {"trunks": left}
        entry.update(sections)
        if entry:
            freed.append(dict(_identity(group), **entry))
        if sections:
            lost = {section: rules[section] for section in sections}
            restored.append(dict(_identity(group), **by_name(lost, trunks, going)))
    return freed, restored


def memberships(groups: Entries, trunks: Any, going: Collection[str]) -> dict[str, dict[str, str]]:
    """Return {id of a trunk that is removed: the option that names its trunk group} of those that are in one.

    Args:
        groups: the account's trunk groups, as alianza_account_trunks_info returns them.
        trunks: the account's Trunks.
        going: ids of the trunks that are removed.
    """
    found: dict[str, dict[str, str]] = {}
    for group in groups:
        named = {"trunk_group_name": str(group["name"])} if "name" in group else None
        for member in group.get("trunks", ()):
            trunk_id = _member_id(member, trunks)
            if trunk_id in going:
                found[trunk_id] = named or {"sip_trunk_group_id": str(group["group_id"])}
    return found


def _identity(group: Mapping[str, Any]) -> dict[str, Any]:
    return {key: group[key] for key in ("name", "group_id") if key in group}


def _member_id(member: Any, trunks: Any) -> str:
    """Return the id of a member, which is the name of a trunk or a mapping with its id."""
    if isinstance(member, Mapping):
        return str(member["trunk_id"])
    return str(trunks.named(member).trunk_id)
