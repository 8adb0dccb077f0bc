#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: trunk_audit_accounts
short_description: Audit the accounts of all hosts of a play
description:
  - This is used by the role P(alianza.sip_trunking.trunk_audit#role). Use the role.
  - Reads the accounts of all hosts of the batch in one process, compares each with its trunk document, and writes C(audit.json),
    C(audit.csv) and C(audit.html). The variables C(trunk_audit_trunks), C(trunk_audit_trunk_groups), C(trunk_audit_caller_ids),
    C(trunk_audit_account_id), C(trunk_audit_account_number), C(trunk_audit_account_name) and those of the connection are taken from each
    host.
  - A host of the play is enough to run it, so use it with C(run_once). With a strategy that ignores that, each host audits its own account.
  - An account that cannot be audited is in the report with the reason, and neither delays nor fails the others.
  - When the API refuses a request for its rate limit, all requests slow down together, and recover.
  - It runs on the control node, and needs the Python library requests there.
  - In API calls, it costs one login and logout for each distinct login, and for each account one list of trunks, one of numbers, and the
    forwarding rules and the registration of each trunk; one more where the account is given by its number, one for the trunk groups
    where the document has any, and three for the caller IDs likewise.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  directory:
    description: Directory of the files. It is created if it does not exist.
    type: str
    required: true
  mode:
    description: Permissions of the files.
    type: raw
    default: "0640"
  unlisted:
    description: Whether trunks, trunk groups, caller IDs and numbers that are not in a document are drift; V(true) if blank.
    type: raw
  usage_days:
    description:
      - Of how many days call detail records are read, to report how many call paths were in use.
    type: raw
  concurrency:
    description: How many requests are in flight at a time, from 1 to 64; 16 if blank.
    type: raw
  fail_on:
    description: Which findings make the run fail, some of V(drift), V(diverted), V(down) and V(not_audited), as a list or as text.
    type: raw
  fail_on_drift:
    description: Short for V(drift) and V(not_audited) in O(fail_on).
    type: raw
"""

EXAMPLES = r"""
---
- name: Audit the accounts and write the report
  alianza.sip_trunking.trunk_audit_accounts:
    directory: trunk_audit
    fail_on: [drift, not_audited]
  register: trunk_audit_result
  run_once: true
"""

RETURN = r"""
---
outcome:
  description: Totals, and the hosts that need attention; the role's README describes it.
  returned: success
  type: dict
closing:
  description: Where the report is, and which hosts need what, as lines for people.
  returned: success
  type: list
  elements: str
lines:
  description: For each host of the batch that needs attention C(msg), a sentence, and C(failed), whether it makes the run fail.
  returned: success
  type: dict
named:
  description: The accounts that the variables of the hosts name, for later batches.
  returned: if there are several batches
  type: dict
"""
