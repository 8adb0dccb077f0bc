#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_trunk_forwarding
short_description: Set where the calls of a SIP trunk go when it cannot or shall not take them
description:
  - Makes the forwarding rules of one SIP trunk what the options say. There are three sections, for all calls at any time
    (O(forward_always)), for calls that the trunk cannot take (O(forward_on_failure)), and for calls beyond its capacity
    (O(forward_on_capacity_exceeded)).
  - A section that is left out stays as it is, although the API replaces all three with every write.
  - A rule that sends calls back to the same trunk, a target that is named twice in one list, and a trunk that does not exist are refused
    before anything is written. A trunk that is gone and was in the section before brings only a warning when it stays there.
  - Targets that are not trunks are not looked up; the API refuses those that it does not know.
  - In API calls, it costs one read of the trunk list and one of the rules, and one write if something differs.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.write
  - alianza.sip_trunking.connection
  - alianza.sip_trunking.sip_trunk
attributes:
  check_mode:
    details:
      - The prediction comes from the same plan that a real run carries out.
      - The name of a trunk that does not exist, be it the trunk itself or a target, brings a warning, because a task before may be the one
        that creates it.
  diff_mode:
    details:
      - The diff holds the sections that are set, with the names of trunks where they are known.
options:
  forward_always:
    description:
      - Where all calls go while O(forward_always.enabled) is true, whatever the other two sections say.
      - O(forward_always.enabled) alone switches the target that is in place on or off, and keeps it.
      - A target without O(forward_always.enabled) leaves the switch as it is, which is off where there was no target.
      - V({}) clears the section. Left out, it stays as it is.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether all calls go to the target now.
        type: bool
      reference_type:
        description:
          - What kind of thing the target is; one of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE) and
            V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
          - With O(forward_always.trunk_name) it may be left out, since only V(SIP_TRUNK) fits.
        type: str
      reference_id:
        description:
          - The target; a telephone number for V(TELEPHONE), and the platform's ID of it for the other types. V(BUSY) takes none.
          - A telephone number is taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
            takes, but no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target. It does the same as O(forward_always.reference_id).
          - When both are given they must mean the same trunk.
        type: str
  forward_on_failure:
    description:
      - Where a call goes that the trunk cannot take, for example because its PBX is not registered, in the order of attempts.
      - The list replaces that of the platform, and its order counts. V([]) clears it. Left out, it stays as it is.
    type: list
    elements: dict
    suboptions:
      reference_type:
        description:
          - What kind of thing the target is; one of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE) and
            V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
          - With O(forward_on_failure[].trunk_name) it may be left out, since only V(SIP_TRUNK) fits.
        type: str
      reference_id:
        description:
          - The target; a telephone number for V(TELEPHONE), and the platform's ID of it for the other types. V(BUSY) takes none.
          - A telephone number is taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
            takes, but no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target. It does the same as O(forward_on_failure[].reference_id).
          - When both are given they must mean the same trunk.
        type: str
  forward_on_capacity_exceeded:
    description:
      - Where a call goes while the trunk carries as many calls as it may, in the order of attempts.
      - The list replaces that of the platform, and its order counts. V([]) clears it. Left out, it stays as it is.
    type: list
    elements: dict
    suboptions:
      reference_type:
        description:
          - What kind of thing the target is; one of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE) and
            V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
          - With O(forward_on_capacity_exceeded[].trunk_name) it may be left out, since only V(SIP_TRUNK) fits.
        type: str
      reference_id:
        description:
          - The target; a telephone number for V(TELEPHONE), and the platform's ID of it for the other types. V(BUSY) takes none.
          - A telephone number is taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
            takes, but no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target. It does the same as O(forward_on_capacity_exceeded[].reference_id).
          - When both are given they must mean the same trunk.
        type: str
  state:
    description:
      - With V(present) the sections that are given are what the options say.
      - With V(absent) all three sections are empty; then none of them may be given. A trunk that is gone has no rules, which is fine.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
    description: Returns the rules with O(alianza.sip_trunking.alianza_sip_trunk_info#module:include).
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Many trunks with their rules and telephone numbers in one task.
  - module: alianza.sip_trunking.alianza_tn_route
"""

EXAMPLES = r"""
---
- name: Try the trunk in Provo when Lindon does not answer, then a mobile phone
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_on_failure:
      - trunk_name: Provo DR
      - reference_type: TELEPHONE
        reference_id: "18015559999"
    forward_on_capacity_exceeded:
      - reference_type: BUSY

# With the target in place, one short task is enough when it is needed: forward_always with enabled: true and nothing else.
- name: Configure a diversion of all calls, switched off
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_always:
      enabled: false
      trunk_name: Provo DR

- name: Keep the rules as they are now
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    include: [forwarding]
  register: saved

- name: Divert all calls to a telephone, now
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_always:
      enabled: true
      reference_type: TELEPHONE
      reference_id: 801-555-9999

- name: End the diversion and keep its target
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_always:
      enabled: false

# What the modules return can be given back to them.
- name: Restore exactly what was there
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_always: "{{ saved.sip_trunks[0].forwarding.forward_always }}"
    forward_on_failure: "{{ saved.sip_trunks[0].forwarding.forward_on_failure }}"
    forward_on_capacity_exceeded: "{{ saved.sip_trunks[0].forwarding.forward_on_capacity_exceeded }}"

- name: Clear the overflow list and keep the other two sections
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_on_capacity_exceeded: []

- name: Clear all rules
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    state: absent
"""

RETURN = r"""
---
forwarding:
  description:
    - The rules as they are now, or would be in check mode. Its three sections can be given back to the module as options.
    - When the write failed, these are the rules as they were to become.
    - In check mode C(trunk_id) is V((known after apply\)) for a trunk that is not there yet. With O(state=absent), what is not known of a
      trunk that is gone is null.
  returned: success, and when a write failed
  type: dict
  contains:
    trunk_id:
      description: ID of the trunk that the rules belong to.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    trunk_name:
      description: Name of the trunk that the rules belong to; null when only its ID is known.
      returned: always
      type: str
      sample: Lindon HQ
    forward_always:
      description: Where all calls go while C(enabled) is true. Empty when no target is set.
      returned: always
      type: dict
      contains:
        enabled:
          description: Whether all calls go to the target now.
          returned: when a target is set
          type: bool
          sample: false
        reference_type:
          description: What kind of thing the target is.
          returned: when a target is set
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: ID or telephone number of the target.
          returned: when a target is set, except for V(BUSY)
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk that is the target.
          returned: when the target is a trunk that exists
          type: str
          sample: Provo DR
    forward_on_failure:
      description:
        - Where a call goes that the trunk cannot take, in the order of attempts.
        - Its entries are like C(forward_always), without C(enabled).
      returned: always
      type: list
      elements: dict
      sample:
        - reference_id: b7qW85coQ9qEUYArxEIBbg
          reference_type: SIP_TRUNK
          trunk_name: Provo DR
        - reference_id: "18015559999"
          reference_type: TELEPHONE
    forward_on_capacity_exceeded:
      description:
        - Where a call goes while the trunk is full, in the order of attempts.
        - Its entries are like C(forward_always), without C(enabled).
      returned: always
      type: list
      elements: dict
      sample:
        - reference_type: BUSY
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

from ..module_utils._module.argspec import connection, forwarding, state, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.trunk_forwarding import Forwarding


def main():
    """Run the module."""
    run(Forwarding, dict(**connection(), **trunk(), **forwarding(), **state()))


if __name__ == "__main__":
    main()
