#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_tn_route
short_description: Route telephone numbers to a SIP trunk or another destination
description:
  - Routes telephone numbers of an account to one destination, which is a SIP trunk or another destination on the platform.
  - One task can route thousands of numbers. It reads the account's numbers once, and writes only those that are routed elsewhere.
  - If numbers are malformed or not on the account, the task fails before anything is written and names all of them.
  - If some writes fail, the others are still done. Then the task fails and names each number, and running it again does the rest. After
    20 network or server failures in a row it stops, and names the numbers that were not attempted.
  - The module never deletes a number from the account. A number without a destination is unrouted; callers hear a busy tone.
  - API calls - one read of the account's numbers, one of its trunks if the destination is a trunk, and one write for each number that
    differs.
version_added: 1.0.0
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
      - The prediction is the plan that a real run carries out.
      - The name of a trunk that does not exist causes a warning, because an earlier task may create it.
  diff_mode:
    details:
      - The diff contains the numbers that change, each with its destination before and after.
options:
  # BEGIN generated: options of a route
  telephone_numbers:
    description:
      - Telephone numbers, each as 11 digits that begin with C(1), or as 10 digits. C(+), blanks, dots, dashes and brackets are ignored, so that V(18015551212),
        V(8015551212), V(801-555-1212) and V(+1 (801\) 555-1212) are the same number.
      - An entry may be a range of two full numbers, such as V(18015551300-18015551399), which includes both. A range has at most 10,000 numbers. There
        may be several ranges.
      - The list may be one text, with an entry on each line or commas between them, as a survey returns it.
      - A number that is named more than once counts once.
    type: list
    elements: str
    required: true
  reference_type:
    description:
      - Type of the destination, if it is not given as O(trunk_name) or O(trunk_id).
    type: str
    choices: [SIP_TRUNK, END_USER, IVR, LINE_APPEARANCE, LINE_HUNTGROUP, TELEPHONE, VFAX, BUSINESS_LINE, BUSINESS_LINE_HUNT_GROUP, CALL_GROUP, CALL_QUEUE,
      AUTO_ATTENDANT, SPECIALTY_LINE, CONTACT_CENTER]
  reference_id:
    description:
      - 'The destination: a telephone number for O(reference_type=TELEPHONE), the platform''s ID for the other types.'
    type: str
  # END generated
  trunk_name:
    description:
      - Name of the SIP trunk that is the destination. It is case-sensitive.
      - With O(state=present), a destination is required, either O(trunk_name) or O(trunk_id), or O(reference_type) and O(reference_id).
      - If O(trunk_name) and O(trunk_id) are both given, they must refer to the same trunk.
      - If several trunks of the account have the name, the task fails and lists their IDs.
  trunk_id:
    description:
      - ID of the SIP trunk that is the destination, in place of O(trunk_name).
      - With O(state=absent), it may be the ID of a deleted trunk, because numbers can still be routed to it.
      - In check mode, the placeholder V((known after apply\)) is accepted, which M(alianza.sip_trunking.alianza_sip_trunk) returns for a
        trunk that it would create.
  reroute:
    description:
      - Whether numbers that are routed elsewhere may be rerouted. With V(false), the task fails, names them and writes nothing.
      - With V(true), RV(moved) lists the numbers that were routed elsewhere, and a warning names those whose destination was not a trunk.
    type: bool
    default: true
  exclusive:
    description:
      - Whether numbers that are routed to the destination and are not in O(telephone_numbers) are unrouted.
      - With an empty O(telephone_numbers), all numbers of the destination are unrouted.
      - It cannot be combined with O(state=absent).
    type: bool
    default: false
  # BEGIN generated: option concurrency
  concurrency:
    description:
      - Number of requests that are sent at the same time. A lower number puts less load on the API. From V(1) to V(64).
    type: int
    default: 8
  # END generated
  state:
    description:
      - With V(present), the numbers are routed to the destination.
      - With V(absent), the numbers are unrouted. If a destination is given, only those that are routed to it.
      - If no trunk has the O(trunk_name), and O(trunk_id) is not given, V(absent) changes nothing and warns about numbers whose trunk does
        not exist.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: alianza.sip_trunking.alianza_telephone_number_info
  - module: alianza.sip_trunking.alianza_sip_trunk
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Manages all trunks of an account, their rules and telephone numbers in one task.
"""

EXAMPLES = r"""
---
- name: Route one number and a range to the trunk
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers:
      - "+1 (801) 555-1212"
      - 18015551300-18015551399
    trunk_name: Lindon HQ

# For a complete list: numbers that are not in it are unrouted.
- name: Make these the only numbers of the trunk
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551212", "18015551300-18015551349"]
    trunk_name: Lindon HQ
    exclusive: true

- name: Route free numbers to another trunk, and fail if one of them is routed already
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551350-18015551399"]
    trunk_name: Provo DR
    reroute: false

- name: Route one number to a telephone outside of the platform
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551399"]
    reference_type: TELEPHONE
    reference_id: "18015559999"
  register: moved_away

- name: Show the previous destination
  ansible.builtin.debug:
    var: moved_away.moved

- name: Unroute the numbers of a range that are routed to the trunk in Provo
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551350-18015551399"]
    trunk_name: Provo DR
    state: absent

# The number itself stays on the account.
- name: Unroute a number, whatever its destination is
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551212"]
    state: absent
"""

RETURN = r"""
---
routed:
  description: Numbers that were routed to the destination, or would be in check mode, as 11 digits.
  returned: success, and if writes failed
  type: list
  elements: str
  sample: ["18015551300", "18015551301"]
unrouted:
  description: Numbers that were unrouted, or would be in check mode, as 11 digits.
  returned: success, and if writes failed
  type: list
  elements: str
  sample: ["18015551302"]
