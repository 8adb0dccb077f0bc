#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_trunk_registration_info
short_description: Read the registration of a SIP trunk, or wait for it
description:
  - Returns whether the PBX of a SIP trunk is registered with the platform, and whether the trunk is locked out after failed registrations.
    The platform sends calls to a trunk only while it is registered; otherwise they follow the rules for failures.
  - With O(wait_for), the registration is read repeatedly until it has the wanted state. If O(wait_timeout) is over before, the task fails
    with RV(failure.kind=timeout).
  - API calls - one read of the trunk list, one of the registration, and with O(wait_for) one more for each O(poll_interval).
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
      - This module only reads. It also waits in check mode.
      - In check mode, a trunk that does not exist yet is reported as not registered, without waiting.
options:
  wait_for:
    description:
      - Wait until the trunk is registered, or until it is not. If it is omitted, the module does not wait.
    type: str
    choices: [registered, unregistered]
  wait_timeout:
    description:
      - Maximum number of seconds to wait, V(0) or more. It has no effect without O(wait_for).
    type: float
    default: 60.0
  poll_interval:
    description:
      - Seconds between two reads, V(0.1) or more. It has no effect without O(wait_for).
    type: float
    default: 2.0
seealso:
  - module: alianza.sip_trunking.alianza_trunk_unlock
  - module: alianza.sip_trunking.alianza_sip_trunk_info
    description: Returns the registration of many trunks in one task.
"""

EXAMPLES = r"""
---
- name: Read whether the PBX is registered
  alianza.sip_trunking.alianza_trunk_registration_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  register: lindon

- name: Unlock the trunk if it is locked out
  alianza.sip_trunking.alianza_trunk_unlock:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  when: lindon.locked_out

- name: Wait two minutes for the PBX to register
  alianza.sip_trunking.alianza_trunk_registration_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    wait_for: registered
    wait_timeout: 120
    poll_interval: 5
"""

RETURN = r"""
---
# BEGIN generated: returned registration
registered:
  description: Whether the PBX is registered.
  returned: success
  type: bool
  sample: true
locked_out:
  description: Whether the trunk is locked out after failed registrations.
  returned: success
  type: bool
  sample: false
# END generated
trunk_name:
  description: Name of the trunk; null if only its ID is known.
  returned: success
  type: str
  sample: Lindon HQ
trunk_id:
  description: ID of the trunk; in check mode V((known after apply\)) if the trunk does not exist yet.
  returned: success
  type: str
  sample: LhmtrbuvQZ6qjIqW5ZF_mQ
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
from ..module_utils._module.trunk_registration_info import TrunkRegistrationInfoJob


def main():
    """Run the module."""
    run(
        TrunkRegistrationInfoJob,
        dict(
            wait_for={"type": "str", "choices": ["registered", "unregistered"]},
            wait_timeout={"type": "float", "default": 60.0},
            poll_interval={"type": "float", "default": 2.0},
            **connection(),
            **trunk(),
        ),
    )


if __name__ == "__main__":
    main()
