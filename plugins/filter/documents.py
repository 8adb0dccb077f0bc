# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters for trunk documents: applying them, removing trunks, writing host variables and naming their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils._base.trust import harmless
from ..plugin_utils._documents.host_file import host_file_name
from ..plugin_utils._documents.host_variables import document_variables, to_yaml
from ..plugin_utils._documents.offboarding import plan, refusal, remains
from ..plugin_utils._documents.onboarding import onboarding, onboarding_report


class FilterModule:
    """Offers the filters to Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters by their names."""
        return {
            "document_variables": document_variables,
            "host_file_name": _host_file_name,
            "sip_trunk_offboarding": plan,
            "sip_trunk_offboarding_refusal": refusal,
            "sip_trunk_offboarding_remains": remains,
            "sip_trunk_onboarding": onboarding,
            "sip_trunk_onboarding_report": onboarding_report,
            "to_host_variables": _to_host_variables,
        }


def _host_file_name(host: Any) -> Any:
    return harmless(host_file_name(str(host)))


def _to_host_variables(variables: Mapping[str, Any]) -> str:
    try:
        return to_yaml(variables)
    except ValueError as error:
        fault = str(error)
    raise AnsibleFilterError(fault)
