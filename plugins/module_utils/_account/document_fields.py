# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of an account, one row for each of its keys. Pure."""

from __future__ import annotations

from dataclasses import replace

from .._common.fields import Field
from .._common.kinds import DICTIONARIES, DICTIONARY, choice
from .._resource import calling_plan_fields, forwarding_fields, sip_trunk_fields, tn_route_fields

STATE = Field(
    "state",
    "",
    choice("present", "absent"),
    doc=(
        "With V(absent), the telephone numbers of the trunk are unrouted and the trunk is deleted. Only O(name) or O(trunk_id) may be given "
        "with it. A trunk that does not exist is not an error. The safeguards of O(prune) apply here too, and O(force) overrides them.",
    ),
    default="present",
)
TELEPHONE_NUMBERS = replace(
    tn_route_fields.TELEPHONE_NUMBERS_ROW,
    doc=(
        "Telephone numbers and ranges that are routed to the trunk, as "
        "O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers) accepts them.",
        "Other numbers that are routed to the trunk are not changed, unless O(prune) says otherwise.",
    ),
    mandatory=False,
)
FORWARDING = Field(
    "forwarding",
    "",
    DICTIONARY,
    doc=("Forwarding rules of the trunk, as M(alianza.sip_trunking.alianza_trunk_forwarding) accepts them.",),
    clearing="V(%s) changes no rule.",
    rows=forwarding_fields.SECTION_ROWS,
)

# The keys of one trunk.
TRUNK = (*sip_trunk_fields.OPTIONS, STATE, TELEPHONE_NUMBERS, FORWARDING)
TRUNKS = Field(
    "trunks",
    "",
    DICTIONARIES,
    doc=(
        "The SIP trunks of the account. Each of them must be listed once.",
        "The list may be text in JSON. Of YAML text, the filter P(ansible.builtin.from_yaml#filter) makes a list.",
        "A key that is not known, or a value of a wrong type, is reported with the name of the trunk before anything is read.",
        "Keep this list in host variables, and passwords in variables of Ansible Vault that it refers to.",
    ),
    clearing="",
    mandatory=True,
    rows=TRUNK,
)
# Everything that a plan may say of a trunk.
SHOWN = (
    *sip_trunk_fields.FIELDS,
    calling_plan_fields.SETUP_CALLING_PLAN,
    *forwarding_fields.SECTION_ROWS,
    TELEPHONE_NUMBERS,
)
