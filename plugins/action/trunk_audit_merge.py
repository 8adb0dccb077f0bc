# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one report of the reports that several audits wrote."""

from __future__ import annotations

import os
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import AlianzaError, InvalidInput, unexpected_error
from ..plugin_utils._audit import merge as merging
from ..plugin_utils._audit import report as reports
from ..plugin_utils._audit import table
from ..plugin_utils._audit.fail_on import failing_lines, parse_fail_on
from ..plugin_utils._audit.page import page
from ..plugin_utils._base.answers import answer
from ..plugin_utils._base.audit_files import read_reports
from ..plugin_utils._base.choice import chosen_names
from ..plugin_utils._base.files import read_bytes
from ..plugin_utils._base.local_time import local_time
from ..plugin_utils._base.plain import plain
from ..plugin_utils._base.report_files import exclusive, write_files

ARGUMENTS: dict[str, Any] = {
    "files": {"type": "raw", "required": True},
    "previous": {"type": "raw"},
    "hosts": {"type": "raw"},
    "directory": {"type": "str", "required": True},
    "mode": {"type": "raw", "default": "0640"},
    "fail_on": {"type": "raw"},
    "fail_on_drift": {"type": "raw"},
}


class ActionModule(ActionBase):  # type: ignore[misc]
    """Reads and writes files on the control node."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the outcome of the merged report and what changed."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS)
        error: AlianzaError
        try:
            result.update(self._merge(plain(options)))
            return result
        except AlianzaError as raised:
            error = raised
        except OSError as raised:
            error = InvalidInput(
                "%s: %s; check the directory, its permissions and its free space, and run again"
                % (raised.filename or options["directory"], raised.strerror or raised)
            )
        except Exception as raised:
            error = unexpected_error(raised)
        return dict(result, failed=True, msg=error.msg, failure=error.as_dict())

    def _merge(self, options: dict[str, Any]) -> dict[str, Any]:
        try:
            on_drift = bool(answer(options["fail_on_drift"], False, "trunk_audit_fail_on_drift"))
            hosts = chosen_names(options["hosts"])
        except ValueError as error:
            raise InvalidInput(str(error)) from None
        fail_on = parse_fail_on(options["fail_on"], on_drift)
        # Both are read before anything is written: the directory may be the one of the run before.
        made = merging.merge(read_reports(options["files"]), read_reports(options["previous"], required=False), hosts)
        css, script = (
            (read_bytes(self._find_needle("files", name)) or b"").decode() for name in ("audit.css", "audit.js")
        )
        directory = os.path.join(os.getcwd(), os.path.expanduser(options["directory"]))
        files = {
            "audit.json": reports.rendered(made),
            "audit.csv": table.table(made),
            "audit.html": page(made, css, script, local_time),
        }
        with exclusive(directory):
            write_files(directory, files, options["mode"])
        outcome = dict(reports.outcome(made), changes=made["changes"], directory=directory)
        return {
            "changed": False,
            "outcome": outcome,
            "closing": merging.closing_lines(made, os.path.join(directory, "audit.html")),
            "failing": failing_lines(made["accounts"], fail_on),
            # Becomes an artifact of a job of AWX.
            "ansible_stats": {"data": {"trunk_audit": outcome}, "aggregate": False, "per_host": False},
        }
