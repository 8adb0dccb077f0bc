# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The options that modules share, most of them made from the field table.

No option of the connection is required: module_defaults and the environment fill it, and the code that needs a missing
one says so in one sentence.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from .._account import document_fields
from .._common.fields import argument_spec
from .._common.options import CONCURRENCY
from .._resource import caller_id_fields, forwarding_fields, sip_trunk_fields, sip_trunk_group_fields, tn_route_fields


def _environment(name: str) -> tuple[Callable[[], str], list[Any]]:
    """Return the fallback to a variable; an empty one, as AWX injects it for a field left blank, counts as not set."""

    def value() -> str:
        if not os.environ.get(name):
            raise AnsibleFallbackNotFound
        return os.environ[name]

    return (value, [])


def connection() -> dict[str, Any]:
    """Return the options of the fragment ``connection``."""
    return {
        "api_url": {"type": "str", "default": "https://api.alianza.com", "fallback": _environment("ALIANZA_API_URL")},
        "username": {"type": "str", "fallback": _environment("ALIANZA_USERNAME")},
        "password": {"type": "str", "no_log": True, "fallback": _environment("ALIANZA_PASSWORD")},
        "auth_token": {"type": "str", "no_log": True, "fallback": _environment("ALIANZA_AUTH_TOKEN")},
        "partition_id": {"type": "str", "fallback": _environment("ALIANZA_PARTITION_ID")},
        "account_id": {"type": "str"},
        "account_number": {"type": "str"},
        "validate_certs": {"type": "bool", "default": True, "fallback": _environment("ALIANZA_VALIDATE_CERTS")},
        "ca_path": {"type": "path", "fallback": _environment("ALIANZA_CA_PATH")},
        "timeout": {"type": "float", "default": 30.0, "fallback": _environment("ALIANZA_TIMEOUT")},
        "retries": {"type": "int", "default": 4, "fallback": _environment("ALIANZA_RETRIES")},
        "transcript_path": {"type": "path", "fallback": _environment("ALIANZA_TRANSCRIPT_PATH")},
    }


def state() -> dict[str, Any]:
    """Return the option ``state`` of modules that make and remove."""
    return {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}


def concurrency() -> dict[str, Any]:
    """Return the option that limits how many requests a task has under way."""
    return argument_spec((CONCURRENCY,))


def trunk() -> dict[str, Any]:
    """Return the options that mean one trunk; ``name`` is taken too, as in alianza_sip_trunk."""
    return {"trunk_name": {"type": "str", "aliases": ["name"]}, "trunk_id": {"type": "str"}}


def sip_trunk() -> dict[str, Any]:
    """Return the options of a trunk itself."""
    return argument_spec(sip_trunk_fields.OPTIONS)


def sip_trunk_group() -> dict[str, Any]:
    """Return the options of a trunk group itself."""
    return argument_spec(sip_trunk_group_fields.OPTIONS)


def forwarding() -> dict[str, Any]:
    """Return the three sections of forwarding rules."""
    return argument_spec(forwarding_fields.SECTION_ROWS)


def route() -> dict[str, Any]:
    """Return the telephone numbers to route, and the destination that is not given as a trunk."""
    return argument_spec(tn_route_fields.OPTIONS)


def caller_id() -> dict[str, Any]:
    """Return a caller ID, and the FROM numbers that show it."""
    return argument_spec(caller_id_fields.OPTIONS)


def further_lists() -> dict[str, Any]:
    """Return the options that say which lists of a document are read beside its trunks."""
    return {row.option: {"type": "bool", "default": True} for row in document_fields.LISTS if row.option != "trunks"}


def document() -> dict[str, Any]:
    """Return the trunk document of an account."""
    return argument_spec(document_fields.LISTS)
