# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role pbx_registration: credentials in, the contents of its files out."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ..module_utils._common.errors import InvalidInput
from ..plugin_utils._base.attempt import attempt
from ..plugin_utils._base.credentials import read_credentials
from ..plugin_utils._base.trust import harmless
from ..plugin_utils._pbx.files import compose
from ..plugin_utils._pbx.plan import folders, host_faults, plan, terms


class ActionModule(ActionBase):
    """Plans the files of one host, reads the credentials of all its trunks, and composes the files."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the result of the task."""
        result = super().run(tmp, task_vars)
        options, host = dict(self._task.args), str((task_vars or {}).get("inventory_hostname"))
        composed, error = attempt(lambda: _compose(host, options))
        if error is not None:
            result.update(failed=True, msg=error.msg, failure=error.as_dict())
        else:
            result.update(composed)
        return result


def _compose(host: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the planned PBXs, their folders, and the contents of their files, which hold passwords."""
    pbxs, defaults = options.pop("pbxs", None), options.pop("defaults", None)
    faults = host_faults(host, pbxs, options.get("account_id"), options.get("account_number"))
    planned, wrong = plan(pbxs, defaults)
    # A host that is no PBX has no descriptions to check.
    faults = faults or wrong
    if faults:
        raise InvalidInput(*faults)
    if options.get("account_id"):
        options.pop("account_number", None)
    # Never from the environment, which would be the same account for every host.
    credentials = read_credentials(terms(planned), options, {}, Display().warning)
    files = compose(planned, terms(planned), credentials)
    return {"changed": False, "pbxs": planned, "folders": folders(planned), "files": harmless(files)}
