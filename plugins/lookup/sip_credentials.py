# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SIP credentials of trunks, for templates of PBX configurations."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: sip_credentials
short_description: SIP credentials of trunks
description:
  - Returns what a PBX needs to register at each of the given trunks, which are user name, password, and host and port of the SIP proxy.
  - B(The result is a secret.) Set C(no_log=true) on every task that uses it, also on a template task, whose diff would show it. Do
    not store it in a fact, and do not debug it.
  - It runs on the control node, so that the PBX needs neither the API nor its credentials.
  - It also runs in check mode. A trunk that an earlier task would have created does not exist then.
  - One lookup costs one login, one logout and one read of the trunks, whatever the number of terms, and one more call for
    O(account_number). So use one lookup for many trunks.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.connection.plugin
options:
  _terms:
    description:
      - Names or IDs of trunks of the account. Names take precedence over IDs.
      - A name that no trunk has, or that several trunks have, is an error.
    type: list
    elements: str
    required: true
  account_id:
    description:
      - ID of the account. Give this or O(account_number).
      - Without either, E(ALIANZA_ACCOUNT_ID) is used, then E(ALIANZA_ACCOUNT_NUMBER).
    type: str
  account_number:
    description:
      - Number of the account. It costs one more call than O(account_id).
    type: str
notes:
  - With several terms use C(query), which always returns a list; C(lookup) returns a dictionary for one term.
seealso:
  - module: alianza.sip_trunking.alianza_sip_credentials_info
    description: The same as a module, for one trunk.
  - module: alianza.sip_trunking.alianza_sip_trunk
    description: Sets credentials.
"""

EXAMPLES = r"""
---
- name: Write the registration of a PBX, which is another machine
  ansible.builtin.template:
    src: registration.conf.j2
    dest: /etc/pbx/registration.conf
    mode: "0600"
  vars:
    trunk: "{{ lookup('alianza.sip_trunking.sip_credentials', 'Lindon HQ', account_id='oWUgHknjS52mrdsfFDtKvg') }}"
  no_log: true

# In the template:
#   username = {{ trunk.sip_username }}
#   password = {{ trunk.sip_password }}
#   server   = {{ trunk.sip_proxy_host }}:{{ trunk.sip_proxy_port }}

- name: Write a file for each of two trunks, with one login
  ansible.builtin.template:
    src: registration.conf.j2
    dest: "/etc/pbx/{{ trunk.trunk_id }}.conf"
    mode: "0600"
  loop: "{{ query('alianza.sip_trunking.sip_credentials', 'Lindon HQ', 'Provo DR', account_number='100200') }}"
  loop_control:
    loop_var: trunk
    label: "{{ trunk.trunk_name }}"
  no_log: true
"""

RETURN = r"""
---
_raw:
  description:
    - One dictionary for each term, in their order. B(It holds a secret.)
  type: list
  elements: dict
  contains:
    trunk_name:
      description: Name of the trunk.
      type: str
      sample: Lindon HQ
    trunk_id:
      description: ID of the trunk.
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    sip_username:
      description: User name that the PBX registers with.
      type: str
      sample: k3v9x0q7m2t8r5wa
    sip_password:
      description: Password that the PBX registers with.
      type: str
      sample: (a secret)
    sip_proxy_host:
      description: Host that the PBX registers with; null if the API did not return it.
      type: str
      sample: siptrunk.p2.example.net
    sip_proxy_port:
      description: Port of that host, which is not always 5060; null if the API did not return it.
      type: int
      sample: 5065
"""

import os
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..plugin_utils._base.attempt import attempt
from ..plugin_utils._base.credentials import read_credentials


class LookupModule(LookupBase):
    """Reads the trunks of the account once, and returns the credentials of each term."""

    def run(self, terms: list[Any], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        """Return a dictionary for each term.

        Raises:
            AnsibleError: with one sentence that holds no secret.
        """
        credentials, error = attempt(lambda: read_credentials(terms, kwargs, os.environ, self._display.warning))
        if error is not None:
            raise AnsibleError(error.msg)
        return credentials or []
