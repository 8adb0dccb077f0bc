#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_sip_credentials_info
short_description: Read the SIP credentials of a SIP trunk
description:
  - Returns the SIP user name, the SIP password and the SIP proxy that the PBX of a trunk registers with.
  - B(The result is a secret.) Set C(no_log=true) on this task, and on every task that shows what it registers. This is the only module of the
    collection that returns a SIP password. Whoever has it can make calls at the customer's expense.
  - If the API does not return the password, the task fails with RV(failure.kind=invalid_response). In that case, set a new one with
    O(alianza.sip_trunking.alianza_sip_trunk#module:sip_password).
  - API calls - one read of the trunk list.
version_added: 1.0.0
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
      - In check mode, the values of a trunk that does not exist yet are V((known after apply\)).
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk
    description: Sets the credentials.
  - module: alianza.sip_trunking.alianza_trunk_registration_info
    description: Returns whether the PBX has registered with them.
"""

EXAMPLES = r"""
---
# no_log, because the result contains the password.
- name: Read the credentials of the trunk
  alianza.sip_trunking.alianza_sip_credentials_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  register: lindon_sip
  no_log: true

# no_log here too, because the content and its diff contain the password.
- name: Write a configuration file that only the PBX can read
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

- name: Show the SIP proxy, which is not a secret
  ansible.builtin.debug:
    msg: "{{ lindon_sip.sip_proxy_host }}:{{ lindon_sip.sip_proxy_port | default(5060, true) }}"
"""

RETURN = r"""
---
# BEGIN generated: returned credentials
trunk_name:
  description: Name of the trunk; null if only its ID is known.
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
  description: Password that the PBX registers with. B(This is a secret.) Set C(no_log=true) on the task.
  returned: success
  type: str
  sample: (a secret)
sip_proxy_host:
  description: Host of the SIP proxy that the PBX registers with; null if the API does not return it.
  returned: success
  type: str
  sample: siptrunk.p2.example.net
sip_proxy_port:
  description: Port of RV(sip_proxy_host), which is not always 5060; null if the API does not return it.
  returned: success
  type: int
  sample: 5065
# END generated
# BEGIN generated: returned failure
failure:
  description:
    - Why the task failed, for conditions to test. C(msg) says in one sentence what is wrong and what to do about it.
    - It is missing only if the module cannot start because the Python library C(requests) is not installed.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - V(invalid_input) - the task asks for something that cannot be done. Nothing was written.
        - V(authentication) - the login or the token was refused.
        - V(not_found) - an object does not exist.
        - V(ambiguous) - several objects have the name that was given, or a new name differs from one that is there only by case, blanks or Unicode form.
        - V(guarded) - a safeguard of this collection stopped the change. The message names the option that overrides it.
        - V(refused) - the API refused a request, and would refuse it again.
        - V(rate_limited) - the API kept answering HTTP 429.
        - V(server) - the API kept failing with a server error.
        - V(network) - the API could not be reached, or the connection broke.
        - V(timeout) - an answer, or the state that the task waits for, did not arrive in time.
        - V(invalid_response) - the API returned something unexpected.
        - V(not_applied) - the API accepted a write and did not carry it out.
        - V(partial) - some writes were done and others were not. Running the task again does the rest.
      returned: always
      type: str
      sample: refused
    status:
      description: HTTP status of the answer; null if there was none, or if no request caused the failure.
      returned: always
      type: int
      sample: 400
    messages:
      description: Messages that the API returned, without secrets.
      returned: always
      type: list
      elements: str
      sample: [Trunk name already exists]
    method:
      description: HTTP method of the request that failed; null if no request caused the failure.
      returned: always
      type: str
      sample: POST
    path:
      description: Path of the request that failed; null if no request caused the failure.
      returned: always
      type: str
      sample: /v2/partition/Ep1BqVbxTbyl6jZQ0yKfWw/account/oWUgHknjS52mrdsfFDtKvg/siptrunk_2
# END generated
"""

from ..module_utils._module.argspec import connection, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.sip_credentials_info import SipCredentialsInfoJob


def main():
    """Run the module."""
    run(SipCredentialsInfoJob, dict(**connection(), **trunk()))


if __name__ == "__main__":
    main()
