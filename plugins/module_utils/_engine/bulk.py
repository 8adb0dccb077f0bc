# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a step that is many writes says of those that were not done."""

from __future__ import annotations

from collections.abc import Mapping

from .._common.errors import AlianzaError, Partial
from .._common.numbers import listed
from .workers import Breaker


class NotAttempted(AlianzaError):
    """The step was not attempted, because a step that it needs failed or the platform is down."""

    kind = "partial"


def not_attempted(breaker: Breaker) -> NotAttempted:
    """Return the error of a step that came after the breaker had tripped."""
    return NotAttempted("not attempted: %s" % (breaker.tripped.msg if breaker.tripped else "an earlier step failed"))


def bulk_error(items: str, failed: Mapping[str, str], errors: Mapping[str, AlianzaError], total: int) -> AlianzaError:
    """Return one error for those of many writes that were not done.

    Args:
        items: what is written, such as ``numbers``.
        failed: {number: sentence} of those that were not written.
        errors: {number: error} of those of them that have one.
        total: how many were to be written.
    """
    attempted = [number for number in failed if number in errors and not isinstance(errors[number], NotAttempted)]
    skipped = [number for number in failed if number not in attempted]
    parts = ["%s (%s)" % (number, failed[number]) for number in attempted]
    msg = "%d of %d %s were not written: %s" % (len(failed), total, items, "; ".join(parts))
    if skipped:
        msg += "%s%d were not attempted (%s): %s" % (
            "; " if parts else "",
            len(skipped),
            failed[skipped[0]],
            listed(skipped),
        )
    msg += ". Run again to write the rest"
    kinds = {errors[number].kind for number in attempted}
    first = errors[attempted[0]] if attempted else None
    if first is None or len(failed) < total or len(kinds) > 1:
        return Partial(msg, *((first.status, first.messages, first.method, first.path) if first else ()))
    return type(first)(msg, first.status, first.messages, first.method, first.path)
