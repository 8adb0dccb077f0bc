#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_account_trunks
short_description: Make all SIP trunks of an account what one document says
description:
  - Takes the trunk document of an account, which lists its SIP trunks with their forwarding rules and telephone numbers, and makes the
    account what it says, in one task.
  - A key of the document that is left out stays as it is on the platform. So do, unless O(prune) says otherwise, trunks and numbers that
    are not in the document. Telephone numbers themselves are never deleted.
  - All faults of the document are told in one message before anything is written. That covers bad values, a name given
    twice, a number on two trunks, numbers that are not on the account, and targets that do not exist.
  - It puts the work in order by itself. Trunks come first, then the rules, which may point at trunks of the same document, then the
    numbers, and last the trunks that are pruned.
  - When some writes fail, all that does not depend on them is still done; then the task fails and names what is missing, and a rerun does the
    rest. A trunk is not deleted while calls are still sent to it because another write failed.
  - In API calls, it costs one read of the trunks, one of the numbers if the document has any, one of the rules of each trunk that has rules in
    the document, and one write for each object that differs, which is a trunk, the rules of a trunk, or a telephone number. Only when a trunk is
    to be deleted are the numbers, the trunk groups, the rules of every trunk and the registration of those that go read as well.
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
      - The prediction comes from the same plan that a real run carries out, and RV(plan) is the same in both.
  diff_mode:
    details:
      - The diff holds the trunks that change, by name, with the options that change and nothing else. Runs of telephone numbers are shown as
        ranges.
      - The diff never shows a password; see M(alianza.sip_trunking.alianza_sip_trunk) for the words that stand for one.
