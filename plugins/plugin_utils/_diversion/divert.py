# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Diverting all calls of trunks: what stands against it, what is to be kept before, what is to be written. Pure."""

from __future__ import annotations

from dataclasses import replace

import yaml

from ...module_utils._common.errors import AlianzaError
from ...module_utils._resource.references import FORWARD_TYPES, SIP_TRUNK, TELEPHONE, parse, resolve
from .._base.plain import plain
from .diversion import (
    ALWAYS,
    CHANGED,
    FORCE,
    Circumstances,
    account_of,
    changes,
    comment,
    given,
    goes_to,
    in_words,
    objections,
    open_snapshot,
    selected,
    situation,
    some,
    targets,
    told,
)
from .snapshot import Entry, Snapshot, write

_TARGET = "trunk_diversion_target"


def plan(listed, selection, target, snapshot, circumstances):
    """Return what is to be done, as a mapping.

    Args:
        listed: the account's trunks, as alianza_sip_trunk_info returns them with their forwarding rules.
        selection: the trunks whose calls are to be diverted: one name, a name a line, a list of names or ids; nothing for all.
        target: where to: a telephone number, or a mapping as in forward_always.
        snapshot: the file of the open snapshot, as ansible.builtin.slurp returns it; without content where there is none.
        circumstances: mapping for :class:`Circumstances`.

    Returns:
        fault: why nothing can be done, with everything that stands against it, or an empty text.
        trunks: the document that diverts the calls.
        snapshot: what has to be in the file before; an empty text where it stays as it is.
        report: lines for people.
    """
    circumstances = Circumstances.of(circumstances)
    account, faults = account_of(listed), []
    kept = open_snapshot(snapshot, circumstances, faults)
    chosen = _chosen(selection, account, faults)
    reference = _target(plain(target), account, faults)
    if reference is not None:
        faults.extend(_against_target(reference, chosen, account))
    notes = []
    for trunk in chosen:
        for words in _against_trunk(trunk, kept and kept.of(trunk.trunk_id), account):
            if circumstances.force:
                notes.append("Note: " + words)
            else:
                faults.append(
                    "%s. With %s it is diverted all the same, and what is put back stays what was there before"
                    % (words, FORCE)
                )
    if faults:
        return {"fault": told(faults), "trunks": [], "snapshot": "", "report": []}
    after = _with(kept, chosen, reference, circumstances)
    return {
        "fault": "",
        "trunks": [
            {"trunk_id": trunk.trunk_id, "forwarding": {ALWAYS: dict(given(reference), enabled=True)}}
            for trunk in chosen
        ],
        "snapshot": "" if after == kept else write(after, comment(circumstances)),
        "report": _report(chosen, reference, after, account, circumstances) + notes,
    }


def _chosen(selection, account, faults):
    """Return the trunks that are meant."""
    try:
        names = selected(selection)
    except ValueError as error:
        faults.append(str(error))
        return []
    if not names:
        if not account.all:
            faults.append("The account has no trunks, so there are no calls to divert: check the account")
        return sorted(account.all, key=lambda trunk: (trunk.name, trunk.trunk_id))
    found = {}
    for name in names:
        try:
            # A name comes first, whatever ids there are.
            trunk = account.named(name) or account.by_id.get(name)
        except AlianzaError as error:
            faults.append(error.msg)
            continue
        if trunk is None:
            faults.append(account.missing(name=name))
        else:
            found[trunk.trunk_id] = trunk
    return list(found.values())


def _target(target, account, faults):
    """Return the Reference that is meant, None where it is none."""
    if isinstance(target, str) and target.lstrip().startswith("{"):
        # A mapping from a survey or the command line is a text in some releases of Ansible.
        try:
            target = yaml.safe_load(target)
        except yaml.YAMLError:
            pass
    if target is None or target == "" or target == {}:
        faults.append(
            "%s is missing: give a telephone number, or {trunk_name: ...}, or {reference_type: ..., reference_id: ...}"
            % _TARGET
        )
        return None
    if isinstance(target, dict):
        unknown = sorted(set(map(str, target)) - {"reference_type", "reference_id", "trunk_name"})
        if unknown:
            faults.append("%s has %s: give reference_type and reference_id, or trunk_name" % (_TARGET, some(unknown)))
            return None
        asked = {key: None if value is None else str(value) for key, value in target.items()}
    else:
        asked = {"reference_type": TELEPHONE, "reference_id": str(target).strip()}
    reference, fault = parse(asked, FORWARD_TYPES, _TARGET)
    if fault:
        if not isinstance(target, dict) and any(trunk.name == asked["reference_id"] for trunk in account.all):
            fault += "; for the trunk of that name give {trunk_name: %s}" % asked["reference_id"]
        faults.append(fault)
        return None
    try:
        return resolve(reference, account, [])
    except AlianzaError as error:
        faults.append(error.about(_TARGET).msg)
        return None


