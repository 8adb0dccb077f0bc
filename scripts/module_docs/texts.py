# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of the documentation that belongs to no row: what one module says in addition, and results that all modules share."""

from __future__ import annotations

from typing import Any

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.notices import GUARDS, KINDS

# module -> option -> paragraphs that follow those of the table
MORE: dict[str, dict[str, tuple[str, ...]]] = {
    "alianza_sip_trunk": {
        "name": (
            "If both are given with O(state=absent), they must refer to the same trunk.",
            "If several trunks of the account have the name, the task fails and lists their IDs.",
        ),
        "trunk_id": (
            "With O(state=present), it is an error if no trunk has this ID. With O(state=absent), there is nothing to do then.",
            "In check mode, the placeholder V((known after apply\\)) is accepted, which this module returns for a trunk that it would create.",
        ),
    },
}

# kind of a failure -> what it means
FAILURES = {
    "invalid_input": "the task asks for something that cannot be done. Nothing was written.",
    "authentication": "the login or the token was refused.",
    "not_found": "an object does not exist.",
    "ambiguous": "several objects have the name that was given, or a new name differs from one that is there only by case, blanks or Unicode form.",
    "guarded": "a safeguard of this collection stopped the change. The message names the option that overrides it.",
    "refused": "the API refused a request, and would refuse it again.",
    "rate_limited": "the API kept answering HTTP 429.",
    "server": "the API kept failing with a server error.",
    "network": "the API could not be reached, or the connection broke.",
    "timeout": "an answer, or the state that the task waits for, did not arrive in time.",
    "invalid_response": "the API returned something unexpected.",
    "not_applied": "the API accepted a write and did not carry it out.",
    "partial": "some writes were done and others were not. Running the task again does the rest.",
}


def _value(
    description: str | list[str], sample: Any, kind: str = "str", returned: str = "always", **more: Any
) -> dict[str, Any]:
    return {"description": description, "returned": returned, "type": kind, **more, "sample": sample}


def failure() -> dict[str, Any]:
    """Return the documentation of ``failure``."""
    return {
        "failure": {
            "description": [
                "Why the task failed, for conditions to test. C(msg) says in one sentence what is wrong and what to do about it.",
                "It is missing only if the module cannot start because the Python library C(requests) is not installed.",
            ],
            "returned": "failure",
            "type": "dict",
            "contains": {
                "kind": _value(["V(%s) - %s" % pair for pair in FAILURES.items()], "refused"),
                "status": _value(
                    "HTTP status of the answer; null if there was none, or if no request caused the failure.",
                    400,
                    "int",
                ),
                "messages": _value(
                    "Messages that the API returned, without secrets.",
                    ["Trunk name already exists"],
                    "list",
                    elements="str",
                ),
                "method": _value(
                    "HTTP method of the request that failed; null if no request caused the failure.", "POST"
                ),
                "path": _value(
                    "Path of the request that failed; null if no request caused the failure.",
                    "/v2/partition/Ep1BqVbxTbyl6jZQ0yKfWw/account/oWUgHknjS52mrdsfFDtKvg/siptrunk_2",
                ),
            },
        }
    }


def _kinds(known: dict[str, str]) -> list[str]:
    return ["V(%s) - %s" % pair for pair in known.items()]


def notices() -> dict[str, Any]:
    """Return the documentation of ``notices``."""
    return {
        "notices": {
            "description": [
                "What the user should know although it is not a failure. The same as the warnings of this collection, as data.",
                "Empty if there is nothing, or if the task failed before it knew.",
            ],
            "returned": "always",
            "type": "list",
            "elements": "dict",
            "contains": {
                "kind": _value(_kinds(KINDS), "dead_target"),
                "subject": _value(
                    "Name of the trunk or the destination that the notice is about; null if it is about several or about the account.",
                    "Lindon HQ",
                ),
                "msg": _value(
                    "The sentence of the warning. Of V(forced), what the safeguard objected to.",
                    "Trunk 'Lindon HQ' forwards to trunk b7qW85coQ9qEUYArxEIBbg, which does not exist, so that calls sent there fail: "
                    "change the rule",
                ),
            },
        }
    }


def guards() -> dict[str, Any]:
    """Return the documentation of ``guards``."""
    return {
        "guards": {
            "description": [
                "What the safeguards object to, one entry for each objection. C(msg) says the same.",
                "Empty if the task failed for another reason. Beside objections there may be other faults.",
            ],
            "returned": "failure",
            "type": "list",
            "elements": "dict",
            "contains": {
                "kind": _value(_kinds(GUARDS), "numbers_routed"),
                "subject": _value(
                    "Name of the trunk or the destination that the objection is about; null if it is about the account.",
                    "Lindon HQ",
                ),
                "msg": _value(
                    "The objection, without a remedy.",
                    "Trunk 'Lindon HQ' has state: absent, and 1 telephone number (18015551212) is routed to it",
                ),
                "remedy": _value(
                    "What to do instead of overriding the safeguard.", "route these numbers elsewhere first"
                ),
            },
        }
    }
