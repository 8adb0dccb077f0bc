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
  - Unlocks a SIP trunk that the platform has locked out after failed registrations. A trunk that is not locked out is not changed.
  - First correct or stop the PBX that registers with wrong credentials. Otherwise the trunk is soon locked out again.
  - API calls - one read of the trunk list, at most one of the registration, and one write if the trunk is locked out.
version_added: 1.0.0
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
      - The diff contains C(locked_out).
seealso:
  - module: alianza.sip_trunking.alianza_trunk_registration_info
  - module: alianza.sip_trunking.alianza_sip_credentials_info
    description: Returns the credentials that the PBX should register with.
"""

EXAMPLES = r"""
---
- name: Unlock the trunk
  alianza.sip_trunking.alianza_trunk_unlock:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_name: Lindon HQ

# All trunks that are locked out, by ID.
- name: Read the trunks of the account
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: all_trunks

- name: Unlock the trunks that are locked out
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
  description: Name of the trunk; null if only its ID is known.
  returned: success, and if the write failed
  type: str
  sample: Lindon HQ
trunk_id:
  description: ID of the trunk; in check mode V((known after apply\)) if the trunk does not exist yet.
  returned: success, and if the write failed
  type: str
  sample: LhmtrbuvQZ6qjIqW5ZF_mQ
locked_out:
  description: Whether the trunk is locked out after the task, or would be after a real run. Always V(false) on success.
  returned: success
  type: bool
  sample: false
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

from ..module_utils._module.argspec import connection, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.trunk_unlock import TrunkUnlockJob


def main():
    """Run the module."""
    run(TrunkUnlockJob, dict(**connection(), **trunk()))


if __name__ == "__main__":
    main()
