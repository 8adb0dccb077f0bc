# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails if what is written to a directory would be lost with the job that writes it."""

from __future__ import annotations

import os
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._common.errors import InvalidInput
from ..plugin_utils._base.persistence import VARIABLE, refuse_lost
from ..plugin_utils._base.plain import plain

ARGUMENTS: dict[str, Any] = {
    "path": {"type": "str", "required": True},
    "holds": {"type": "str", "default": "What is kept"},
    "variable": {"type": "str", "required": True},
}


class ActionModule(ActionBase):
    """Looks at the control node, whatever the connection of the host."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return an unchanged result, or the failure."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        dummy, options = self.validate_argument_spec(ARGUMENTS)
        given = plain(options)
        directory = os.path.join(os.getcwd(), os.path.expanduser(given["path"]))
        declared = plain(self._templar.template((task_vars or {}).get(VARIABLE)))
        try:
            refuse_lost(directory, declared, given["holds"], given["variable"])
        except InvalidInput as error:
            return dict(result, failed=True, msg=error.msg, failure=error.as_dict())
        return dict(result, changed=False, path=directory)
