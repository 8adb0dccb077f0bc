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
  - Creates, changes, renames or deletes one SIP trunk of an account. A trunk connects the PBX of a customer to the platform.
  - An option that is omitted is not changed on the platform. Only options that differ are written.
  - A trunk is not deleted while calls are still sent to it; the message names the sources. See O(force).
  - The module does not change forwarding rules or the routing of telephone numbers. It never returns, shows or logs the SIP password.
  - API calls - one read of the trunk list, and one write if something differs. A new pair of address and port is one
    read more, and so is a calling plan that is newly shared. A delete without O(force) also reads the account's telephone numbers, its trunk
    groups and the forwarding rules of all its other trunks.
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
      - A trunk that would be created is returned with V((known after apply\)) as its RV(sip_trunk.trunk_id), which the other modules
        accept in check mode as their O(trunk_id).
  diff_mode:
    details:
      - The diff never shows a password. It shows V((generated\)) for a value that is generated when the trunk is created, V((hidden\)) for a
        password that is or was set, V((not readable\)) for one that the API did not return, and V((new\)) for a new one.
options:
  # BEGIN generated: options of a trunk
  name:
    description:
      - Name of the trunk. It is case-sensitive. O(name) or O(trunk_id) is required, and O(name) to create a trunk.
      - If both are given and the trunk exists, the trunk with that ID is renamed. A name that another trunk has is refused.
      - A new name is also refused if it has blanks at its edges or control characters, or if it differs from the name of another trunk only by case, blanks
        or Unicode form.
      - A name that looks like a number or a truth value has to be quoted, since YAML drops leading zeros and takes C(NO) for false.
      - If both are given with O(state=absent), they must refer to the same trunk.
      - If several trunks of the account have the name, the task fails and lists their IDs.
    type: str
    aliases: [trunk_name]
  trunk_id:
    description:
      - ID of a trunk that exists.
      - With O(state=present), it is an error if no trunk has this ID. With O(state=absent), there is nothing to do then.
      - In check mode, the placeholder V((known after apply\)) is accepted, which this module returns for a trunk that it would create.
    type: str
  concurrent_calls:
    description:
      - Number of calls that the trunk carries at the same time. At least V(1).
      - It is required to create a trunk.
    type: int
  sip_username:
    description:
      - User name that the PBX registers with. It has 8 to 36 letters, digits, C(-), C(_) and C(.).
      - If a trunk is created without it, a random one of 16 characters is generated.
    type: str
  sip_password:
    description:
      - Password that the PBX registers with. It has at least 6 characters, and no line break or other control character. Keep it in Ansible Vault or another
        secret store.
      - If a trunk is created without it, a random one of 32 letters and digits is generated, which M(alianza.sip_trunking.alianza_sip_credentials_info)
        can read.
      - A new password takes effect at once. The PBX cannot register again until it has the new password too.
    type: str
  update_password:
    description:
      - With V(always), a password that is given is written whenever it differs from the password on the platform. If the API does not return the password,
        it is written on every run, which counts as a change and causes a warning.
      - With V(on_create), it is written only when the trunk is created.
      - With V(unconditionally), it is written on every run, whatever the platform returns. This is for taking a password back that was written a moment
        ago, when the platform may still return the one before.
    type: str
    choices: [always, on_create, unconditionally]
    default: always
  primary_tn:
    description:
      - Telephone number whose area determines where calls to 7-digit numbers and to local services go. It is not the caller ID.
      - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range. V("") clears it.
    type: str
  callback_number:
    description:
      - Telephone number that the emergency services call back. It must be provisioned on the platform.
      - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range. V("") clears it.
    type: str
  local_services_enabled:
    description:
      - Whether the PBX may dial local services, such as 211 or 811. The platform's default is V(false).
    type: bool
  extension_patterns:
    description:
      - 'Extensions of the account that are routed to the trunk. Each pattern is digits, followed by any number of C(X) that stand for one digit each: V(21XX)
        means 2100 to 2199, V(2200) is one extension.'
      - The list replaces the list on the platform. Order, repetition and the case of C(X) do not matter.
      - Quote each pattern, since YAML drops leading zeros. The list may be one text, with a pattern on each line or commas between them. V([]) clears it.
    type: list
    elements: str
  max_burst_calls:
    description:
      - Burst limit of the trunk, in calls. V(0) clears it.
    type: int
  external_charge_number:
    description:
      - Telephone number that is sent as the charge number of the calls.
      - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no range. V("") clears it.
    type: str
  sip_trunk_group_id:
    description:
      - ID of the trunk group that the trunk belongs to. V("") removes the trunk from its group.
    type: str
  trunk_group_name:
    description:
      - Name of the trunk group that the trunk belongs to, in place of O(sip_trunk_group_id). If both are given, they must refer to the same group. It costs
        one more read, of the list of groups. V("") removes the trunk from its group.
    type: str
  ip_based_auth_enabled:
    description:
      - Whether the PBX is authenticated by its IP address and port instead of a registration.
    type: bool
  ip_address:
    description:
      - IPv4 or IPv6 address of the PBX.
      - Before a new pair of O(ip_address) and O(port_number) is written or put to use, the API is asked whether it is free. A pair that another trunk has
        is refused before anything is written. V("") clears it.
    type: str
  port_number:
    description:
      - Port of the PBX. From V(1) to V(65535). V(0) clears it.
    type: int
  pbx_tn_digits:
    description:
      - Number of digits of a telephone number that are sent to the PBX. V(0) clears it.
    type: int
  language_tag:
    description:
      - Language of the trunk, as a tag such as V(en-US). V("") clears it.
    type: str
  calling_plan_product_id:
    description:
      - ID of the calling plan product of the trunk.
      - A trunk that has another one gets a new calling plan of this product, also if it shared a calling plan until then.
    type: str
  setup_calling_plan:
    description:
      - Whether the trunk has a calling plan of its own, or shares that of another trunk of the account.
      - Before a plan is shared, the API is asked which plans can be. A trunk whose plan cannot be shared is refused before any write.
      - If it is omitted, a new trunk gets the calling plan that the platform gives it, and a trunk that exists keeps what it has.
    type: dict
    suboptions:
      type:
        description:
          - With V(shared), the trunk shares the calling plan of the trunk that O(setup_calling_plan.trunk_name) or O(setup_calling_plan.trunk_id) names.
            The option C(calling_plan_product_id) cannot be given then.
          - With V(new), the trunk has a calling plan of its own, of the product C(calling_plan_product_id) if that is given. A trunk that has one keeps
            it.
        type: str
        required: true
        choices: [shared, new]
      trunk_name:
        description:
          - Name of the trunk whose calling plan is shared.
        type: str
      trunk_id:
        description:
          - ID of the trunk whose calling plan is shared.
        type: str
  # END generated
  state:
    description:
      - With V(present), the trunk is created or changed.
      - With V(absent), the trunk is deleted. Telephone numbers and forwarding rules that point at it are not changed.
    type: str
    choices: [present, absent]
    default: present
  force:
    description:
      - Delete the trunk even if telephone numbers are routed to it, or if another trunk or a trunk group forwards to it. These calls fail
        until they are routed elsewhere.
      - It has no effect with O(state=present).
    type: bool
    default: false
