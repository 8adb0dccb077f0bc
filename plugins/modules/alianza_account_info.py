#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_account_info
short_description: Look up accounts of the partition
description:
  - Returns all accounts of a partition, or the one with a given account number, telephone number or ID.
  - If there is no such account, the list is empty and the task does not fail.
  - The environment variables E(ALIANZA_ACCOUNT_ID) and E(ALIANZA_ACCOUNT_NUMBER) are ignored, so that only the options filter the list.
  - API calls - one.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  account_number:
    description:
      - Return only the account with this number. It cannot be combined with O(phone_number).
  phone_number:
    description:
      - Return only the account that has this telephone number.
      - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range.
    type: str
  account_id:
    description:
      - Return only the account with this ID. It is ignored if O(account_number) or O(phone_number) is given.
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
  - module: alianza.sip_trunking.alianza_telephone_number_info
"""

EXAMPLES = r"""
---
- name: List all accounts of the partition
  alianza.sip_trunking.alianza_account_info:
  register: partition

- name: Add each active account as an inventory host
  ansible.builtin.add_host:
    name: "{{ item.account_number }}"
    groups: alianza_accounts
    ansible_connection: local
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
    alianza_account_id: "{{ item.account_id }}"
  loop: "{{ partition.accounts | selectattr('status', 'equalto', 'ACTIVE') }}"
  loop_control:
    label: "{{ item.account_name }}"
  changed_when: false

- name: Look up one account by its number
  alianza.sip_trunking.alianza_account_info:
    account_number: "100200"
  register: maple

- name: Look up the account that has a telephone number
  alianza.sip_trunking.alianza_account_info:
    phone_number: 801-555-1212
  register: owner

- name: Show the account's name
  ansible.builtin.debug:
    msg: "{{ owner.accounts | map(attribute='account_name') | first | default('no account has it') }}"
"""

RETURN = r"""
---
accounts:
  description:
    - The accounts, sorted by name. Each contains all keys that the API returns, in snake_case; the most useful ones are listed here.
    - Empty if there is no such account.
  returned: success
  type: list
  elements: dict
  contains:
    account_id:
      description: ID of the account, for the O(account_id) option of other modules.
      returned: always
      type: str
      sample: oWUgHknjS52mrdsfFDtKvg
    account_number:
      description: Number of the account.
      returned: always
      type: str
      sample: "100200"
    account_name:
      description: Name of the account.
      returned: always
      type: str
      sample: Maple Dental
    partition_id:
      description: ID of the partition.
      returned: always
      type: str
      sample: Ep1BqVbxTbyl6jZQ0yKfWw
    status:
      description: State of the account, such as V(ACTIVE), V(SUSPENDED) or V(DISABLED).
      returned: always
      type: str
      sample: ACTIVE
    time_zone:
      description: Time zone of the account.
      returned: if the API returns it
      type: str
      sample: US/Mountain
    extension_length:
      description: Number of digits of the account's extensions.
      returned: if the API returns it
      type: int
      sample: 4
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

from ..module_utils._module.account_info import AccountInfoJob
from ..module_utils._module.argspec import connection
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(
        AccountInfoJob,
        dict(
            phone_number={"type": "str"},
            **connection(),
        ),
    )


if __name__ == "__main__":
    main()
