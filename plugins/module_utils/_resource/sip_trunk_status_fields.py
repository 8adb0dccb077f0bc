# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the platform alone sets of a SIP trunk, one row each. Pure.

Facts: API path .../account/{accountId}/siptrunk_2, and registrationstatus below it.
"""

from __future__ import annotations

from .._common.fields import Field
from .._common.kinds import BOOLEAN, FIXED_TEXT, MAYBE_BOOLEAN, OBJECTS, TELEPHONE_NUMBERS
from .plan import KNOWN_AFTER_APPLY

READ_ONLY = (
    Field(
        "telephone_numbers",
        "telephoneNumbers",
        TELEPHONE_NUMBERS,
        returns=(
            "Telephone numbers that are routed to the trunk, according to the trunk itself. Read only. The account's list of telephone "
            "numbers is authoritative; see M(alianza.sip_trunking.alianza_telephone_number_info)."
        ),
        sample=["18015551300", "18015551301"],
        read_only=True,
        before_creation=[],
    ),
    Field(
        "sip_proxy_server",
        "sipProxyServer",
        FIXED_TEXT,
        returns="Host and port of the SIP proxy that the PBX registers with; null if the API does not return it. Read only.",
        sample="siptrunk.p2.example.net:5065",
        read_only=True,
        before_creation=KNOWN_AFTER_APPLY,
    ),
    Field(
        "locked_out",
        "lockedOut",
        MAYBE_BOOLEAN,
        returns="Whether the trunk is locked out after failed registrations; null if the API does not return it. Read only.",
        sample=False,
        read_only=True,
        before_creation=False,
    ),
    Field(
        "provisioning_status",
        "provisioningStatus",
        FIXED_TEXT,
        returns="Provisioning state, as the API returns it; null if the API does not return it. Read only.",
        sample="PROVISIONED",
        read_only=True,
        before_creation=KNOWN_AFTER_APPLY,
    ),
    Field(
        "calling_plans",
        "callingPlans",
        OBJECTS,
        returns="Calling plans of the trunk, as the API returns them, with keys in snake_case. Read only.",
        sample=[
            {
                "calling_plan_product_id": "kDYwy3XRSeapkI8uHi9ziQ",
                "plan_minutes": 20000,
                "reference_id": "LhmtrbuvQZ6qjIqW5ZF_mQ",
                "reference_type": "SIP_TRUNK",
                "seconds_remaining": 1200000,
                "start_date": "2026-11-02T19:46:29.236Z",
            }
        ],
        read_only=True,
        before_creation=[],
    ),
    Field(
        "access_endpoints",
        "accessEndpoints",
        OBJECTS,
        returns="Endpoints of the platform that the trunk may use, as the API returns them, with keys in snake_case. Read only.",
        sample=[{"address": "198.51.100.7", "port": 5060, "protocol": "UDP", "site": "SLC"}],
        read_only=True,
        before_creation=[],
    ),
)
# What the API returns of a trunk's registration.
REGISTRATION = (
    Field("registered", "registered", BOOLEAN, returns="Whether the PBX is registered.", sample=True, read_only=True),
    Field(
        "locked_out",
        "lockedOut",
        BOOLEAN,
        returns="Whether the trunk is locked out after failed registrations.",
        sample=False,
        read_only=True,
    ),
)
