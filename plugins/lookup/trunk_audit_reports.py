# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of audits, from files on the control node."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: trunk_audit_reports
short_description: Reports of audits, from files
description:
  - Reads reports that the role P(alianza.sip_trunking.trunk_audit#role) wrote, each an C(audit.json), for the filter
    P(alianza.sip_trunking.trunk_audit_merge#filter).
  - A file that is no report is an error.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
options:
  _terms:
    description:
      - Files, patterns such as C(slices/*/audit.json), and directories; each term is one of them, a list, or text with one in each
        line.
      - A directory stands for the C(audit.json) in it. If it has none, it stands for the C(.json) files in it and for the
        C(audit.json) in each directory in it.
    type: list
    elements: raw
    required: true
  required:
    description:
      - Whether what does not exist is an error. With V(false) it is an entry without C(report).
    type: bool
    default: true
seealso:
  - plugin: alianza.sip_trunking.trunk_audit_merge
    plugin_type: filter
"""

EXAMPLES = r"""
---
- name: Write one report of the reports of slices
  ansible.builtin.copy:
    content: >-
      {{ query('alianza.sip_trunking.trunk_audit_reports', 'slices/*/audit.json')
         | alianza.sip_trunking.trunk_audit_merge | to_nice_json(sort_keys=false) }}
    dest: audit.json
    mode: "0640"
"""

RETURN = r"""
---
_raw:
  description:
    - For each file a dictionary with its C(path), and with C(report), which is what it holds.
  type: list
  elements: dict
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..module_utils._common.errors import AlianzaError
from ..plugin_utils._base.audit_files import read_reports
from ..plugin_utils._base.trust import harmless


class LookupModule(LookupBase):
    """Reads the files."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        """Return what each file holds.

        Raises:
            AnsibleError: with one sentence.
        """
        self.set_options(var_options=variables, direct=kwargs)
        given: list[Any] = []
        for term in terms:
            given.extend(term if isinstance(term, list) else str(term).splitlines())
        try:
            return harmless(read_reports(given, bool(self.get_option("required"))))
        except AlianzaError as error:
            fault = error.msg
        raise AnsibleError(fault)