def _against_target(reference, chosen, account):
    """Yield why calls would not arrive at the target, or would come back."""
    ids = {trunk.trunk_id for trunk in chosen}
    for trunk in account.all:
        if reference.reference_type == SIP_TRUNK and reference.reference_id == trunk.trunk_id:
            subject = "%s is trunk '%s', which" % (_TARGET, trunk.name)
        elif reference.reference_type == TELEPHONE and reference.reference_id in trunk.numbers:
            subject = "%s %s rings at trunk '%s', which" % (_TARGET, reference.reference_id, trunk.name)
        else:
            continue
        if trunk.trunk_id in ids:
            others = [each.name for each in chosen if each is not trunk]
            yield "%s is to be diverted itself: give another target%s" % (
                subject,
                ", or name the trunks to divert without it: %s" % some(["'%s'" % name for name in others])
                if others
                else "",
            )
        elif trunk.target() is not None:
            yield "%s is diverted too, all its calls go to %s: give another target" % (
                subject,
                in_words(trunk.target(), account),
            )


def _against_trunk(trunk, entry, account):
    """Yield what only force goes over: a trunk that somebody changed, or that cannot be put back."""
    if entry is not None:
        if situation(entry, trunk.rules) == CHANGED:
            yield "Somebody changed trunk '%s' since it was diverted: %s" % (
                trunk.name,
                changes(entry, trunk.rules, account),
            )
        return
    for reference, why in objections(ALWAYS, targets(trunk.rules, ALWAYS), (), trunk.trunk_id, account).items():
        yield "forward_always of trunk '%s' cannot be put back, its target %s %s" % (
            trunk.name,
            reference.described(),
            why,
        )


def _with(kept, chosen, reference, circumstances):
    """Return the Snapshot with the trunks added; what it says of those that are in it stays."""
    entries = list(kept.entries) if kept else []
    for trunk in chosen:
        entry = kept.of(trunk.trunk_id) if kept else None
        if entry is None:
            entries.append(Entry(trunk.trunk_id, trunk.name, trunk.rules, [reference]))
        elif entry.diverted_to[-1:] != [reference]:
            diverted_to = [each for each in entry.diverted_to if each != reference] + [reference]
            entries[entries.index(entry)] = replace(entry, diverted_to=diverted_to)
    if kept:
        return replace(kept, entries=entries)
    return Snapshot(circumstances.account_id, circumstances.host, circumstances.now, entries)


def _report(chosen, reference, after, account, circumstances):
    """Return a line for each trunk, and how to get back."""
    where, lines = in_words(reference, account), []
    for trunk in chosen:
        before = goes_to(after.of(trunk.trunk_id).rules, account)
        if trunk.target() == reference:
            lines.append("%s: all calls go to %s already; before, to %s" % (trunk.name, where, before))
        else:
            lines.append(
                "%s: all calls %s to %s; before, to %s"
                % (trunk.name, "would go" if circumstances.check else "go", where, before)
            )
    ids = {trunk.trunk_id for trunk in chosen}
    for trunk in account.all:
        follows = trunk.target()
        if (
            trunk.trunk_id not in ids
            and follows is not None
            and follows.reference_type == SIP_TRUNK
            and follows.reference_id in ids
        ):
            lines.append(
                "Note: %s sends all its calls to %s, which sends them on now" % (trunk.name, in_words(follows, account))
            )
    lines.append(
        "What was there before %s kept in %s" % ("would be" if circumstances.check else "is", circumstances.path())
    )
    others = [entry.name for entry in after.entries if entry.trunk_id not in ids]
    lines.append(
        "To put it back%s: %s"
        % (
            ", with %s, which %s diverted before" % (some(others), "were" if len(others) > 1 else "was")
            if others
            else "",
            circumstances.command(),
        )
    )
    return lines
