# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Taking trunks out of an account: the document that does it, and the one that brings everything back. Pure.

Both are documents of alianza_account_trunks, whose planner has all the rules. What is added here is which trunks go, and
which rules of trunks that stay send calls to them.
"""

from __future__ import annotations

from ._choice import chosen_names

_LISTS = ("forward_on_failure", "forward_on_capacity_exceeded")


def plan(document, chosen, whole_account=False):
    """Return what is to be done, as a mapping.

    Args:
        document: the account's trunks, as alianza_account_trunks_info returns them.
        chosen: the trunks that are to go; a trunk whose name others have too by its id.
        whole_account: all of them.

    Returns:
        fault: why nothing can be done, or an empty text.
        missing: the chosen trunks that are not on the account.
        trunks: the document that takes the others away.
        removed: the document that brings them back.
        numbers: numbers and ranges that will ring nowhere.
    """
    made = {"fault": "", "missing": [], "trunks": [], "removed": [], "numbers": []}
    try:
        wanted = chosen_names(chosen)
    except ValueError as error:
        return dict(made, fault="The choice %s" % error)
    made["fault"] = _fault(wanted, whole_account)
    if made["fault"]:
        return made
    doomed = [entry for entry in document if whole_account or _key(entry) in wanted]
    keys = {_key(entry) for entry in doomed}
    made["missing"] = [name for name in wanted if name not in keys]
    made["numbers"] = [number for entry in doomed for number in entry.get("telephone_numbers", ())]
    freed = [(entry, _without(entry.get("forwarding", {}), keys)) for entry in document if _key(entry) not in keys]
    stay = [(entry, sections) for entry, sections in freed if sections]
    made["trunks"] = [dict(_identity(entry), forwarding=sections) for entry, sections in stay] + [
        dict(_identity(entry), state="absent") for entry in doomed]
    made["removed"] = doomed + [
        dict(_identity(entry), forwarding={section: entry["forwarding"][section] for section in sections}) for entry, sections in stay]
    return made


def _fault(wanted, whole_account):
    if wanted and whole_account:
        return "Some trunks and the whole account are both to be taken out: give one of the two"
    if not wanted and not whole_account:
        return "No trunk is named: name the trunks that are to be taken out, or say that it is the whole account"
    return ""


def _key(entry):
    """Return what a trunk is meant by: its name, or its id where others have the name too."""
    return str(entry["trunk_id"] if "trunk_id" in entry else entry["name"])


def _identity(entry):
    return {key: entry[key] for key in ("trunk_id",) if key in entry} or {"name": entry["name"]}


def _without(forwarding, keys):
    """Return the sections that send calls to one of the trunks, without these targets."""
    def stays(target):
        return target.get("reference_type") != "SIP_TRUNK" or str(target.get("trunk_name", target.get("reference_id"))) not in keys

    sections = {} if stays(forwarding.get("forward_always", {})) else {"forward_always": {}}
    for section in _LISTS:
        targets = forwarding.get(section, [])
        if not all(map(stays, targets)):
            sections[section] = [target for target in targets if stays(target)]
    return sections
