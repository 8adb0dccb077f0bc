# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails for a host whose trunk document is missing, of the wrong type, or cannot be filled in."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase

from ..plugin_utils._base.attempt import attempt
from ..plugin_utils._base.document_parts import OPTIONAL, TRUNKS
from ..plugin_utils._documents.onboarding import refuse_deletes
from ..plugin_utils._documents.whole_document import whole_document

ARGUMENTS: dict[str, Any] = {
    "variable": {"type": "str", "default": TRUNKS.variable},
    **{part.option: {"type": "str", "default": part.variable} for part in OPTIONAL},
    "deletes": {"type": "bool", "default": True},
}


class ActionModule(ActionBase):
    """Reads the document and returns nothing of it: results are printed and kept."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return an unchanged result, or the failure."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS)
        variables = task_vars or {}
        host = str(variables["inventory_hostname"])

        def check() -> None:
            names = {TRUNKS.option: options["variable"], **{part.option: options[part.option] for part in OPTIONAL}}
            document = whole_document(host, names, variables, self._templar.template)
            if not options["deletes"]:
                refuse_deletes(document)

        unused, error = attempt(check)
        if error is not None:
            return dict(result, failed=True, msg=error.msg, failure=error.as_dict())
        return dict(result, changed=False)
