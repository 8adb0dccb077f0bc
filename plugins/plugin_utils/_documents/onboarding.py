# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A trunk document as the options of the modules that carry it out one trunk at a time. Pure.

No option of a trunk is named here but those that belong to another module, so that an option reaches its module whatever its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._common.errors import InvalidInput

RESOURCES = ("sip_trunk", "trunk_forwarding", "tn_route")
DELETES = (
    "The document has trunks with state: absent, and this role deletes nothing: take them out, or apply the document with "
    "alianza.sip_trunking.converge"
)


def refuse_deletes(document: Sequence[Mapping[str, Any]]) -> None:
    """Raise InvalidInput if a document deletes trunks.

    Args:
        document: the trunks, as alianza_account_trunks takes them.
    """
    if any(trunk.get("state") == "absent" for trunk in document):
        raise InvalidInput(DELETES)


def onboarding(document: Sequence[Mapping[str, Any]], plan: Mapping[str, Any], reroute: bool = True) -> dict[str, Any]:
    """Return what the modules are given for each trunk of a document.

    Args:
        document: the trunks, as alianza_account_trunks takes them; a key without a value counts as left out.
        plan: the result of alianza_account_trunks in check mode.
        reroute: whether numbers may be taken from other destinations.

    Returns:
        labels: for each trunk of the document in its order its name, or its id where it has none.
        trunk, forwarding, numbers: for each trunk the options of alianza_sip_trunk, alianza_trunk_forwarding and alianza_tn_route,
        empty if the plan has no step for it. They may hold secrets.
        places: under the same three keys the places of the trunks that the module has something to do for, to loop over them
        in place of secrets.
    """
    trunks = [{key: value for key, value in trunk.items() if value is not None} for trunk in document]
    planned = _planned(trunks, plan)
    options: dict[str, Any] = {
        key: [build(trunk) if _needed(trunk, planned[resource]) else {} for trunk in trunks]
        for resource, key, build in (
            ("sip_trunk", "trunk", _trunk),
            ("trunk_forwarding", "forwarding", _forwarding),
            ("tn_route", "numbers", lambda trunk: _numbers(trunk, reroute)),
        )
    }
    places = {key: [place for place, each in enumerate(listed) if each] for key, listed in options.items()}
    labels = [_name(trunk) or str(trunk.get("trunk_id", "")) for trunk in trunks]
    return dict(options, labels=labels, places=places)


def _trunk(trunk: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in trunk.items() if key not in ("telephone_numbers", "forwarding", "state")}


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
        resource: {str(step["name"]) for step in plan["plan"] if step["resource"] == resource} for resource in RESOURCES
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
