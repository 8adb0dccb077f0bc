# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the role pbx_registration: where its planner meets Ansible's errors and templates."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ..module_utils._common.errors import AlianzaError, InvalidInput, unexpected_error
from ..plugin_utils._base.trust import harmless
from ..plugin_utils._pbx import files, plan


def pbx_plan(pbxs, defaults=None):
    """Return {"pbxs": complete descriptions, "terms": the trunks they name, "fault": what is wrong, in one message}."""
    planned, faults = plan.plan(pbxs, defaults)
    return harmless(
        {"pbxs": planned, "terms": plan.terms(planned), "fault": InvalidInput(*faults).msg if faults else ""}
    )


def pbx_files(credentials, planned):
    """Return what the templates need, one dictionary for each PBX.

    Raises:
        AnsibleFilterError: with one sentence, and nothing secret in it.
    """
    made, fault = None, None
    try:
        made = files.files(planned["pbxs"], planned["terms"], credentials)
    except AlianzaError as error:
        fault = error.msg
    except Exception as error:
        fault = unexpected_error(error).msg
    # Outside of the except blocks, so that nothing but the sentence is shown, at any verbosity.
    if fault is not None:
        raise AnsibleFilterError(fault)
    return harmless(made)


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self):
        """Return the filters by their names."""
        return {"pbx_plan": pbx_plan, "pbx_files": pbx_files}
