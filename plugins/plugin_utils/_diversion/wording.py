# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Destinations and rules in words, for reports and messages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...module_utils._resource.forwarding import Rules
from ...module_utils._resource.references import BUSY, SIP_TRUNK, TELEPHONE, Reference, named
from ...module_utils._resource.trunks import Trunks


def destination(reference: Reference, trunks: Trunks[Any]) -> str:
    """Return a destination in words, a trunk by its present name.

    Args:
        reference: the destination.
        trunks: the account's trunks.
    """
    reference = named(reference, trunks)
    if reference.reference_type == TELEPHONE:
        return str(reference.reference_id)
    if reference.reference_type == BUSY:
        return "busy"
    if reference.reference_type == SIP_TRUNK and reference.reference_id not in trunks.by_id:
        label = (
            "'%s' (%s)" % (reference.trunk_name, reference.reference_id)
            if reference.trunk_name
            else reference.reference_id
        )
        return "trunk %s, which is gone" % label
    return str(reference.described())


def always(rules: Rules, trunks: Trunks[Any]) -> str:
    """Return forward_always of some rules in words."""
    if rules.always is None:
        return "nothing"
    return "%s (%s)" % (destination(rules.always, trunks), "on" if rules.enabled else "off")


def targets(references: Iterable[Reference], trunks: Trunks[Any]) -> str:
    """Return an ordered list of destinations in words."""
    return " then ".join(destination(reference, trunks) for reference in references) or "nothing"


def goes_to(rules: Rules, trunks: Trunks[Any]) -> str:
    """Return in words where all calls of a trunk with these rules go."""
    return forwarded(rules, trunks) or "its PBX"


def forwarded(rules: Rules, trunks: Trunks[Any]) -> str | None:
    """Return in words where forward_always sends all calls of a trunk with these rules, None if it is off."""
    return destination(rules.always, trunks) if rules.enabled and rules.always is not None else None


def listed(words: Sequence[str]) -> str:
    """Return words as an enumeration: ``a, b and c``."""
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def quoted(names: Iterable[str]) -> str:
    """Return names as an enumeration, each in quotes."""
    return listed(["'%s'" % name for name in names])
