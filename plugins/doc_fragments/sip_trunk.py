# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and contents may change in any release.
"""Documentation of the options that identify one SIP trunk of the account."""

from __future__ import annotations


class ModuleDocFragment:
    """For modules that need a trunk; the argument spec of the same is ``trunk`` in module_utils/_module/argspec.py."""

    DOCUMENTATION = r"""
options:
  trunk_name:
    description:
      - Name of the SIP trunk. It is case-sensitive.
      - O(trunk_name) or O(trunk_id) is required. If both are given, they must refer to the same trunk.
      - If several trunks of the account have the name, the task fails and lists their IDs.
      - In check mode, a name that no trunk has causes a warning instead of a failure, because an earlier task may create the trunk.
    type: str
    aliases:
      - name
  trunk_id:
    description:
      - ID of the SIP trunk, instead of O(trunk_name) or together with it.
      - In check mode, the placeholder V((known after apply\)) is accepted, which M(alianza.sip_trunking.alianza_sip_trunk) returns for a
        trunk that it would create.
    type: str
"""
