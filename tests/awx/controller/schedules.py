# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which rules of repetition AWX accepts for a schedule."""

from __future__ import annotations

import re

from dateutil import rrule

from . import prompts
from .refusal import Refused


def validate(store, sent, existing):
    """Refuse a rule that AWX refuses, and what the template does not ask for on launch."""
    prompts.validate(store, sent, existing)
    rule = sent["rrule"]
    starts = re.findall(r"DTSTART(?:;[^:]+)?:[0-9]+T[0-9]+Z?", rule)
    if len(starts) != 1:
        raise Refused(rrule="One DTSTART required in rrule.")
    if re.search(r"DTSTART:[0-9]+T[0-9]+ ", rule):
        raise Refused(rrule="DTSTART cannot be a naive datetime.")
    parts = re.findall(r"RRULE:[^\s]*", rule)
    if not parts or "EXDATE" in rule or "RDATE" in rule:
        raise Refused(rrule="One or more rule required in rrule, without EXDATE and RDATE.")
    for part in parts:
        if "INTERVAL" not in part or "SECONDLY" in part or ("COUNT" in part and "UNTIL" in part):
            raise Refused(rrule="INTERVAL required in rrule, SECONDLY is not supported: %s" % part)
    try:
        rrule.rrulestr(rule, forceset=True)
    except ValueError as error:
        raise Refused(rrule="rrule parsing failed validation: %s" % error) from error
