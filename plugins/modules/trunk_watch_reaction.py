#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: trunk_watch_reaction
short_description: Decide what the night watch does about an event
description:
  - This is used by the playbook C(alianza.sip_trunking.trunk_watch). Use the playbook.
  - It decides by what is so now, since an event may have waited behind others.
  - It runs on the control node, calls no API, and counts diversions and unlocks in the file C(ledger.json) of a directory. What it allows
    is counted before it is done.
  - It fails if something should be done that the watch must not do - a diversion beyond the limit, or a second unlock within a day.
  - In check mode nothing is counted.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
attributes:
  check_mode:
    support: full
    description: Can run in check mode and return the predicted changes without making them.
  diff_mode:
    support: none
    description: Returns details on what has changed, or would change in check mode, when in diff mode.
options:
  event:
    description: What the event source C(alianza.sip_trunking.trunk_registration) has put under C(trunk_registration).
    type: raw
    required: true
  sip_trunks:
    description: The trunks of the account, as M(alianza.sip_trunking.alianza_sip_trunk_info) returns them with registration and forwarding.
    type: list
    elements: dict
    required: true
  target:
    description: Where the calls of the account may be diverted. Blank if the watch must not change the account.
    type: raw
  most_per_hour:
    description: How many trunks the watch may divert in an hour, over all accounts.
    type: int
    default: 10
  directory:
    description: Directory of the watch, a path that begins with V(/) or V(~).
    type: str
    required: true
  ephemeral:
    description: Whether the directory is gone when the job ends. It is found out if this is blank.
    type: raw
"""

EXAMPLES = r"""
---
- name: Decide what to do
  alianza.sip_trunking.trunk_watch_reaction:
    event: "{{ ansible_eda.event.trunk_registration }}"
    sip_trunks: "{{ account.sip_trunks }}"
    target: "{{ trunk_failover_target }}"
    directory: ~/.alianza/watch
  register: reaction
"""

RETURN = r"""
---
action:
  description: What to do, V(divert), V(restore), V(unlock), or V(nothing).
  returned: success
  type: str
  sample: divert
text:
  description: Why, as one sentence.
  returned: success
  type: str
trunk_id:
  description: ID of the trunk.
  returned: success
  type: str
  sample: LhmtrbuvQZ6qjIqW5ZF_mQ
failure:
  description: Why the task failed, for conditions to test, as the modules of the collection return it. C(msg) says it in one sentence.
  returned: failure
  type: dict
"""
