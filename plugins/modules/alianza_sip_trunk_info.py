#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_sip_trunk_info
short_description: Read the SIP trunks of an account
description:
  - Returns the SIP trunks of an account, or those that a name or an ID means, and on request their registration and their forwarding rules.
  - It is no failure when there is no such trunk; the list is empty then.
  - The SIP password is never in the result; M(alianza.sip_trunking.alianza_sip_credentials_info) returns it.
  - In API calls, it costs one read of the trunk list, and one more read of each trunk for each entry of O(include).
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  name:
    description:
      - Return only trunks of this name, in exactly its spelling. Should several trunks have it, all of them are returned.
      - Together with O(trunk_id), both must fit.
    type: str
    aliases:
      - trunk_name
  trunk_id:
    description:
      - Return only the trunk of this ID.
      - The placeholder V((known after apply\)), which M(alianza.sip_trunking.alianza_sip_trunk) returns in check mode, means no trunk. With
        O(name) it counts as not set.
    type: str
  include:
    description:
      - What else to read of each trunk. V(registration) says whether the PBX is registered, V(forwarding) are the forwarding rules.
    type: list
    elements: str
    choices: [registration, forwarding]
    default: []
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk
  - module: alianza.sip_trunking.alianza_trunk_registration_info
    description: Can wait for a registration.
  - module: alianza.sip_trunking.alianza_sip_credentials_info
  - module: alianza.sip_trunking.alianza_telephone_number_info
"""

EXAMPLES = r"""
---
- name: Read all trunks of the account, with their registration
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    include: [registration]
  register: all_trunks

- name: Name the trunks that are not registered
  ansible.builtin.debug:
    msg: "{{ all_trunks.sip_trunks | rejectattr('registration.registered') | map(attribute='name') | list }}"

- name: Read one trunk and its forwarding rules
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    include: [forwarding]
  register: lindon

- name: Say whether its calls are diverted now
  ansible.builtin.debug:
    msg: "{{ lindon.sip_trunks[0].forwarding.forward_always.enabled | default(false) }}"
