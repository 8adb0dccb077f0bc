#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_account_trunks
short_description: Manage all SIP trunks of an account from one document
description:
  - Applies the trunk document of an account, which lists its SIP trunks with their forwarding rules and telephone numbers, in one task.
  - A key that is omitted from the document is not changed on the platform. Trunks and numbers that are not in the document are not changed
    either, unless O(prune) says otherwise. Telephone numbers themselves are never deleted.
  - All errors in the document are reported in one message before anything is written, including invalid values, duplicate names, a number
    on two trunks, numbers that are not on the account, and targets that do not exist.
  - Trunk groups are part of the document if O(trunk_groups) is given, and caller IDs if O(caller_ids) is given. Otherwise they are not read
    and not changed.
  - Changes are made in the right order - first trunks, then trunk groups and rules, which may point at trunks of the same document, then
    numbers, then caller IDs, and last the deletion of trunk groups and trunks.
  - If some writes fail, everything that does not depend on them is still done. Then the task fails and names what is missing, and running
    it again does the rest. A trunk is not deleted while calls are still sent to it because another write failed.
  - API calls - one read of the trunks, one of the numbers if the document has any, one of the rules of each trunk that has rules in the
    document, one of the trunk groups if the document has O(trunk_groups) or a C(trunk_group_name), three of the caller IDs if it has
    O(caller_ids), and one write for each trunk, for each trunk group, for the rules of each trunk, and for each telephone number, caller ID
    and FROM number that differs. A new pair of address and port is one read more, and calling plans that are newly shared are one more
    together. If a trunk or a group is to be deleted, the numbers, the trunk groups and the rules of all trunks are read too, and the
    registration of the trunk.
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
      - The prediction is the plan that a real run carries out; RV(plan) is the same in both.
  diff_mode:
    details:
      - The diff contains the trunks that change, by name, with only the options that change. Consecutive telephone numbers are shown as
        ranges.
      - The diff never shows a password; see M(alianza.sip_trunking.alianza_sip_trunk) for the placeholders.
