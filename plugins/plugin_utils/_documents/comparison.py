# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a comparison of many accounts says to people. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .onboarding import onboarding_report

# Of more names or accounts than this the others are counted.
NAMES_MOST = 20


def comparison_lines(
    compared: int, differing: Sequence[str], failed: Sequence[str], unread: Sequence[str]
) -> list[str]:
    """Return how many accounts match their documents, and which hosts the play goes on with.

    Args:
        compared: how many hosts there are.
        differing: hosts whose account differs from its document.
        failed: hosts that were refused, or could not be compared.
        unread: hosts whose account is left to their own task.
    """
    matching = compared - len(differing) - len(failed) - len(unread)
    lines = ["%d of %d accounts match their documents" % (matching, compared)]
    named = (
        ("Differ", differing),
        ("Could not be compared", failed),
        ("Not compared, since they are no local hosts", unread),
    )
    return lines + ["%s: %s" % (title, _names(hosts)) for title, hosts in named if hosts]


def registration_lines(accounts: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Return which trunks of accounts that match their documents are registered; of many accounts only the other trunks.

    Args:
        accounts: {host: its trunks, as alianza_sip_trunk_info returns them with their registration}.
    """
    if len(accounts) <= NAMES_MOST:
        return [line for host in accounts for line in ("%s:" % host, *onboarding_report(accounts[host], ()))]
    missing = [
        "%s: %s" % (host, trunk["name"])
        for host, trunks in accounts.items()
        for trunk in trunks
        if not trunk["registration"]["registered"]
    ]
    total = sum(map(len, accounts.values()))
    lines = ["%d of their %d trunks are registered" % (total - len(missing), total)]
    return lines + (["Not registered: %s" % _names(missing)] if missing else [])


def _names(names: Sequence[str]) -> str:
    more = len(names) - NAMES_MOST
    return ", ".join(names[:NAMES_MOST]) + (" and %d more" % more if more > 0 else "")
