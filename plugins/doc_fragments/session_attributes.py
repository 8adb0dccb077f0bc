# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and contents may change in any release.
"""Documentation of what the action plugins of the role account_session support."""

from __future__ import annotations


class ModuleDocFragment:
    """The action plugins look at variables and at the platform, and change nothing."""

    DOCUMENTATION = r"""
options: {}
attributes:
  action:
    description: Runs as an action plugin on the control node.
    support: full
  check_mode:
    description: In C(check_mode) it does the same, since it changes nothing.
    support: full
  diff_mode:
    description: There is nothing to show in diff mode, since it changes nothing.
    support: N/A
"""
