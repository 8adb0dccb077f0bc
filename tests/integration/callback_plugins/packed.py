# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the modules that Ansible packed for one playbook for the next one, for the tests alone.

Ansible packs a module with all that it imports anew in every run, which is a seventh of a second for each. What is sent is
the same, and so is how it is run.
"""

from __future__ import annotations

DOCUMENTATION = """
name: packed
type: aggregate
short_description: Shares packed modules between the playbooks of the tests
description:
  - Puts the folder named by the environment variable PACKED_MODULES where Ansible keeps packed modules for the length of a run.
options: {}
"""

import os

from ansible import constants
from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    """Shares a folder."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "packed"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        place = os.path.join(constants.DEFAULT_LOCAL_TMP, "ansiballz_cache")
        if not os.path.lexists(place):
            os.symlink(os.environ["PACKED_MODULES"], place)
