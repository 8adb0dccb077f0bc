#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_caller_id
short_description: Manage a caller ID and the FROM numbers that show it
description:
  - Creates or deletes a custom caller ID of an account, and maps FROM numbers to it. A FROM number is the number that a PBX sends as the
    caller of a call; the people who are called see the caller ID that it is mapped to.
  - A FROM number shows one caller ID at most. If it shows another one now, it is mapped anew, and RV(moved) names it.
  - A FROM number that does not exist is created, and deleted again together with its mapping. Telephone numbers of the account are never
    deleted.
  - One task can map hundreds of FROM numbers. It reads three lists once, and writes only what differs. If some writes fail, the others are
    still done. Then the task fails and names each FROM number, and running it again does the rest. After 20 network or server failures in
    a row it stops, and names the FROM numbers that were not attempted.
  - API calls - one read each of the caller IDs, the FROM numbers and the mappings; one write to create the caller ID, one to create each
    FROM number that is new, and one for each mapping that differs. What was deleted is looked up in its list.
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
  diff_mode:
    details:
      - The diff contains the caller ID with all FROM numbers that show it, before and after.
options:
  # BEGIN generated: options of a caller ID
  caller_id:
    description:
      - The caller ID, which is the telephone number that the people who are called see.
      - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range.
    type: str
    required: true
  from_numbers:
    description:
      - The FROM numbers that show the caller ID, which are the numbers that the PBX sends as the caller of a call.
      - An entry is a telephone number or a range of them, as O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts it, another number
        such as an extension, or a wildcard, which is digits followed by an C(X) for each further digit, such as V(1801555XXXX) or V(21XX).
      - Order, repetition and the case of C(X) do not matter. A wildcard of 10 places gets the leading C(1), as telephone numbers do.
      - Quote each entry, since YAML drops leading zeros. The list may be one text, with an entry on each line or commas between them.
      - Alianza does not document how wildcards are written. The API refuses one that it does not know, with a message.
    type: list
    elements: str
  # END generated
  exclusive:
    description:
      - Whether FROM numbers that show the caller ID and are not in O(from_numbers) are unmapped.
      - It needs O(from_numbers), which may be empty, and cannot be combined with O(state=absent).
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
      - With V(present), the caller ID exists, and the O(from_numbers) show it.
      - With V(absent) and without O(from_numbers), all FROM numbers that show the caller ID are unmapped, and the caller ID is deleted.
      - With V(absent) and O(from_numbers), only those of them that show the caller ID are unmapped. The caller ID is deleted if no other
        FROM number shows it.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Alianza does not document what calls show whose FROM number has no caller ID.
seealso:
  - module: alianza.sip_trunking.alianza_caller_id_info
"""

EXAMPLES = r"""
---
- name: Show the main number for calls from all extensions of an office
  alianza.sip_trunking.alianza_caller_id:
    account_id: oWUgHknjS52mrdsfFDtKvg
    caller_id: "+1 (801) 555-0000"
    from_numbers: ["21XX", "2200"]

# For a complete list: FROM numbers that are not in it show the caller ID no longer.
- name: Let exactly these numbers show the number of support
  alianza.sip_trunking.alianza_caller_id:
    account_id: oWUgHknjS52mrdsfFDtKvg
    caller_id: "18015550001"
    from_numbers: ["18015551300-18015551399", "1801556XXXX"]
    exclusive: true

- name: Delete a caller ID with all of its mappings
  alianza.sip_trunking.alianza_caller_id:
    account_id: oWUgHknjS52mrdsfFDtKvg
    caller_id: "18015550001"
    state: absent
"""

RETURN = r"""
---
# BEGIN generated: returned caller ID
caller_id:
  description: The caller ID, as 11 digits.
  returned: success, or when some writes failed
  type: str
  sample: '18015550000'
from_numbers:
  description: The FROM numbers that show the caller ID, sorted. Telephone numbers have 11 digits.
  returned: success, or when some writes failed
  type: list
  elements: str
  sample: [1801555XXXX, '18015551212']
# END generated
mapped:
  description: FROM numbers that showed another caller ID, or none, and show this one now.
  returned: success, or when some writes failed
  type: list
  elements: str
  sample: ["2200", 21XX]
unmapped:
  description: FROM numbers that showed the caller ID and do not any longer.
  returned: success, or when some writes failed
  type: list
  elements: str
  sample: []
unchanged:
  description: FROM numbers of the task that needed no write.
  returned: success, or when some writes failed
  type: list
  elements: str
  sample: []
moved:
  description: FROM numbers that showed another caller ID before.
  returned: success, or when some writes failed
  type: list
  elements: dict
  contains:
    # BEGIN generated: values of a moved FROM number
    from_number:
      description: The FROM number.
      returned: always
      type: str
      sample: 21XX
    from:
      description: The caller ID that it showed.
      returned: always
      type: str
      sample: '18015550001'
    # END generated
failed_from_numbers:
  description: FROM numbers that were not written. Empty after a success.
  returned: success, or when some writes failed
  type: list
  elements: dict
  contains:
    from_number:
      description: The FROM number.
      returned: always
      type: str
      sample: 21XX
    msg:
      description: Why it was not written.
      returned: always
      type: str
      sample: 'api.alianza.com refused the request with HTTP 400: fromWildcard: breaks the pattern'
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

from ..module_utils._module.argspec import caller_id, concurrency, connection, state
from ..module_utils._module.caller_id import CallerIdJob
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(
        CallerIdJob,
        dict(
            **caller_id(),
            exclusive={"type": "bool", "default": False},
            **concurrency(),
            **state(),
            **connection(),
        ),
    )


if __name__ == "__main__":
    main()
