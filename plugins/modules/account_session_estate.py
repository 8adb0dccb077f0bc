#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: account_session_estate
short_description: Compare the accounts of all hosts of a play with their documents
description:
  - This is used by the playbooks C(alianza.sip_trunking.converge) and
    C(alianza.sip_trunking.onboard). Use these.
  - Reads the accounts of all hosts of the batch in one process, plans each as M(alianza.sip_trunking.alianza_account_trunks) does, and
    returns the hosts whose account differs from its document, and those that cannot be compared. Nothing is written.
  - A host that names no account, or the account of another host, is one of those that cannot be compared.
  - An account that hangs, is refused or has a faulty document neither delays nor fails the others.
  - When the API refuses a request for its rate limit, all requests slow down together, and recover.
  - A host whose C(ansible_connection) is not C(local) is not read, since its task runs elsewhere; it is returned like one that differs.
  - A host of the play is enough to run it, so use it with C(run_once). With a strategy that ignores that, each host compares its own account.
  - It runs on the control node, and needs the Python library requests there.
  - In API calls, it costs one login and logout for each distinct login, and for each account what a converged account costs
    M(alianza.sip_trunking.alianza_account_trunks) without its login and logout.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  variable:
    description: Name of the variable that holds the trunks of a host's document.
    type: str
    default: alianza_trunks
  trunk_groups:
    description: Name of the variable that holds the trunk groups of a host's document, if it has any.
    type: str
    default: alianza_trunk_groups
  caller_ids:
    description: Name of the variable that holds the caller IDs of a host's document, if it has any.
    type: str
    default: alianza_caller_ids
  prune:
    description: Name of the variable that holds O(alianza.sip_trunking.alianza_account_trunks#module:prune) of a host.
    type: str
  force:
    description: Name of the variable that holds O(alianza.sip_trunking.alianza_account_trunks#module:force) of a host.
    type: str
  reroute:
    description: Name of the variable that holds O(alianza.sip_trunking.alianza_account_trunks#module:reroute) of a host.
    type: str
  deletes:
    description: Whether documents may delete anything. With V(false) an entry with C(state=absent) is refused.
    type: bool
    default: true
  registration:
    description: Whether to report which trunks are registered, for accounts that match their documents. It costs a call for each trunk.
    type: bool
    default: false
  concurrency:
    description: How many requests are in flight at a time, from 1 to 64; 16 if blank.
    type: raw
"""

EXAMPLES = r"""
---
- name: Compare the accounts with their documents
  alianza.sip_trunking.account_session_estate:
    prune: alianza_prune
  register: account_session_hosts
  run_once: true
"""

RETURN = r"""
---
remaining:
  description: The hosts whose account differs from its document or could not be compared.
  returned: success
  type: list
  elements: str
hosts:
  description: For each of these its C(account_id), its C(account_number), C(is_pbx), and under C(fault) why it must not go on.
  returned: success
  type: dict
first_host:
  description: The first of these that may go on; empty if there is none.
  returned: success
  type: str
failures:
  description: For each host that could not be compared C(msg), C(failure) and C(guards), as the module would return them.
  returned: success
  type: dict
report:
  description: How many accounts match their documents, and which do not, as lines for people.
  returned: success
  type: list
  elements: str
"""
