# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunk document of an account, one row for each of its keys. Pure."""

from __future__ import annotations

from dataclasses import replace

from .._common.fields import Field
from .._common.kinds import DICTIONARIES, DICTIONARY, choice
from .._resource import (
    caller_id_fields,
    calling_plan_fields,
    forwarding_fields,
    sip_trunk_fields,
    sip_trunk_group_fields,
    tn_route_fields,
)

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

GROUP_STATE = replace(
    STATE,
    doc=(
        "With V(absent), the trunk group is deleted. Only O(name) or O(group_id) may be given with it. A group that does not exist is not "
        "an error. The safeguards of O(prune) apply here too, and O(force) overrides them.",
    ),
)
# The keys of one trunk group.
TRUNK_GROUP = (*sip_trunk_group_fields.OPTIONS, GROUP_STATE)
TRUNK_GROUPS = Field(
    "trunk_groups",
    "",
    DICTIONARIES,
    doc=(
        "The trunk groups of the account, with their trunks and their rules. Each of them must be listed once.",
        "If it is omitted, groups are neither read nor changed. If it is given, O(prune=all) deletes groups that are not listed, also with an "
        "empty list.",
        "A group may list its trunks in O(trunks), or a trunk may name its group in C(trunk_group_name). Both may be given if they agree.",
        "The list may be text in JSON.",
    ),
    clearing="",
    rows=TRUNK_GROUP,
)

CALLER_ID_STATE = replace(
    STATE,
    doc=(
        "With V(absent), the mappings of all FROM numbers that show the caller ID end, and it is deleted. O(from_numbers) may not be given "
        "with it. A caller ID that does not exist is not an error.",
    ),
)
CALLER_ID_FROM_NUMBERS = replace(
    caller_id_fields.FROM_NUMBERS,
    doc=(
        "The FROM numbers that show the caller ID, as O(alianza.sip_trunking.alianza_caller_id#module:from_numbers) accepts them.",
        "Other FROM numbers that show the caller ID are not changed, unless O(prune) says otherwise.",
    ),
)
# The keys of one caller ID.
CALLER_ID = (caller_id_fields.CALLER_ID, CALLER_ID_FROM_NUMBERS, CALLER_ID_STATE)
CALLER_IDS = Field(
    "caller_ids",
    "",
    DICTIONARIES,
    doc=(
        "The caller IDs of the account, with the FROM numbers that show them. Each of them must be listed once.",
        "If it is omitted, caller IDs are neither read nor changed. If it is given, O(prune=numbers) ends the mappings of FROM numbers that "
        "are not listed with a caller ID of the list, and O(prune=all) also deletes caller IDs that are not listed, also with an empty list.",
        "The list may be text in JSON.",
    ),
    clearing="",
    rows=CALLER_ID,
)
# The lists of the document.
LISTS = (TRUNKS, TRUNK_GROUPS, CALLER_IDS)
# Everything that a plan may say of a trunk, a trunk group or a caller ID.
SHOWN = (
    *caller_id_fields.OPTIONS,
    sip_trunk_group_fields.MEMBERS_OPTION,
    *sip_trunk_fields.FIELDS,
    calling_plan_fields.SETUP_CALLING_PLAN,
    *forwarding_fields.SECTION_ROWS,
    TELEPHONE_NUMBERS,
)
