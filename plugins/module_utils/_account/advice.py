# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What is legal and still unwise about an account as it will be: said as warnings, a sentence for each kind. Pure.

Only what is known anyway is looked at: the rules of a trunk that nobody asked for are not read for the sake of advice.
"""

from __future__ import annotations

from .._common.numbers import fold
from .._resource.references import SIP_TRUNK

# So many names or ranges are spelt out in one sentence.
_SPELT_OUT = 10


def advise(sources, outlook):
    """Return the warnings about some trunks and about the account's numbers.

    Args:
        sources: References of the trunks that the user speaks of.
        outlook: the Outlook.
    """
    warnings = [
        "%s forward all their calls in a circle (forward_always): no call gets through" % circle
        for circle in _circles(sources, outlook)
    ]
    known = [source for source in sources if source in outlook.rules]
    smaller = [pair for source in known for pair in _smaller(source, outlook)]
    if smaller:
        warnings.append(
            "A failover target carries fewer calls than the trunk it stands in for: %s" % _some(smaller, "; ")
        )
    alone = [outlook.name(source) for source in known if not outlook.rules[source].lists["forward_on_failure"]]
    if alone:
        warnings.append(
            "No failover (forward_on_failure), so that calls fail while the PBX is not registered: %s"
            % (_some(["'%s'" % name for name in alone]))
        )
    nowhere = outlook.nowhere()
    if nowhere:
        warnings.append(
            "%d telephone number%s of the account ring%s nowhere: %s"
            % (len(nowhere), "s" * (len(nowhere) > 1), "s" * (len(nowhere) == 1), _some(fold(nowhere)))
        )
    return warnings


def _circles(sources, outlook):
    """Yield each circle of forward-always rules once, in words."""
    seen = set()
    for source in sources:
        path = []
        while source is not None and source not in seen:
            seen.add(source)
            path.append(source)
            source = _always(source, outlook)
        if source in path:
            circle = path[path.index(source) :] + [source]
            yield " -> ".join("'%s'" % outlook.name(each) for each in circle)


def _always(source, outlook):
    """Return the trunk that takes all calls of a trunk, None where there is none or it is not known."""
    rules = outlook.rules.get(source)
    return (
        rules.always if rules and rules.enabled and rules.always and rules.always.reference_type == SIP_TRUNK else None
    )


def _smaller(source, outlook):
    """Yield in words the failover trunks that carry fewer calls than the source."""
    carried = outlook.calls.get(source)
    for target in outlook.rules[source].lists["forward_on_failure"]:
        able = outlook.calls.get(target)
        if carried and able and able < carried:
            yield "'%s' (%d) to '%s' (%d)" % (outlook.name(source), carried, outlook.name(target), able)


def _some(words, joint=", "):
    more = len(words) - _SPELT_OUT
    return joint.join(words[:_SPELT_OUT]) + ("%sand %d more" % (joint, more) if more > 0 else "")
