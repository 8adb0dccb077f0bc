#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_call_flow_info
short_description: Show where the calls of an account go, now or while trunks fail
description:
  - Returns where calls to the telephone numbers of an account go, the trunks that they come to on their way, and how many call paths carry
    them.
  - With O(unavailable_trunks) and O(full_trunks), it returns where they would go if trunks failed or were full. Nothing is changed on the
    platform.
  - A call to a trunk that forwards all calls goes to the target of that rule. If the trunk is unavailable, its C(forward_on_failure) targets
    are attempted in their order, and if it is full, those of C(forward_on_capacity_exceeded). A trunk without such targets does not take the
    call.
  - API calls - one read of the trunks, one of the numbers, one of the rules of each trunk, and with O(use_registration) one of the
    registration of each trunk that has to register. If a trunk is in a trunk group, one more of the trunk groups.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  telephone_numbers:
    description:
      - The telephone numbers of the account to follow calls of. By default, all of them.
      - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, and ranges.
    type: list
    elements: str
  unavailable_trunks:
    description:
      - Names or IDs of trunks that are assumed to be unavailable.
    type: list
    elements: str
    default: []
  full_trunks:
    description:
      - Names or IDs of trunks that are assumed to carry as many calls as they can. A trunk that is unavailable too is taken as unavailable.
    type: list
    elements: str
    default: []
  use_registration:
    description:
      - Whether trunks that are not registered now are unavailable. A trunk with IP-based authentication never registers and counts as
        registered.
      - If it is V(false), every trunk works unless O(unavailable_trunks) names it.
    type: bool
    default: true
  one_at_a_time:
    description:
      - Whether to return RV(outages) too, which is what happens if one trunk fails, for each trunk of the account by itself.
    type: bool
    default: false
  # BEGIN generated: option concurrency
  concurrency:
    description:
      - Number of requests that are sent at the same time. A lower number puts less load on the API. From V(1) to V(64).
    type: int
    default: 8
  # END generated
notes:
  - Alianza does not document what happens to a call that is forwarded to a trunk that cannot take it. This module assumes that the call
    follows the rules of that trunk, and then the next attempt of the trunk before; that a trunk is tried once for each call; and that a call
    that is forwarded to a telephone number of the account goes where that number is routed.
  - Call paths are those of the trunks at which calls ring. A call that a trunk forwards is assumed to take none of its own.
  - Whether the rules of a trunk group or those of its trunks take precedence is not documented either. The way follows those of the trunk, and
    RV(call_flows[].notes) names those of the group.
seealso:
  - module: alianza.sip_trunking.alianza_trunk_forwarding
  - module: alianza.sip_trunking.alianza_call_path_usage_info
    description: Returns how many call paths were in use.
"""

EXAMPLES = r"""
---
- name: Show where calls go now
  alianza.sip_trunking.alianza_call_flow_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: now

- name: Fail if calls are lost
  ansible.builtin.assert:
    that: now.lost_numbers == []
    fail_msg: "Nobody takes the calls to {{ now.lost_numbers | join(', ') }}"

- name: Show where calls would go if the head office failed
  alianza.sip_trunking.alianza_call_flow_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    unavailable_trunks: [Lindon HQ]
  register: without_head_office

- name: Show how many call paths would be left
  ansible.builtin.debug:
    msg: "{{ without_head_office.call_paths.left }} of {{ without_head_office.call_paths.before }}"

- name: Find the trunks without a working failover
  alianza.sip_trunking.alianza_call_flow_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    one_at_a_time: true
  register: each

- name: Name them
  ansible.builtin.debug:
    msg: "{{ each.outages | selectattr('lost_numbers') | map(attribute='trunk_name') }}"
"""

RETURN = r"""
---
account_id:
  description: ID of the account.
  returned: success
  type: str
  sample: oWUgHknjS52mrdsfFDtKvg
