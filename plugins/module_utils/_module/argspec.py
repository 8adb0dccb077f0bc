# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The options that modules share; the doc fragments describe the same. Nothing in it is required: module_defaults and
the environment fill it, and what is missing is said in one sentence by the code that needs it.
"""

from __future__ import annotations

import os

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound


def _environment(name):
    """Return the fallback to a variable; an empty one, as AWX injects it for a field left blank, counts as not set."""

    def value():
        if not os.environ.get(name):
            raise AnsibleFallbackNotFound
        return os.environ[name]

    return (value, [])


def connection():
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


def state():
    """Return the option ``state`` of modules that make and remove."""
    return {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}


def trunk():
    """Return the options that mean one trunk; ``name`` is taken too, as in alianza_sip_trunk."""
    return {"trunk_name": {"type": "str", "aliases": ["name"]}, "trunk_id": {"type": "str"}}


def sip_trunk():
    """Return the options of a trunk itself."""
    return {
        "name": {"type": "str", "aliases": ["trunk_name"]},
        "trunk_id": {"type": "str"},
        "concurrent_calls": {"type": "int"},
        "sip_username": {"type": "str"},
        "sip_password": {"type": "str", "no_log": True},
        "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "always", "no_log": False},
        "primary_tn": {"type": "str"},
        "callback_number": {"type": "str"},
        "local_services_enabled": {"type": "bool"},
        "extension_patterns": {"type": "list", "elements": "str"},
        "max_burst_calls": {"type": "int"},
        "external_charge_number": {"type": "str"},
        "sip_trunk_group_id": {"type": "str"},
        "ip_based_auth_enabled": {"type": "bool"},
        "ip_address": {"type": "str"},
        "port_number": {"type": "int"},
        "pbx_tn_digits": {"type": "int"},
        "language_tag": {"type": "str"},
        "calling_plan_product_id": {"type": "str"},
    }


def _target():
    return {
        "reference_type": {"type": "str"},
        "reference_id": {"type": "str"},
        "trunk_name": {"type": "str"},
    }


def forwarding():
    """Return the three sections of forwarding rules."""
    return {
        "forward_always": {"type": "dict", "options": dict(_target(), enabled={"type": "bool"})},
        "forward_on_failure": {"type": "list", "elements": "dict", "options": _target()},
        "forward_on_capacity_exceeded": {"type": "list", "elements": "dict", "options": _target()},
    }


def document():
    """Return the trunk document of an account."""
    return {
        "trunks": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": dict(
                sip_trunk(),
                **state(),
                telephone_numbers={"type": "list", "elements": "str"},
                forwarding={"type": "dict", "options": forwarding()},
            ),
        },
    }
