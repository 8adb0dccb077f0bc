# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the variables of a host say that the API is reached."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: connection_options
short_description: Connection options from the variables of a host
description:
  - Returns the options of the connection that the variables C(alianza_api_url), C(alianza_username), C(alianza_password),
    C(alianza_auth_token), C(alianza_partition_id), C(alianza_validate_certs), C(alianza_ca_path), C(alianza_timeout),
    C(alianza_retries), and C(alianza_transcript_path) of the host give, for C(module_defaults) or for the lookup
    P(alianza.sip_trunking.sip_credentials#lookup).
  - A variable that is not defined or that is blank, as AWX surveys leave it, is left out. Then the module or plugin takes the
    environment variable, as it always does.
  - A variable that is defined and that cannot be filled in is an error. To leave it out would send the task to another platform or
    with another login.
  - B(The result may hold secrets.) Do not print it, and set no fact to it.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
options:
  _terms:
    description: There are none.
    required: false
seealso:
  - plugin: alianza.sip_trunking.sip_credentials
    plugin_type: lookup
"""

EXAMPLES = r"""
---
- name: Read trunks with the login of the host's variables
  hosts: all
  connection: local
  gather_facts: false
  module_defaults:
    group/alianza.sip_trunking.alianza: "{{ lookup('alianza.sip_trunking.connection_options') }}"
  tasks:
    - name: Read the trunks
      alianza.sip_trunking.alianza_sip_trunk_info:
        account_id: "{{ alianza_account_id }}"
"""

RETURN = r"""
---
_raw:
  description:
    - One dictionary with the options that the variables give. B(It may hold secrets.)
  type: list
  elements: dict
  sample:
    - api_url: https://api.alianza.com
      username: user@example.net
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..module_utils._common.errors import AlianzaError, InvalidInput, unexpected_error
from ..plugin_utils._base.host_options import host_options


class LookupModule(LookupBase):
    """Reads the variables of the host that the template is filled in for."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        """Return a list of one dictionary.

        Raises:
            AnsibleError: with one sentence, and nothing secret in it.
        """
        fault = None
        try:
            if terms or kwargs:
                raise InvalidInput("The lookup connection_options takes no terms and no options: leave them out")
            known = self._templar.available_variables if variables is None else variables
            return [host_options(known, self._templar.template)]
        except AlianzaError as error:
            fault = error.msg
        except Exception as error:
            fault = unexpected_error(error).msg
        # Outside of the except blocks, so that nothing but the sentence is shown, at any verbosity.
        raise AnsibleError(fault)
