#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_sip_credentials_info
short_description: Read what a PBX needs to register, the SIP password included
description:
  - Returns the SIP user name, the SIP password and the proxy of a SIP trunk, to be handed to its PBX.
  - B(The result is a secret.) Set C(no_log=true) on this task, and on every task that shows what it registers. This is the only module of the
    collection that returns a SIP password. Who has it can place calls at the cost of the customer.
  - The module fails, with the kind V(invalid_response), when the API does not tell the password. Set a new one then, with
    O(alianza.sip_trunking.alianza_sip_trunk#module:sip_password).
  - In API calls, it costs one read of the trunk list.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
  - alianza.sip_trunking.sip_trunk
attributes:
  check_mode:
    details:
      - This module only reads.
      - In check mode the values of a trunk that is not there yet are V((known after apply\)).
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk
    description: Sets the credentials.
  - module: alianza.sip_trunking.alianza_trunk_registration_info
    description: Whether the PBX has registered with them.
"""

EXAMPLES = r"""
---
# no_log, because the result holds the password.
- name: Read the credentials of the trunk
  alianza.sip_trunking.alianza_sip_credentials_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  register: lindon_sip
  no_log: true

# no_log here too, because the content and its diff hold the password.
- name: Write them where only the PBX can read them
  ansible.builtin.copy:
    content: |
      [lindon-auth]
      type=auth
      auth_type=userpass
      username={{ lindon_sip.sip_username }}
      password={{ lindon_sip.sip_password }}
    dest: ~/pjsip_lindon_hq.conf
    mode: "0600"
  no_log: true

- name: Say where the PBX has to register, which is no secret
  ansible.builtin.debug:
    msg: "{{ lindon_sip.sip_proxy_host }}:{{ lindon_sip.sip_proxy_port | default(5060, true) }}"
"""

RETURN = r"""
---
trunk_name:
  description: Name of the trunk; null when only its ID is known.
  returned: success
  type: str
  sample: Lindon HQ
trunk_id:
  description: ID of the trunk.
  returned: success
  type: str
  sample: LhmtrbuvQZ6qjIqW5ZF_mQ
sip_username:
  description: User name that the PBX registers with.
  returned: success
  type: str
  sample: k3v9x0q7m2t8r5wa
sip_password:
  description:
    - Password that the PBX registers with. B(This is a secret.) Set C(no_log=true) on the task.
  returned: success
  type: str
  sample: (a secret)
sip_proxy_host:
  description: Host that the PBX registers with; null when the API does not tell.
  returned: success
  type: str
  sample: siptrunk.p2.example.net
sip_proxy_port:
  description: Port of RV(sip_proxy_host), which is not always 5060; null when the API does not tell.
  returned: success
  type: int
  sample: 5065
failure:
  description:
    - Why the task failed, for conditions to test. C(msg) says it in one sentence, and what to do about it.
    - It is missing only when the module cannot start, because the Python library C(requests) is not installed.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - V(invalid_input) means that what was asked for cannot be done; nothing was written.
        - V(authentication) means that the login or the token was refused.
        - V(not_found) means that an object does not exist, V(ambiguous) that several have the name that was given.
        - V(guarded) means that a safeguard of this collection stopped the change; the message names the option that overrides it.
        - V(refused) means that the API refused a request for good, V(rate_limited) that it kept answering HTTP 429, V(server) that it
          kept failing.
        - V(network) means that the API could not be reached or the connection broke, V(timeout) that something did not happen in time.
        - V(invalid_response) means that an answer was not what the API gives.
        - V(not_applied) means that the API accepted a write and did not carry it out.
        - V(partial) means that some writes were done and others were not; a rerun does the rest.
      returned: always
      type: str
      sample: refused
    status:
      description: HTTP status of the answer; null when there was none, or when no request is to blame.
      returned: always
      type: int
      sample: 400
    messages:
      description: What the API itself said, without secrets.
      returned: always
      type: list
      elements: str
      sample: ["Trunk name already exists"]
    method:
      description: HTTP method of the request that failed; null when no request is to blame.
      returned: always
      type: str
      sample: POST
    path:
      description: Path of the request that failed; null when no request is to blame.
      returned: always
      type: str
      sample: /v2/partition/Ep1BqVbxTbyl6jZQ0yKfWw/account/oWUgHknjS52mrdsfFDtKvg/siptrunk_2
"""

from ..module_utils._module.argspec import connection, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.sip_credentials_info import SipCredentialsInfo


def main():
    """Run the module."""
    run(SipCredentialsInfo, dict(**connection(), **trunk()))


if __name__ == "__main__":
    main()
