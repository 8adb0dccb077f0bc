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
  - Makes telephone numbers of an account ring at one destination, which is a SIP trunk or something else on the platform.
  - One task takes thousands of numbers. It reads the account's numbers once, and writes only those that ring elsewhere.
  - Numbers that are malformed or not on the account are all named in one failure before anything is written.
  - When some writes fail, the others are still done; then the task fails and names each number, and a rerun does the rest. After 20 network
    or server failures in a row it stops, and says which numbers were not attempted.
  - The module never deletes a number from the account. A number without a destination stays on the account and rings busy.
  - In API calls, it costs one read of the account's numbers, one of its trunks if the destination is a trunk, and one write for each number
    that differs.
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
      - The name of a trunk that does not exist brings a warning, because a task before may be the one that creates it.
  diff_mode:
    details:
      - The diff holds the numbers that change, each with its destination before and after.
options:
  telephone_numbers:
    description:
      - Telephone numbers, each as 11 digits that begin with C(1), or as 10 digits. C(+), blanks, dots, dashes and brackets are ignored, so
        that V(18015551212), V(8015551212), V(801-555-1212) and V(+1 (801\) 555-1212) are the same number.
      - An entry may be a range of two full numbers, such as V(18015551300-18015551399), which both belong to it. A range has at most
        10,000 numbers; there may be several.
      - A number that is named more than once counts once.
    type: list
    elements: str
    required: true
  trunk_name:
    description:
      - Name of the SIP trunk that is the destination, in exactly its spelling.
      - A destination is needed with O(state=present), either O(trunk_name) or O(trunk_id), or O(reference_type) and O(reference_id).
      - When O(trunk_name) and O(trunk_id) are both given they must mean the same trunk.
      - A name that several trunks of the account have is refused, with a list of their IDs.
  trunk_id:
    description:
      - ID of the SIP trunk that is the destination, in place of O(trunk_name).
      - With O(state=absent) it may be the ID of a trunk that is gone, because numbers can still point at it.
      - In check mode the placeholder V((known after apply\)) is accepted, which M(alianza.sip_trunking.alianza_sip_trunk) returns for a
        trunk that it would create.
  reference_type:
    description:
      - What kind of thing the destination is, for one that is not given as O(trunk_name) or O(trunk_id).
    type: str
    choices:
      - SIP_TRUNK
      - END_USER
      - IVR
      - LINE_APPEARANCE
      - LINE_HUNTGROUP
      - TELEPHONE
      - VFAX
      - BUSINESS_LINE
      - BUSINESS_LINE_HUNT_GROUP
      - CALL_GROUP
      - CALL_QUEUE
      - AUTO_ATTENDANT
      - SPECIALTY_LINE
      - CONTACT_CENTER
  reference_id:
    description:
      - The destination; a telephone number for O(reference_type=TELEPHONE), and the platform's ID of it for the other types.
    type: str
  reroute:
    description:
      - Whether numbers may be taken from another destination. V(false) refuses that, names the numbers, and writes nothing.
      - With V(true), RV(moved) lists the numbers that rang elsewhere, and a warning names those that rang at something that is not a trunk.
    type: bool
    default: true
  exclusive:
    description:
      - Whether numbers that ring at the destination and are not in O(telephone_numbers) are unrouted.
      - With an empty O(telephone_numbers) that unroutes all of its numbers.
      - It does not go with O(state=absent).
    type: bool
    default: false
  concurrency:
    description:
      - How many requests are under way at the same time, from V(1) to V(64). A lower number is gentler on the API.
    type: int
    default: 8
  state:
    description:
      - With V(present) the numbers ring at the destination.
      - With V(absent) the numbers do not ring at the destination that is given, or at no destination at all if none is given. A number that
        rings elsewhere than at the destination that is given is left alone.
      - If there is no trunk of the O(trunk_name), and no O(trunk_id) is given, V(absent) changes nothing and warns of numbers whose trunk
        does not exist.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: alianza.sip_trunking.alianza_telephone_number_info
  - module: alianza.sip_trunking.alianza_sip_trunk
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Many trunks with their rules and telephone numbers in one task.
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

# For an inventory that is complete: what is not in the list shall not ring there.
- name: Make these the only numbers of the trunk
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551212", "18015551300-18015551349"]
    trunk_name: Lindon HQ
    exclusive: true

- name: Route free numbers to another trunk, and fail if one of them rings anywhere already
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551350-18015551399"]
    trunk_name: Provo DR
    reroute: false

- name: Send one number to a telephone outside of the platform
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551399"]
    reference_type: TELEPHONE
    reference_id: "18015559999"
  register: moved_away

- name: Say where it rang before
  ansible.builtin.debug:
    var: moved_away.moved

- name: Let no number of this range ring at the trunk in Provo; numbers that ring elsewhere are left alone
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551350-18015551399"]
    trunk_name: Provo DR
    state: absent

# The number itself stays on the account.
- name: Let a number ring nowhere, whatever its destination is
  alianza.sip_trunking.alianza_tn_route:
    account_id: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers: ["18015551212"]
    state: absent
"""

RETURN = r"""
---
routed:
  description: Numbers that were sent to the destination, or would be in check mode, as 11 digits.
  returned: success, and when writes failed
  type: list
  elements: str
  sample: ["18015551300", "18015551301"]
unrouted:
  description: Numbers whose destination was taken away, or would be in check mode, as 11 digits.
  returned: success, and when writes failed
  type: list
  elements: str
  sample: ["18015551302"]
unchanged:
  description: Numbers of O(telephone_numbers) that were as wanted already, as 11 digits.
  returned: success, and when writes failed
  type: list
  elements: str
  sample: ["18015551212"]
moved:
  description: Those of RV(routed) that rang elsewhere before.
  returned: success, and when writes failed
  type: list
  elements: dict
  contains:
    telephone_number:
      description: The number, as 11 digits.
      returned: always
      type: str
      sample: "18015551300"
    from:
      description: Where it rang before.
      returned: always
      type: dict
      contains:
        reference_type:
          description: What kind of thing it was.
          returned: always
          type: str
          sample: SIP_TRUNK
        reference_id:
          description: Its ID or telephone number.
          returned: when the API told it
          type: str
          sample: b7qW85coQ9qEUYArxEIBbg
        trunk_name:
          description: Name of the trunk.
          returned: when it was a trunk that exists, and the new destination is a trunk too
          type: str
          sample: Provo DR
failed_numbers:
  description: Numbers that could not be written or were not attempted. Empty on success.
  returned: success, and when writes failed
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
      sample: "api.alianza.com gave no answer within 30.0 s: check the network, or raise timeout (asked 5 times)"
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

from ..module_utils._module.argspec import concurrency, connection, route, state, trunk
from ..module_utils._module.runner import run
from ..module_utils._module.tn_route import TnRoute


def main():
    """Run the module."""
    run(
        TnRoute,
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
