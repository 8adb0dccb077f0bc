#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_sip_trunk_group
short_description: Create, change, rename and delete a trunk group
description:
  - Creates, changes, renames or deletes one trunk group of an account, with its members and its forwarding rules.
  - An option that is omitted is not changed on the platform, although the API replaces the whole group.
  - A target that does not exist, and a group that forwards to itself, are refused before anything is written. A target that is in place already
    and does not exist is only warned about.
  - Rules that send the calls of a group to one of its own trunks are refused too. See O(force).
  - A group is not deleted while trunks are in it, or while a telephone number or a forwarding rule points at it; the message names them. See
    O(force).
  - API calls - one read of the trunk list and one of the list of groups, and one write if something differs. A delete without O(force) also
    reads the account's telephone numbers and the forwarding rules of all trunks.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.write
  - alianza.sip_trunking.connection
attributes:
  check_mode:
    details:
      - The prediction is the plan that a real run carries out.
      - A trunk that is not on the account is assumed to be created by an earlier task, with a warning.
      - A group that would be created is returned with V((known after apply\)) as its RV(sip_trunk_group.group_id), which this module accepts in
        check mode as its O(group_id).
options:
  # BEGIN generated: options of a trunk group
  name:
    description:
      - Name of the trunk group. It is case-sensitive. O(name) or O(group_id) is required, and O(name) to create a group.
      - If both are given and the group exists, the group with that ID is renamed. A name that another group has is refused.
      - A new name is also refused if it has blanks at its edges or control characters, or if it differs from the name of another group only by
        case, blanks or Unicode form.
    type: str
  group_id:
    description:
      - ID of a trunk group that exists.
    type: str
  trunks:
    description:
      - The trunks that are members of the group. Each entry is the name of a trunk or its ID, or a dictionary with C(trunk_name) or C(trunk_id),
        as M(alianza.sip_trunking.alianza_sip_trunk_group_info) returns it.
      - 'The list replaces the list on the platform. Its order does not matter. A trunk is in one group at most: one that is in another group
        leaves it, with a warning. If it is omitted, the members are not changed. V([]) takes all trunks out of the group.'
    type: list
    elements: raw
  forward_always:
    description:
      - Where all calls go while O(forward_always.enabled) is true, whatever the other two sections say.
      - O(forward_always.enabled) alone switches the target that is in place on or off, and keeps it.
      - A target without O(forward_always.enabled) keeps the switch as it is, which is off if there was no target.
      - If it is omitted, the section is not changed. V({}) clears the section.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether all calls go to the target now.
        type: bool
      reference_type:
        description:
          - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL). V(VOICEMAIL)
            is the same as V(VOICE_MAIL).
          - It may be omitted with O(forward_always.trunk_name), which implies V(SIP_TRUNK).
        type: str
      reference_id:
        description:
          - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
          - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but
            no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target, in place of O(forward_always.reference_id).
          - If both are given, they must refer to the same trunk.
        type: str
  forward_on_failure:
    description:
      - Where calls go that the group cannot take, for example because its PBX is not registered, in the order of attempts.
      - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed. V([]) clears it.
    type: list
    elements: dict
    suboptions:
      reference_type:
        description:
          - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL). V(VOICEMAIL)
            is the same as V(VOICE_MAIL).
          - It may be omitted with O(forward_on_failure[].trunk_name), which implies V(SIP_TRUNK).
        type: str
      reference_id:
        description:
          - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
          - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but
            no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target, in place of O(forward_on_failure[].reference_id).
          - If both are given, they must refer to the same trunk.
        type: str
  forward_on_capacity_exceeded:
    description:
      - Where calls go while the group carries as many calls as it can, in the order of attempts.
      - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed. V([]) clears it.
    type: list
    elements: dict
    suboptions:
      reference_type:
        description:
          - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL). V(VOICEMAIL)
            is the same as V(VOICE_MAIL).
          - It may be omitted with O(forward_on_capacity_exceeded[].trunk_name), which implies V(SIP_TRUNK).
        type: str
      reference_id:
        description:
          - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
          - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but
            no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target, in place of O(forward_on_capacity_exceeded[].reference_id).
          - If both are given, they must refer to the same trunk.
        type: str
  # END generated
  state:
    description:
      - V(present) creates or changes the group, V(absent) deletes it. A group that does not exist is not an error with V(absent).
    type: str
    choices: [present, absent]
    default: present
  force:
    description:
      - Overrides the safeguards. With O(state=absent), deletes the group although trunks are in it, or something points at it. Its trunks stay, and
        belong to no group then.
      - With O(state=present), writes rules that send the calls of the group to one of its own trunks.
    type: bool
    default: false
notes:
  - Alianza does not document whether the rules of a group or those of its trunks take precedence. Give the rules to one of the two, or the same to
    both; M(alianza.sip_trunking.alianza_call_flow_info) follows those of the trunks, and notes where a group has other ones.
  - Telephone numbers are routed to trunks. The API documents no way to route a number to a group.
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_group_info
  - module: alianza.sip_trunking.alianza_sip_trunk
  - module: alianza.sip_trunking.alianza_trunk_forwarding
  - module: alianza.sip_trunking.alianza_account_trunks
"""

EXAMPLES = r"""
---
- name: Put two trunks into a group whose calls go to a mobile phone if neither can be reached
  alianza.sip_trunking.alianza_sip_trunk_group:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: All sites
    trunks:
      - Lindon HQ
      - Provo DR
    forward_on_failure:
      - reference_type: TELEPHONE
        reference_id: "18015559999"

- name: Send all calls of the group to a mobile phone now
  alianza.sip_trunking.alianza_sip_trunk_group:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: All sites
    forward_always:
      reference_type: TELEPHONE
      reference_id: "18015559999"
      enabled: true

- name: Take all trunks out of the group, and delete it
  alianza.sip_trunking.alianza_sip_trunk_group:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: All sites
    state: absent
    force: true
"""

RETURN = r"""
---
sip_trunk_group:
  description: The trunk group; empty with O(state=absent). Each value can be given as the option of the same name.
  returned: success
  type: dict
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

from ..module_utils._module.argspec import connection, sip_trunk_group, state
from ..module_utils._module.runner import run
from ..module_utils._module.sip_trunk_group import SipTrunkGroupJob


def main():
    """Run the module."""
    run(
        SipTrunkGroupJob,
        dict(
            force={"type": "bool", "default": False},
            **connection(),
            **sip_trunk_group(),
            **state(),
        ),
    )


if __name__ == "__main__":
    main()
