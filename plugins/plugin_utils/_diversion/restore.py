# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Putting calls back: exactly what the snapshot says, unless somebody changed the rules in between. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...module_utils._resource.forwarding import SECTIONS
from .diversion import (
    ALWAYS,
    CHANGED,
    FORCE,
    ORIGINAL,
    TWICE,
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
from .snapshot import read, write

_CLOSED = [
    "What was put back after a diversion, for the record. Nothing is diverted because of this file, and it may be deleted.",
]


def plan(listed, selection, snapshot, closed, circumstances):
    """Return what is to be done, as a mapping.

    Args:
        listed: the account's trunks, as alianza_sip_trunk_info returns them with their forwarding rules.
        selection: the trunks whose calls are to be put back: one name, a name a line, a list of names or ids; nothing for all in the snapshot.
        snapshot: the file of the open snapshot, as ansible.builtin.slurp returns it; without content where there is none.
        closed: the same of the record that belongs to it, without an open one of the latest record.
        circumstances: mapping for :class:`Circumstances`.

    Returns:
        fault: why nothing can be done, with everything that stands against it, or an empty text.
        trunks: the document that puts the calls back; empty where nothing has to be written.
        record, record_path: what is kept of it afterwards and where; empty where there is nothing to keep.
        snapshot: what stays in the open snapshot; an empty text where it is to be removed, once there is a record.
        report: lines for people.
    """
    circumstances = Circumstances.of(circumstances)
    account, faults = account_of(listed), []
    kept = open_snapshot(snapshot, circumstances, faults)
    names = _names(selection, faults)
    entries, lines, document, done = [], [], [], []
    if not faults:
        entries, lines = _meant(names, kept, _record(closed, circumstances), account, circumstances, faults)
    for entry in entries:
        _put_back(entry, account, circumstances, document, lines, faults, done)
    work = {"fault": told(faults), "trunks": [], "record": "", "record_path": "", "snapshot": "", "report": []}
    if faults:
        return work
    if kept is None or names and not entries:
        return dict(work, report=lines or _nothing(account, circumstances))
    return dict(work, trunks=document, **_files(kept, closed, done, account, circumstances, lines), report=lines)


def _names(selection, faults):
    try:
        return selected(selection)
    except ValueError as error:
        faults.append(str(error))
        return []


def _record(closed, circumstances):
    """Return the Snapshot that the record holds, None where it cannot be read: calls are not left diverted because of a record."""
    try:
        return read(closed, circumstances.account_id)
    except ValueError:
        return None


def _meant(names, kept, record, account, circumstances, faults):
    """Return (entries of the snapshot, lines on trunks that were put back before)."""
    if not names:
        return list(kept.entries) if kept else [], []
    found, lines = {}, []
    for name in names:
        entries = [entry for entry in (kept.entries if kept else ()) if name in _known_as(entry, account)]
        if len(entries) > 1:
            faults.append(
                "'%s' is several trunks of the snapshot, since names have changed: give the id, one of %s"
                % (name, some(["%s (then '%s')" % (entry.trunk_id, entry.name) for entry in entries]))
            )
        elif entries:
            found[entries[0].trunk_id] = entries[0]
        elif _back_already(name, record, account):
            lines.append("%s: as it was before it was diverted; it was put back before" % name)
        else:
            faults.append(_unknown(name, kept, account, circumstances))
    return list(found.values()), lines


def _known_as(entry, account):
    """Return what a trunk of the snapshot may be called: its id, its name then, its name now."""
    trunk = account.by_id.get(entry.trunk_id)
    return {entry.trunk_id, entry.name} | ({trunk.name} if trunk else set())


def _back_already(name, record, account):
    """Whether a trunk was put back by a run before, and is as it was then: a repeated run finds nothing to do."""
    entries = [entry for entry in (record.entries if record else ()) if name in _known_as(entry, account)]
    trunk = account.by_id.get(entries[-1].trunk_id) if entries else None
    return trunk is not None and trunk.rules == entries[-1].rules


def _unknown(name, kept, account, circumstances):
    if kept is None:
        fault = "There is no open snapshot (%s), so nothing says what was there before trunk '%s' was diverted" % (
            circumstances.path(),
            name,
        )
    else:
        fault = "Trunk '%s' is not in the snapshot %s, which has %s" % (
            name,
            circumstances.path(),
            some(["'%s'" % entry.name for entry in kept.entries]) or "none",
        )
    now = [trunk.target() for trunk in account.all if name in (trunk.name, trunk.trunk_id) and trunk.target()]
    if now:
        return "%s; all its calls go to %s now: was it diverted by hand, or from another machine?" % (
            fault,
            in_words(now[0], account),
        )
    return fault + ": check the name"


def _put_back(entry, account, circumstances, document, lines, faults, done):
    """Plan one trunk of the snapshot."""
    trunk = account.by_id.get(entry.trunk_id)
    if trunk is None:
        fault = "Trunk '%s' (%s) is gone, so nothing can be put back" % (entry.name, entry.trunk_id)
        if circumstances.force:
            lines.append("Note: %s; it is left out" % fault)
            done.append(replace(entry, ended={"gone": circumstances.now}))
        else:
            faults.append("%s: with %s it is left out" % (fault, FORCE))
        return
    done.append(replace(entry, ended={"put_back": circumstances.now}))
    now = situation(entry, trunk.rules)
    before = goes_to(entry.rules, account)
    if now == ORIGINAL:
        lines.append("%s: as it was before it was diverted, its calls go to %s" % (trunk.name, before))
        return
    if now == CHANGED:
        words = "Somebody changed trunk '%s' since it was diverted: %s" % (
            trunk.name,
            changes(entry, trunk.rules, account),
        )
        if not circumstances.force:
            faults.append("%s. With %s what was there before the diversion is put back all the same" % (words, FORCE))
            return
        lines.append("Note: %s" % words)
    sections = _sections(entry, trunk, account, circumstances, lines, faults)
    if not sections.get(ALWAYS, entry.rules.enabled):
        before = "its PBX"
    document.append({"trunk_id": trunk.trunk_id, "forwarding": sections})
    lines.append(
        "%s: calls %s to %s again; they went to %s"
        % (trunk.name, "would go" if circumstances.check else "go", before, goes_to(trunk.rules, account))
    )


def _sections(entry, trunk, account, circumstances, lines, faults):
    """Return the three sections as the snapshot has them, targets by their ids."""
    sections = {}
    for section in SECTIONS:
        wanted, in_place = targets(entry.rules, section), targets(trunk.rules, section)
        bad = objections(section, wanted, in_place, trunk.trunk_id, account)
        same = wanted == in_place and (section != ALWAYS or entry.rules.enabled == trunk.rules.enabled)
        if bad and same:
            # It is there, and it stays: the whole of a trunk's rules is one write.
            continue
        for reference, why in bad.items():
            words = "%s of trunk '%s' cannot be put back whole, its target %s %s" % (
                section,
                trunk.name,
                reference.described(),
                why,
            )
            if circumstances.force:
                lines.append("Note: %s; it is left out" % words)
            else:
                faults.append("%s: with %s it is left out" % (words, FORCE))
        told_of = [given(reference) for reference in dict.fromkeys(wanted) if bad.get(reference) in (None, TWICE)]
        if section == ALWAYS:
            sections[section] = dict(told_of[0], enabled=entry.rules.enabled) if told_of else {}
        else:
            sections[section] = told_of
    return sections


def _files(kept, closed, done, account, circumstances, lines):
    """Return what becomes of the files: the record, and what stays in the open snapshot."""
    before = _record(closed, circumstances)
    # A record that cannot be read stays as it is.
    path = circumstances.path(
        kept.opened if before or not (closed or {}).get("content") else "%s then %s" % (kept.opened, circumstances.now)
    )
    known = before.entries if before else []
    # A run that was killed in between has noted some of them already.
    new = [entry for entry in done if all(replace(entry, ended={}) != replace(old, ended={}) for old in known)]
    ids = {entry.trunk_id for entry in done}
    rest = replace(kept, entries=[entry for entry in kept.entries if entry.trunk_id not in ids])
    if rest.entries:
        lines.append(
            "Still diverted: %s; what was there before stays in %s"
            % (some([_name(entry, account) for entry in rest.entries]), circumstances.path())
        )
    lines.append(
        "%s kept as %s"
        % (
            ("The record would be" if circumstances.check else "The record is")
            if rest.entries
            else ("The snapshot would be closed, and" if circumstances.check else "The snapshot is closed, and"),
            path,
        )
    )
    return {
        "record": write(replace(kept, entries=known + new), _CLOSED),
        "record_path": path,
        "snapshot": write(rest, comment(circumstances)) if rest.entries else "",
    }


def _name(entry, account):
    return account.by_id[entry.trunk_id].name if entry.trunk_id in account.by_id else entry.name


def _nothing(account, circumstances):
    """Return the lines for an account without an open snapshot: calls may go elsewhere all the same."""
    return ["Nothing to put back: there is no open snapshot (%s)" % circumstances.path()] + [
        "Note: all calls of %s go to %s, and no snapshot here says what was there before"
        % (trunk.name, in_words(trunk.target(), account))
        for trunk in account.all
        if trunk.target() is not None
    ]
