#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: account_session_hosts
short_description: Find the account of every host of a play
description:
  - Finds which account each host of the play is, from the variables C(account_session_account_id) and
    C(account_session_account_number) as each host has them, and which hosts must not go on, because they are PBXs, name no
    account, or name the account of another host.
  - Hosts of later batches (C(serial)) are among them, so that two hosts of one account are refused before the first one is written.
  - It is made for the role C(alianza.sip_trunking.account_session), which registers its result as C(account_session_hosts).
    A host of the play is enough to run it, so use it with C(run_once).
  - It runs on the control node.
  - In API calls, without O(resolve) it costs none. With it, it costs one call for each account number that is looked up, and one
    login and logout for each distinct login that no host of the play has a token of.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  resolve:
    description:
      - Whether the IDs behind account numbers are looked up.
      - V(mixed) looks them up if some hosts give only an ID and others only a number, since only the platform knows whether
        these are the same account.
      - V(always) looks up those of the batch in any case.
    type: str
    choices: [never, mixed, always]
    default: never
"""

EXAMPLES = r"""
---
- name: Find the account of every host
  alianza.sip_trunking.account_session_hosts:
  register: account_session_hosts
  run_once: true
"""

RETURN = r"""
---
hosts:
  description: For each host of the play its C(account_id), its C(account_number), C(is_pbx), and under C(fault) why it must not go on.
  returned: success
  type: dict
named:
  description: The same as the variables of the hosts have it, without what comes from comparing hosts or from the platform.
  returned: success
  type: dict
mixed:
  description: Whether some hosts give only an ID and others only a number.
  returned: success
  type: bool
first_host:
  description: The first host that may go on; empty if there is none.
  returned: success
  type: str
"""
