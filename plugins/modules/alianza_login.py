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
  - With O(state=present), logs in and returns a token. With C(module_defaults) for C(group/alianza.sip_trunking.alianza), all further tasks
    use it and do not log in themselves. An O(auth_token) that is given is ignored.
  - With O(state=absent), logs the token in O(auth_token) out. A token that is no longer valid is not an error. It never logs in.
  - B(The result of a login is a secret.) Whoever has the token can do whatever the user can do. Set C(no_log=true) on the task that logs
    in, and do not print what it registers.
  - The task is never reported as changed. Only this module logs the token out, so do that in an C(always) section. Otherwise the token
    expires 8 hours after its last use.
  - API calls - one.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.connection
attributes:
  check_mode:
    support: full
    details:
      - The module also logs in and out in check mode, because later tasks need the token to read. That does not change the account.
  diff_mode:
    support: N/A
    details:
      - A login changes nothing that a diff could show.
options:
  auth_token:
    description:
      - The token to log out. It is required with O(state=absent), and ignored with O(state=present).
      - If it is not set, the value of the environment variable E(ALIANZA_AUTH_TOKEN) is used.
  partition_id:
    description:
      - Returned unchanged as RV(partition_id). If neither this option nor the environment variable E(ALIANZA_PARTITION_ID) is set, the
        partition of the login is returned.
  account_id:
    description:
      - Ignored. It is accepted so that the same C(module_defaults) can be used for all modules.
  account_number:
    description:
      - Ignored. It is accepted so that the same C(module_defaults) can be used for all modules.
  state:
    description:
      - With V(present), log in; O(username) and O(password) are required.
      - With V(absent), log the token out.
    type: str
    choices: [present, absent]
    default: present
"""

EXAMPLES = r"""
---
- name: Run several tasks with one login
  block:
    # The result contains the token, hence no_log. That also hides the message of a failure, hence the next task.
    - name: Log in
      alianza.sip_trunking.alianza_login:
        username: "{{ vault_alianza_username }}"
        password: "{{ vault_alianza_password }}"
      register: alianza_session
      no_log: true
      failed_when: false
      tags: [always]

    - name: Fail if the login failed
      ansible.builtin.fail:
        msg: "{{ alianza_session.msg }}"
      when: alianza_session.auth_token is not defined
      tags: [always]

    - name: Work with the token
      module_defaults:
        group/alianza.sip_trunking.alianza:
          auth_token: "{{ alianza_session.auth_token }}"
          # Without it, each task would have to request the partition of the token.
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
    - name: Log out
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
  description: ID of the partition, for the O(partition_id) option of other modules.
  returned: success, with O(state=present)
  type: str
  sample: Ep1BqVbxTbyl6jZQ0yKfWw
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

from ..module_utils._module.argspec import connection, state
from ..module_utils._module.login import run_login


def main():
    """Run the module."""
    run_login(dict(**connection(), **state()))


if __name__ == "__main__":
    main()
