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
  - Returns the SIP trunks of an account, optionally filtered by name or ID, and on request their registration and forwarding rules.
  - If there is no such trunk, the list is empty and the task does not fail.
  - The result never contains the SIP password; M(alianza.sip_trunking.alianza_sip_credentials_info) returns it.
  - API calls - one read of the trunk list, and one more read of each trunk for each entry of O(include).
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  name:
    description:
      - Return only trunks with this name. It is case-sensitive. If several trunks have it, all of them are returned.
      - If O(trunk_id) is given too, both must match.
    type: str
    aliases:
      - trunk_name
  trunk_id:
    description:
      - Return only the trunk with this ID.
      - The placeholder V((known after apply\)), which M(alianza.sip_trunking.alianza_sip_trunk) returns in check mode, matches no trunk. It
        is ignored if O(name) is given.
    type: str
  include:
    description:
      - What else to return for each trunk. V(registration) is whether the PBX is registered, V(forwarding) are the forwarding rules.
    type: list
    elements: str
    choices: [registration, forwarding]
    default: []
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk
  - module: alianza.sip_trunking.alianza_trunk_registration_info
    description: Waits for a registration.
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

- name: Show the trunks that are not registered
  ansible.builtin.debug:
    msg: "{{ all_trunks.sip_trunks | rejectattr('registration.registered') | map(attribute='name') | list }}"

- name: Read one trunk and its forwarding rules
  alianza.sip_trunking.alianza_sip_trunk_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    include: [forwarding]
  register: lindon

- name: Show whether all its calls are diverted
  ansible.builtin.debug:
    msg: "{{ lindon.sip_trunks[0].forwarding.forward_always.enabled | default(false) }}"
"""

RETURN = r"""
---
sip_trunks:
  description: The trunks, sorted by name. Empty if no trunk matches.
  returned: success
  type: list
  elements: dict
  contains:
    # BEGIN generated: values of a trunk
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
      description: Number of calls that the trunk carries at the same time.
      returned: always
      type: int
      sample: 20
    sip_username:
      description: User name that the PBX registers with.
      returned: always
      type: str
      sample: k3v9x0q7m2t8r5wa
    primary_tn:
      description: Primary telephone number, as 11 digits; null if it is not set.
      returned: always
      type: str
      sample: '18015551212'
    callback_number:
      description: Callback number for emergency calls, as 11 digits; null if it is not set.
      returned: always
      type: str
      sample: '18015551212'
    local_services_enabled:
      description: Whether the PBX may dial local services.
      returned: always
      type: bool
      sample: true
    extension_patterns:
      description: Extensions that are routed to the trunk, sorted, with wildcards in upper case.
      returned: always
      type: list
      elements: str
      sample: [21XX, '2200']
    max_burst_calls:
      description: Burst limit of the trunk, in calls; null if it is not set.
      returned: always
      type: int
      sample: 5
    external_charge_number:
      description: Charge number, as 11 digits; null if it is not set.
      returned: always
      type: str
      sample: '18015551212'
    sip_trunk_group_id:
      description: ID of the trunk group that the trunk belongs to; null if it is not set.
      returned: always
      type: str
      sample: aN3GfT0cQ4Svb1yXo7LdPw
    ip_based_auth_enabled:
      description: Whether the PBX is authenticated by its IP address and port instead of a registration.
      returned: always
      type: bool
      sample: false
    ip_address:
      description: IPv4 or IPv6 address of the PBX; null if it is not set.
      returned: always
      type: str
      sample: 192.0.2.10
    port_number:
      description: Port of the PBX; null if it is not set.
      returned: always
      type: int
      sample: 5060
    pbx_tn_digits:
      description: Number of digits of a telephone number that are sent to the PBX; null if it is not set.
      returned: always
      type: int
      sample: 10
    language_tag:
      description: Language of the trunk; null if it is not set.
      returned: always
      type: str
      sample: en-US
    calling_plan_product_id:
      description: ID of the calling plan product; null if it is not known.
      returned: always
      type: str
      sample: kDYwy3XRSeapkI8uHi9ziQ
    account_id:
      description: ID of the account.
      returned: always
      type: str
      sample: oWUgHknjS52mrdsfFDtKvg
    telephone_numbers:
      description: Telephone numbers that are routed to the trunk, according to the trunk itself. Read only. The account's list of telephone numbers is
        authoritative; see M(alianza.sip_trunking.alianza_telephone_number_info).
      returned: always
      type: list
      elements: str
      sample: ['18015551300', '18015551301']
    sip_proxy_server:
      description: Host and port of the SIP proxy that the PBX registers with; null if the API does not return it. Read only.
      returned: always
      type: str
      sample: siptrunk.p2.example.net:5065
    locked_out:
      description: Whether the trunk is locked out after failed registrations; null if the API does not return it. Read only.
      returned: always
      type: bool
      sample: false
    provisioning_status:
      description: Provisioning state, as the API returns it; null if the API does not return it. Read only.
      returned: always
      type: str
      sample: PROVISIONED
    calling_plans:
      description: Calling plans of the trunk, as the API returns them, with keys in snake_case. Read only.
      returned: always
      type: list
      elements: dict
      sample:
        - calling_plan_product_id: kDYwy3XRSeapkI8uHi9ziQ
          plan_minutes: 20000
          reference_id: LhmtrbuvQZ6qjIqW5ZF_mQ
          reference_type: SIP_TRUNK
          seconds_remaining: 1200000
          start_date: '2026-11-02T19:46:29.236Z'
    access_endpoints:
      description: Endpoints of the platform that the trunk may use, as the API returns them, with keys in snake_case. Read only.
      returned: always
      type: list
      elements: dict
      sample:
        - address: 198.51.100.7
          port: 5060
          protocol: UDP
          site: SLC
    # END generated
    registration:
      description: Registration of the PBX.
      returned: if O(include) contains V(registration)
      type: dict
      contains:
        # BEGIN generated: values of a registration
        registered:
          description: Whether the PBX is registered.
          returned: always
          type: bool
          sample: true
        locked_out:
          description: Whether the trunk is locked out after failed registrations.
          returned: always
          type: bool
          sample: false
        # END generated
    forwarding:
      description: The forwarding rules. The three sections are valid as options of M(alianza.sip_trunking.alianza_trunk_forwarding).
      returned: if O(include) contains V(forwarding)
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

from ..module_utils._module.argspec import connection
from ..module_utils._module.runner import run
from ..module_utils._module.sip_trunk_info import SipTrunkInfoJob


def main():
    """Run the module."""
    run(
        SipTrunkInfoJob,
        dict(
            name={"type": "str", "aliases": ["trunk_name"]},
            trunk_id={"type": "str"},
            include={"type": "list", "elements": "str", "choices": ["registration", "forwarding"], "default": []},
            **connection(),
        ),
    )


if __name__ == "__main__":
    main()