"""

RETURN = r"""
---
sip_trunks:
  description: The trunks, sorted by name. Empty when there is none that fits.
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
      description: Name of the trunk.
      returned: always
      type: str
      sample: Lindon HQ
    concurrent_calls:
      description: Calls that the trunk carries at the same time.
      returned: always
      type: int
      sample: 20
    sip_username:
      description: User name that the PBX registers with.
      returned: always
      type: str
      sample: k3v9x0q7m2t8r5wa
    primary_tn:
      description: Primary telephone number, 11 digits; null when there is none.
      returned: always
      type: str
      sample: "18015551212"
    callback_number:
      description: Callback number for emergency calls, 11 digits; null when there is none.
      returned: always
      type: str
      sample: "18015551212"
    local_services_enabled:
      description: Whether the PBX may dial local services.
      returned: always
      type: bool
      sample: true
    extension_patterns:
      description: Extensions that ring at the trunk, sorted, with wildcards in upper case.
      returned: always
      type: list
      elements: str
      sample: ["21XX", "2200"]
    max_burst_calls:
      description: Burst limit in calls; null when it is not set.
      returned: always
      type: int
      sample: 5
    external_charge_number:
      description: Charge number, 11 digits; null when it is not set.
      returned: always
      type: str
      sample: "18015551212"
    sip_trunk_group_id:
      description: ID of the trunk group that the trunk is in; null when it is in none.
      returned: always
      type: str
      sample: aN3GfT0cQ4Svb1yXo7LdPw
    ip_based_auth_enabled:
      description: Whether the PBX is known by its address instead of a registration.
      returned: always
      type: bool
      sample: false
    ip_address:
      description: Address of the PBX; null when it is not set.
      returned: always
      type: str
      sample: 192.0.2.10
    port_number:
      description: Port of the PBX; null when it is not set.
      returned: always
      type: int
      sample: 5060
    pbx_tn_digits:
      description: Number of digits in which the PBX gets telephone numbers; null when it is not set.
      returned: always
      type: int
      sample: 10
    language_tag:
      description: Language of the trunk; null when it is not set.
      returned: always
      type: str
      sample: en-US
    calling_plan_product_id:
      description: ID of the calling plan product; null when it is not known.
      returned: always
      type: str
      sample: kDYwy3XRSeapkI8uHi9ziQ
    account_id:
      description: ID of the account.
      returned: always
      type: str
      sample: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers:
      description:
        - Telephone numbers that ring at the trunk, as the trunk itself shows them. Read only.
        - The account's list of telephone numbers is what counts; see M(alianza.sip_trunking.alianza_telephone_number_info).
      returned: always
      type: list
      elements: str
      sample: ["18015551300", "18015551301"]
    sip_proxy_server:
      description: Host and port that the PBX registers with; null when the API does not tell. Read only.
      returned: always
      type: str
      sample: siptrunk.p2.example.net:5065
    locked_out:
      description: Whether the trunk is locked out after failed registrations; null when the API does not tell. Read only.
      returned: always
      type: bool
      sample: false
    provisioning_status:
      description: State of provisioning, in the API's words; null when the API does not tell. Read only.
      returned: always
      type: str
      sample: PROVISIONED
    calling_plans:
      description: Calling plans of the trunk, in the API's words, with keys in snake_case. Read only.
      returned: always
      type: list
      elements: dict
      sample:
        - calling_plan_product_id: kDYwy3XRSeapkI8uHi9ziQ
          plan_minutes: 20000
          reference_id: LhmtrbuvQZ6qjIqW5ZF_mQ
          reference_type: SIP_TRUNK
          seconds_remaining: 1200000
          start_date: "2026-11-02T19:46:29.236Z"
    access_endpoints:
      description: Endpoints of the platform that the trunk may use, in the API's words, with keys in snake_case. Read only.
      returned: always
      type: list
      elements: dict
      sample:
        - address: 198.51.100.7
          port: 5060
          protocol: UDP
          site: SLC
    registration:
      description: Whether the PBX is registered.
      returned: when O(include) has V(registration)
      type: dict
      contains:
        registered:
          description: Whether the PBX is registered, so that calls are sent to it.
          returned: always
          type: bool
          sample: true
        locked_out:
          description: Whether the trunk is locked out after failed registrations.
          returned: always
          type: bool
          sample: false
    forwarding:
      description: The forwarding rules. Its three sections can be given to M(alianza.sip_trunking.alianza_trunk_forwarding) as options.
      returned: when O(include) has V(forwarding)
      type: dict
      contains:
        trunk_id:
          description: ID of the trunk that the rules belong to.
          returned: always
          type: str
          sample: LhmtrbuvQZ6qjIqW5ZF_mQ
        trunk_name:
          description: Name of the trunk that the rules belong to; null when only its ID is known.
          returned: always
          type: str
          sample: Lindon HQ
        forward_always:
          description: Where all calls go while C(enabled) is true. Empty when no target is set.
          returned: always
          type: dict
          contains:
            enabled:
              description: Whether all calls go to the target now.
              returned: when a target is set
              type: bool
              sample: false
            reference_type:
              description: What kind of thing the target is.
              returned: when a target is set
              type: str
              sample: SIP_TRUNK
            reference_id:
              description: ID or telephone number of the target.
              returned: when a target is set, except for V(BUSY)
              type: str
              sample: b7qW85coQ9qEUYArxEIBbg
            trunk_name:
              description: Name of the trunk that is the target.
              returned: when the target is a trunk that exists
              type: str
              sample: Provo DR
        forward_on_failure:
          description:
            - Where a call goes that the trunk cannot take, in the order of attempts.
            - Its entries are like C(forward_always), without C(enabled).
          returned: always
          type: list
          elements: dict
          sample:
            - reference_id: b7qW85coQ9qEUYArxEIBbg
              reference_type: SIP_TRUNK
              trunk_name: Provo DR
            - reference_id: "18015559999"
              reference_type: TELEPHONE
        forward_on_capacity_exceeded:
          description:
            - Where a call goes while the trunk is full, in the order of attempts.
            - Its entries are like C(forward_always), without C(enabled).
          returned: always
          type: list
          elements: dict
          sample:
            - reference_type: BUSY
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

from ..module_utils._module.argspec import connection
from ..module_utils._module.runner import run
from ..module_utils._module.sip_trunk_info import SipTrunkInfo


def main():
    """Run the module."""
    run(
        SipTrunkInfo,
        dict(
            name={"type": "str", "aliases": ["trunk_name"]},
            trunk_id={"type": "str"},
            include={"type": "list", "elements": "str", "choices": ["registration", "forwarding"], "default": []},
            **connection(),
        ),
    )


if __name__ == "__main__":
    main()
