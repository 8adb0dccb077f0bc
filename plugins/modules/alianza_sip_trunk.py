#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_sip_trunk
short_description: Create, change, rename and delete a SIP trunk
description:
  - Makes one SIP trunk of an account what the options say. A trunk connects the PBX of a customer to the platform.
  - An option that is left out stays as it is on the platform. Only options that differ are written.
  - A delete is refused while calls are still sent to the trunk, and the message names from where; see O(force).
  - The module writes neither forwarding rules nor routes of telephone numbers, and it never returns, shows or logs the SIP password.
  - In API calls, it costs one read of the trunk list, and one write if something differs. A delete without O(force) also reads the account's
    telephone numbers, its trunk groups and the forwarding rules of all its other trunks.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.write
  - alianza.sip_trunking.connection
attributes:
  check_mode:
    details:
      - The prediction comes from the same plan that a real run carries out.
      - A trunk that would be created is returned with V((known after apply\)) as its RV(sip_trunk.trunk_id), which the other modules
        accept in check mode as their O(trunk_id).
  diff_mode:
    details:
      - The diff never shows a password. It says V((generated\)) for a value that is made up when the trunk is created, V((hidden\)) for a
        password that is or was there, V((not readable\)) for one that the API does not tell, and V((new\)) for one that is replaced.
options:
  name:
    description:
      - Name of the trunk, in exactly its spelling. O(name) or O(trunk_id) is needed, and O(name) to create a trunk.
      - With both and O(state=present), the trunk of that ID gets this name. A name that another trunk has is refused.
      - With both and O(state=absent), both must belong to the same trunk.
      - A name that several trunks of the account have is refused, with a list of their IDs.
    type: str
    aliases:
      - trunk_name
  trunk_id:
    description:
      - ID of the trunk. An ID that no trunk has is an error with O(state=present), and nothing left to do with O(state=absent).
      - In check mode the placeholder V((known after apply\)) is accepted, which this module returns for a trunk that it would create.
    type: str
  concurrent_calls:
    description:
      - Number of calls that the trunk carries at the same time, V(1) or more.
      - It is needed to create a trunk.
    type: int
  sip_username:
    description:
      - User name that the PBX registers with, of 8 to 36 letters, digits, C(-), C(_) and C(.).
      - A trunk that is created without it gets a random one of 16 characters.
    type: str
  sip_password:
    description:
      - Password that the PBX registers with, of at least 6 characters. Keep it in Ansible Vault or another secret store.
      - A trunk that is created without it gets a random one of 32 letters and digits, which
        M(alianza.sip_trunking.alianza_sip_credentials_info) can read.
      - A new password takes effect at once. The PBX can no longer register until it has the new password too.
    type: str
  update_password:
    description:
      - With V(always) a password that is given is written whenever it differs from that of the platform. Should the API not
        tell the password, it is written on every run, which is a change, with a warning.
      - With V(on_create) it is written only when the trunk is created.
    type: str
    choices: [always, on_create]
    default: always
  primary_tn:
    description:
      - Telephone number whose area decides where 7-digit and local service numbers lead. It is not the caller ID.
      - Taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) takes, but no range. V("") clears it.
    type: str
  callback_number:
    description:
      - Telephone number at which the emergency services call back. It must be provisioned on the platform.
      - Taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) takes, but no range. V("") clears it.
    type: str
  local_services_enabled:
    description:
      - Whether the PBX may dial local services, such as 211 or 811. The platform's default is V(false).
    type: bool
  extension_patterns:
    description:
      - Extensions of the account that ring at this trunk, each as digits followed by any number of C(X), which stand for one digit each.
        V(21XX) is 2100 to 2199, V(2200) is one extension.
      - The list replaces that of the platform. Order, repetition and the case of C(X) make no difference. V([]) clears it.
    type: list
    elements: str
  max_burst_calls:
    description:
      - Burst limit of the trunk, in calls. V(0) clears it.
    type: int
  external_charge_number:
    description:
      - Telephone number that is given as the charge number of the calls.
      - Taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) takes, but no range. V("") clears it.
    type: str
  sip_trunk_group_id:
    description:
      - ID of the trunk group that the trunk is in. V("") takes it out of the group.
    type: str
  ip_based_auth_enabled:
    description:
      - Whether the PBX is known by its address and port instead of a registration.
    type: bool
  ip_address:
    description:
      - IPv4 or IPv6 address of the PBX. V("") clears it.
    type: str
  port_number:
    description:
      - Port of the PBX, from V(1) to V(65535). V(0) clears it.
    type: int
  pbx_tn_digits:
    description:
      - Number of digits in which the PBX gets telephone numbers. V(0) clears it.
    type: int
  language_tag:
    description:
      - Language of the trunk, as a tag such as V(en-US). V("") clears it.
    type: str
  calling_plan_product_id:
    description:
      - ID of the calling plan product that the trunk is created with, C(newCppId) in the API.
      - The API takes it at creation only. On a trunk that exists another value is not written and brings a warning.
    type: str
  state:
    description:
      - With V(present) the trunk exists and is what the options say.
      - With V(absent) the trunk does not exist. Deleting it leaves telephone numbers and forwarding rules that point at it as they are.
    type: str
    choices: [present, absent]
    default: present
  force:
    description:
      - Delete the trunk although telephone numbers ring at it, or another trunk or a trunk group forwards to it. These calls fail from then
        on, until they are sent elsewhere.
      - It has no effect with O(state=present).
    type: bool
    default: false
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Many trunks with their rules and telephone numbers in one task.
  - module: alianza.sip_trunking.alianza_trunk_forwarding
    description: Where calls go that the trunk cannot take.
  - module: alianza.sip_trunking.alianza_tn_route
    description: Which telephone numbers ring at the trunk.
  - module: alianza.sip_trunking.alianza_sip_credentials_info
    description: Reads the credentials that were generated.