unchanged:
  description: Numbers of O(telephone_numbers) that needed no change, as 11 digits.
  returned: success, and if writes failed
  type: list
  elements: str
  sample: ["18015551212"]
moved:
  description: Those of RV(routed) that were routed elsewhere before.
  returned: success, and if writes failed
  type: list
  elements: dict
  contains:
    telephone_number:
      description: The number, as 11 digits.
      returned: always
      type: str
      sample: "18015551300"
    from:
      description: The previous destination.
      returned: always
      type: dict
      contains:
        reference_type:
          description: Type of the destination.
          returned: always
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: ID or telephone number of the destination.
          returned: if the API returned it
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk.
          returned: if it was a trunk that exists, and the new destination is a trunk too
          type: str
          sample: Provo DR
failed_numbers:
  description: Numbers that could not be written or were not attempted. Empty on success.
  returned: success, and if writes failed
  type: list
  elements: dict
  contains:
    telephone_number:
      description: The number, as 11 digits.
      returned: always
      type: str
      sample: "18015551399"
    msg:
      description: What is wrong.
      returned: always
      type: str
      sample: "api.alianza.com did not respond within 30.0 s: check the network, or raise timeout (5 attempts)"
# BEGIN generated: returned notices
notices:
  description:
    - What the user should know although it is not a failure. The same as the warnings of this collection, as data.
    - Empty if there is nothing, or if the task failed before it knew.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description:
        - V(expected_trunk) - The trunk is not on the account yet; check mode assumes that an earlier task creates it.
        - V(expected_group) - The trunk group is not on the account yet; check mode assumes that an earlier task creates it.
        - V(expected_rule) - The rule to switch on does not exist yet; check mode assumes that an earlier task sets it.
        - V(dead_target) - A forwarding rule points at a trunk that does not exist.
        - V(dead_member) - A trunk group has a member that is no trunk of the account.
        - V(forwards_to_member) - A trunk group forwards to its own member.
        - V(taken_from_group) - A trunk leaves its trunk group for another one.
        - V(leaves_group) - The trunk that is to be deleted is in a trunk group.
        - V(taken_from) - Telephone numbers are taken from a destination that is not a trunk.
        - V(dangling_numbers) - Telephone numbers are routed to a trunk that does not exist.
        - V(gone) - The trunk is not on the account any more, so that there is nothing to do.
        - V(password_unreadable) - The API did not return the SIP password, so that it is written on every run.
        - V(failover_smaller) - A failover target carries fewer calls than the trunk that it stands in for.
        - V(no_failover) - Trunks have no failover.
        - V(forward_loop) - Trunks forward all their calls in a loop.
        - V(unrouted_numbers) - Telephone numbers of the account are unrouted.
        - V(left_out) - A value of the trunk cannot be given as an option and is left out of the document.
        - V(name_shared) - Several trunks share the name, so that the removed trunk is listed under another one.
        - V(normalized) - The API stores a value in another form than it was given.
        - V(forced) - A guard was overridden by force.
        - V(not_on_account) - Telephone numbers are not on the account.
        - V(records_left_out) - There are more call records than are read, so that older ones are left out.
      returned: always
      type: str
      sample: dead_target
    subject:
      description: Name of the trunk or the destination that the notice is about; null if it is about several or about the account.
      returned: always
      type: str
      sample: Lindon HQ
    msg:
      description: The sentence of the warning. Of V(forced), what the safeguard objected to.
      returned: always
      type: str
      sample: 'Trunk ''Lindon HQ'' forwards to trunk b7qW85coQ9qEUYArxEIBbg, which does not exist, so that calls sent there fail: change the rule'
# END generated
# BEGIN generated: returned guards
guards:
  description:
    - What the safeguards object to, one entry for each objection. C(msg) says the same.
    - Empty if the task failed for another reason. Beside objections there may be other faults.
  returned: failure
  type: list
  elements: dict
  contains:
    kind:
      description:
        - V(numbers_routed) - Telephone numbers are routed to the trunk that is to be deleted.
        - V(forwarded_to) - Another trunk forwards to the trunk that is to be deleted.
        - V(group_forwards) - A trunk group forwards to the trunk that is to be deleted.
        - V(members) - The trunk group that is to be deleted has trunks in it.
        - V(points_at_group) - A telephone number or a forwarding rule points at the trunk group that is to be deleted.
        - V(forwards_to_member) - The rules of a trunk group would send calls to a trunk in it.
        - V(registered) - The PBX of the trunk that is to be deleted is registered.
        - V(ip_based_auth) - The trunk that is to be deleted uses IP-based authentication, so that it may be in use without a registration.
        - V(empty_document) - The document keeps no trunk, and every trunk of the account would be deleted.
        - V(reroute) - Telephone numbers are routed elsewhere, and reroute is false.
      returned: always
      type: str
      sample: numbers_routed
    subject:
      description: Name of the trunk or the destination that the objection is about; null if it is about the account.
      returned: always
      type: str
      sample: Lindon HQ
    msg:
      description: The objection, without a remedy.
      returned: always
      type: str
      sample: 'Trunk ''Lindon HQ'' has state: absent, and 1 telephone number (18015551212) is routed to it'
    remedy:
      description: What to do instead of overriding the safeguard.
      returned: always
      type: str
      sample: route these numbers elsewhere first
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

from ..module_utils._module.argspec import concurrency, connection, route, state, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.tn_route import TnRouteJob


def main():
    """Run the module."""
    run(
        TnRouteJob,
        dict(
            reroute={"type": "bool", "default": True},
            exclusive={"type": "bool", "default": False},
            **connection(),
            **concurrency(),
            **route(),
            **trunk(),
            **state(),
        ),
    )


if __name__ == "__main__":
    main()
