# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The commands that help with an account, to be copied from the page. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from .health import is_diverted
from .page_words import platform_trunks
from .states import DEGRADED, DIVERTED, DOCUMENT_FAULTY, DOWN, DRIFTED, LOCKED_OUT, NOT_AUDITED, UNREGISTERED

# A host that --limit takes for itself and for nothing else, and that no shell takes for more than a word.
_PLAIN_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")


def remedies(account: Mapping[str, Any], environment: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (purpose, command) pairs of an account; none for a host whose name ``--limit`` would take for a pattern.

    Args:
        account: a row of the report.
        environment: the report's, of which the inventory is looked at.
    """
    host = account["host"]
    if not _PLAIN_HOST.match(host):
        return []
    sources = inventories(environment)
    return [
        (purpose, _command(playbook, sources, host, flags)) for purpose, playbook, flags in _chosen(account) if playbook
    ]


def inventories(environment: Mapping[str, Any]) -> list[str]:
    """Return the sources of the inventory of a report, none if it does not say."""
    given = environment.get("inventory") or []
    return [given] if isinstance(given, str) else list(map(str, given))


def _chosen(account: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    state = account["health"]
    trunks = platform_trunks(account)
    diverted = any(map(is_diverted, trunks))
    if any(trunk["registration"] == LOCKED_OUT for trunk in trunks):
        yield "Unlock, after the password of the PBX is corrected", "unlock", ""
    if state == DOWN and not diverted:
        yield "Divert all calls until the PBX is back", "divert", "--check --diff -e trunk_diversion_target=NUMBER"
    if state == DEGRADED and any(trunk["registration"] == UNREGISTERED for trunk in trunks):
        yield "Show where calls go while trunks are not registered", "what_if", ""
    if diverted or state == DIVERTED:
        yield "Show what ending the diversion would change", "restore", "--check --diff"
    drifted = {
        DRIFTED: "Show what applying the document would change",
        DOCUMENT_FAULTY: "Check the document after correcting it",
    }
    if account["conformity"] in drifted:
        yield drifted[account["conformity"]], "converge", "--check --diff"
    if account["conformity"] == NOT_AUDITED:
        yield "Audit this account again, in a report of its own", "audit", "-e trunk_audit_directory=audit_again"


def _command(playbook: str, sources: list[str], host: str, flags: str) -> str:
    parts = ["ansible-playbook alianza.sip_trunking.%s" % playbook]
    parts.extend("-i %s" % shlex.quote(source) for source in sources)
    parts.extend((flags, "--limit %s" % host))
    return " ".join(part for part in parts if part)
