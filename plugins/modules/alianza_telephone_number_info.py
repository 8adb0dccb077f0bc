#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_telephone_number_info
short_description: Read the telephone numbers of an account and their destinations
description:
  - Returns the telephone numbers of an account with their destinations, optionally filtered. A number must match all options that are given.
  - API calls - one read of the account's numbers, and one of its trunks if O(trunk_name) is given.
version_added: 1.0.0
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
      - Return only numbers that are routed to the SIP trunk with this name. The trunk must exist.
      - If O(trunk_name) and O(trunk_id) are both given, they must refer to the same trunk.
      - In check mode, a name that no trunk has causes a warning instead of a failure, because an earlier task may create the trunk.
  trunk_id:
    description:
      - Return only numbers that are routed to the SIP trunk with this ID. It may be the ID of a deleted trunk, because numbers can still be
        routed to it.
  telephone_numbers:
    description:
      - Return only these numbers and ranges, as O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts them.
      - Numbers that are not on the account are named in a warning.
    type: list
    elements: str
  unrouted_only:
    description:
      - Return only unrouted numbers. It cannot be combined with O(trunk_name) or O(trunk_id).
    type: bool
    default: false
seealso:
  - module: alianza.sip_trunking.alianza_tn_route
  - module: alianza.sip_trunking.alianza_sip_trunk_info
"""

EXAMPLES = r"""
---
- name: Read the numbers that are routed to a trunk
  alianza.sip_trunking.alianza_telephone_number_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  register: lindon_numbers

- name: Find numbers for a new trunk
  alianza.sip_trunking.alianza_telephone_number_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    unrouted_only: true
  register: free_numbers

- name: Route the first ten of them
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: "{{ (free_numbers.telephone_numbers | map(attribute='telephone_number'))[:10] }}"
    trunk_name: Lindon HQ
    # They may have been routed in the meantime.
    reroute: false

- name: Read the destinations of the numbers of a range
  alianza.sip_trunking.alianza_telephone_number_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551300-18015551309"]
"""

RETURN = r"""
---
telephone_numbers:
  description:
    - The numbers, sorted. Each contains all keys that the API's short list returns, in snake_case; the most useful ones are listed here.
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
      description: Type of the destination; null if the number is unrouted.
      returned: always
      type: str
      sample: SIP_TRUNK
    reference_id:
      description: ID or telephone number of the destination; null if the number is unrouted.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    trunk_name:
      description: Name of the trunk that it is routed to.
      returned: if O(trunk_name) is given
      type: str
      sample: Lindon HQ
    function_type:
      description: Type of the number, such as V(ELS) or V(TollFree).
      returned: if the API returns it
      type: str
      sample: ELS
    operational_status:
      description: State of the number, such as V(ACTIVE) or V(STAGED).
      returned: if the API returns it
      type: str
      sample: ACTIVE
    toll_free:
      description: Whether the number is toll-free.
      returned: if the API returns it
      type: bool
      sample: false
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
from ..module_utils._module.telephone_number_info import TelephoneNumberInfoJob


def main():
    """Run the module."""
    run(
        TelephoneNumberInfoJob,
        dict(
            unrouted_only={"type": "bool", "default": False},
            telephone_numbers={"type": "list", "elements": "str"},
            **connection(),
            **trunk(),
        ),
    )


if __name__ == "__main__":
    main()
