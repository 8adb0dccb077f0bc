# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The filters of the role pbx_registration: where Ansible comes in, its errors and what it may take for templates."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ..module_utils._errors import AlianzaError, InvalidInput, unforeseen
from ._pbx import files
from ._pbx_plan import plan, terms
from ._trust import harmless


def plan_of(pbxs, defaults=None):
    """Return {"pbxs": complete descriptions, "terms": the trunks they name, "fault": what is wrong, in one message}."""
    planned, faults = plan(pbxs, defaults)
    return harmless({"pbxs": planned, "terms": terms(planned), "fault": InvalidInput(*faults).msg if faults else ""})


def files_of(credentials, planned):
    """Return what the templates need, one dictionary for each PBX.

    Raises:
        AnsibleFilterError: with one sentence, and nothing secret in it.
    """
    made, fault = None, None
    try:
        made = files(planned["pbxs"], planned["terms"], credentials)
    except AlianzaError as error:
        fault = error.msg
    except Exception as error:
        fault = unforeseen(error).msg
    # Outside of the except blocks, so that nothing but the sentence is shown, at any verbosity.
    if fault is not None:
        raise AnsibleFilterError(fault)
    return harmless(made)
