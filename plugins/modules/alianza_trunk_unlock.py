#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_trunk_unlock
short_description: Unlock a SIP trunk that is locked out
description:
  - Unlocks a SIP trunk that the platform has locked out after failed registrations. A trunk that is not locked out stays as it is.
  - Correct or stop the PBX that registers with wrong credentials first, or the trunk is soon locked out again.
  - In API calls, it costs one read of the trunk list, at most one of the registration, and one write if the trunk is locked out.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.write
  - alianza.sip_trunking.connection
  - alianza.sip_trunking.sip_trunk
attributes:
  diff_mode:
    details:
      - The diff holds C(locked_out).
seealso:
  - module: alianza.sip_trunking.alianza_trunk_registration_info
  - module: alianza.sip_trunking.alianza_sip_credentials_info
    description: The credentials that the PBX should register with.
"""

EXAMPLES = r"""
---
- name: Unlock the trunk, now that the PBX has the right password
  alianza.sip_trunking.alianza_trunk_unlock:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ

# The ID does as well as the name, here of every trunk that is locked out.
- name: Read the trunks of the account
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: all_trunks

- name: Unlock those that are locked out
  alianza.sip_trunking.alianza_trunk_unlock:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_id: "{{ item.trunk_id }}"
  loop: "{{ all_trunks.sip_trunks | selectattr('locked_out', 'true') }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
---
trunk_name:
  description: Name of the trunk; null when only its ID is known.
  returned: success, and when the write failed
  type: str
  sample: Lindon HQ
trunk_id:
  description: ID of the trunk; in check mode V((known after apply\)) for one that is not there yet.
  returned: success, and when the write failed
  type: str
  sample: LhmtrbuvQZ6qjIqW5ZF_mQ
locked_out:
  description: Whether the trunk is locked out after the task, or would be after a real run. Always false, since anything else is a failure.
  returned: success
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
from ..module_utils._module.trunk_unlock import Unlock


def main():
    """Run the module."""
    run(Unlock, dict(**connection(), **trunk()))


if __name__ == "__main__":
    main()
