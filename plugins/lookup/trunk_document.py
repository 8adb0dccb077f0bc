# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The trunk document in the variables of a host."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: trunk_document
short_description: Trunk document from the variables of a host
description:
  - Returns the trunks in the variable C(alianza_trunks) of the host, for the option O(alianza.sip_trunking.alianza_account_trunks#module:trunks)
    of M(alianza.sip_trunking.alianza_account_trunks), or another list of the document, for the option that O(part) names.
  - A document that is JSON or YAML text, as a file that was read with a lookup, a survey, or C(-e) on the command line give it, is parsed.
  - A document that is missing, misspelt, of another type, or that cannot be filled in is an error that names the host, the trunk, and the key.
    It never quotes a value. An error of Ansible does, and a SIP password with double braces in it looks like a template.
  - B(The result may hold secrets.) Do not print it, and set no fact to it.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
options:
  _terms:
    description: Name of the variable that holds the list, if it is not C(alianza_) and the value of O(part).
    type: list
    elements: str
    required: false
  part:
    description:
      - Which list of the document it is.
      - A host need not have any but the V(trunks). Of a list that it does not have, or that is blank, nothing is returned, which
        M(alianza.sip_trunking.alianza_account_trunks) takes for an option that is omitted.
    type: str
    choices: [trunks, trunk_groups, caller_ids]
    default: trunks
seealso:
  - module: alianza.sip_trunking.alianza_account_trunks
"""

EXAMPLES = r"""
---
- name: Apply the document
  alianza.sip_trunking.alianza_account_trunks:
    account_id: "{{ alianza_account_id }}"
    trunks: "{{ lookup('alianza.sip_trunking.trunk_document') }}"
    trunk_groups: "{{ lookup('alianza.sip_trunking.trunk_document', part='trunk_groups') }}"
    caller_ids: "{{ lookup('alianza.sip_trunking.trunk_document', part='caller_ids') }}"
"""

RETURN = r"""
---
_raw:
  description:
    - One list of entries, or V(none). B(It may hold secrets.)
  type: list
  elements: list
  sample:
    - - name: Lindon HQ
        concurrent_calls: 20
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..module_utils._common.errors import InvalidInput
from ..plugin_utils._base.attempt import attempt
from ..plugin_utils._base.document_parts import PARTS, TRUNKS
from ..plugin_utils._documents.optional_document import optional_document
from ..plugin_utils._documents.trunk_document import read_document


class LookupModule(LookupBase):
    """Reads the variables of the host that the template is filled in for."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        """Return a list of one list of entries, or of None.

        Raises:
            AnsibleError: with one sentence, and nothing secret in it.
        """
        document, error = attempt(lambda: self._read(terms, variables, kwargs))
        if error is not None:
            raise AnsibleError(error.msg)
        # A list with one entry comes back as that entry, and an empty one as no document.
        return [document]

    def _read(
        self, terms: list[Any], variables: Mapping[str, Any] | None, options: Mapping[str, Any]
    ) -> list[dict[str, Any]] | None:
        if len(terms) > 1 or set(options) - {"part"}:
            raise InvalidInput(
                "The lookup trunk_document takes the name of one variable, and the option part: leave out the others"
            )
        part = PARTS.get(str(options.get("part", TRUNKS.option)))
        if part is None:
            raise InvalidInput(
                "The lookup trunk_document has no part '%s': give one of %s" % (options["part"], ", ".join(PARTS))
            )
        known = self._templar.available_variables if variables is None else variables
        name = str(terms[0]) if terms else part.variable
        read = read_document if part is TRUNKS else optional_document
        return read(str(known.get("inventory_hostname", "localhost")), name, known, self._templar.template, part)
