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
from ..plugin_utils._base.host_options import host_options
from ..plugin_utils._base.trust import harmless
from ..plugin_utils._pbx.files import compose
from ..plugin_utils._pbx.plan import folders, host_faults, plan, terms
from ..plugin_utils._session.accounts import KINDS, account_of


class ActionModule(ActionBase):
    """Plans the files of one host, reads the credentials of all its trunks, and composes the files."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the result of the task."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        composed, error = attempt(lambda: self._compose(task_vars or {}, dict(self._task.args)))
        if error is not None:
            return dict(result, failed=True, msg=error.msg, failure=error.as_dict())
        return dict(result, changed=False, **(composed or {}))

    def _compose(self, variables: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """Return the planned PBXs, their folders, and the contents of their files, which hold passwords.

        Args:
            variables: the variables of the host; ``alianza_api_url`` and its like are the defaults of the options.
            given: the options of the task.
        """
        pbxs, defaults = given.pop("pbxs", None), given.pop("defaults", None)
        options = {name: value for name, value in given.items() if value is not None and value != ""}
        host = str(variables.get("inventory_hostname"))
        account = account_of(host, options, variables, self._templar.template)
        planned, faults = plan(pbxs, defaults)
        # A host that is no PBX has no descriptions to validate.
        faults = host_faults(host, pbxs, account.account_id, account.account_number) or faults
        faults = [account.fault] if account.fault else faults
        if faults:
            raise InvalidInput(*faults)
        options = {name: value for name, value in options.items() if name not in KINDS}
        options = {**host_options(variables, self._templar.template), **options, **account.options()}
        # The account never comes from the environment: that would be the same account for every host.
        credentials = read_credentials(terms(planned), options, {}, Display().warning)
        files = compose(planned, terms(planned), credentials)
        return {"pbxs": planned, "folders": folders(planned), "files": harmless(files)}
