#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: trunk_watch_event
short_description: Check an event of the night watch, and find the host of its account
description:
  - This is used by the playbooks C(alianza.sip_trunking.trunk_watch) and C(alianza.sip_trunking.trunk_notice). Use these.
  - It looks at the variables of all hosts of the play at once, runs on the control node, and calls no API.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  event:
    description: What the event source C(alianza.sip_trunking.trunk_registration) has put under C(trunk_registration).
    type: raw
    required: true
"""

EXAMPLES = r"""
---
- name: Find the host of an event
  alianza.sip_trunking.trunk_watch_event:
    event: "{{ ansible_eda.event.trunk_registration }}"
  register: found
  run_once: true
"""

RETURN = r"""
---
host:
  description: Name of the host that is the account; empty if there is none, and for events of the API.
  returned: success
  type: str
  sample: wasatch-furniture
text:
  description: The event as one sentence.
  returned: success
  type: str
  sample: Trunk 'Lindon HQ' of account 10022 is not registered since 2026-11-26T03:02:10Z; 21 telephone numbers are routed to it
failure:
  description: Why the task failed, for conditions to test, as the modules of the collection return it. C(msg) says it in one sentence.
  returned: failure
  type: dict
"""
