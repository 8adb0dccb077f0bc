# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Taking trunks out of an account: the document that does it, the one that brings everything back, and the words. Pure.

Both are documents of alianza_account_trunks, whose planner has all the rules. What is added here is which trunks are removed, and
which rules of trunks and trunk groups that stay send calls to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._account.export import comes_back_as
from ...module_utils._resource.trunks import Trunks
from .._base.choice import choose_trunks
from .hidden import hidden_fault
from .offboarded_groups import groups_that_go, groups_that_stay, memberships
from .rule_targets import alive, by_name, without

_VARIABLES = " (sip_trunk_offboarding_trunks, or sip_trunk_offboarding_whole_account: true)"


@dataclass(frozen=True)
class _Trunk:
    """A trunk of the account.

    Attributes:
        trunk_id: its id.
        name: its name.
        entry: its entry in the account's document, which may lack the one or the other.
    """

    trunk_id: str
    name: str
    entry: Mapping[str, Any]

    def identity(self) -> dict[str, Any]:
        """Return what an entry means it by as long as it is there."""
        return {key: self.entry[key] for key in ("trunk_id",) if key in self.entry} or {"name": self.name}


def plan(account: Mapping[str, Any], chosen: Any, whole_account: bool = False) -> dict[str, Any]:
    """Return what is to be done.

    Args:
        account: what alianza_account_trunks_info returns: account_id, trunks, identities, trunk_groups, and caller_ids if the whole
            account is removed.
        chosen: the trunks to remove, in every form of a selection.
        whole_account: remove all of them, and with them the trunk groups and the caller IDs.

    Returns:
        fault: why nothing can be done, or an empty text.
        missing: the chosen trunks that are not on the account.
        missing_note: a sentence that names them, or an empty text.
        trunks: the document that removes the others.
        trunk_groups, caller_ids: the other lists of that document.
        removed: the document that brings the trunks back.
        removed_trunk_groups: the trunk groups that stay, with the rules that they get back. Those that are deleted, and the caller IDs,
        are in the result of alianza_account_trunks.
        numbers: numbers and ranges that will be unrouted.
        file_name: name of the file for the document, with the format codes of strftime for the time.
        file_pattern: regular expression for the names of all such files of the account.
    """
    trunks = Trunks(
        _Trunk(str(each["trunk_id"]), str(each["name"]), entry)
        for each, entry in zip(account["identities"], account["trunks"])
    )
    choice = choose_trunks(chosen, account["identities"])
    stem = re.sub("[^A-Za-z0-9_-]", "_", str(account.get("account_id", "")))
    made: dict[str, Any] = {
        "fault": "",
        "missing": choice.missing,
        "missing_note": "",
        "trunks": [],
        "trunk_groups": [],
        "caller_ids": [],
        "removed": [],
        "removed_trunk_groups": [],
        "numbers": [],
        "file_name": stem + "-%Y%m%dT%H%M%SZ.yml",
        "file_pattern": "^%s-[0-9]{8}T[0-9]{6}Z[.]yml$" % re.escape(stem),
    }
    hidden = hidden_fault(account)
    if hidden:
        return dict(made, missing=[], fault=hidden)
    faults = _faults(choice.empty, whole_account) or choice.faults
    if faults:
        return dict(made, missing=[], fault="; ".join(faults) + _VARIABLES)
    if choice.missing:
        made["missing_note"] = (
            "Not on the account, so nothing to remove: %s. Check the names: before this run its trunks were %s"
            % (
                ", ".join(choice.missing),
                ", ".join(str(each["name"]) for each in account["identities"]) or "none",
            )
        )
    ids = {str(trunk["trunk_id"]) for trunk in choice.trunks}
    doomed = [trunk for trunk in trunks.all if whole_account or trunk.trunk_id in ids]
    going = {trunk.trunk_id: comes_back_as(trunk, trunks) for trunk in doomed}
    freed = [
        (trunk, without(trunk.entry.get("forwarding", {}), trunks, going))
        for trunk in trunks.all
        if trunk.trunk_id not in going
    ]
    stay = [(trunk, sections) for trunk, sections in freed if sections]
    made["numbers"] = [number for trunk in doomed for number in trunk.entry.get("telephone_numbers", ())]
    made["trunks"] = [dict(trunk.identity(), forwarding=sections) for trunk, sections in stay] + [
        dict(trunk.identity(), state="absent") for trunk in doomed
    ]
    groups = account.get("trunk_groups") or ()
    joined: dict[str, dict[str, str]] = {}
    if whole_account:
        made["trunk_groups"] = groups_that_go(groups)
        made["caller_ids"] = [
            {"caller_id": entry["caller_id"], "state": "absent"} for entry in account.get("caller_ids") or ()
        ]
    else:
        made["trunk_groups"], made["removed_trunk_groups"] = groups_that_stay(groups, trunks, going)
        joined = memberships(groups, trunks, going)
    made["removed"] = [dict(_whole(trunk, trunks, going), **joined.get(trunk.trunk_id, {})) for trunk in doomed] + [
        dict(
            trunk.identity(),
            forwarding=by_name({section: trunk.entry["forwarding"][section] for section in sections}, trunks, going),
        )
        for trunk, sections in stay
    ]
    return made


def refusal(planned: Mapping[str, Any]) -> str:
    """Return why the platform's plan was refused, in the words of the role; empty text if it was not.

    Args:
        planned: the result of alianza_account_trunks in check mode. Its guards can be overridden by the role's own variable.
    """
    if "failure" not in planned:
        return ""
    guards = planned.get("guards") or ()
    if planned["failure"]["kind"] != "guarded" or not guards:
        return str(planned["msg"])
    return "; ".join(
        "%s: %s, or set sip_trunk_offboarding_force: true" % (guard["msg"], guard["remedy"]) for guard in guards
    )


def remains(left: Mapping[str, Any], numbers: Sequence[Mapping[str, Any]]) -> str:
    """Return what was read back and is still to be done, as one sentence.

    Args:
        left: the result of alianza_account_trunks in check mode after the removal.
        numbers: the numbers that should be unrouted, as alianza_telephone_number_info returns them.
    """
    steps = [str(line) for line in left.get("summary", ())]
    routed = [str(each["telephone_number"]) for each in numbers if each.get("reference_type")]
    steps += ["unroute %s" % ", ".join(routed)] if routed else []
    return "The platform accepted the changes, but reading back still shows steps to do: %s" % "; ".join(steps)


def _faults(empty: bool, whole_account: bool) -> list[str]:
    """Return a list with what is wrong with the choice by itself."""
    if whole_account and not empty:
        return ["Some trunks and the whole account are both to be removed: give one of the two"]
    if empty and not whole_account:
        return ["No trunk is named: name the trunks to remove, or say that it is the whole account"]
    return []


def _whole(trunk: _Trunk, trunks: Any, going: Mapping[str, str]) -> dict[str, Any]:
    """Return the entry that makes a trunk again: its id is lost, so it and those that go with it are meant by their names."""
    entry = {key: value for key, value in trunk.entry.items() if key not in ("name", "trunk_id", "forwarding")}
    forwarding = by_name(alive(trunk.entry.get("forwarding", {}), trunks), trunks, going)
    return dict({"name": going[trunk.trunk_id]}, **entry, **({"forwarding": forwarding} if forwarding else {}))
