#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_login
short_description: Log in once for many tasks, and log out again
description:
  - With O(state=present) logs in and returns a token, which C(module_defaults) for C(group/alianza.sip_trunking.alianza) hands to all further
    tasks, so that they need not log in by themselves. An O(auth_token) that is given is ignored.
  - With O(state=absent) ends the token in O(auth_token). A token that is no longer valid is fine. It never logs in.
  - B(The result of a login is a secret.) Who has the token can do whatever the user can do. Set C(no_log=true) on the task that logs in,
    and do not print what it registers.
  - It is never a change. Nobody logs a token out but this module, so do that in an C(always) section. A forgotten token ends 8 hours after
    its last use.
  - In API calls, it costs one API call.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.connection
attributes:
  check_mode:
    support: full
    details:
      - The module logs in and out in check mode too, because the tasks after it need the token to read. That changes nothing on the account.
  diff_mode:
    support: N/A
    details:
      - A login changes nothing that could be shown.
options:
  auth_token:
    description:
      - The token to log out with O(state=absent), where it is needed. Ignored with O(state=present).
      - If it is not set, the value of the environment variable E(ALIANZA_AUTH_TOKEN) is used.
  partition_id:
    description:
      - Returned as RV(partition_id) as it is. If neither this option nor the environment variable E(ALIANZA_PARTITION_ID) is set, that is
        the partition of the login.
  account_id:
    description:
      - Ignored, like O(account_number). It is accepted so that the same C(module_defaults) fit all modules.
  account_number:
    description:
      - Ignored, like O(account_id).
  state:
    description:
      - With V(present) log in, for which O(username) and O(password) are needed.
      - With V(absent) log the token out.
    type: str
    choices: [present, absent]
    default: present
"""

EXAMPLES = r"""
---
- name: Do several things with one login
  block:
    # The result holds the token, hence no_log. That hides the message of a failure as well, hence the next task.
    - name: Log in
      alianza.sip_trunking.alianza_login:
        username: "{{ vault_alianza_username }}"
        password: "{{ vault_alianza_password }}"
      register: alianza_session
      no_log: true
      failed_when: false
      tags: [always]

    - name: Say why the login failed
      ansible.builtin.fail:
        msg: "{{ alianza_session.msg }}"
      when: alianza_session.auth_token is not defined
      tags: [always]

    - name: Work with the token
      module_defaults:
        group/alianza.sip_trunking.alianza:
          auth_token: "{{ alianza_session.auth_token }}"
          # Told by the login too; without it every task has to ask for the partition of the token.
          partition_id: "{{ alianza_session.partition_id }}"
          account_id: oWUgHknjS52mrdsfFDtKvg
      block:
        - name: Create a trunk
          alianza.sip_trunking.alianza_sip_trunk:
            name: Lindon HQ
            concurrent_calls: 20

        - name: Route its numbers
          alianza.sip_trunking.alianza_tn_route:
            telephone_numbers: ["18015551300-18015551399"]
            trunk_name: Lindon HQ
  always:
    - name: Log out, if there was a login; that this fails is no reason for the play to fail
      alianza.sip_trunking.alianza_login:
        auth_token: "{{ alianza_session.auth_token }}"
        state: absent
      when: alianza_session.auth_token is defined
      failed_when: false
      tags: [always]
"""

RETURN = r"""
---
auth_token:
  description:
    - The token. B(This is a secret.) Set C(no_log=true) on the task.
  returned: success, with O(state=present)
  type: str
  sample: (a secret)
partition_id:
  description: ID of the partition, for the option of that name of the other modules.
  returned: success, with O(state=present)
  type: str
  sample: Ep1BqVbxTbyl6jZQ0yKfWw
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

from ..module_utils._module.argspec import connection, state
from ..module_utils._module.login import run_login


def main():
    """Run the module."""
    run_login(dict(**connection(), **state()))


if __name__ == "__main__":
    main()
