# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The file that says what was there before trunks were diverted: its name, its text, and what it holds. Pure.

People read it, and in the worst of nights mend it, so it is YAML that says what it is. Ansible never reads it: the name of a
trunk that looks like a template stays a name.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

import yaml

from ...module_utils._resource.forwarding import LISTS, SECTIONS, Rules
from ...module_utils._resource.references import Reference
from .._base.plain import plain

_UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")


@dataclass
class Entry:
    """One trunk that was diverted.

    Attributes:
        trunk_id: its id.
        name: its name at that time.
        rules: the Rules that it had.
        diverted_to: every target that may be in place, the newest last.
        ended: what the record of closed snapshots adds: how and when it ended.
    """

    trunk_id: str
    name: str
    rules: Rules
    diverted_to: list
    ended: dict = field(default_factory=dict)


@dataclass
class Snapshot:
    """What was there before some trunks of an account were diverted.

    Attributes:
        account_id: the account.
        host: the inventory host that it was.
        opened: when the first of them was diverted, as text.
        entries: one Entry for each trunk.
    """

    account_id: str
    host: str
    opened: str
    entries: list = field(default_factory=list)

    def of(self, trunk_id):
        """Return the Entry of a trunk, or None."""
        return next((entry for entry in self.entries if entry.trunk_id == trunk_id), None)


def file_name(account_id, opened=None):
    """Return the name of an account's snapshot, whatever characters its id has.

    Args:
        account_id: the account.
        opened: for a snapshot that was closed, when it was opened; ``*`` for any time.
    """
    name = _UNSAFE_IN_NAMES.sub(
        lambda found: "".join("%%%02X" % byte for byte in found.group().encode("utf-8", "surrogatepass")),
        str(account_id),
    )
    if opened is None:
        return name + ".yml"
    return "%s.closed-%s.yml" % (name, opened if opened == "*" else re.sub(r"[^0-9A-Za-z]", "", str(opened)))


def text_of(slurped):
    """Return the text of a file as ansible.builtin.slurp returns it, None where there was no file.

    Raises:
        ValueError: it is no text.
    """
    content = (slurped or {}).get("content")
    if content is None:
        return None
    try:
        return base64.b64decode(plain(content)).decode("utf-8")
    except ValueError:
        raise ValueError("it is no text in UTF-8") from None


def rules_of(sections):
    """Return the Rules that the three sections of a ``forwarding`` hold.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: they are not of their form.
    """
    always = sections["forward_always"]
    if always and not isinstance(always["enabled"], bool):
        raise ValueError("enabled is no truth value")
    return Rules(
        _reference(always) if always else None,
        bool(always and always["enabled"]),
        {option: tuple(map(_reference, sections[option])) for option in LISTS},
    )


def _reference(given):
    reference_id, trunk_name = given.get("reference_id"), given.get("trunk_name")
    return Reference(
        str(given["reference_type"]),
        None if reference_id is None else str(reference_id),
        None if trunk_name is None else str(trunk_name),
    )


def read(slurped, account_id):
    """Return the Snapshot that a file holds, None where there is no file.

    Args:
        slurped: what ansible.builtin.slurp returned.
        account_id: the account whose snapshot it has to be.

    Raises:
        ValueError: what is wrong with the file, in a few words.
    """
    text = text_of(slurped)
    if text is None:
        return None
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError("it is not YAML: %s" % " ".join(str(error).split())) from None
    try:
        snapshot = Snapshot(
            str(given["account_id"]), str(given["host"]), str(given["opened"]), list(map(_entry, given["trunks"]))
        )
    except KeyError as missing:
        raise ValueError("%s is missing" % missing) from None
    except (TypeError, AttributeError, ValueError):
        raise ValueError("something in it is not of the kind that it has to be") from None
    ids = [entry.trunk_id for entry in snapshot.entries]
    if not any(entry.ended for entry in snapshot.entries) and len(set(ids)) < len(ids):
        raise ValueError("it has a trunk twice")
    if snapshot.account_id != account_id:
        raise ValueError("it is of account %s, and this is account %s" % (snapshot.account_id, account_id))
    return snapshot


def _entry(given):
    ended = {key: str(given[key]) for key in ("put_back", "gone") if key in given}
    diverted_to = list(map(_reference, given["diverted_to"]))
    if not diverted_to:
        raise ValueError("diverted_to is empty")
    return Entry(str(given["trunk_id"]), str(given["name"]), rules_of(given["forwarding"]), diverted_to, ended)


def write(snapshot, comment):
    """Return the text of the file.

    Args:
        snapshot: the Snapshot.
        comment: lines that say what it is.
    """
    told = {
        "account_id": snapshot.account_id,
        "host": snapshot.host,
        "opened": snapshot.opened,
        "trunks": list(map(_told, snapshot.entries)),
    }
    head = "".join(("# %s" % _on_one_line(line)).rstrip() + "\n" for line in comment)
    return head + yaml.dump(
        told, Dumper=_Dumper, width=100000, sort_keys=False, allow_unicode=True, default_flow_style=False
    )


def _on_one_line(text):
    return "".join(char if char.isprintable() else " " for char in text)


def _told(entry):
    sections = entry.rules.rendered(Reference.returned)
    return dict(
        {"trunk_id": entry.trunk_id, "name": entry.name},
        **entry.ended,
        diverted_to=[target.returned() for target in entry.diverted_to],
        forwarding={section: sections[section] for section in SECTIONS},
    )


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key, as people write them, and everything in full."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


def _text(dumper, text):
    # What is no character to look at is escaped: the dumper would take some of them for ends of lines.
    return (
        dumper.represent_str(text)
        if text.isprintable()
        else dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    )


_Dumper.add_representer(str, _text)
