# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A trunk document as the options of the modules that carry it out one trunk or trunk group at a time. Pure.

No option of a trunk is named here but those that belong to another module, so that an option reaches its module whatever its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._common.errors import InvalidInput
from .._base.document_parts import CALLER_IDS, PARTS, TRUNK_GROUPS

_OF_TRUNKS = ("sip_trunk", "trunk_forwarding", "tn_route")
# The options of a trunk that name its trunk group.
_GROUP_KEYS = ("trunk_group_name", "sip_trunk_group_id")
DELETES = (
    "The document has %s with state: absent, and this role deletes nothing: take them out, or apply the document with "
    "alianza.sip_trunking.converge"
)


def refuse_deletes(document: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Raise InvalidInput if a document deletes something.

    Args:
        document: {option of alianza_account_trunks: its entries}.
    """
    gone = [
        PARTS[option].noun + "s"
        for option, entries in document.items()
        if any(entry.get("state") == "absent" for entry in entries)
    ]
    if gone:
        raise InvalidInput(DELETES % " and ".join(gone))


def onboarding(
    document: Sequence[Mapping[str, Any]],
    plan: Mapping[str, Any],
    reroute: bool = True,
    trunk_groups: Any = None,
    caller_ids: Any = None,
) -> dict[str, Any]:
    """Return what the modules are given for each trunk and each trunk group of a document.

    Args:
        document: the trunks, as alianza_account_trunks takes them; a key without a value counts as left out.
        plan: the result of alianza_account_trunks in check mode.
        reroute: whether numbers may be taken from other destinations.
        trunk_groups: the trunk groups; None or an empty text if the document has none.
        caller_ids: the caller IDs likewise.

    Returns:
        labels: for each trunk of the document in its order its name, or its id where it has none.
        group_labels: the same of each trunk group.
        trunk, forwarding, numbers: for each trunk the options of alianza_sip_trunk, alianza_trunk_forwarding and alianza_tn_route,
        empty if the plan has no step for it. They may hold secrets.
        group: for each trunk group the options of alianza_sip_trunk_group likewise.
        caller_ids: the caller IDs, for alianza_account_trunks; empty if the plan has no step for any.
        places: under the same four keys the places of the trunks or groups that the module has something to do for, to loop over
        them in place of secrets.
    """
    trunks, groups = _given(document), _given(trunk_groups or ())
    planned = _planned(trunks, plan)
    shared = _Groups(groups, plan)
    options: dict[str, Any] = {
        "trunk": [
            _trunk(trunk, shared)
            if _needed(trunk, planned["sip_trunk"]) or shared.left_to(trunk, planned["sip_trunk"])
            else {}
            for trunk in trunks
        ],
        "group": [shared.options(group) for group in groups],
        "forwarding": [_forwarding(trunk) if _needed(trunk, planned["trunk_forwarding"]) else {} for trunk in trunks],
        "numbers": [_numbers(trunk, reroute) if _needed(trunk, planned["tn_route"]) else {} for trunk in trunks],
    }
    places = {key: [place for place, each in enumerate(listed) if each] for key, listed in options.items()}
    shows = any(step["resource"] == CALLER_IDS.resource for step in plan["plan"])
    return dict(
        options,
        caller_ids=list(caller_ids or ()) if shows else [],
        labels=[_name(trunk) or str(trunk.get("trunk_id", "")) for trunk in trunks],
        group_labels=[str(group.get("name") or group.get("group_id", "")) for group in groups],
        places=places,
    )


def _given(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in entry.items() if value is not None} for entry in entries]


class _Groups:
    """The trunk groups of a document, and which trunks they are written with.

    A group may list its trunks, and a trunk may name its group. Where the document has the group, the plan puts the trunk into it, so
    that the trunk is not given a group which may not be there yet.

    Args:
        groups: the trunk groups.
        plan: the result of alianza_account_trunks in check mode.
    """

    def __init__(self, groups: Sequence[Mapping[str, Any]], plan: Mapping[str, Any]) -> None:
        self._steps = {str(step["name"]): step for step in plan["plan"] if step["resource"] == TRUNK_GROUPS.resource}
        self._by_name = {str(group["name"]): group for group in groups if group.get("name")}
        # Steps for groups that the document gives by their id alone: which of these is which, the plan does not say.
        self._unnamed = not set(self._steps) <= set(self._by_name)

    def options(self, group: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options of alianza_sip_trunk_group for a group, empty if there is nothing to do."""
        made = {key: value for key, value in group.items() if key != "state"}
        if not group.get("name"):
            return made if self._unnamed else {}
        step = self._steps.get(str(group["name"]))
        if step is None:
            return {}
        made.pop("trunks", None)
        changed = step["changes"].get("trunks")
        return dict(made, trunks=changed["after"] or []) if changed else made

    def has(self, trunk: Mapping[str, Any]) -> bool:
        """Whether the group that a trunk names is in the document under a name, so that it is written with its trunks."""
        named, group_id = trunk.get("trunk_group_name"), trunk.get("sip_trunk_group_id")
        return any(
            named and named == name or group_id and group_id == group.get("group_id")
            for name, group in self._by_name.items()
        )

    def left_to(self, trunk: Mapping[str, Any], planned: set[str] | None) -> bool:
        """Whether only the trunk itself can be put into its group, although the plan has a step for the group."""
        names_one = bool(trunk.get("trunk_group_name") or trunk.get("sip_trunk_group_id"))
        return planned is not None and self._unnamed and names_one and not self.has(trunk)


def _trunk(trunk: Mapping[str, Any], groups: _Groups) -> dict[str, Any]:
    dropped = ("telephone_numbers", "forwarding", "state", *(_GROUP_KEYS if groups.has(trunk) else ()))
    return {key: value for key, value in trunk.items() if key not in dropped}


def _forwarding(trunk: Mapping[str, Any]) -> dict[str, Any]:
    rules = {key: value for key, value in (trunk.get("forwarding") or {}).items() if value is not None}
    return dict(rules, **_identity(trunk)) if rules else {}


def _numbers(trunk: Mapping[str, Any], reroute: bool) -> dict[str, Any]:
    if "telephone_numbers" not in trunk:
        return {}
    return dict(_identity(trunk), telephone_numbers=trunk["telephone_numbers"], reroute=reroute)


def _identity(trunk: Mapping[str, Any]) -> dict[str, Any]:
    return {"trunk_id": trunk["trunk_id"]} if trunk.get("trunk_id") else {"trunk_name": _name(trunk)}


def _needed(trunk: Mapping[str, Any], planned: set[str] | None) -> bool:
    return planned is None or _name(trunk) in planned


def _planned(trunks: Sequence[Mapping[str, Any]], plan: Mapping[str, Any]) -> dict[str, set[str] | None]:
    """Return {resource: names of trunks that the plan has a step for}; None if these may be any.

    A plan may name a trunk that the document gives by its id alone. Then all are done: what is as it should be stays unchanged.
    """
    known = {_name(trunk) for trunk in trunks}
    steps = {
        resource: {str(step["name"]) for step in plan["plan"] if step["resource"] == resource}
        for resource in _OF_TRUNKS
    }
    return {resource: names if names <= known else None for resource, names in steps.items()}


def _name(trunk: Mapping[str, Any]) -> str:
    return str(trunk.get("name") or trunk.get("trunk_name") or "")


def onboarding_report(sip_trunks: Sequence[Mapping[str, Any]], document: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a table of the account's trunks and of those in the document that do not exist yet.

    Args:
        sip_trunks: the trunks, as alianza_sip_trunk_info returns them with their registration.
        document: the trunks of the document.
    """
    there = [str(trunk["name"]) for trunk in sip_trunks]
    rows: list[tuple[str, str, Any, Any]] = [
        (str(trunk["name"]), _status(trunk["registration"]), trunk["concurrent_calls"], len(trunk["telephone_numbers"]))
        for trunk in sip_trunks
    ]
    rows += [(name, "not there yet", "-", "-") for name in map(_name, document) if name and name not in there]
    if not rows:
        return ["The account has no trunks"]
    width = max(len(row[0]) for row in rows + [("Trunk", "", "", "")])
    return [
        "%-*s  %-14s  %10s  %7s" % (width, *row) for row in [("Trunk", "Registration", "Call paths", "Numbers"), *rows]
    ]


def _status(registration: Mapping[str, Any]) -> str:
    if registration["locked_out"]:
        return "locked out"
    return "registered" if registration["registered"] else "not registered"
