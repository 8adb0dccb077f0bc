#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_trunk_registration_info
short_description: Read whether a SIP trunk is registered, and wait for it
description:
  - Returns whether the PBX of a SIP trunk is registered with the platform, and whether the trunk is locked out after failed registrations.
    The platform sends calls to a trunk only while it is registered; otherwise they follow the rules for failures.
  - With O(wait_for) it looks again and again, until the registration is as wanted or the time is up, which is a failure of the kind
    V(timeout).
  - In API calls, it costs one read of the trunk list and one of the registration, and with O(wait_for) one more each O(poll_interval).
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
      - This module only reads. It waits in check mode too.
      - In check mode a trunk that is not there yet counts as not registered, and is not waited for.
options:
  wait_for:
    description:
      - Wait until the trunk is registered, or until it is not. Left out, the module looks once.
    type: str
    choices: [registered, unregistered]
  wait_timeout:
    description:
      - Seconds to wait at most, V(0) or more. It has no effect without O(wait_for).
    type: float
    default: 60.0
  poll_interval:
    description:
      - Seconds between two looks, V(0.1) or more. It has no effect without O(wait_for).
    type: float
    default: 2.0
seealso:
  - module: alianza.sip_trunking.alianza_trunk_unlock
  - module: alianza.sip_trunking.alianza_sip_trunk_info
    description: The registration of many trunks in one task.
"""

EXAMPLES = r"""
---
- name: Look whether the PBX is registered
  alianza.sip_trunking.alianza_trunk_registration_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  register: lindon

- name: Unlock the trunk if that is what keeps it from registering
  alianza.sip_trunking.alianza_trunk_unlock:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
  when: lindon.locked_out

- name: Give the PBX two minutes to register
  alianza.sip_trunking.alianza_trunk_registration_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    wait_for: registered
    wait_timeout: 120
    poll_interval: 5
"""

RETURN = r"""
---
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
trunk_name:
  description: Name of the trunk; null when only its ID is known.
  returned: success
  type: str
  sample: Lindon HQ
trunk_id:
  description: ID of the trunk; in check mode V((known after apply\)) for one that is not there yet.
  returned: success
  type: str
  sample: LhmtrbuvQZ6qjIqW5ZF_mQ
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
from ..module_utils._module.trunk_registration_info import RegistrationInfo


def main():
    """Run the module."""
    run(
        RegistrationInfo,
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
