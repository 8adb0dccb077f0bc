# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How FROM numbers are written and deleted, and whether a calling plan changes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .calls import Call


def wildcards(made: Sequence[Call]) -> str:
    """Return which wildcards of FROM numbers the API took and which it refused."""
    parts = []
    for call in made:
        text = call.sent.get("fromWildcard") if isinstance(call.sent, dict) else None
        if call.about == "from_numbers" and call.method == "POST" and text and not str(text).isdigit():
            parts.append("%s %s" % ("accepts" if call.ok else "refuses", text))
    return "; ".join(dict.fromkeys(parts))


def deleted_while_mapped(made: Sequence[Call]) -> str:
    """Return whether a FROM number could be deleted that was mapped to a caller ID."""
    mapped: set[str] = set()
    for call in made:
        if call.about == "mapping" and call.method == "PUT" and call.ok and isinstance(call.sent, dict):
            number = str(call.sent.get("fromWildcard"))
            if call.sent.get("customCallerIdNumber"):
                mapped.add(number)
            else:
                mapped.discard(number)
        if call.about == "from_number" and call.method == "DELETE" and call.subject in mapped:
            return "yes" if call.ok else "no (HTTP %d)" % call.status
    return ""


def calling_plan(made: Sequence[Call]) -> str:
    """Return whether PUT of the calling plan gave a trunk another one."""
    for place, call in enumerate(made):
        if call.about != "calling_plan" or call.method != "PUT" or not isinstance(call.sent, dict):
            continue
        if not call.ok:
            return "is refused (HTTP %d)" % call.status
        seen = [
            _has(each.answer, call.sent.get("callingPlanProductId"))
            for each in made[place + 1 :]
            if (each.about, each.method, each.subject) == ("trunk", "GET", str(call.sent.get("referenceId")))
        ]
        if True in seen:
            return "after %d reads without it" % seen.index(True) if seen.index(True) else "at once"
        return "in none of %d reads" % len(seen) if seen else ""
    return ""


def _has(trunk: Any, product: Any) -> bool:
    plans = trunk.get("callingPlans") if isinstance(trunk, dict) else None
    return any(isinstance(plan, dict) and plan.get("callingPlanProductId") == product for plan in plans or ())
