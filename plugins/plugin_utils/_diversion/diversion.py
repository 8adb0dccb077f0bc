# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What diverting calls and putting them back have in common: the account, which trunks are meant, and whether a trunk is as the
snapshot says. Pure.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from ...module_utils._common.errors import InvalidInput
from ...module_utils._resource.forwarding import LISTS
from ...module_utils._resource.references import BUSY, FORWARD_TYPES, SIP_TRUNK, TELEPHONE, named, parse
from ...module_utils._resource.trunks import Trunks
from .._base.choice import chosen_names
from .._base.plain import plain
from .snapshot import file_name, read, rules_of

ALWAYS = "forward_always"
FORCE = "trunk_diversion_force: true"
# How a trunk is, compared with its entry in the snapshot.
ORIGINAL, DIVERTED, CHANGED = "original", "diverted", "changed"
# The one objection to a target that is met by writing it once.
TWICE = "is in it twice"


@dataclass(frozen=True)
class Trunk:
    """A trunk of the account, as it is now.

    Attributes:
        trunk_id: its id.
        name: its name.
        rules: its Rules.
        numbers: the telephone numbers that ring at it.
    """

    trunk_id: str
    name: str
    rules: object
    numbers: tuple

    def target(self):
        """Return where all its calls go by forward_always, None when it takes them itself."""
        return self.rules.always if self.rules.enabled else None


@dataclass(frozen=True)
class Circumstances:
    """What the functions of this room do not look for themselves.

    Attributes:
        account_id: the account.
        host: the inventory host that it is.
        directory: where snapshots are.
        now: the time, as text.
        force: go on where somebody changed the rules in between, or something cannot be put back.
        check: nothing will be written.
        sources: the inventory, as it was given to Ansible.
        home: the directory that is taken when none is given.
    """

    account_id: str
    host: str
    directory: str
    now: str
    force: bool
    check: bool
    sources: tuple
    home: str

    @classmethod
    def of(cls, mapping):
        """Return the Circumstances of a mapping, as Ansible hands it over: what looks like a number may have become one."""
        texts = {name: str(mapping[name]) for name in ("account_id", "host", "directory", "now", "home")}
        switches = {name: str(mapping[name]).lower() == "true" for name in ("force", "check")}
        return cls(sources=tuple(map(str, plain(mapping["sources"] or ()))), **plain(texts), **switches)

    def path(self, opened=None):
        """Return where the open snapshot is, or the record of one that was opened at some time."""
        return "%s/%s" % (self.directory.rstrip("/"), file_name(self.account_id, opened))

    def command(self):
        """Return the command that puts the calls of this account back."""
        words = ["ansible-playbook", "alianza.sip_trunking.restore"]
        for source in self.sources:
            words += ["-i", source]
        words += ["--limit", self.host]
        if self.directory != self.home:
            words += ["-e", "alianza_diversion_directory=%s" % shlex.quote(self.directory)]
        return " ".join(map(shlex.quote, words))


def account_of(listed):
    """Return the account's Trunks, each a :class:`Trunk`.

    Args:
        listed: what alianza_sip_trunk_info returns with the forwarding rules.
    """
    return Trunks(
        [
            Trunk(
                each["trunk_id"], each["name"], rules_of(each["forwarding"]), tuple(each.get("telephone_numbers") or ())
            )
            for each in plain(listed)
        ]
    )


def selected(selection):
    """Return a choice of trunks as a list of names and ids, an empty one for all.

    Raises:
        ValueError: it is no choice.
    """
    try:
        return chosen_names(selection)
    except ValueError as error:
        raise ValueError("trunk_diversion_trunks %s" % error) from None


def open_snapshot(slurped, circumstances, faults):
    """Return the Snapshot that is open, None where there is none or it cannot be read.

    Args:
        slurped: what ansible.builtin.slurp returned for the file.
        circumstances: the Circumstances.
        faults: list that is told what is wrong.
    """
    if not circumstances.directory.startswith("/"):
        faults.append(
            "trunk_diversion_directory is '%s': give a path that begins with / or ~, which is the same wherever the command runs"
            % (circumstances.directory)
        )
    try:
        return read(slurped, circumstances.account_id)
    except ValueError as error:
        faults.append(
            "The snapshot %s cannot be used, %s: mend it, or move it away if no call is diverted any more"
            % (circumstances.path(), error)
        )
        return None


