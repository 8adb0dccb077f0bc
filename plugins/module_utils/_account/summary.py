# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A plan in words: one line a step, for people who read a job's output. Pure."""

from __future__ import annotations

from .._common.numbers import fold


def summary(steps):
    """Return one line for each step: what is done to which trunk, and every option that changes.

    Args:
        steps: Steps; their changes hold no secrets.
    """
    return [
        "%s %s %s: %s"
        % (
            step.action,
            step.resource,
            step.name,
            ", ".join(_change(option, each["before"], each["after"]) for option, each in step.changes.items()),
        )
        for step in steps
    ]


def _change(option, before, after):
    if option == "telephone_numbers":
        come, gone = sorted(set(after or ()) - set(before or ())), sorted(set(before or ()) - set(after or ()))
        parts = [
            "%d %s (%s)" % (len(numbers), word, ", ".join(fold(numbers)))
            for numbers, word in ((come, "more"), (gone, "fewer"))
            if numbers
        ]
        return "%s %s" % (option, ", ".join(parts))
    if before in (None, [], {}):
        return "%s %s" % (option, _value(after))
    return "%s %s -> %s" % (option, _value(before), _value(after))


def _value(value):
    if value in (None, [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " then ".join(map(_value, value)) if isinstance(value[0], dict) else " ".join(map(str, value))
    if isinstance(value, dict):
        target = value.get("trunk_name") or value.get("reference_id")
        switch = "" if "enabled" not in value else " (on)" if value["enabled"] else " (off)"
        return "%s%s%s" % (value["reference_type"], " " + target if target else "", switch)
    return str(value)
