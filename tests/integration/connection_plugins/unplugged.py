# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host that nobody reaches, without waiting for it."""

from __future__ import annotations

DOCUMENTATION = """
name: unplugged
short_description: A host that cannot be reached
description:
  - For tests of what happens when a PBX is down.
options: {}
"""

from ansible.errors import AnsibleConnectionFailure
from ansible.plugins.connection import ConnectionBase


class Connection(ConnectionBase):
    """Reaches nobody."""

    transport = "unplugged"

    def _connect(self):
        raise AnsibleConnectionFailure("unplugged")

    def exec_command(self, cmd, in_data=None, sudoable=True):
        self._connect()

    def put_file(self, in_path, out_path):
        self._connect()

    def fetch_file(self, in_path, out_path):
        self._connect()

    def close(self):
        """Nothing was opened."""
