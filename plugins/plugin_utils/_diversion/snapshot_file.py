# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The text of a snapshot's file: written, and read with distrust. Pure.

People read the file, and may have to edit it, so it is YAML that explains itself. Ansible never reads it: the name of a
trunk that looks like a template stays a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from ...module_utils._resource.forwarding import SECTIONS
from ...module_utils._resource.references import Reference
from .._base.yaml_dumper import IndentedDumper
from .snapshot import Entry, Snapshot, reference_of, rules_of

# Files of format 2 end with the count of their trunks, so that one that was cut short is recognized wherever the cut is.
FORMAT = 2


def parse(content: bytes, account_id: str) -> Snapshot:
    """Return the Snapshot that a file holds.

    Args:
        content: the whole file.
        account_id: ID of the account whose snapshot it has to be.

    Raises:
        ValueError: what is wrong with the file, as a phrase.
    """
    try:
        loaded = yaml.safe_load(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("it is not text in UTF-8") from None
    except yaml.YAMLError as error:
        raise ValueError("it is not YAML: %s" % " ".join(str(error).split())) from None
    try:
        snapshot = Snapshot(
            str(loaded["account_id"]), str(loaded["host"]), str(loaded["opened"]), list(map(_entry, loaded["trunks"]))
        )
    except KeyError as missing:
        raise ValueError("%s is missing" % missing) from None
    except (TypeError, AttributeError, ValueError):
        raise ValueError("a value in it has the wrong type") from None
    _check_whole(loaded, snapshot)
    if snapshot.account_id != account_id:
        raise ValueError("it is of account %s, and this is account %s" % (snapshot.account_id, account_id))
    return snapshot


def _check_whole(loaded: Mapping[str, Any], snapshot: Snapshot) -> None:
    """Refuse a file that was cut short, or that has a trunk twice.

    Raises:
        ValueError: it is not whole.
    """
    entries = snapshot.entries
    if "count" in loaded or "format" in loaded:
        if "count" not in loaded:
            raise ValueError("it was cut short, the count at its end is missing")
        if loaded["count"] != len(entries) or isinstance(loaded["count"], bool):
            raise ValueError("its count is %s, and it has %d trunks" % (loaded["count"], len(entries)))
    # A record has a trunk as often as it was diverted and put back.
    if not any(entry.ended for entry in entries) and len({entry.trunk_id for entry in entries}) < len(entries):
        raise ValueError("it has a trunk twice")


def _entry(loaded: Mapping[str, Any]) -> Entry:
    diverted_to = list(map(reference_of, loaded["diverted_to"]))
    if not diverted_to:
        raise ValueError("diverted_to is empty")
    ended = {key: str(loaded[key]) for key in ("put_back", "gone") if key in loaded}
    return Entry(
        str(loaded["trunk_id"]),
        str(loaded["name"]),
        rules_of(loaded["forwarding"]),
        diverted_to,
        ended,
        str(loaded.get("owner") or ""),
    )


def render(snapshot: Snapshot, comment: Iterable[str]) -> str:
    """Return the text of the file.

    Args:
        snapshot: the Snapshot.
        comment: lines that say what the file is.
    """
    content = {
        "format": FORMAT,
        "account_id": snapshot.account_id,
        "host": snapshot.host,
        "opened": snapshot.opened,
        "trunks": list(map(_rendered, snapshot.entries)),
        "count": len(snapshot.entries),
    }
    head = "".join(("# %s" % _on_one_line(line)).rstrip() + "\n" for line in comment)
    return head + yaml.dump(
        content, Dumper=_Dumper, width=100000, sort_keys=False, allow_unicode=True, default_flow_style=False
    )


def _on_one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _rendered(entry: Entry) -> dict[str, Any]:
    sections = entry.rules.rendered(Reference.returned)
    return dict(
        {"trunk_id": entry.trunk_id, "name": entry.name},
        **({"owner": entry.owner} if entry.owner else {}),
        **entry.ended,
        diverted_to=[target.returned() for target in entry.diverted_to],
        forwarding={section: sections[section] for section in SECTIONS},
    )


class _Dumper(IndentedDumper):
    """Writes everything in full."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # What cannot be printed is escaped: the dumper would take some of it for ends of lines.
    if text.isprintable():
        return dumper.represent_str(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Dumper.add_representer(str, _represent_text)
