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
  - Returns the accounts of a partition, or the one that is meant by its number, by a telephone number that it has, or by its ID.
  - It is no failure when there is no such account; the list is empty then.
  - The environment variables E(ALIANZA_ACCOUNT_ID) and E(ALIANZA_ACCOUNT_NUMBER) do not count here, so that nothing but the options
    narrows the list.
  - In API calls, it costs one API call.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  account_number:
    description:
      - Return only the account of this number. It does not go with O(phone_number).
  phone_number:
    description:
      - Return only the account that has this telephone number.
      - Taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) takes, but no range.
    type: str
  account_id:
    description:
      - Return only the account of this ID. It is ignored when O(account_number) or O(phone_number) is given.
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
  - module: alianza.sip_trunking.alianza_telephone_number_info
"""

EXAMPLES = r"""
---
- name: List all accounts of the partition
  alianza.sip_trunking.alianza_account_info:
  register: everyone

- name: Make an inventory host of each active account, for the plays that follow
  ansible.builtin.add_host:
    name: "{{ item.account_number }}"
    groups: alianza_accounts
    ansible_connection: local
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
    alianza_account_id: "{{ item.account_id }}"
  loop: "{{ everyone.accounts | selectattr('status', 'equalto', 'ACTIVE') }}"
  loop_control:
    label: "{{ item.account_name }}"
  changed_when: false

- name: Look up one account by its number
  alianza.sip_trunking.alianza_account_info:
    account_number: "100200"
  register: maple

- name: Find out whose telephone number this is
  alianza.sip_trunking.alianza_account_info:
    phone_number: 801-555-1212
  register: owner

- name: Say whose it is
  ansible.builtin.debug:
    msg: "{{ owner.accounts | map(attribute='account_name') | first | default('nobody has it') }}"
"""

RETURN = r"""
---
accounts:
  description:
    - The accounts, sorted by name. Each holds whatever the API tells of it, with keys in snake_case; the most useful keys are listed here.
    - Empty when there is no such account.
  returned: success
  type: list
  elements: dict
  contains:
    account_id:
      description: ID of the account, for the option of that name of the other modules.
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
      returned: when the API tells it
      type: str
      sample: US/Mountain
    extension_length:
      description: Number of digits of the account's extensions.
      returned: when the API tells it
      type: int
      sample: 4
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

from ..module_utils._module.account_info import AccountInfo
from ..module_utils._module.argspec import connection
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(
        AccountInfo,
        dict(
            phone_number={"type": "str"},
            **connection(),
        ),
    )


if __name__ == "__main__":
    main()
