# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where calls are diverted to: what the user wrote, and whether calls would arrive there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from ...module_utils._common.errors import AlianzaError
from ...module_utils._resource.references import FORWARD_TYPES, SIP_TRUNK, TELEPHONE, Reference, parse, resolve
from ...module_utils._resource.trunks import Trunks
from . import wording
from .comparison import Trunk

_TARGET = "trunk_diversion_target"
_KEYS = {"reference_type", "reference_id", "trunk_name"}


def read_target(target: Any, trunks: Trunks[Trunk], faults: list[str]) -> Reference | None:
    """Return the Reference that the user wrote, None if it is none.

    Args:
        target: a telephone number, or a mapping as in forward_always; text that holds a mapping is taken for it.
        trunks: the account's trunks.
        faults: list that takes a sentence on what is wrong.
    """
    if isinstance(target, str) and target.lstrip().startswith("{"):
        # A mapping from a survey or the command line is text in some releases of Ansible.
        try:
            target = yaml.safe_load(target)
        except yaml.YAMLError:
            pass
    if target is None or target == "" or target == {}:
        faults.append(
            "%s is missing: give a telephone number, or {trunk_name: ...}, or {reference_type: ..., reference_id: ...}"
            % _TARGET
        )
        return None
    if isinstance(target, dict):
        unknown = sorted(set(map(str, target)) - _KEYS)
        if unknown:
            faults.append(
                "%s has %s: give reference_type and reference_id, or trunk_name" % (_TARGET, wording.listed(unknown))
            )
            return None
        option = {key: None if value is None else str(value) for key, value in target.items()}
    else:
        option = {"reference_type": TELEPHONE, "reference_id": str(target).strip()}
    reference, fault = parse(option, FORWARD_TYPES, _TARGET)
    if fault or reference is None:
        if not isinstance(target, dict) and any(trunk.name == option["reference_id"] for trunk in trunks.all):
            fault = "%s; for the trunk of that name give {trunk_name: %s}" % (fault, option["reference_id"])
        faults.append(str(fault))
        return None
    try:
        resolved = resolve(reference, trunks, [])
    except AlianzaError as error:
        faults.append(error.about(_TARGET).msg)
        return None
    return resolved


def loops(reference: Reference, chosen: Sequence[Trunk], trunks: Trunks[Trunk]) -> Iterator[str]:
    """Yield why calls would come back, or would not arrive at the target.

    Args:
        reference: the target.
        chosen: the trunks to divert.
        trunks: the account's trunks.
    """
    ids = {trunk.trunk_id for trunk in chosen}
    for trunk in trunks.all:
        if reference.reference_type == SIP_TRUNK and reference.reference_id == trunk.trunk_id:
            subject = "%s is trunk '%s', which" % (_TARGET, trunk.name)
        elif reference.reference_type == TELEPHONE and reference.reference_id in trunk.numbers:
            subject = "%s %s is routed to trunk '%s', which" % (_TARGET, reference.reference_id, trunk.name)
        else:
            continue
        if trunk.trunk_id in ids:
            others = [each.name for each in chosen if each is not trunk]
            yield "%s is to be diverted itself: give another target%s" % (
                subject,
                ", or name the trunks to divert without it: %s" % wording.quoted(others) if others else "",
            )
        elif trunk.forwards_to() is not None:
            yield "%s forwards all its calls to %s: give another target" % (
                subject,
                wording.forwarded(trunk.rules, trunks),
            )
