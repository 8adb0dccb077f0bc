#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_sip_trunk_group_info
short_description: Read the trunk groups of an account
description:
  - Returns the trunk groups of an account, optionally filtered by name or ID, with their members and forwarding rules.
  - If there is no such group, the list is empty and the task does not fail.
  - API calls - one read of the list of groups and one of the trunk list.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  name:
    description:
      - Return only trunk groups with this name. It is case-sensitive. If several groups have it, all of them are returned.
      - If O(group_id) is given too, both must match.
    type: str
  group_id:
    description:
      - Return only the trunk group with this ID.
    type: str
notes:
  - Alianza does not document whether the rules of a group or those of its trunks take precedence. This module returns the rules of the group;
    M(alianza.sip_trunking.alianza_sip_trunk_info) returns those of a trunk.
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
  - module: alianza.sip_trunking.alianza_trunk_forwarding
"""

EXAMPLES = r"""
---
- name: Read all trunk groups of the account
  alianza.sip_trunking.alianza_sip_trunk_group_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: all_groups

- name: List each group with its members
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.trunks | map(attribute='trunk_name') | join(', ') }}"
  loop: "{{ all_groups.sip_trunk_groups }}"
  loop_control:
    label: "{{ item.name }}"

- name: Read one trunk group
  alianza.sip_trunking.alianza_sip_trunk_group_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: All sites
"""

RETURN = r"""
---
sip_trunk_groups:
  description: The trunk groups, sorted by name. Empty if no group matches.
  returned: success
  type: list
  elements: dict
  contains:
    # BEGIN generated: values of a trunk group
    group_id:
      description: ID of the trunk group.
      returned: always
      type: str
      sample: aN3GfT0cQ4Svb1yXo7LdPw
    name:
      description: Name of the trunk group.
      returned: always
      type: str
      sample: All sites
    trunks:
      description: The trunks that are members of the group, sorted by name.
      returned: always
      type: list
      elements: dict
      contains:
        trunk_id:
          description: ID of the trunk.
          returned: always
          type: str
          sample: LhmtrbuvQZ6qjIqW5ZF_mQ
        trunk_name:
          description: Name of the trunk; null if the account has no trunk with this ID.
          returned: always
          type: str
          sample: Lindon HQ
    forward_always:
      description: Where all calls go while C(enabled) is true. Empty if no target is set.
      returned: always
      type: dict
      contains:
        enabled:
          description: Whether all calls go to the target now.
          returned: if a target is set
          type: bool
          sample: false
        reference_type:
          description: Type of the target.
          returned: if a target is set
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: ID or telephone number of the target.
          returned: if a target other than V(BUSY) is set
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk that is the target.
          returned: if the target is a trunk that exists
          type: str
          sample: Provo DR
    forward_on_failure:
      description: Where calls go that the group cannot take, in the order of attempts.
      returned: always
      type: list
      elements: dict
      contains:
        reference_type:
          description: Type of the target.
          returned: always
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: ID or telephone number of the target.
          returned: if a target other than V(BUSY) is set
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk that is the target.
          returned: if the target is a trunk that exists
          type: str
          sample: Provo DR
      sample:
        - reference_type: SIP_TRUNK
          reference_id: b7qW85coQ9qEUYArxEIBbg
          trunk_name: Provo DR
        - reference_type: TELEPHONE
          reference_id: '18015559999'
    forward_on_capacity_exceeded:
      description: Where calls go while the group is full, in the order of attempts.
      returned: always
      type: list
      elements: dict
      contains:
        reference_type:
          description: Type of the target.
          returned: always
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: ID or telephone number of the target.
          returned: if a target other than V(BUSY) is set
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk that is the target.
          returned: if the target is a trunk that exists
          type: str
          sample: Provo DR
      sample:
        - reference_type: BUSY
    # END generated
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
from ..module_utils._module.runner import run
from ..module_utils._module.sip_trunk_group_info import SipTrunkGroupInfoJob


def main():
    """Run the module."""
    run(SipTrunkGroupInfoJob, dict(name={"type": "str"}, group_id={"type": "str"}, **connection()))


if __name__ == "__main__":
    main()
