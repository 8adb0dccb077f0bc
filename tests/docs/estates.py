# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on the platform when a guide begins, by the name that the guide's remark gives."""

from __future__ import annotations

from typing import Any

USERNAME = "api-user@example.net"
PASSWORD = "correct-horse-battery"

_DENTAL_NUMBERS = ["13855550140-13855550149"]
_FURNITURE_NUMBERS = ["18015551212", "18015551300-18015551399"]
_DENTAL = {"accountNumber": "10021", "accountName": "Maple Dental Clinic"}
_FURNITURE = {"accountNumber": "10022", "accountName": "Wasatch Furniture"}
_HQ_AND_DR = [
    {
        "trunkName": "Lindon HQ",
        "concurrentCalls": 20,
        "maxBurstCalls": 5,
        "primaryTn": "18015551212",
        "callbackNumber": "18015551212",
        "localServicesEnabled": True,
        "extensionPatterns": ["21XX", "2201"],
        "registered": True,
    },
    {"trunkName": "Provo DR", "concurrentCalls": 10, "registered": True},
]
_HQ_RULES = {
    "Lindon HQ": {
        "forwardOnFailure": [
            {"referenceType": "SIP_TRUNK", "referenceId": "Provo DR"},
            {"referenceType": "TELEPHONE", "referenceId": "18015559999"},
        ],
        "forwardOnCapacityExceeded": [{"referenceType": "SIP_TRUNK", "referenceId": "Provo DR"}],
    }
}


def _routed(numbers: list[str], trunk: str) -> list[dict[str, Any]]:
    """Numbers as the seed wants them, routed to a trunk by its name."""
    return [{"phoneNumber": number, "referenceType": "SIP_TRUNK", "referenceId": trunk} for number in numbers]


_HQ_NUMBERS = ["18015551212", *("180155513%02d" % number for number in range(20))]

ESTATES: dict[str, list[dict[str, Any]]] = {
    # The customers of docs/examples/inventory.yml: they own their numbers and have no trunk yet.
    "new-customers": [
        {**_DENTAL, "telephone_numbers": _DENTAL_NUMBERS},
        {**_FURNITURE, "telephone_numbers": _FURNITURE_NUMBERS},
    ],
    "one-customer": [
        {
            "accountNumber": "100200",
            "accountName": "Lindon Print Shop",
            "telephone_numbers": ["18015551300-18015551309"],
        }
    ],
    "two-sites": [
        {
            "accountNumber": "100300",
            "accountName": "Alpine Furniture",
            "telephone_numbers": ["18015551200-18015551219", "13855551300-13855551309"],
        }
    ],
    # The same customers after they were onboarded.
    "onboarded": [
        {
            **_DENTAL,
            "telephone_numbers": [
                *_routed(["13855550140", "13855550141"], "Maple Dental"),
                *("1385555014%d" % number for number in range(2, 10)),
            ],
            "trunks": [
                {
                    "trunkName": "Maple Dental",
                    "concurrentCalls": 6,
                    "primaryTn": "13855550140",
                    "callbackNumber": "13855550140",
                    "localServicesEnabled": True,
                    "registered": True,
                }
            ],
            "forwards": {
                "Maple Dental": {"forwardOnFailure": [{"referenceType": "TELEPHONE", "referenceId": "13855550199"}]}
            },
        },
        {
            **_FURNITURE,
            "telephone_numbers": [
                *_routed(_HQ_NUMBERS, "Lindon HQ"),
                "18015551320-18015551399",
            ],
            "trunks": _HQ_AND_DR,
            "forwards": _HQ_RULES,
        },
    ],
}
