# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as the platform would tell of them, for tests of what is planned for a whole one."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import (
    caller_id,
    forwarding,
    sip_trunk,
    sip_trunk_group,
    tn_route,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import State
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import Trunks


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


def _caller_id_lists(mapped):
    pairs = [(number, caller_id) for caller_id, numbers in mapped.items() for number in numbers]
    return {
        caller_id.NUMBERS: [{"customCallerIdNumber": number} for number in mapped],
        caller_id.FROM_NUMBERS: [{"fromWildcard": number, "isCustom": True} for number, dummy in pairs],
        caller_id.MAPPINGS: [{"fromWildcard": number, "customCallerIdNumber": shown} for number, shown in pairs],
    }


def account(trunks, forwards=(), numbers=(), registered=(), groups=(), caller_ids=()):
    """Return the State of an account of which everything was read, but perhaps its trunk groups.

    Args:
        trunks: {id: name, or a mapping of wire fields with the name}.
        forwards: {id: the wire's rules}.
        numbers: {number: reference as the wire holds it, or None}.
        registered: ids of the trunks that are registered.
        groups: the wire's trunk groups; None if they were not read.
        caller_ids: {caller ID: the FROM numbers that show it}, all of them custom.
    """
    wires = [
        dict({"id": key, "concurrentCalls": 5}, **({"trunkName": told} if isinstance(told, str) else told))
        for key, told in trunks.items()
    ]
    state = State(
        trunks=Trunks(map(sip_trunk.from_wire, wires)),
        numbers=tn_route.numbers_from_wire(
            [dict({"phoneNumber": number}, **(told or {})) for number, told in dict(numbers).items()]
        ),
        groups=None
        if groups is None
        else tuple(sip_trunk_group.from_wire(dict({"id": "G1"}, **group)) for group in groups),
        forwards={key: forwarding.from_wire(dict(forwards).get(key, {})) for key in trunks},
        registrations={key: {"registered": key in registered, "locked_out": False} for key in trunks},
    )
    state.caller_id_lists.update(_caller_id_lists(dict(caller_ids)))
    return state
