# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The filters of the role trunk_audit: what the platform holds is data, and never taken for a template later on."""

from __future__ import annotations

from ._audit import outcome, report, row
from ._audit_csv import table
from ._audit_picture import pictures
from ._trust import harmless


def row_of(told):
    """Return what there is to report of one account."""
    return harmless(row(told))


def report_of(rows, hosts, active, at):
    """Return the report of a run."""
    return harmless(report(rows, hosts, active, at))


def outcome_of(made):
    """Return the essence of a report."""
    return harmless(outcome(made))


def table_of(made):
    """Return a report as CSV."""
    return harmless(table(made))


def pictures_of(account, key):
    """Return an account's pictures."""
    return harmless(pictures(account, key))
