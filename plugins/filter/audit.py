# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the role trunk_audit. What the platform holds is data, and never becomes a template."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ..plugin_utils._audit import page, picture, report, table
from ..plugin_utils._audit.account_row import account_row
from ..plugin_utils._base.local_time import local_time
from ..plugin_utils._base.trust import harmless


def trunk_audit_row(read: Mapping[str, Any]) -> Any:
    """Return what there is to report of one account."""
    return harmless(account_row(read))


def trunk_audit_report(
    rows: Iterable[Mapping[str, Any] | None], hosts: Sequence[str], active: Collection[str], at: str
) -> Any:
    """Return the report of a run."""
    return harmless(report.report(rows, hosts, active, at))


def trunk_audit_outcome(made: Mapping[str, Any]) -> Any:
    """Return the essence of a report."""
    return harmless(report.outcome(made))


def trunk_audit_csv(made: Mapping[str, Any]) -> Any:
    """Return a report as CSV."""
    return harmless(table.table(made))


def trunk_audit_pictures(account: Mapping[str, Any], key: str) -> Any:
    """Return the pictures of an account."""
    return harmless(picture.pictures(account, key))


def trunk_audit_page(made: Mapping[str, Any], css: str, script: str) -> Any:
    """Return a report as a page."""
    return harmless(page.page(made, css, script, local_time(str(made["generated_at"]))))


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters by their names."""
        return {
            each.__name__: each
            for each in (
                trunk_audit_row,
                trunk_audit_report,
                trunk_audit_outcome,
                trunk_audit_csv,
                trunk_audit_pictures,
                trunk_audit_page,
            )
        }
