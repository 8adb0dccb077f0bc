# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How soon the list of trunks shows what was written. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .calls import Call


def after_create(made: Sequence[Call]) -> str:
    """Return whether the first list after a create showed the trunk."""
    for place, call in enumerate(made):
        if call.about == "trunks" and call.method == "POST" and call.ok and isinstance(call.answer, dict):
            seen = [_shows(each, str(call.answer.get("id"))) for each in _lists(made[place + 1 :])]
            if True in seen:
                late = seen.index(True)
                return "after %d reads without it" % late if late else "at once"
            return "in none of %d reads" % len(seen) if seen else ""
    return ""


def after_delete(made: Sequence[Call]) -> str:
    """Return whether lists after a delete still showed the trunk."""
    for place, call in enumerate(made):
        if call.about == "trunk" and call.method == "DELETE" and call.ok:
            seen = [_shows(each, call.subject) for each in _lists(made[place + 1 :])]
            return "" if not seen else "in %d of %d reads" % (sum(seen), len(seen)) if any(seen) else "no"
    return ""


def _lists(made: Sequence[Call]) -> list[Call]:
    return [call for call in made if call.about == "trunks" and call.method == "GET" and isinstance(call.answer, list)]


def _shows(call: Call, trunk_id: str) -> bool:
    return any(isinstance(trunk, dict) and trunk.get("id") == trunk_id for trunk in call.answer)
