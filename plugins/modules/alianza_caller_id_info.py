#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_caller_id_info
short_description: Read the caller IDs of an account
description:
  - Returns the custom caller IDs of an account, each with the FROM numbers that show it, and the FROM numbers that show none.
  - If there is no such caller ID, the list is empty and the task does not fail.
  - API calls - one read each of the caller IDs, the FROM numbers and the mappings.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  caller_id:
    description:
      - Return only this caller ID, in any spelling that M(alianza.sip_trunking.alianza_caller_id) accepts.
    type: str
seealso:
  - module: alianza.sip_trunking.alianza_caller_id
"""

EXAMPLES = r"""
---
- name: Read the caller IDs of the account
  alianza.sip_trunking.alianza_caller_id_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: shown

- name: List each caller ID with the numbers that show it
  ansible.builtin.debug:
    msg: "{{ item.caller_id }}: {{ item.from_numbers | join(', ') }}"
  loop: "{{ shown.caller_ids }}"
  loop_control:
    label: "{{ item.caller_id }}"
"""

RETURN = r"""
---
caller_ids:
  description: The caller IDs, sorted. Empty if none matches.
  returned: success
  type: list
  elements: dict
  contains:
    # BEGIN generated: values of a caller ID
    caller_id:
      description: The caller ID, as 11 digits.
      returned: always
      type: str
      sample: '18015550000'
    from_numbers:
      description: The FROM numbers that show the caller ID, sorted. Telephone numbers have 11 digits.
      returned: always
      type: list
      elements: str
      sample: [1801555XXXX, '18015551212']
    # END generated
unmapped:
  description: FROM numbers that were created for the account and show no caller ID, sorted.
  returned: success
  type: list
  elements: str
  sample: [22XX]
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

from ..module_utils._module.argspec import connection
from ..module_utils._module.caller_id_info import CallerIdInfoJob
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(CallerIdInfoJob, dict(caller_id={"type": "str"}, **connection()))


if __name__ == "__main__":
    main()