options:
  trunks:
    description:
      - The SIP trunks of the account. Each must be in the list once.
      - Host variables are a good place for this list. Keep passwords in variables of Ansible Vault that it refers to.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the trunk, in exactly its spelling. O(trunks[].name) or O(trunks[].trunk_id) is needed, and O(trunks[].name) to create
            a trunk.
          - With both, the trunk of that ID gets this name. A name that another trunk has is refused.
        type: str
        aliases:
          - trunk_name
      trunk_id:
        description:
          - ID of a trunk that exists.
        type: str
      state:
        description:
          - With V(absent) the trunk is deleted, after its numbers are unrouted; no other option but O(trunks[].name) or
            O(trunks[].trunk_id) goes with it. A trunk that is gone already is fine. The guards of O(prune) hold here too, and O(force)
            overrides them.
        type: str
        choices: [present, absent]
        default: present
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
      telephone_numbers:
        description:
          - Telephone numbers and ranges that ring at the trunk, as O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) takes
            them.
          - Other numbers that ring at the trunk stay there, unless O(prune) says otherwise.
        type: list
        elements: str
      forwarding:
        description:
          - Where calls go that the trunk cannot or shall not take, as M(alianza.sip_trunking.alianza_trunk_forwarding) takes it.
          - V({}) leaves all rules as they are.
        type: dict
        suboptions:
          forward_always:
            description:
              - Where all calls go while O(trunks[].forwarding.forward_always.enabled) is true, whatever the other two sections say.
              - O(trunks[].forwarding.forward_always.enabled) alone switches the target that is in place on or off, and keeps it.
              - A target without O(trunks[].forwarding.forward_always.enabled) leaves the switch as it is, which is off where there was no target.
              - V({}) clears the section. Left out, it stays as it is.
            type: dict
            suboptions:
              enabled:
                description:
                  - Whether all calls go to the target now.
                type: bool
              reference_type:
                description:
                  - What kind of thing the target is; one of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE) and
                    V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
                  - With O(trunks[].forwarding.forward_always.trunk_name) it may be left out, since only V(SIP_TRUNK) fits.
                type: str
              reference_id:
                description:
                  - The target; a telephone number for V(TELEPHONE), and the platform's ID of it for the other types. V(BUSY) takes none.
                  - A telephone number is taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                    takes, but no range.
                type: str
              trunk_name:
                description:
                  - Name of the trunk that is the target. It does the same as O(trunks[].forwarding.forward_always.reference_id).
                  - When both are given they must mean the same trunk.
                type: str
          forward_on_failure:
            description:
              - Where a call goes that the trunk cannot take, for example because its PBX is not registered, in the order of attempts.
              - The list replaces that of the platform, and its order counts. V([]) clears it. Left out, it stays as it is.
            type: list
            elements: dict
            suboptions:
              reference_type:
                description:
                  - What kind of thing the target is; one of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE) and
                    V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
                  - With O(trunks[].forwarding.forward_on_failure[].trunk_name) it may be left out, since only V(SIP_TRUNK) fits.
                type: str
              reference_id:
                description:
                  - The target; a telephone number for V(TELEPHONE), and the platform's ID of it for the other types. V(BUSY) takes none.
                  - A telephone number is taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                    takes, but no range.
                type: str
              trunk_name:
                description:
                  - Name of the trunk that is the target. It does the same as O(trunks[].forwarding.forward_on_failure[].reference_id).
                  - When both are given they must mean the same trunk.
                type: str
          forward_on_capacity_exceeded:
            description:
              - Where a call goes while the trunk carries as many calls as it may, in the order of attempts.
              - The list replaces that of the platform, and its order counts. V([]) clears it. Left out, it stays as it is.
            type: list
            elements: dict
            suboptions:
              reference_type:
                description:
                  - What kind of thing the target is; one of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE) and
                    V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
                  - With O(trunks[].forwarding.forward_on_capacity_exceeded[].trunk_name) it may be left out, since only V(SIP_TRUNK) fits.
                type: str
              reference_id:
                description:
                  - The target; a telephone number for V(TELEPHONE), and the platform's ID of it for the other types. V(BUSY) takes none.
                  - A telephone number is taken in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                    takes, but no range.
                type: str
              trunk_name:
                description:
                  - Name of the trunk that is the target. It does the same as O(trunks[].forwarding.forward_on_capacity_exceeded[].reference_id).
                  - When both are given they must mean the same trunk.
                type: str
  reroute:
    description:
      - Whether numbers may be taken from another destination. V(false) refuses that, names the numbers, and writes nothing.
      - With V(true) a warning names the numbers that rang at something that is not a trunk.
    type: bool
    default: true
  prune:
    description:
      - What is taken away because it is not in the document. With V(none), nothing.
      - With V(numbers), a trunk with the key O(trunks[].telephone_numbers) loses the numbers that the key does not name; they then ring nowhere.
        A trunk without the key keeps its numbers.
      - With V(all), trunks that are not in the document are deleted as well, after their numbers are unrouted.
      - RV(removed) is what it takes to bring all of it back, passwords aside.
      - An empty document prunes no trunk without O(force). Nor is a trunk deleted without it that is registered, or that another trunk or a
        trunk group would still forward to.
    type: str
    choices: [none, numbers, all]
    default: none
  force:
    description:
      - With O(prune=all) or O(trunks[].state=absent), delete trunks although one of the guards objects. Each objection becomes a warning.
      - A document that itself forwards to a trunk which is not in it is refused even so.
    type: bool
    default: false
  advice:
    description:
      - Whether to warn of what is legal but unwise in the account as it is going to be. That is trunks that forward all calls in a circle, a failover
        target that carries fewer calls than the trunk it stands in for, trunks without failover, and numbers of the account that ring nowhere.
      - Only what is read anyway is looked at, so the rules of a trunk are spoken of only if the document has rules for it, and numbers if it has any.
    type: bool
    default: true
  concurrency:
    description:
      - How many requests are under way at the same time, from V(1) to V(64). A lower number is gentler on the API.
    type: int
    default: 8
seealso:
  - module: alianza.sip_trunking.alianza_account_trunks_info
    description: Reads the document of an account that exists.
  - module: alianza.sip_trunking.alianza_sip_trunk
    description: One trunk; can also delete it.
  - module: alianza.sip_trunking.alianza_trunk_forwarding
    description: The rules of one trunk; can also clear them.
  - module: alianza.sip_trunking.alianza_tn_route
    description: The telephone numbers of one destination; can also unroute them.
"""

EXAMPLES = r"""
---
- name: Make the account what the document says
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 20
        primary_tn: "18015551212"
        callback_number: "18015551212"
        local_services_enabled: true
        extension_patterns: ["21XX"]
        telephone_numbers: ["18015551212", "18015551300-18015551399"]
        forwarding:
          forward_on_failure:
            # A trunk of the same document, which need not exist before.
            - trunk_name: Provo DR
            - reference_type: TELEPHONE
              reference_id: "18015559999"
      - name: Provo DR
        concurrent_calls: 20