def comment(circumstances):
    """Return the lines at the top of an open snapshot."""
    return [
        "All calls of these trunks were diverted. This file says what was there before, and nothing else does: keep it until",
        "the calls are put back with",
        "",
        "  " + circumstances.command(),
        "",
        "which closes it. Times are UTC; diverted_to has the latest target last.",
    ]


def situation(entry, rules):
    """Return whether a trunk's rules are ORIGINAL, DIVERTED or were CHANGED by somebody."""
    if rules == entry.rules:
        return ORIGINAL
    diverted = rules.enabled and rules.always in entry.diverted_to and rules.lists == entry.rules.lists
    return DIVERTED if diverted else CHANGED


def changes(entry, rules, trunks):
    """Return in words what somebody changed since a trunk was diverted."""
    words = []
    if (rules.always, rules.enabled) != (entry.rules.always, entry.rules.enabled) and not (
        rules.enabled and rules.always in entry.diverted_to
    ):
        words.append(
            "forward_always is %s, was %s, and the diversion set %s"
            % (
                always_in_words(rules, trunks),
                always_in_words(entry.rules, trunks),
                in_words(entry.diverted_to[-1], trunks),
            )
        )
    words.extend(
        "%s is %s, and was %s"
        % (option, list_in_words(rules.lists[option], trunks), list_in_words(entry.rules.lists[option], trunks))
        for option in LISTS
        if rules.lists[option] != entry.rules.lists[option]
    )
    return "; ".join(words)


def objections(section, wanted, in_place, trunk_id, trunks):
    """Return {reference: why it cannot be written} of the targets of a section.

    Args:
        section: its name.
        wanted: the references.
        in_place: the references that the section holds now; what it points at may be gone.
        trunk_id: whose section it is.
        trunks: the account's Trunks.
    """
    found = {}
    for reference in dict.fromkeys(wanted):
        a_trunk = reference.reference_type == SIP_TRUNK
        if parse(given(reference), FORWARD_TYPES, section)[1]:
            found[reference] = "is of a kind that cannot be written"
        elif a_trunk and reference.reference_id == trunk_id:
            found[reference] = "is the trunk itself"
        elif a_trunk and reference.reference_id not in trunks.by_id and reference not in in_place:
            found[reference] = "is gone"
        elif wanted.count(reference) > 1:
            found[reference] = TWICE
    return found


def targets(rules, section):
    """Return the references in one section of the rules, in their order."""
    if section == ALWAYS:
        return () if rules.always is None else (rules.always,)
    return rules.lists[section]


def given(reference):
    """Return a reference as an option, by its id: names may change."""
    told = {"reference_type": reference.reference_type, "reference_id": reference.reference_id}
    return {key: value for key, value in told.items() if value is not None}


def in_words(reference, trunks):
    """Return a destination in words, a trunk by the name that it has now."""
    reference = named(reference, trunks)
    if reference.reference_type == TELEPHONE:
        return reference.reference_id
    if reference.reference_type == BUSY:
        return "busy"
    if reference.reference_type == SIP_TRUNK and reference.reference_id not in trunks.by_id:
        return "trunk %s, which is gone" % (
            "'%s' (%s)" % (reference.trunk_name, reference.reference_id)
            if reference.trunk_name
            else reference.reference_id
        )
    return reference.described()


def always_in_words(rules, trunks):
    """Return forward_always in words."""
    if rules.always is None:
        return "nothing"
    return "%s (%s)" % (in_words(rules.always, trunks), "on" if rules.enabled else "off")


def list_in_words(references, trunks):
    """Return an ordered list of destinations in words."""
    return " then ".join(in_words(reference, trunks) for reference in references) or "nothing"


def goes_to(rules, trunks):
    """Return in words where all calls of a trunk with these rules go."""
    return in_words(rules.always, trunks) if rules.enabled else "its PBX"


def told(faults):
    """Return all faults in one message, an empty one where there are none."""
    return InvalidInput(*faults).msg if faults else ""


def some(words):
    """Return a list in words."""
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
