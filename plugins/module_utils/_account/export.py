# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""An account as a trunk document: what is there, in the words in which it can be asked for. Pure.

Readable first: what is not set is left out, numbers are written as ranges, trunks are meant by their names. Passwords are
not in it. What the options would not take back is left out too, with a warning, so that the document can always be applied.
"""

from __future__ import annotations

from .._common.errors import Ambiguous
from .._common.numbers import fold, parse_number
from .._resource.forwarding import LISTS, Rules
from .._resource.references import FORWARD_TYPES, SIP_TRUNK, Reference, named, parse
from .._resource.sip_trunk import FIELDS


def document_of(state):
    """Return (document, warnings): the account's trunks with their rules and numbers, sorted by name.

    Args:
        state: State with the trunks, the numbers and the rules of every trunk.
    """
    entries, warnings = [], []
    for trunk in _in_order(state):
        here = Reference(SIP_TRUNK, trunk.trunk_id)
        numbers = [number for number, each in state.numbers.items() if each.reference == here]
        entry, left_out = entry_of(trunk, state.forwards.get(trunk.trunk_id) or Rules(), numbers, state.trunks)
        entries.append(entry)
        warnings.extend(left_out)
    return entries, warnings


def identities_of(state):
    """Return the name and the id of each trunk, in the order of the document."""
    return [{"trunk_id": trunk.trunk_id, "name": trunk.name} for trunk in _in_order(state)]


def _in_order(state):
    return sorted(state.trunks.all, key=lambda trunk: (trunk.name, trunk.trunk_id))


def comes_back_as(trunk, trunks):
    """Return the name under which a trunk that is deleted is made again: its id is lost, and a name that others have means them.

    Args:
        trunk: whatever has a name and a trunk_id.
        trunks: the account's Trunks, before it is deleted.
    """
    return trunk.name if _alone(trunk, trunks) else "%s (%s)" % (trunk.name, trunk.trunk_id)


def entry_of(trunk, rules, numbers, trunks, going=None):
    """Return (entry, warnings): one trunk as the document holds it.

    Args:
        trunk: the Trunk.
        rules: its Rules.
        numbers: the numbers that ring at it.
        trunks: the account's Trunks, to say names instead of ids.
        going: {trunk id: the name under which it comes back} of the trunks that are deleted, which no id means afterwards.
    """
    going = going or {}
    values = dict(trunk.values, name=going.get(trunk.trunk_id, trunk.name))
    entry = identity(trunk, trunks) if trunk.trunk_id not in going else {}
    entry.pop("name", None)
    left_out = []
    for each in FIELDS:
        value = values[each.option]
        if each.secret or value == each.empty or each.option == "name" and "trunk_id" in entry:
            continue
        try:
            each.parse(each.shown(value))
        except ValueError as error:
            left_out.append("%s %s" % (each.option, error))
        else:
            entry[each.option] = each.shown(value)
    strange = [number for number in numbers if not _is_number(number)]
    if strange:
        left_out.append("telephone_numbers holds %s, which are not 11 digits" % ", ".join(sorted(strange)))
    if set(numbers).difference(strange):
        entry["telephone_numbers"] = fold(set(numbers).difference(strange))
    if going:
        rules = _alive(rules, trunks, left_out)
    sections = _sections(rules, lambda target: _by_name(target, trunks, going), left_out)
    if sections:
        entry["forwarding"] = sections
    return entry, [
        "Left out of trunk '%s', since it cannot be given as an option: %s" % (trunk.name, reason)
        for reason in left_out
    ]


def identity(trunk, trunks):
    """Return what an entry means a trunk of the account by: its name, or its id where others have the name too."""
    return {"name": trunk.name} if _alone(trunk, trunks) else {"trunk_id": trunk.trunk_id}


def _sections(rules, by_name, left_out):
    """Return the sections of the rules that are set.

    Args:
        rules: the Rules.
        by_name: returns a Reference with the name that is to be shown in place of an id.
        left_out: list that is told of what cannot be given as an option.
    """
    sections = {}
    for option, value in rules.rendered(lambda target: by_name(target).shown()).items():
        targets = value if option in LISTS else [value] if value else []
        faults = [fault for target in targets for fault in [parse(target, FORWARD_TYPES, option)[1]] if fault]
        if faults:
            left_out.extend(faults)
        elif targets:
            sections[option] = value
    return sections


def _alive(rules, trunks, left_out):
    """Return the rules without trunks that are gone already: a rule may keep such a target, and nobody may set it."""

    def there(target):
        return target is None or target.reference_type != SIP_TRUNK or target.reference_id in trunks.by_id

    left_out.extend(
        "forwarding points at trunk %s, which is gone" % gone.reference_id
        for gone in rules.references()
        if not there(gone)
    )
    return Rules(
        rules.always if there(rules.always) else None,
        rules.enabled,
        {option: tuple(filter(there, targets)) for option, targets in rules.lists.items()},
    )


def _by_name(reference, trunks, going):
    """Return a reference to a trunk with its name where only this one has it, or will have it."""
    if reference.reference_type == SIP_TRUNK and reference.reference_id in going:
        return Reference(SIP_TRUNK, reference.reference_id, going[reference.reference_id])
    trunk = trunks.by_id.get(reference.reference_id) if reference.reference_type == SIP_TRUNK else None
    return named(reference, trunks) if trunk is not None and _alone(trunk, trunks) else reference


def _alone(trunk, trunks):
    """Whether no other trunk of the account has the name."""
    try:
        return trunks.named(trunk.name) is not None
    except Ambiguous:
        return False


def _is_number(number):
    try:
        return parse_number(number) == number
    except ValueError:
        return False
