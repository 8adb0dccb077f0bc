#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_account_trunks_info
short_description: Read all SIP trunks of an account as one document
description:
  - Returns the trunk document of an account, as M(alianza.sip_trunking.alianza_account_trunks) accepts it. Applying it to the same account
    changes nothing. Applying it to an empty account that has the same telephone numbers creates the same trunks.
  - Trunks are sorted by name, options that are not set are omitted, consecutive telephone numbers are written as ranges, and other trunks
    are referred to by name.
  - The document does not contain passwords. A trunk that is created from it gets a new one unless one is added.
  - A value that is not valid as an option, such as a callback number that is not a telephone number, is omitted with a warning.
  - API calls - one read of the trunks, one of the numbers, one of the trunk groups unless O(trunk_groups=false), three of the caller
    IDs unless O(caller_ids=false), and one of the rules of each trunk.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  trunk_groups:
    description:
      - Whether the trunk groups are read and returned. With V(false), a trunk that is in a group has the ID of the group in its entry.
    type: bool
    default: true
  caller_ids:
    description:
      - Whether the caller IDs are read and returned.
    type: bool
    default: true
  # BEGIN generated: option concurrency
  concurrency:
    description:
      - Number of requests that are sent at the same time. A lower number puts less load on the API. From V(1) to V(64).
    type: int
    default: 8
  # END generated
notes:
  - Names are returned as they are on the platform. In a file of variables, a name with double braces is a template unless it is marked with
    C(!unsafe), which the filter C(alianza.sip_trunking.to_host_variables) does.
seealso:
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Applies the document.
  - module: alianza.sip_trunking.alianza_sip_trunk_info
    description: Returns all values of each trunk, including read-only ones.
"""

EXAMPLES = r"""
---
- name: Read the account
  alianza.sip_trunking.alianza_account_trunks_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: actual

- name: Save the document as host variables
  ansible.builtin.copy:
    content: "{{ variables | alianza.sip_trunking.to_host_variables }}"
    dest: host_vars/maple-dental.yml
    mode: "0600"
  vars:
    variables:
      alianza_account_id: "{{ actual.account_id }}"
      alianza_trunks: "{{ actual.trunks }}"
      alianza_trunk_groups: "{{ actual.trunk_groups }}"
      alianza_caller_ids: "{{ actual.caller_ids }}"

- name: Apply the document to another account
  alianza.sip_trunking.alianza_account_trunks:
    account_id: Zk2vQm1uTtGQy7lEw0bXcA
    trunks: "{{ actual.trunks }}"
    trunk_groups: "{{ actual.trunk_groups }}"
    caller_ids: "{{ actual.caller_ids }}"
"""

RETURN = r"""
---
account_id:
  description: ID of the account.
  returned: success
  type: str
  sample: oWUgHknjS52mrdsfFDtKvg
trunks:
  description:
    - The trunks, as O(alianza.sip_trunking.alianza_account_trunks#module:trunks) accepts them. If several trunks have the same name, they
      are identified by C(trunk_id) instead.
  returned: success
  type: list
  elements: dict
  sample:
    - name: Lindon HQ
      concurrent_calls: 20
      sip_username: lindon-hq-pbx
      local_services_enabled: true
      telephone_numbers: ["18015551212", "18015551300-18015551399"]
      forwarding:
        forward_on_failure:
          - reference_type: SIP_TRUNK
            trunk_name: Provo DR
    - name: Provo DR
      concurrent_calls: 20
      sip_username: provo-dr-pbx
trunk_groups:
  description:
    - The trunk groups with their trunks and rules, as O(alianza.sip_trunking.alianza_account_trunks#module:trunk_groups) accepts them, sorted
      by name. Null with O(trunk_groups=false).
    - An entry of RV(trunks) does not say which of these groups the trunk is in, since the group does.
  returned: success
  type: list
  elements: dict
  sample:
    - name: All sites
      trunks: [Lindon HQ, Provo DR]
      forward_on_failure:
        - reference_type: TELEPHONE
          reference_id: "18015559999"
caller_ids:
  description:
    - The caller IDs with the FROM numbers that show them, as O(alianza.sip_trunking.alianza_account_trunks#module:caller_ids) accepts them,
      sorted. Null with O(caller_ids=false).
  returned: success
  type: list
  elements: dict
  sample:
    - caller_id: "18015550000"
      from_numbers: ["18015551212", "21XX"]
identities:
  description: ID and name of each trunk, in the order of RV(trunks).
  returned: success
  type: list
  elements: dict
  contains:
    trunk_id:
      description: ID of the trunk.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    name:
      description: Name of the trunk, which need not be unique.
      returned: always
      type: str
      sample: Lindon HQ
unrouted_numbers:
  description:
    - Telephone numbers of the account that are unrouted, because they have no destination or their trunk no longer exists. Consecutive
      numbers are written as ranges.
  returned: success
  type: list
  elements: str
  sample: ["18015551400-18015551499"]
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

from ..module_utils._module.account_trunks_info import AccountTrunksInfoJob
from ..module_utils._module.argspec import concurrency, connection, further_lists
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(AccountTrunksInfoJob, dict(further_lists(), **connection(), **concurrency()))


if __name__ == "__main__":
    main()