options:
  # BEGIN generated: options of a document
  trunks:
    description:
      - The SIP trunks of the account. Each of them must be listed once.
      - The list may be text in JSON. Of YAML text, the filter P(ansible.builtin.from_yaml#filter) makes a list.
      - A key that is not known, or a value of a wrong type, is reported with the name of the trunk before anything is read.
      - Keep this list in host variables, and passwords in variables of Ansible Vault that it refers to.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the trunk. It is case-sensitive. O(trunks[].name) or O(trunks[].trunk_id) is required, and O(trunks[].name)
            to create a trunk.
          - If both are given and the trunk exists, the trunk with that ID is renamed. A name that another trunk has is refused.
          - A new name is also refused if it has blanks at its edges or control characters, or if it differs from the name
            of another trunk only by case, blanks or Unicode form.
          - A name that looks like a number or a truth value has to be quoted, since YAML drops leading zeros and takes C(NO)
            for false.
        type: str
        aliases: [trunk_name]
      trunk_id:
        description:
          - ID of a trunk that exists.
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
          - Password that the PBX registers with. It has at least 6 characters, and no line break or other control character.
            Keep it in Ansible Vault or another secret store.
          - If a trunk is created without it, a random one of 32 letters and digits is generated, which M(alianza.sip_trunking.alianza_sip_credentials_info)
            can read.
          - A new password takes effect at once. The PBX cannot register again until it has the new password too.
        type: str
      update_password:
        description:
          - With V(always), a password that is given is written whenever it differs from the password on the platform. If
            the API does not return the password, it is written on every run, which counts as a change and causes a warning.
          - With V(on_create), it is written only when the trunk is created.
          - With V(unconditionally), it is written on every run, whatever the platform returns. This is for taking a password
            back that was written a moment ago, when the platform may still return the one before.
        type: str
        choices: [always, on_create, unconditionally]
        default: always
      primary_tn:
        description:
          - Telephone number whose area determines where calls to 7-digit numbers and to local services go. It is not the
            caller ID.
          - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no
            range. V("") clears it.
        type: str
      callback_number:
        description:
          - Telephone number that the emergency services call back. It must be provisioned on the platform.
          - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no
            range. V("") clears it.
        type: str
      local_services_enabled:
        description:
          - Whether the PBX may dial local services, such as 211 or 811. The platform's default is V(false).
        type: bool
      extension_patterns:
        description:
          - 'Extensions of the account that are routed to the trunk. Each pattern is digits, followed by any number of C(X)
            that stand for one digit each: V(21XX) means 2100 to 2199, V(2200) is one extension.'
          - The list replaces the list on the platform. Order, repetition and the case of C(X) do not matter.
          - Quote each pattern, since YAML drops leading zeros. The list may be one text, with a pattern on each line or commas
            between them. V([]) clears it.
        type: list
        elements: str
      max_burst_calls:
        description:
          - Burst limit of the trunk, in calls. V(0) clears it.
        type: int
      external_charge_number:
        description:
          - Telephone number that is sent as the charge number of the calls.
          - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no
            range. V("") clears it.
        type: str
      sip_trunk_group_id:
        description:
          - ID of the trunk group that the trunk belongs to. V("") removes the trunk from its group.
        type: str
      trunk_group_name:
        description:
          - Name of the trunk group that the trunk belongs to, in place of O(trunks[].sip_trunk_group_id). If both are given,
            they must refer to the same group. It costs one more read, of the list of groups. V("") removes the trunk from
            its group.
        type: str
      ip_based_auth_enabled:
        description:
          - Whether the PBX is authenticated by its IP address and port instead of a registration.
        type: bool
      ip_address:
        description:
          - IPv4 or IPv6 address of the PBX.
          - Before a new pair of O(trunks[].ip_address) and O(trunks[].port_number) is written or put to use, the API is asked
            whether it is free. A pair that another trunk has is refused before anything is written. V("") clears it.
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
          - Before a plan is shared, the API is asked which plans can be. A trunk whose plan cannot be shared is refused before
            any write.
          - If it is omitted, a new trunk gets the calling plan that the platform gives it, and a trunk that exists keeps
            what it has.
        type: dict
        suboptions:
          type:
            description:
              - With V(shared), the trunk shares the calling plan of the trunk that O(trunks[].setup_calling_plan.trunk_name)
                or O(trunks[].setup_calling_plan.trunk_id) names. The option C(calling_plan_product_id) cannot be given then.
              - With V(new), the trunk has a calling plan of its own, of the product C(calling_plan_product_id) if that is
                given. A trunk that has one keeps it.
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
      state:
        description:
          - With V(absent), the telephone numbers of the trunk are unrouted and the trunk is deleted. Only O(trunks[].name)
            or O(trunks[].trunk_id) may be given with it. A trunk that does not exist is not an error. The safeguards of O(prune)
            apply here too, and O(force) overrides them.
        type: str
        choices: [present, absent]
        default: present
      telephone_numbers:
        description:
          - Telephone numbers and ranges that are routed to the trunk, as O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
            accepts them.
          - Other numbers that are routed to the trunk are not changed, unless O(prune) says otherwise.
        type: list
        elements: str
      forwarding:
        description:
          - Forwarding rules of the trunk, as M(alianza.sip_trunking.alianza_trunk_forwarding) accepts them. V({}) changes
            no rule.
        type: dict
        suboptions:
          forward_always:
            description:
              - Where all calls go while O(trunks[].forwarding.forward_always.enabled) is true, whatever the other two sections
                say.
              - O(trunks[].forwarding.forward_always.enabled) alone switches the target that is in place on or off, and keeps
                it.
              - A target without O(trunks[].forwarding.forward_always.enabled) keeps the switch as it is, which is off if
                there was no target.
              - If it is omitted, the section is not changed. V({}) clears the section.
            type: dict
            suboptions:
              enabled:
                description:
                  - Whether all calls go to the target now.
                type: bool
              reference_type:
                description:
                  - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE),
                    V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
                  - It may be omitted with O(trunks[].forwarding.forward_always.trunk_name), which implies V(SIP_TRUNK).
                type: str
              reference_id:
                description:
                  - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has
                    none.'
                  - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                    accepts, but no range.
                type: str
              trunk_name:
                description:
                  - Name of the trunk that is the target, in place of O(trunks[].forwarding.forward_always.reference_id).
                  - If both are given, they must refer to the same trunk.
                type: str
          forward_on_failure:
            description:
              - Where calls go that the trunk cannot take, for example because its PBX is not registered, in the order of
                attempts.
              - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed.
                V([]) clears it.
            type: list
            elements: dict
            suboptions:
              reference_type:
                description:
                  - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE),
                    V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
                  - It may be omitted with O(trunks[].forwarding.forward_on_failure[].trunk_name), which implies V(SIP_TRUNK).
                type: str
              reference_id:
                description:
                  - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has
                    none.'
                  - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                    accepts, but no range.
                type: str
              trunk_name:
                description:
                  - Name of the trunk that is the target, in place of O(trunks[].forwarding.forward_on_failure[].reference_id).
                  - If both are given, they must refer to the same trunk.
                type: str
          forward_on_capacity_exceeded:
            description:
              - Where calls go while the trunk carries as many calls as it can, in the order of attempts.
              - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed.
                V([]) clears it.
            type: list
            elements: dict
            suboptions:
              reference_type:
                description:
                  - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE),
                    V(VOICE_MAIL). V(VOICEMAIL) is the same as V(VOICE_MAIL).
                  - It may be omitted with O(trunks[].forwarding.forward_on_capacity_exceeded[].trunk_name), which implies
                    V(SIP_TRUNK).
                type: str
              reference_id:
                description:
                  - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has
                    none.'
                  - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                    accepts, but no range.
                type: str
              trunk_name:
                description:
                  - Name of the trunk that is the target, in place of O(trunks[].forwarding.forward_on_capacity_exceeded[].reference_id).
                  - If both are given, they must refer to the same trunk.
                type: str
  trunk_groups:
    description:
      - The trunk groups of the account, with their trunks and their rules. Each of them must be listed once.
      - If it is omitted, groups are neither read nor changed. If it is given, O(prune=all) deletes groups that are not listed,
        also with an empty list.
      - A group may list its trunks in O(trunks), or a trunk may name its group in C(trunk_group_name). Both may be given
        if they agree.
      - The list may be text in JSON.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the trunk group. It is case-sensitive. O(trunk_groups[].name) or O(trunk_groups[].group_id) is required,
            and O(trunk_groups[].name) to create a group.
          - If both are given and the group exists, the group with that ID is renamed. A name that another group has is refused.
          - A new name is also refused if it has blanks at its edges or control characters, or if it differs from the name
            of another group only by case, blanks or Unicode form.
        type: str
      group_id:
        description:
          - ID of a trunk group that exists.
        type: str
      trunks:
        description:
          - The trunks that are members of the group. Each entry is the name of a trunk or its ID, or a dictionary with C(trunk_name)
            or C(trunk_id), as M(alianza.sip_trunking.alianza_sip_trunk_group_info) returns it.
          - 'The list replaces the list on the platform. Its order does not matter. A trunk is in one group at most: one that
            is in another group leaves it, with a warning. If it is omitted, the members are not changed. V([]) takes all
            trunks out of the group.'
        type: list
        elements: raw
      forward_always:
        description:
          - Where all calls go while O(trunk_groups[].forward_always.enabled) is true, whatever the other two sections say.
          - O(trunk_groups[].forward_always.enabled) alone switches the target that is in place on or off, and keeps it.
          - A target without O(trunk_groups[].forward_always.enabled) keeps the switch as it is, which is off if there was
            no target.
          - If it is omitted, the section is not changed. V({}) clears the section.
        type: dict
        suboptions:
          enabled:
            description:
              - Whether all calls go to the target now.
            type: bool
          reference_type:
            description:
              - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL).
                V(VOICEMAIL) is the same as V(VOICE_MAIL).
              - It may be omitted with O(trunk_groups[].forward_always.trunk_name), which implies V(SIP_TRUNK).
            type: str
          reference_id:
            description:
              - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
              - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                accepts, but no range.
            type: str
          trunk_name:
            description:
              - Name of the trunk that is the target, in place of O(trunk_groups[].forward_always.reference_id).
              - If both are given, they must refer to the same trunk.
            type: str
      forward_on_failure:
        description:
          - Where calls go that the group cannot take, for example because its PBX is not registered, in the order of attempts.
          - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed.
            V([]) clears it.
        type: list
        elements: dict
        suboptions:
          reference_type:
            description:
              - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL).
                V(VOICEMAIL) is the same as V(VOICE_MAIL).
              - It may be omitted with O(trunk_groups[].forward_on_failure[].trunk_name), which implies V(SIP_TRUNK).
            type: str
          reference_id:
            description:
              - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
              - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                accepts, but no range.
            type: str
          trunk_name:
            description:
              - Name of the trunk that is the target, in place of O(trunk_groups[].forward_on_failure[].reference_id).
              - If both are given, they must refer to the same trunk.
            type: str
      forward_on_capacity_exceeded:
        description:
          - Where calls go while the group carries as many calls as it can, in the order of attempts.
          - The list replaces the list on the platform, and its order matters. If it is omitted, the section is not changed.
            V([]) clears it.
        type: list
        elements: dict
        suboptions:
          reference_type:
            description:
              - Type of the target. One of V(BUSY), V(END_USER), V(IVR), V(AUTO_ATTENDANT), V(SIP_TRUNK), V(TELEPHONE), V(VOICE_MAIL).
                V(VOICEMAIL) is the same as V(VOICE_MAIL).
              - It may be omitted with O(trunk_groups[].forward_on_capacity_exceeded[].trunk_name), which implies V(SIP_TRUNK).
            type: str
          reference_id:
            description:
              - 'The target: a telephone number for V(TELEPHONE), the platform''s ID for the other types. V(BUSY) has none.'
              - A telephone number is accepted in every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)
                accepts, but no range.
            type: str
          trunk_name:
            description:
              - Name of the trunk that is the target, in place of O(trunk_groups[].forward_on_capacity_exceeded[].reference_id).
              - If both are given, they must refer to the same trunk.
            type: str
      state:
        description:
          - With V(absent), the trunk group is deleted. Only O(trunk_groups[].name) or O(trunk_groups[].group_id) may be given
            with it. A group that does not exist is not an error. The safeguards of O(prune) apply here too, and O(force)
            overrides them.
        type: str
        choices: [present, absent]
        default: present
  caller_ids:
    description:
      - The caller IDs of the account, with the FROM numbers that show them. Each of them must be listed once.
      - If it is omitted, caller IDs are neither read nor changed. If it is given, O(prune=numbers) ends the mappings of FROM
        numbers that are not listed with a caller ID of the list, and O(prune=all) also deletes caller IDs that are not listed,
        also with an empty list.
      - The list may be text in JSON.
    type: list
    elements: dict
    suboptions:
      caller_id:
        description:
          - The caller ID, which is the telephone number that the people who are called see.
          - Accepts every spelling that O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts, but no
            range.
        type: str
        required: true
      from_numbers:
        description:
          - The FROM numbers that show the caller ID, as O(alianza.sip_trunking.alianza_caller_id#module:from_numbers) accepts
            them.
          - Other FROM numbers that show the caller ID are not changed, unless O(prune) says otherwise.
        type: list
        elements: str
      state:
        description:
          - With V(absent), the mappings of all FROM numbers that show the caller ID end, and it is deleted. O(caller_ids[].from_numbers)
            may not be given with it. A caller ID that does not exist is not an error.
        type: str
        choices: [present, absent]
        default: present
  # END generated
  reroute:
    description:
      - Whether numbers that are routed elsewhere may be rerouted. With V(false), the task fails, names them and writes nothing.
      - With V(true), a warning names the numbers whose destination was not a trunk.
    type: bool
    default: true
  prune:
    description:
      - What is removed because it is not in the document. With V(none), nothing.
      - With V(numbers), numbers that are routed to a trunk and are not in its O(trunks[].telephone_numbers) are unrouted. A trunk without
        this key keeps its numbers.
      - With V(all), trunks that are not in the document are deleted as well, after their numbers are unrouted.
      - Trunk groups and caller IDs are pruned only if the document has O(trunk_groups) or O(caller_ids), which say what happens to them.
      - RV(removed) can be applied to restore everything but passwords.
      - Without O(force), an empty document deletes no trunk. A trunk that is registered, or that another trunk or a trunk group would still
        forward to, is not deleted either.
    type: str
    choices: [none, numbers, all]
    default: none
  force:
    description:
      - With O(prune=all) or O(trunks[].state=absent), delete trunks even if a safeguard objects. Each objection becomes a warning.
      - It does not apply if the document itself forwards to a trunk that it does not contain; then the task fails.
    type: bool
    default: false
  advice:
    description:
      - Whether to warn about likely mistakes in the resulting account - trunks that forward all calls in a loop, a failover target that
        carries fewer calls than the trunk that it stands in for, trunks without failover, and unrouted numbers of the account.
      - Only what is read anyway is checked, so rules only if the document has rules for the trunk, and numbers only if it has any.
    type: bool
    default: true
  # BEGIN generated: option concurrency
  concurrency:
    description:
      - Number of requests that are sent at the same time. A lower number puts less load on the API. From V(1) to V(64).
    type: int
    default: 8
  # END generated
seealso:
  - module: alianza.sip_trunking.alianza_account_trunks_info
    description: Returns the document of an account.
  - module: alianza.sip_trunking.alianza_sip_trunk
    description: Manages one trunk.
  - module: alianza.sip_trunking.alianza_trunk_forwarding
    description: Sets or clears the rules of one trunk.
  - module: alianza.sip_trunking.alianza_tn_route
    description: Routes or unroutes telephone numbers.
"""

EXAMPLES = r"""
---
- name: Apply the document to the account
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
            # A trunk of the same document, which need not exist yet.
            - trunk_name: Provo DR
            - reference_type: TELEPHONE
              reference_id: "18015559999"
      - name: Provo DR
        concurrent_calls: 20

# An account is an inventory host, so --limit maple_dental selects one customer.
- name: Apply the document in the host variables
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

- name: Apply trunks, their group and the caller IDs of the account
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 20
      - name: Provo DR
        concurrent_calls: 20
    trunk_groups:
      - name: All sites
        trunks: [Lindon HQ, Provo DR]
        forward_on_failure:
          - reference_type: TELEPHONE
            reference_id: "18015559999"
    caller_ids:
      - caller_id: "18015550000"
        from_numbers: ["21XX", "18015551300-18015551399"]

- name: Preview the changes, whether or not the playbook runs in check mode
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 30
        telephone_numbers: ["18015551300-18015551399"]
    reroute: false
  check_mode: true
  register: preview

- name: Show a line for each step
  ansible.builtin.debug:
    var: preview.summary

- name: Delete trunks and unroute numbers that are not in the document
  alianza.sip_trunking.alianza_account_trunks:
    account_id: oWUgHknjS52mrdsfFDtKvg
    trunks:
      - name: Lindon HQ
        concurrent_calls: 20
        telephone_numbers: ["18015551300-18015551349"]
    prune: all
  register: pruned

- name: Save what was removed
  ansible.builtin.copy:
    content: "{{ {'alianza_trunks': pruned.removed} | to_nice_yaml(sort_keys=false) }}"
    dest: "{{ inventory_hostname }}-removed.yml"
    mode: "0600"
  when: pruned.removed | length > 0

# A target without enabled keeps the switch as it is, so this neither starts nor ends a diversion.
- name: Change only the rules of one trunk
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
  returned: success, and if writes failed
  type: str
  sample: oWUgHknjS52mrdsfFDtKvg
plan:
  description: Changes that were made, or would be made in check mode, in order. Empty if the account matches the document.
  returned: success, and if writes failed
  type: list
  elements: dict
  contains:
    action:
      description: V(create), V(update) or V(delete).
      returned: always
      type: str
      sample: update
    resource:
      description: V(sip_trunk), V(sip_trunk_group), V(trunk_forwarding) for the rules of a trunk, V(tn_route) for its numbers, or V(caller_id).
      returned: always
      type: str
      sample: tn_route
    name:
      description: Name of the trunk that the object belongs to, or of the trunk group, or the caller ID.
      returned: always
      type: str
      sample: Lindon HQ
    changes:
      description:
        - Each option that changes, with its values C(before) and C(after). It never contains passwords.
        - For V(tn_route), C(telephone_numbers) contains all numbers that are routed to the trunk before and after, as 11 digits each.
      returned: always
      type: dict
      sample:
        concurrent_calls:
          before: 20
          after: 25
summary:
  description: One line of text for each step of RV(plan), in the same order. It never contains passwords.
  returned: success, and if writes failed
  type: list
  elements: str
  sample:
    - "update trunk 'Lindon HQ': concurrent_calls 20 -> 25"
    - "route numbers to trunk 'Lindon HQ': 10 more (18015551300-18015551309)"
removed_trunk_groups:
  description:
    - The trunk groups that were deleted, as O(trunk_groups) accepts them, with their trunks and rules. Apply them together with RV(removed).
  returned: success, and if writes failed
  type: list
  elements: dict
  sample:
    - name: All sites
      trunks: [Lindon HQ, Provo DR]
removed_caller_ids:
  description:
    - The caller IDs that were deleted, and FROM numbers that show a caller ID no longer, as O(caller_ids) accepts them.
  returned: success, and if writes failed
  type: list
  elements: dict
  sample:
    - caller_id: "18015550001"
      from_numbers: ["22XX"]
removed:
  description:
    - What pruning removes, as a document that can be applied again. It contains deleted trunks as a whole, and the unrouted numbers of
      trunks that stay. It is the plan, whether or not writes failed.
    - Deleted trunks are listed by name, because their IDs are lost. If other trunks have the same name, the ID is appended to the name,
      with a warning.
    - It does not contain passwords. A trunk that is created from it gets a new one unless one is added.
  returned: success, and if writes failed
  type: list
  elements: dict
  sample:
    - name: Old Lab
      concurrent_calls: 2
      sip_username: old-lab-pbx
      telephone_numbers: ["18015551350-18015551399"]
failed_objects:
  description: Steps of RV(plan) that were not carried out, or not completely. Empty on success.
  returned: success, and if writes failed
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
      sample: "api.alianza.com refused the connection: check api_url and the network (5 attempts)"
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

from ..module_utils._module.account_trunks import AccountTrunksJob
from ..module_utils._module.argspec import concurrency, connection, document
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(
        AccountTrunksJob,
        dict(
            reroute={"type": "bool", "default": True},
            prune={"type": "str", "choices": ["none", "numbers", "all"], "default": "none"},
            force={"type": "bool", "default": False},
            advice={"type": "bool", "default": True},
            **connection(),
            **concurrency(),
            **document(),
        ),
    )


if __name__ == "__main__":
    main()
