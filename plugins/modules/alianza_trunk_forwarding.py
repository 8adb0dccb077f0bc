#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_trunk_forwarding
short_description: Set the forwarding rules of a SIP trunk
description:
  - Sets the forwarding rules of one SIP trunk. There are three sections, for all calls at any time (O(forward_always)), for calls that
    the trunk cannot take (O(forward_on_failure)), and for calls beyond its capacity (O(forward_on_capacity_exceeded)).
  - A section that is omitted is not changed, although the API replaces all three with every write.
  - The task fails before anything is written if a rule sends calls back to the same trunk, if a list contains a target twice, or if a
    target trunk does not exist. A deleted trunk that was in the section before and stays there causes only a warning.
  - Targets that are not trunks are not looked up; the API refuses those that it does not know.
  - API calls - one read of the trunk list, one of the rules, and one write if something differs.
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
      - The name of a trunk that does not exist, as the trunk itself or as a target, causes a warning, because an earlier task may create
        it.
  diff_mode:
    details:
      - The diff contains the sections that are set, with the names of trunks if they are known.
options:
  # BEGIN generated: options of forwarding
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
          - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL). V(VOICEMAIL) is the same
            as V(VOICE_MAIL).
          - It may be omitted with O(forward_always.trunk_name), which implies V(SIP_TRUNK).
        type: str
      reference_id:
        description:
          - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
          - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target, in place of O(forward_always.reference_id).
          - If both are given, they must refer to the same trunk.
        type: str
  forward_on_failure:
    description:
      - Where calls go that the trunk cannot take, for example because its PBX is not registered, in the order of attempts.
      - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed. V([]) clears it.
    type: list
    elements: dict
    suboptions:
      reference_type:
        description:
          - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL). V(VOICEMAIL) is the same
            as V(VOICE_MAIL).
          - It may be omitted with O(forward_on_failure[].trunk_name), which implies V(SIP_TRUNK).
        type: str
      reference_id:
        description:
          - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
          - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target, in place of O(forward_on_failure[].reference_id).
          - If both are given, they must refer to the same trunk.
        type: str
  forward_on_capacity_exceeded:
    description:
      - Where calls go while the trunk carries as many calls as it can, in the order of attempts.
      - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed. V([]) clears it.
    type: list
    elements: dict
    suboptions:
      reference_type:
        description:
          - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL). V(VOICEMAIL) is the same
            as V(VOICE_MAIL).
          - It may be omitted with O(forward_on_capacity_exceeded[].trunk_name), which implies V(SIP_TRUNK).
        type: str
      reference_id:
        description:
          - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
          - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range.
        type: str
      trunk_name:
        description:
          - Name of the trunk that is the target, in place of O(forward_on_capacity_exceeded[].reference_id).
          - If both are given, they must refer to the same trunk.
        type: str
  # END generated
  state:
    description:
      - With V(present), the sections that are given are set.
      - With V(absent), all three sections are cleared, and none of them may be given. If the trunk does not exist, nothing is changed.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
    description: Returns the rules with O(alianza.sip_trunking.alianza_sip_trunk_info#module:include).
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Manages all trunks of an account, their rules and telephone numbers in one task.
  - module: alianza.sip_trunking.alianza_tn_route
"""

EXAMPLES = r"""
---
- name: Fail over to the trunk in Provo, then to a mobile phone
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_on_failure:
      - trunk_name: Provo DR
      - reference_type: TELEPHONE
        reference_id: "18015559999"
    forward_on_capacity_exceeded:
      - reference_type: BUSY

# Once the target is set, forward_always with enabled: true alone starts the diversion.
- name: Prepare a diversion of all calls, switched off
  alianza.sip_trunking.alianza_trunk_forwarding:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ
    forward_always:
      enabled: false
      trunk_name: Provo DR

- name: Save the current rules
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    include: [forwarding]
  register: saved

- name: Divert all calls to a telephone
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

# Returned values are valid as options.
- name: Restore the saved rules
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
    - The rules after the task; in check mode, as they would be. The three sections are valid as options of this module.
    - If the write failed, the rules as they should be.
    - In check mode, C(trunk_id) is V((known after apply\)) for a trunk that does not exist yet. With O(state=absent), values of a trunk
      that does not exist are null if they are not known.
  returned: success, and if a write failed
  type: dict
  contains:
    # BEGIN generated: values of forwarding
    trunk_id:
      description: ID of the trunk that the rules belong to.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    trunk_name:
      description: Name of the trunk that the rules belong to; null if only its ID is known.
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
      description: Where calls go that the trunk cannot take, in the order of attempts.
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
      description: Where calls go while the trunk is full, in the order of attempts.
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

from ..module_utils._module.argspec import connection, forwarding, state, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.trunk_forwarding import TrunkForwardingJob


def main():
    """Run the module."""
    run(TrunkForwardingJob, dict(**connection(), **trunk(), **forwarding(), **state()))


if __name__ == "__main__":
    main()
