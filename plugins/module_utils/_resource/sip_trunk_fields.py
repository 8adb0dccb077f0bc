# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The fields of a SIP trunk, one row each. Pure.

Facts: user guide, "SIP Trunk Fields"; API path .../account/{accountId}/siptrunk_2.
"""

from __future__ import annotations

from .._common.fields import Field
from .._common.kinds import (
    BOOLEAN,
    FIXED_TEXT,
    IP_ADDRESS,
    LANGUAGE_TAG,
    TELEPHONE_NUMBER,
    TEXT,
    choice,
    integer,
)
from .calling_plan_fields import SETUP_CALLING_PLAN
from .sip_trunk_kinds import NAME, PASSWORD, PATTERNS, USERNAME
from .sip_trunk_status_fields import READ_ONLY

FIELDS = (
    Field(
        "name",
        "trunkName",
        NAME,
        "Name",
        doc=(
            "Name of the trunk. It is case-sensitive. O(name) or O(trunk_id) is required, and O(name) to create a trunk.",
            "If both are given and the trunk exists, the trunk with that ID is renamed. A name that another trunk has is refused.",
            "A new name is also refused if it has blanks at its edges or control characters, or if it differs from the name of another trunk "
            "only by case, blanks or Unicode form.",
            "A name that looks like a number or a truth value has to be quoted, since YAML drops leading zeros and takes C(NO) for false.",
        ),
        returns="Name of the trunk.",
        sample="Lindon HQ",
        aliases=("trunk_name",),
        required=True,
    ),
    Field(
        "concurrent_calls",
        "concurrentCalls",
        integer(1),
        "Call paths",
        doc=("Number of calls that the trunk carries at the same time.", "It is required to create a trunk."),
        sample=20,
        required=True,
    ),
    Field(
        "sip_username",
        "sipUsername",
        USERNAME,
        "SIP user name",
        doc=(
            "User name that the PBX registers with. It has 8 to 36 letters, digits, C(-), C(_) and C(.).",
            "If a trunk is created without it, a random one of 16 characters is generated.",
        ),
        returns="User name that the PBX registers with.",
        sample="k3v9x0q7m2t8r5wa",
    ),
    Field(
        "sip_password",
        "sipPassword",
        PASSWORD,
        "SIP password",
        doc=(
            "Password that the PBX registers with. It has at least 6 characters, and no line break or "
            "other control character. Keep it in Ansible Vault or another secret store.",
            "If a trunk is created without it, a random one of 32 letters and digits is generated, which "
            "M(alianza.sip_trunking.alianza_sip_credentials_info) can read.",
            "A new password takes effect at once. The PBX cannot register again until it has the new password too.",
        ),
        returns="Password that the PBX registers with. B(This is a secret.) Set C(no_log=true) on the task.",
        sample="(a secret)",
        secret=True,
    ),
    Field(
        "primary_tn",
        "primaryTn",
        TELEPHONE_NUMBER,
        "Primary number",
        doc=(
            "Telephone number whose area determines where calls to 7-digit numbers and to local services go. It is not the caller ID.",
        ),
        returns="Primary telephone number, as 11 digits.",
        sample="18015551212",
    ),
    Field(
        "callback_number",
        "callbackNumber",
        TELEPHONE_NUMBER,
        "Callback number",
        doc=("Telephone number that the emergency services call back. It must be provisioned on the platform.",),
        returns="Callback number for emergency calls, as 11 digits.",
        sample="18015551212",
    ),
    Field(
        "local_services_enabled",
        "localServicesEnabled",
        BOOLEAN,
        "Local services",
        doc=("Whether the PBX may dial local services, such as 211 or 811. The platform's default is V(false).",),
        returns="Whether the PBX may dial local services.",
        sample=True,
    ),
    Field(
        "extension_patterns",
        "extensionPatterns",
        PATTERNS,
        "Extensions",
        doc=(
            "Extensions of the account that are routed to the trunk. Each pattern is digits, followed by any number of C(X) that stand for "
            "one digit each: V(21XX) means 2100 to 2199, V(2200) is one extension.",
            "The list replaces the list on the platform. Order, repetition and the case of C(X) do not matter.",
            "Quote each pattern, since YAML drops leading zeros. The list may be one text, with a pattern on each line or commas between them.",
        ),
        returns="Extensions that are routed to the trunk, sorted, with wildcards in upper case.",
        sample=["21XX", "2200"],
    ),
    Field(
        "max_burst_calls",
        "maxBurstCalls",
        integer(0),
        "Burst limit",
        doc=("Burst limit of the trunk, in calls.",),
        sample=5,
    ),
    Field(
        "external_charge_number",
        "externalChargeNumber",
        TELEPHONE_NUMBER,
        "Charge number",
        doc=("Telephone number that is sent as the charge number of the calls.",),
        returns="Charge number, as 11 digits.",
        sample="18015551212",
    ),
    Field(
        "sip_trunk_group_id",
        "sipTrunkGroupId",
        TEXT,
        "Trunk group",
        doc=("ID of the trunk group that the trunk belongs to.",),
        sample="aN3GfT0cQ4Svb1yXo7LdPw",
        clearing="V(%s) removes the trunk from its group.",
    ),
    Field(
        "ip_based_auth_enabled",
        "ipBasedAuthEnabled",
        BOOLEAN,
        "IP-based authentication",
        doc=("Whether the PBX is authenticated by its IP address and port instead of a registration.",),
        sample=False,
    ),
    Field(
        "ip_address",
        "ipAddress",
        IP_ADDRESS,
        "PBX address",
        doc=(
            "IPv4 or IPv6 address of the PBX.",
            "Before a new pair of O(ip_address) and O(port_number) is written or put to use, the API is asked whether it is free. A pair that "
            "another trunk has is refused before anything is written.",
        ),
        sample="192.0.2.10",
    ),
    Field(
        "port_number",
        "portNumber",
        integer(0, 65535),
        "PBX port",
        doc=("Port of the PBX.",),
        sample=5060,
    ),
    Field(
        "pbx_tn_digits",
        "pbxTnDigits",
        integer(0),
        "Digits sent to the PBX",
        doc=("Number of digits of a telephone number that are sent to the PBX.",),
        sample=10,
    ),
    Field(
        "language_tag",
        "languageTag",
        LANGUAGE_TAG,
        "Language",
        doc=("Language of the trunk, as a tag such as V(en-US).",),
        returns="Language of the trunk.",
        sample="en-US",
    ),
    Field(
        "calling_plan_product_id",
        "newCppId",
        FIXED_TEXT,
        "Calling plan",
        doc=(
            "ID of the calling plan product of the trunk.",
            "A trunk that has another one gets a new calling plan of this product, also if it shared a calling plan until then.",
        ),
        returns="ID of the calling plan product; null if it is not known.",
        sample="kDYwy3XRSeapkI8uHi9ziQ",
        create_only=True,
    ),
)

TRUNK_ID = Field(
    "trunk_id",
    "id",
    FIXED_TEXT,
    doc=("ID of a trunk that exists.",),
    returns="ID of the trunk.",
    sample="LhmtrbuvQZ6qjIqW5ZF_mQ",
)
ACCOUNT_ID = Field(
    "account_id", "accountId", FIXED_TEXT, returns="ID of the account.", sample="oWUgHknjS52mrdsfFDtKvg", read_only=True
)
UPDATE_PASSWORD = Field(
    "update_password",
    "",
    choice("always", "on_create", "unconditionally"),
    doc=(
        "With V(always), a password that is given is written whenever it differs from the password on the platform. If the API does not "
        "return the password, it is written on every run, which counts as a change and causes a warning.",
        "With V(on_create), it is written only when the trunk is created.",
        "With V(unconditionally), it is written on every run, whatever the platform returns. This is for taking a password back that was "
        "written a moment ago, when the platform may still return the one before.",
    ),
    default="always",
)

TRUNK_GROUP_NAME = Field(
    "trunk_group_name",
    "",
    TEXT,
    doc=(
        "Name of the trunk group that the trunk belongs to, in place of O(sip_trunk_group_id). If both are given, they must refer to the same "
        "group. It costs one more read, of the list of groups.",
    ),
    sample="All sites",
    clearing="V(%s) removes the trunk from its group.",
)

BY_OPTION = {each.option: each for each in FIELDS}
BY_WIRE = {each.wire: each for each in FIELDS}
# Generated by this collection when a trunk is created without them.
GENERATED = ("sip_username", "sip_password")
# What a trunk has after its creation whether or not it was asked for.
SET_AT_CREATION = (*GENERATED, "calling_plan_product_id")
# What is read-only, of a trunk that is still to be created.
NOT_KNOWN_YET = {each.option: each.before_creation for each in READ_ONLY}


# The rows that are no fields, after the option that they belong to.
_AFTER = {
    "name": (TRUNK_ID,),
    "sip_password": (UPDATE_PASSWORD,),
    "sip_trunk_group_id": (TRUNK_GROUP_NAME,),
    "calling_plan_product_id": (SETUP_CALLING_PLAN,),
}


def _options() -> tuple[Field, ...]:
    """Return the rows of all options of a trunk, in the order of the documentation."""
    rows = []
    for each in FIELDS:
        rows.append(each)
        rows.extend(_AFTER.get(each.option, ()))
    return tuple(rows)


OPTIONS = _options()
# What a result holds of a trunk.
RESULT = (TRUNK_ID, *(each for each in FIELDS if not each.secret), ACCOUNT_ID, *READ_ONLY)
