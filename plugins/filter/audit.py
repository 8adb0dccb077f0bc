# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the role trunk_audit. What the platform holds is data, and never becomes a template."""

from __future__ import annotations

from ..plugin_utils._audit import picture, report, table
from ..plugin_utils._base.trust import harmless


def trunk_audit_row(told):
    """Return what there is to report of one account."""
    return harmless(report.row(told))


def trunk_audit_report(rows, hosts, active, at):
    """Return the report of a run."""
    return harmless(report.report(rows, hosts, active, at))


def trunk_audit_outcome(made):
    """Return the essence of a report."""
    return harmless(report.outcome(made))


def trunk_audit_csv(made):
    """Return a report as CSV."""
    return harmless(table.table(made))


def trunk_audit_pictures(account, key):
    """Return the pictures of an account."""
    return harmless(picture.pictures(account, key))


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self):
        """Return the filters by their names."""
        return {
            each.__name__: each
            for each in (
                trunk_audit_row,
                trunk_audit_report,
                trunk_audit_outcome,
                trunk_audit_csv,
                trunk_audit_pictures,
            )
        }
