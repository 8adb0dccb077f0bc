#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: persistent_directory
short_description: Fail if a directory ends with the job
description:
  - Jobs of AWX and Automation Platform run in containers that are deleted with the job. This fails if what is written to a directory would be
    lost with such a job, so that nothing is changed whose way back is not kept.
  - In the container of such a job a directory stays if it is in a volume or a path that is mounted there, but for the job's own
    folder C(/runner), file systems in memory, overlays and C(emptyDir) volumes. Outside of such a container every directory stays.
  - If the variable C(alianza_state_is_ephemeral) of the host is true or false, it decides instead.
  - It runs on the control node, makes no API calls and creates nothing.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  path:
    description:
      - The directory, which need not exist. A relative path is below the directory in which the command runs.
    type: str
    required: true
  variable:
    description: Name of the variable that sets the directory, for the message of a failure.
    type: str
    required: true
  holds:
    description: What is kept in the directory, for the message of a failure.
    type: str
    default: What is kept
"""

EXAMPLES = r"""
---
- name: Fail if the reports would be lost
  alianza.sip_trunking.persistent_directory:
    path: "{{ report_directory }}"
    variable: report_directory
    holds: The report
"""

RETURN = r"""
---
path:
  description: The directory as an absolute path.
  returned: success
  type: str
  sample: /srv/alianza/offboarded
failure:
  description: Why the task failed, for conditions to test, as the modules of the collection return it. C(msg) says it in one sentence.
  returned: failure
  type: dict
"""
