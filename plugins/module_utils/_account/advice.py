# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What is legal and still unwise about an account as it will be: one notice for each kind. Pure.

Only what is known anyway is looked at: the rules of a trunk that are not needed otherwise are not read for the sake of advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .._common.notices import Notice
from .._common.numbers import fold
from .._resource.references import SIP_TRUNK, Reference
from .outlook import Outlook

# So many names or ranges are spelt out in one sentence.
_SPELT_OUT = 10


def advise(sources: Sequence[Reference], outlook: Outlook) -> list[Notice]:
    """Return the notices about some trunks and about the account's numbers.

    Args:
        sources: References to the trunks of the document.
        outlook: the Outlook.
    """
    notices = [
        Notice(
            "forward_loop",
            names[0],
            "Trunks forward all their calls in a loop (%s): no call gets through; change one of the forward_always rules"
            % " -> ".join("'%s'" % name for name in names),
        )
        for names in _loops(sources, outlook)
    ]
    known = [source for source in sources if source in outlook.rules]
    smaller = [pair for source in known for pair in _smaller(source, outlook)]
    if smaller:
        notices.append(
            Notice(
                "failover_smaller",
                None,
                "A failover target carries fewer calls than the trunk it stands in for: %s" % _some(smaller, "; "),
            )
        )
    alone = [outlook.name(source) for source in known if not _has_failover(source, outlook)]
    if alone:
        notices.append(
            Notice(
                "no_failover",
                None,
                "No failover (forward_on_failure), so that calls fail while the PBX is not registered: %s"
                % _some(["'%s'" % name for name in alone]),
            )
        )
    unrouted = outlook.unrouted()
    if unrouted:
        notices.append(
            Notice(
                "unrouted_numbers",
                None,
                "%d telephone number%s of the account %s unrouted: %s"
                % (
                    len(unrouted),
                    "s" * (len(unrouted) > 1),
                    "are" if len(unrouted) > 1 else "is",
                    _some(fold(unrouted)),
                ),
            )
        )
    return notices


def _has_failover(source: Reference, outlook: Outlook) -> bool:
    """Whether a trunk has a failover, or its group has one."""
    rules = (outlook.rules[source], outlook.group_rules.get(source))
    return any(each is not None and each.lists["forward_on_failure"] for each in rules)


def _loops(sources: Sequence[Reference], outlook: Outlook) -> Iterator[list[str]]:
    """Yield each loop of forward_always rules once: the names of its trunks, the first one again at the end."""
    seen: set[Reference] = set()
    for start in sources:
        path: list[Reference] = []
        source: Reference | None = start
        while source is not None and source not in seen:
            seen.add(source)
            path.append(source)
            source = _always(source, outlook)
        if source is not None and source in path:
            yield [outlook.name(each) for each in [*path[path.index(source) :], source]]


def _always(source: Reference, outlook: Outlook) -> Reference | None:
    """Return the trunk that takes all calls of a trunk, None where there is none or it is not known."""
    rules = outlook.rules.get(source)
    if rules is None or not rules.enabled or rules.always is None or rules.always.reference_type != SIP_TRUNK:
        return None
    return rules.always


def _smaller(source: Reference, outlook: Outlook) -> Iterator[str]:
    """Yield, in words, the failover trunks that carry fewer calls than the source."""
    carried = outlook.calls.get(source)
    for target in outlook.rules[source].lists["forward_on_failure"]:
        able = outlook.calls.get(target)
        if carried and able and able < carried:
            yield "'%s' (%d) to '%s' (%d)" % (outlook.name(source), carried, outlook.name(target), able)


def _some(words: Sequence[str], joint: str = ", ") -> str:
    more = len(words) - _SPELT_OUT
    return joint.join(words[:_SPELT_OUT]) + ("%sand %d more" % (joint, more) if more > 0 else "")