# With --limit maple_dental, only for this customer.
- name: Do the same from the variables of the inventory host that stands for the account
  alianza.sip_trunking.alianza_account_trunks:
    account_id: "{{ alianza_account_id }}"
    trunks: "{{ alianza_trunks }}"
  vars:
    # These two are usually host variables.
    alianza_account_id: oWUgHknjS52mrdsfFDtKvg
    alianza_trunks:
      - name: Lindon HQ
        concurrent_calls: 25
        sip_username: lindon-hq-pbx
        sip_password: "{{ vault_lindon_sip_password }}"

- name: Find out what would change, whatever mode the playbook runs in
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 30
        telephone_numbers: ["18015551300-18015551399"]
    reroute: false
  check_mode: true
  register: preview

- name: Show it, a line for each step
  ansible.builtin.debug:
    var: preview.summary

- name: Let go of every trunk and number that the document does not hold
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 20
        telephone_numbers: ["18015551300-18015551349"]
    prune: all
  register: pruned

- name: Keep what would bring it back
  ansible.builtin.copy:
    content: "{{ {'alianza_trunks': pruned.removed} | to_nice_yaml(sort_keys=false) }}"
    dest: "{{ inventory_hostname }}-removed.yml"
    mode: "0600"
  when: pruned.removed | length > 0

# A target without enabled leaves the switch as it is, so this neither starts nor ends a diversion.
- name: Change the rules of one trunk and leave its numbers alone
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 25
        forwarding:
          forward_always:
            reference_type: TELEPHONE
            reference_id: "18015559999"
          forward_on_capacity_exceeded: []
"""

RETURN = r"""
---
account_id:
  description: ID of the account.
  returned: success, and when writes failed
  type: str
  sample: oWUgHknjS52mrdsfFDtKvg
plan:
  description: What was done, or would be done in check mode, in that order. Empty when the account is what the document says.
  returned: success, and when writes failed
  type: list
  elements: dict
  contains:
    action:
      description: What is done to the object; V(create), V(update) or V(delete).
      returned: always
      type: str
      sample: update
    resource:
      description: What kind of object it is; V(sip_trunk), V(trunk_forwarding) for the rules of a trunk, V(tn_route) for its numbers.
      returned: always
      type: str
      sample: tn_route
    name:
      description: Name of the trunk that the object belongs to.
      returned: always
      type: str
      sample: Lindon HQ
    changes:
      description:
        - Each option that changes, with its values C(before) and C(after). Passwords are never in it.
        - For V(tn_route), C(telephone_numbers) holds all numbers that ring at the trunk before and after, each as 11 digits.
      returned: always
      type: dict
      sample:
        concurrent_calls:
          before: 20
          after: 25
summary:
  description: One line of text for each step of RV(plan), in the same order, for people to read. Passwords are never in it.
  returned: success, and when writes failed
  type: list
  elements: str
  sample:
    - "update trunk 'Lindon HQ': concurrent_calls 20 -> 25"
    - "route numbers to trunk 'Lindon HQ': 10 more (18015551300-18015551309)"
removed:
  description:
    - What pruning takes away, as a document that can be applied again. It holds whole trunks that are deleted, and of trunks that stay the
      numbers that are unrouted. It is what check mode predicts and what the run set out to do, whether or not writes failed.
    - Trunks that are deleted are in it by their names, since their IDs are lost. One whose name others have too would mean them, so its ID
      is appended to its name, with a warning.
    - Passwords are not in it. A trunk that is created from it gets a new one unless one is added.
  returned: success, and when writes failed
  type: list
  elements: dict
  sample:
    - name: Old Lab
      concurrent_calls: 2
      sip_username: old-lab-pbx
      telephone_numbers: ["18015551350-18015551399"]
failed_objects:
  description: The steps of RV(plan) that were not carried out, or not in full. Empty on success.
  returned: success, and when writes failed
  type: list
  elements: dict
  contains:
    resource:
      description: As in RV(plan).
      returned: always
      type: str
      sample: sip_trunk
    name:
      description: As in RV(plan).
      returned: always
      type: str
      sample: Lindon HQ
    msg:
      description: What is wrong.
      returned: always
      type: str
      sample: "api.alianza.com refused the connection: check api_url and the network (asked 5 times)"
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

from ..module_utils._module.account_trunks import AccountTrunks
from ..module_utils._module.argspec import connection, document
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(
        AccountTrunks,
        dict(
            reroute={"type": "bool", "default": True},
            prune={"type": "str", "choices": ["none", "numbers", "all"], "default": "none"},
            force={"type": "bool", "default": False},
            advice={"type": "bool", "default": True},
            concurrency={"type": "int", "default": 8},
            **connection(),
            **document(),
        ),
    )


if __name__ == "__main__":
    main()
