#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: trunk_audit_merge
short_description: Make one report of the reports of several audits
description:
  - This is used by the playbook C(alianza.sip_trunking.audit_merge) and the entry point C(merge) of the role
    P(alianza.sip_trunking.trunk_audit#role). Use one of them.
  - It runs on the control node, calls no API, and writes C(audit.json), C(audit.csv) and C(audit.html).
  - An account that is in several reports is in the result once, with the row that was read last.
  - The files are written in check mode too, since they are the purpose of the task and change no account.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
attributes:
  check_mode:
    support: none
    description: Can run in check mode and return the predicted changes without making them.
  diff_mode:
    support: none
    description: Returns details on what has changed, or would change in check mode, when in diff mode.
options:
  files:
    description:
      - The reports, as files, patterns such as C(slices/*/audit.json), or directories; a list, or text with one in each line.
      - A directory stands for the C(audit.json) in it. If it has none, it stands for the C(.json) files in it and for the
        C(audit.json) in each directory in it.
    type: raw
    required: true
  previous:
    description:
      - The reports of the run before, in the same way, to compare with. What does not exist is named in the report, and is no error.
    type: raw
  hosts:
    description:
      - The hosts that have to be in the result, as a list or as text with one in each line. A host that is in no report, since its audit
        failed before it wrote one, is in the result as not audited.
    type: raw
  directory:
    description: Directory of the files, which is created if it does not exist.
    type: str
    required: true
  mode:
    description: Permissions of the files.
    type: raw
    default: "0640"
  fail_on:
    description:
      - Which findings are in RV(failing), as C(trunk_audit_fail_on) of the role has them.
    type: raw
  fail_on_drift:
    description:
      - Short for V(drift) and V(not_audited) in O(fail_on).
    type: raw
seealso:
  - module: alianza.sip_trunking.alianza_account_trunks_info
"""

EXAMPLES = r"""
---
- name: Make one report of the slices of a job, compared with yesterday
  hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - name: Merge the reports
      ansible.builtin.import_role:
        name: alianza.sip_trunking.trunk_audit
        tasks_from: merge.yml
      vars:
        trunk_audit_merge_files: slices/*/audit.json
        trunk_audit_merge_previous: yesterday/audit.json
        trunk_audit_directory: today
"""

RETURN = r"""
---
outcome:
  description:
    - The totals of the merged report, the hosts that need attention, C(directory), and C(changes), which is null without a comparison.
  type: dict
  returned: success
closing:
  description:
    - The last lines of the run. Where the page is, what it found, and what changed.
  type: list
  elements: str
  returned: success
failing:
  description:
    - A line for each account with a finding of O(fail_on). The task itself does not fail, so that its outcome becomes an artifact of the job.
  type: list
  elements: str
  returned: success
failure:
  description:
    - Why it failed.
  type: dict
  returned: failure
"""