seealso:
  - module: alianza.sip_trunking.alianza_sip_trunk_info
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Manages all trunks of an account, their rules and telephone numbers in one task.
  - module: alianza.sip_trunking.alianza_trunk_forwarding
    description: Sets where calls go that the trunk cannot take.
  - module: alianza.sip_trunking.alianza_tn_route
    description: Routes telephone numbers to the trunk.
  - module: alianza.sip_trunking.alianza_sip_credentials_info
    description: Returns the credentials that were generated.
"""

EXAMPLES = r"""
---
# All examples use the credentials in ALIANZA_USERNAME and ALIANZA_PASSWORD. They can also be set in module_defaults.

- name: Create a trunk with generated SIP credentials
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    concurrent_calls: 20
    primary_tn: "18015551212"
    callback_number: 801-555-1212
    local_services_enabled: true
    extension_patterns: ["21XX", "2200"]
  register: lindon

- name: Raise the capacity of the trunk and clear some options
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Lindon HQ
    concurrent_calls: 30
    max_burst_calls: 0
    language_tag: ""
    extension_patterns: []

# The ID identifies the trunk, so the name can be a new one.
- name: Rename the trunk and raise its capacity
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunk_id: "{{ lindon.sip_trunk.trunk_id }}"
    name: Lindon Main Office
    concurrent_calls: 40

# Without update_password: on_create, a password that was changed on the platform would be reset.
- name: Create a trunk with credentials of your own
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Orem Warehouse
    concurrent_calls: 5
    sip_username: orem-warehouse
    sip_password: "{{ vault_orem_sip_password }}"
    update_password: on_create

- name: Check whether calls are still sent to a trunk
  alianza.sip_trunking.alianza_sip_trunk:
    account_id: oWUgHknjS52mrdsfFDtKvg
    name: Orem Warehouse
    state: absent
  check_mode: true
  register: orem
  failed_when: orem.failure is defined and orem.failure.kind != 'guarded'

- name: Delete the trunk unless calls are still sent to it
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
    - The trunk after the task; in check mode, as it would be. It never contains the password.
    - Empty with O(state=absent).
    - If a write failed, the trunk as it should be.
    - For a new trunk in check mode, and for one that could not be created, C(trunk_id) and other values that only the platform knows are
      V((known after apply\)), and a generated C(sip_username) is V((generated\)).
  returned: success, and if a write failed
  type: dict
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

from ..module_utils._module.argspec import connection, sip_trunk, state
from ..module_utils._module.runner import run
from ..module_utils._module.sip_trunk import SipTrunkJob


def main():
    """Run the module."""
    run(
        SipTrunkJob,
        dict(
            force={"type": "bool", "default": False},
            **connection(),
            **sip_trunk(),
            **state(),
        ),
    )


if __name__ == "__main__":
    main()
