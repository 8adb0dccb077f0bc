#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_telephone_number_info
short_description: Read the telephone numbers of an account and where they ring
description:
  - Returns the telephone numbers of an account with their destinations; all of them, or those that fit every option that is given.
  - In API calls, it costs one read of the account's numbers, and one of its trunks if O(trunk_name) is given.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
  - alianza.sip_trunking.sip_trunk
options:
  trunk_name:
    description:
      - Return only numbers that ring at the SIP trunk of this name. There must be one.
      - When O(trunk_name) and O(trunk_id) are both given they must mean the same trunk.
      - In check mode a name that no trunk has brings a warning instead of a failure, since a task before may be the one that
        creates the trunk.
  trunk_id:
    description:
      - Return only numbers that ring at the SIP trunk of this ID. It may be the ID of a trunk that is gone, because numbers can still
        point at it.
  telephone_numbers:
    description:
      - Return only these numbers; numbers and ranges as O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) takes them.
      - A warning names those that are not on the account.
    type: list
    elements: str
  unrouted_only:
    description:
      - Return only numbers without a destination, which ring busy. It does not go with O(trunk_name) and O(trunk_id).
    type: bool
    default: false
seealso:
  - module: alianza.sip_trunking.alianza_tn_route
  - module: alianza.sip_trunking.alianza_sip_trunk_info
"""

EXAMPLES = r"""
---
- name: Read the numbers that ring at a trunk
  alianza.sip_trunking.alianza_telephone_number_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  register: lindon_numbers

- name: Find numbers that can be given to a new trunk
  alianza.sip_trunking.alianza_telephone_number_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    unrouted_only: true
  register: free_numbers

- name: Route the first ten of them
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: "{{ (free_numbers.telephone_numbers | map(attribute='telephone_number'))[:10] }}"
    trunk_name: Lindon HQ
    # Somebody may have been faster.
    reroute: false

- name: Say where the numbers of one range ring
  alianza.sip_trunking.alianza_telephone_number_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551300-18015551309"]
"""

RETURN = r"""
---
telephone_numbers:
  description:
    - The numbers, sorted. Each holds whatever the API's short list tells of it, with keys in snake_case; the most useful keys
      are listed here.
  returned: success
  type: list
  elements: dict
  contains:
    telephone_number:
      description: The number, as 11 digits.
      returned: always
      type: str
      sample: "18015551300"
    phone_number:
      description: The same as C(telephone_number), under the API's name.
      returned: always
      type: str
      sample: "18015551300"
    reference_type:
      description: What kind of thing the number rings at; null when it rings nowhere.
      returned: always
      type: str
      sample: SIP_TRUNK
    reference_id:
      description: ID or telephone number of what it rings at; null when it rings nowhere.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    trunk_name:
      description: Name of the trunk that it rings at.
      returned: when O(trunk_name) is given
      type: str
      sample: Lindon HQ
    function_type:
      description: What sort of number it is, such as V(ELS) or V(TollFree).
      returned: when the API tells it
      type: str
      sample: ELS
    operational_status:
      description: State of the number, such as V(ACTIVE) or V(STAGED).
      returned: when the API tells it
      type: str
      sample: ACTIVE
    toll_free:
      description: Whether the caller does not pay.
      returned: when the API tells it
      type: bool
      sample: false
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
from ..module_utils._module.telephone_number_info import TelephoneNumberInfo


def main():
    """Run the module."""
    run(
        TelephoneNumberInfo,
        dict(
            unrouted_only={"type": "bool", "default": False},
            telephone_numbers={"type": "list", "elements": "str"},
            **connection(),
            **trunk(),
        ),
    )


if __name__ == "__main__":
    main()
