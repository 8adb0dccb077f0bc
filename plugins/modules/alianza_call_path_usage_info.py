#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_call_path_usage_info
short_description: Read how many call paths of each SIP trunk were in use
description:
  - Returns the highest number of concurrent calls of each SIP trunk in the last days, and when it was reached, from the call detail records of
    the account.
  - At most 100,000 records are read, the newest ones first. If there are more, RV(complete) is V(false) and the task warns.
  - API calls - one read of the trunk list, and one for every 500 call records.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  days:
    description:
      - How many days to look back from now. From V(1) to V(31).
    type: int
    default: 7
  trunk_name:
    description:
      - Return only the usage of trunks with this name. It is case-sensitive.
    type: str
    aliases:
      - name
  trunk_id:
    description:
      - Return only the usage of the trunk with this ID.
    type: str
notes:
  - A record holds the number of calls when its call started. A peak that was reached by calls of which no record exists yet, because they last
    still, is not seen.
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk
    description: Sets the number of call paths.
  - module: alianza.sip_trunking.alianza_call_flow_info
"""

EXAMPLES = r"""
---
- name: Read the usage of the last week
  alianza.sip_trunking.alianza_call_path_usage_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: week

- name: Name the trunks that were nearly full
  ansible.builtin.debug:
    msg: "{{ item.trunk_name }}: {{ item.percent }} % of {{ item.concurrent_calls }} call paths at {{ item.peak_at }}"
  loop: "{{ week.usage | selectattr('percent', 'ge', 80) }}"
  loop_control:
    label: "{{ item.trunk_name }}"
"""

RETURN = r"""
---
account_id:
  description: ID of the account.
  returned: success
  type: str
  sample: oWUgHknjS52mrdsfFDtKvg
usage:
  description: The usage of each trunk, sorted by name. Empty if no trunk matches.
  returned: success
  type: list
  elements: dict
  contains:
    # BEGIN generated: values of a call path usage
    trunk_name:
      description: Name of the trunk.
      returned: always
      type: str
      sample: Lindon HQ
    trunk_id:
      description: ID of the trunk.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    concurrent_calls:
      description: Number of calls that the trunk may carry at the same time now, its call paths.
      returned: always
      type: int
      sample: 20
    peak_concurrent_calls:
      description: Highest number of concurrent calls that a record shows; V(0) if there is none.
      returned: always
      type: int
      sample: 18
    peak_at:
      description: Start, in UTC, of the latest call at which that number was reached; null if there is none.
      returned: always
      type: str
      sample: '2026-03-10T10:14:00Z'
    percent:
      description: The peak in percent of the call paths; null if the number of call paths is not known.
      returned: always
      type: int
      sample: 90
    peak_burst_calls:
      description: Highest number of calls beyond the call paths that a record shows.
      returned: always
      type: int
      sample: 0
    # END generated
since:
  description: Start of the period, in UTC.
  returned: success
  type: str
  sample: "2026-03-04T08:00:00Z"
complete:
  description: Whether all call records of the period were read.
  returned: success
  type: bool
  sample: true
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
from ..module_utils._module.call_path_usage_info import CallPathUsageInfoJob
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(CallPathUsageInfoJob, dict(days={"type": "int", "default": 7}, **trunk(), **connection()))


if __name__ == "__main__":
    main()