"""

EXAMPLES = r"""
---
# Every example takes the user and the password from ALIANZA_USERNAME and ALIANZA_PASSWORD; module_defaults do as well.

- name: Create a trunk, whose SIP credentials are made up since none are given
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    concurrent_calls: 20
    primary_tn: "18015551212"
    callback_number: 801-555-1212
    local_services_enabled: true
    extension_patterns: ["21XX", "2200"]
  register: lindon

- name: Raise its capacity and clear what it shall not have; all else stays as it is
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    concurrent_calls: 30
    max_burst_calls: 0
    language_tag: ""
    extension_patterns: []

# The ID says which trunk is meant, so the name can be a new one.
- name: Rename it, and raise its capacity once more
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_id: "{{ lindon.sip_trunk.trunk_id }}"
    name: Lindon Main Office
    concurrent_calls: 40

# Without update_password: on_create the password would be set back whenever somebody has changed it on the platform.
- name: Create a trunk with credentials of your own
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Orem Warehouse
    concurrent_calls: 5
    sip_username: orem-warehouse
    sip_password: "{{ vault_orem_sip_password }}"
    update_password: on_create

- name: Ask in check mode whether calls are still sent to a trunk, without deleting it
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Orem Warehouse
    state: absent
  check_mode: true
  register: orem
  failed_when: orem.failure is defined and orem.failure.kind != 'guarded'

- name: Delete it, unless calls are still sent to it
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Orem Warehouse
    state: absent
  when: orem.failure is not defined
"""

RETURN = r"""
---
sip_trunk:
  description:
    - The trunk as it is now, or would be in check mode. The password is never in it.
    - Empty with O(state=absent).
    - When a write failed, it is the trunk as it was to become.
    - Of a new trunk in check mode, and of one that could not be created, C(trunk_id) and whatever else only the platform can tell are
      V((known after apply\)), and a C(sip_username) that is made up is V((generated\)).
  returned: success, and when a write failed
  type: dict
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

from ..module_utils._module.argspec import connection, sip_trunk, state
from ..module_utils._module.runner import run
from ..module_utils._module.sip_trunk import SipTrunk


def main():
    """Run the module."""
    run(
        SipTrunk,
        dict(
            force={"type": "bool", "default": False},
            **connection(),
            **sip_trunk(),
            **state(),
        ),
    )


if __name__ == "__main__":
    main()
