# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Taking trunks out of an account: the document that does it, and the one that brings everything back. Pure.

Both are documents of alianza_account_trunks, whose planner has all the rules. What is added here is which trunks go, and
which rules of trunks that stay send calls to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...module_utils._account.export import comes_back_as
from ...module_utils._common.errors import Ambiguous
from ...module_utils._resource.trunks import Trunks
from .._base.choice import chosen_names

_ALWAYS, _LISTS = "forward_always", ("forward_on_failure", "forward_on_capacity_exceeded")


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
    entry: dict

    def identity(self):
        """Return what an entry means it by as long as it is there."""
        return {key: self.entry[key] for key in ("trunk_id",) if key in self.entry} or {"name": self.name}


def plan(account, chosen, whole_account=False):
    """Return what is to be done, as a mapping.

    Args:
        account: the account's trunks, as alianza_account_trunks_info returns them: trunks and identities.
        chosen: the trunks that are to go, by names and ids; a name comes first.
        whole_account: all of them.

    Returns:
        fault: why nothing can be done, or an empty text.
        missing: the chosen trunks that are not on the account.
        trunks: the document that takes the others away.
        removed: the document that brings them back.
        numbers: numbers and ranges that will ring nowhere.
    """
    made = {"fault": "", "missing": [], "trunks": [], "removed": [], "numbers": []}
    trunks = Trunks(
        _Trunk(str(each["trunk_id"]), str(each["name"]), entry)
        for each, entry in zip(account["identities"], account["trunks"])
    )
    try:
        wanted = chosen_names(chosen)
    except ValueError as error:
        return dict(made, fault="The choice %s" % error)
    faults = _faults(wanted, whole_account)
    found = {name: _found(name, trunks, faults) for name in wanted}
    if faults:
        return dict(made, fault="; ".join(faults))
    ids = {trunk.trunk_id for trunk in found.values() if trunk}
    doomed = [trunk for trunk in trunks.all if whole_account or trunk.trunk_id in ids]
    going = {trunk.trunk_id: comes_back_as(trunk, trunks) for trunk in doomed}
    freed = [
        (trunk, _without(trunk.entry.get("forwarding", {}), trunks, going))
        for trunk in trunks.all
        if trunk.trunk_id not in going
    ]
    stay = [(trunk, sections) for trunk, sections in freed if sections]
    made["missing"] = [name for name, trunk in found.items() if trunk is None]
    made["numbers"] = [number for trunk in doomed for number in trunk.entry.get("telephone_numbers", ())]
    made["trunks"] = [dict(trunk.identity(), forwarding=sections) for trunk, sections in stay] + [
        dict(trunk.identity(), state="absent") for trunk in doomed
    ]
    made["removed"] = [_whole(trunk, trunks, going) for trunk in doomed] + [
        dict(
            trunk.identity(),
            forwarding=_by_name({section: trunk.entry["forwarding"][section] for section in sections}, trunks, going),
        )
        for trunk, sections in stay
    ]
    return made


def _faults(wanted, whole_account):
    """Return a list with what is wrong with the choice by itself."""
    if wanted and whole_account:
        return ["Some trunks and the whole account are both to be taken out: give one of the two"]
    if not wanted and not whole_account:
        return ["No trunk is named: name the trunks that are to be taken out, or say that it is the whole account"]
    return []


def _found(name, trunks, faults):
    """Return the trunk that a name or an id means, None where there is none."""
    try:
        return trunks.named(name) or trunks.by_id.get(name)
    except Ambiguous as error:
        faults.append(error.msg)
        return None


def _whole(trunk, trunks, going):
    """Return the entry that makes a trunk again: its id is lost, so it and those that go with it are meant by their names."""
    entry = {key: value for key, value in trunk.entry.items() if key not in ("name", "trunk_id", "forwarding")}
    forwarding = _by_name(_alive(trunk.entry.get("forwarding", {}), trunks), trunks, going)
    return dict({"name": going[trunk.trunk_id]}, **entry, **({"forwarding": forwarding} if forwarding else {}))


def _aim(target, trunks):
    """Return the id of the trunk that a target is, None where it is none."""
    if target.get("reference_type") != "SIP_TRUNK":
        return None
    return trunks.named(target["trunk_name"]).trunk_id if "trunk_name" in target else str(target.get("reference_id"))


def _alive(sections, trunks):
    """Return the sections without trunks that are gone already: a rule may keep such a target, and nobody may set it."""

    def there(target):
        aim = _aim(target, trunks)
        return aim is None or aim in trunks.by_id

    kept = {
        section: list(filter(there, value)) if section in _LISTS else value if there(value) else {}
        for section, value in sections.items()
    }
    return {section: value for section, value in kept.items() if value}


def _by_name(sections, trunks, going):
    """Return the sections with every target that goes by the name under which it comes back."""

    def named(target):
        name = going.get(_aim(target, trunks))
        return (
            target
            if name is None
            else dict({key: value for key, value in target.items() if key != "reference_id"}, trunk_name=name)
        )

    return {
        section: [named(target) for target in value] if section in _LISTS else named(value)
        for section, value in sections.items()
    }


def _without(forwarding, trunks, going):
    """Return the sections that send calls to one of the trunks, without these targets."""

    def stays(target):
        return _aim(target, trunks) not in going

    sections = {} if stays(forwarding.get(_ALWAYS, {})) else {_ALWAYS: {}}
    for section in _LISTS:
        targets = forwarding.get(section, [])
        if not all(map(stays, targets)):
            sections[section] = [target for target in targets if stays(target)]
    return sections
