# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The lists that the document of an account consists of, one row for each. Pure.

Roles, playbooks and the audit take their names from here, so that a list which is added to the document is one more row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One list of the document.

    Attributes:
        option: the option of alianza_account_trunks; the variable of a role is the role's prefix and this.
        noun: what an entry is.
        resource: the ``resource`` of the steps that a plan has for an entry.
        keys: the keys that may name an entry, those for people first.
    """

    option: str
    noun: str
    resource: str
    keys: tuple[str, ...]

    @property
    def variable(self) -> str:
        """The variable of a host that holds the list."""
        return "alianza_" + self.option


# A host has to have this one.
TRUNKS = Part("trunks", "trunk", "sip_trunk", ("name", "trunk_name", "trunk_id"))
TRUNK_GROUPS = Part("trunk_groups", "trunk group", "sip_trunk_group", ("name", "group_id"))
CALLER_IDS = Part("caller_ids", "caller ID", "caller_id", ("caller_id",))
# Those that a host need not have: without them the account's are left alone, and not read.
OPTIONAL = (TRUNK_GROUPS, CALLER_IDS)
PARTS = {part.option: part for part in (TRUNKS, *OPTIONAL)}
