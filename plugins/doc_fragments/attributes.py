# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and contents may change in any release.
"""Documentation of what the modules support: check mode, diff mode, the action group."""

from __future__ import annotations


class ModuleDocFragment:
    """Every module uses the first part, and one of the others."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: In C(check_mode), the module changes nothing and predicts what it would change.
  diff_mode:
    description: In diff mode, the module returns what it changes, or would change in C(check_mode), before and after the change.
  action_group:
    description: Use C(group/alianza.sip_trunking.alianza) in C(module_defaults) to set options of all modules of this collection.
    support: full
    membership:
      - alianza.sip_trunking.alianza
"""

    # For modules that write.
    WRITE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - The prediction is the plan that a real run carries out.
  diff_mode:
    support: full
"""

    # For modules that only read.
    INFO = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - This module only reads.
  diff_mode:
    support: N/A
    details:
      - This module only reads.
"""
