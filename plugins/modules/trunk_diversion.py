#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: trunk_diversion
short_description: Plan diversions of calls and keep their snapshots
description:
  - This is used by the role P(alianza.sip_trunking.trunk_diversion#role), which diverts all calls of SIP trunks and restores them. Use the role.
  - It runs on the control node, calls no API, and works on the snapshot, the file that holds the forwarding rules from before a diversion.
  - A snapshot is written to a temporary file and then renamed, so that it is either complete or not there at all.
  - The lock is a file beside the snapshot. It is held from before the rules are read until the role is done, so that two runs cannot
    overwrite each other's snapshot. The lock of a run that was killed on the same machine is taken over, with a warning.
  - Before a diversion it fails if the snapshot would be lost with the job, as M(alianza.sip_trunking.persistent_directory) finds out; the
    variable C(alianza_state_is_ephemeral) of the host decides instead if it is given.
  - In check mode nothing is written, and no lock is taken.
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
  operation:
    description:
      - V(lock) takes the lock of the account's snapshot, V(unlock) releases it.
      - V(divert) plans a diversion and writes the snapshot; V(restore) plans a restore.
      - V(close) writes the record of what was restored, and takes it out of the snapshot or removes the snapshot.
    type: str
    choices: [lock, divert, restore, close, unlock]
    required: true
  account_id:
    description: ID of the account.
    type: str
    required: true
  directory:
    description: Directory of the snapshots, a path that begins with V(/) or V(~).
    type: str
    required: true
  make_directory:
    description: Whether V(lock) creates the directory. If it does not, and there is no directory, no lock is taken.
    type: bool
    default: true
  sip_trunks:
    description: The trunks of the account, as M(alianza.sip_trunking.alianza_sip_trunk_info) returns them with their forwarding.
    type: list
    elements: dict
  selection:
    description:
      - The trunks to divert or restore, as a name, text with a name in each line, or a list of names or IDs.
      - Without it all trunks of the account are diverted, and all trunks in the snapshot are restored.
    type: raw
  target:
    description: Where to divert the calls, as a telephone number or a mapping as in C(forward_always).
    type: raw
  force:
    description: Whether to go on although somebody changed rules in between, or something cannot be restored.
    type: bool
    default: false
  owner:
    description:
      - A word for the automation that diverts or restores, kept in the snapshot beside each trunk.
      - With it, V(restore) restores only trunks that were last diverted with the same word.
    type: str
    default: ""
  closing:
    description: What V(restore) returned as RV(closing).
    type: dict
    suboptions:
      record_path:
        description: Path of the record.
        type: str
        required: true
      record:
        description: Text of the record.
        type: str
        required: true
      snapshot:
        description: Text that stays in the snapshot; empty to remove it.
        type: str
        required: true
"""

EXAMPLES = r"""
---
- name: Divert all calls of an account with the role
  ansible.builtin.import_role:
    name: alianza.sip_trunking.trunk_diversion
    tasks_from: divert.yml
  vars:
    trunk_diversion_target: "801-555-8888"
"""

RETURN = r"""
---
lock_path:
  description: Path of the lock.
  returned: O(operation=lock)
  type: str
  sample: /home/noc/.alianza/diversions/oWUgHknjS52mrdsfFDtKvg.yml.lock
locked:
  description: Whether the lock was taken.
  returned: O(operation=lock)
  type: bool
  sample: true
trunks:
  description: The document that M(alianza.sip_trunking.alianza_account_trunks) has to apply; empty if nothing has to be written.
  returned: O(operation=divert) and O(operation=restore)
  type: list
  elements: dict
report:
  description: What is done, as lines for people.
  returned: O(operation=divert) and O(operation=restore)
  type: list
  elements: str
snapshot_path:
  description: Path of the snapshot.
  returned: O(operation=divert) and O(operation=restore)
  type: str
  sample: /home/noc/.alianza/diversions/oWUgHknjS52mrdsfFDtKvg.yml
closing:
  description: What O(operation=close) has to do after the rules were written; empty if the snapshot stays as it is.
  returned: O(operation=restore)
  type: dict
failure:
  description: Why the task failed, for conditions to test, as the modules of the collection return it. C(msg) says it in one sentence.
  returned: failure
  type: dict
"""
