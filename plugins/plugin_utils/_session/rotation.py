# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which trunks get new passwords, and what keeps them from it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._base.choice import choose_trunks

PREFIX = "credential_rotation_"
# Seconds until the first check where the hand-over makes the PBX register anew.
SETTLE = 10
SHORTEST = 6
# variable -> least value, and what it is counted in
LEAST = {
    "password_length": (SHORTEST, "a SIP password has at least 6 characters"),
    "settle": (0, "give at least 0 seconds"),
    "wait_timeout": (0, "give at least 0 seconds"),
    "poll_interval": (0.1, "give at least 0.1 seconds"),
}


def check_rotation(sip_trunks: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the trunks to rotate, in the order of the selection, and every fault of the request.

    Args:
        sip_trunks: the account's trunks, as alianza_sip_trunk_info returns them with their registration.
        options: the role's variables without their prefix: trunks, force, handover_tasks, password_length, settle (blank if it is
            to follow from the others), registration_interval (0 if it is not known), handover_registers, wait_timeout and
            poll_interval; and handover_file, the path that handover_tasks was found at, empty if it was not.

    Returns:
        trunks: the chosen trunks, each with ``trunk_id``, ``name`` and ``registration``.
        settle: seconds between the hand-over and the first check.
        fault: everything that is wrong in sentences, an empty text if nothing is.
    """
    options = dict(options, settle=_settle(options))
    choice = choose_trunks(options["trunks"], sip_trunks)
    faults = ["No trunk is named: give credential_rotation_trunks"] if choice.empty else []
    faults += choice.faults
    if choice.missing:
        faults.append(choice.missing_fault)
    silent = [str(trunk["name"]) for trunk in choice.trunks if not trunk["registration"]["registered"]]
    if silent and not options["force"]:
        faults.append(
            "Not registered: %s. Without a registration it is not known whether the PBX has taken a new password: fix the "
            "registration first, or set credential_rotation_force: true" % ", ".join(silent)
        )
    faults += _handover_faults(str(options["handover_tasks"] or ""), str(options["handover_file"] or ""))
    numbers = [
        fault
        for name, (least, remedy) in LEAST.items()
        for fault in _number_faults(PREFIX + name, options[name], least, remedy)
    ]
    faults += numbers
    if not numbers and len(silent) < len(choice.trunks):
        faults += _settle_faults(options)
    trunks = [{key: trunk[key] for key in ("trunk_id", "name", "registration")} for trunk in choice.trunks]
    return {"trunks": trunks, "settle": options["settle"], "fault": ". ".join(faults)}


def _settle(options: Mapping[str, Any]) -> Any:
    """Return the seconds until the first check: what is given, and otherwise as long as a registration from before may be shown."""
    given = options["settle"]
    if given is not None and str(given).strip():
        return given
    return SETTLE if options["handover_registers"] else max(SETTLE, int(options["registration_interval"]))


def _handover_faults(tasks: str, found: str) -> list[str]:
    if found:
        return []
    if not tasks:
        return ["There is no file of tasks that hand the credentials over: give credential_rotation_handover_tasks"]
    return [
        "There is no file %s (credential_rotation_handover_tasks): give one beside the playbook or the inventory, or an absolute path"
        % tasks
    ]


def _settle_faults(options: Mapping[str, Any]) -> list[str]:
    """Return why the check after the hand-over could not tell the registration with the new password from the one before."""
    settle, interval = float(options["settle"]), float(options["registration_interval"])
    if options["handover_registers"] or 0 < interval <= settle:
        return []
    remedy = "give a settle of at least that, or, if the hand-over makes the PBX register anew, credential_rotation_handover_registers: true"
    if interval:
        return [
            "credential_rotation_settle is %g s and the registration from before may be shown for %g s "
            "(credential_rotation_registration_interval): %s" % (settle, interval, remedy)
        ]
    return [
        "It is not known for how long the registration from before is shown: give credential_rotation_registration_interval, the "
        "seconds after which a registration of the PBX expires, and %s" % remedy.partition("give ")[2]
    ]


def _number_faults(variable: str, value: Any, least: float, remedy: str) -> list[str]:
    try:
        return [] if float(value) >= least else ["%s is %s: %s" % (variable, value, remedy)]
    except (TypeError, ValueError):
        return ["%s is not a number: %s" % (variable, remedy)]