# BEGIN generated: returned call flows
call_flows:
  description: Where calls go, one entry for each set of telephone numbers whose calls go the same way.
  returned: success
  type: list
  elements: dict
  contains:
    telephone_numbers:
      description: The telephone numbers whose calls go this way. Consecutive numbers are written as ranges.
      returned: always
      type: list
      elements: str
      sample: ['18015551212', 18015551300-18015551399]
    steps:
      description: The trunks that a call comes to, in the order of attempts. Empty if the numbers are not routed to a trunk.
      returned: always
      type: list
      elements: dict
      contains:
        trunk_name:
          description: Name of the trunk; null if the account has no trunk with this ID.
          returned: always
          type: str
          sample: Lindon HQ
        trunk_id:
          description: ID of the trunk.
          returned: always
          type: str
          sample: LhmtrbuvQZ6qjIqW5ZF_mQ
        result:
          description: V(rings) - the call rings at the PBX. V(unavailable) - the trunk cannot take it, or does not exist. V(full) - all its call paths
            are taken. V(forwards) - it forwards all calls.
          returned: always
          type: str
          sample: unavailable
        rule:
          description: The rule that the call follows, V(forward_always), V(forward_on_failure) or V(forward_on_capacity_exceeded); null if it follows none.
          returned: always
          type: str
          sample: forward_on_failure
    destination:
      description: What takes the calls, or gives the busy tone. Empty if nothing does.
      returned: always
      type: dict
      contains:
        reference_type:
          description: Type of the destination.
          returned: if there is a destination
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: ID or telephone number of the destination.
          returned: if there is a destination other than V(BUSY)
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk that is the destination.
          returned: if the destination is a trunk
          type: str
          sample: Provo DR
    result:
      description: V(answered) - calls ring at the PBX of a trunk. V(forwarded) - they go to a destination that is not a trunk. V(busy) - the caller hears
        a busy tone, because of a rule or because the numbers are unrouted. V(lost) - no attempt takes the call. V(loop) - no attempt takes the call, and
        one of them comes back to a trunk that forwards it already.
      returned: always
      type: str
      sample: answered
    call_paths:
      description: Number of concurrent calls of the trunk at which the calls ring; V(0) if they are not taken, and null if they go to a destination that
        is not a trunk.
      returned: always
      type: int
      sample: 20
    notes:
      description: What makes the way uncertain, a sentence each - rules of a trunk group that a trunk of the way is in, because Alianza does not document
        which rules take precedence.
      returned: always
      type: list
      elements: str
      sample: []
lost_numbers:
  description: Telephone numbers whose calls are lost or loop. Consecutive numbers are written as ranges. Numbers that ring busy are not among them.
  returned: success
  type: list
  elements: str
  sample: ['18015551212', 18015551300-18015551399]
call_paths:
  description: How many call paths carry the numbers, each trunk at which calls ring counted once.
  returned: success
  type: dict
  contains:
    before:
      description: Call paths while the trunks that are assumed to fail or to be full work.
      returned: always
      type: int
      sample: 40
    left:
      description: Call paths under the assumptions.
      returned: always
      type: int
      sample: 20
# END generated
outages:
  description:
    - What happens if one trunk fails, for each trunk by itself, sorted by name. The comparison is with the same account while this trunk works;
      the other options hold besides.
  returned: if O(one_at_a_time=true)
  type: list
  elements: dict
  contains:
    # BEGIN generated: values of an outage
    trunk_name:
      description: Name of the trunk that fails.
      returned: always
      type: str
      sample: Lindon HQ
    trunk_id:
      description: ID of the trunk.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    call_flows:
      description: Where the calls go that go another way then, in the shape of RV(call_flows).
      returned: always
      type: list
      elements: dict
      sample: []
    lost_numbers:
      description: Telephone numbers whose calls are lost or loop then, and are taken while the trunk works.
      returned: always
      type: list
      elements: str
      sample: ['18015551212', 18015551300-18015551399]
    busy_numbers:
      description: Telephone numbers whose callers hear a busy tone then, and whose calls are taken while the trunk works.
      returned: always
      type: list
      elements: str
      sample: []
    call_paths:
      description: How many call paths carry the numbers, each trunk at which calls ring counted once.
      returned: always
      type: dict
      contains:
        before:
          description: Call paths while the trunks that are assumed to fail or to be full work.
          returned: always
          type: int
          sample: 40
        left:
          description: Call paths under the assumptions.
          returned: always
          type: int
          sample: 20
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

from ..module_utils._module.argspec import concurrency, connection
from ..module_utils._module.call_flow_info import CallFlowInfoJob
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(
        CallFlowInfoJob,
        dict(
            telephone_numbers={"type": "list", "elements": "str"},
            unavailable_trunks={"type": "list", "elements": "str", "default": []},
            full_trunks={"type": "list", "elements": "str", "default": []},
            use_registration={"type": "bool", "default": True},
            one_at_a_time={"type": "bool", "default": False},
            **concurrency(),
            **connection(),
        ),
    )


if __name__ == "__main__":
    main()
