# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a trunk is registered and whether it is locked out.

The platform's edge asks for credentials and reports how registrations ended. What follows from that is decided here.
"""

from __future__ import annotations

from .settings import Settings
from .store import Trunk

OUTCOMES = ("registered", "unregistered", "refused")


def report(settings: Settings, trunk: Trunk, outcome: str) -> None:
    """Take how a registration at a trunk ended; raises ValueError for an unknown outcome, or if a locked-out trunk is to be registered.

    A trunk that is refused too often in a row is locked out, which ends its registration too. Only `unlock` ends that: whoever
    guesses passwords must not be let in by the right one.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"The outcome has to be one of {', '.join(OUTCOMES)}")
    if outcome == "registered" and trunk.locked_out:
        raise ValueError("The trunk is locked out")
    trunk.next_registered = None
    if outcome != "refused":
        trunk.registered = outcome == "registered"
        trunk.refusals = 0 if trunk.registered else trunk.refusals
        return
    trunk.refusals += 1
    if settings.lock_out_after and trunk.refusals >= settings.lock_out_after:
        trunk.registered, trunk.locked_out = False, True


def unlock(trunk: Trunk) -> None:
    """End a lock-out, and forget the refusals that led to it."""
    trunk.locked_out, trunk.refusals = False, 0


def status(trunk: Trunk) -> dict[str, bool]:
    """Return the body of GET .../siptrunk_2/{id}/registrationstatus; a planned change counts down with each call."""
    if trunk.next_registered is not None:
        registered, reads = trunk.next_registered
        if reads > 0:
            trunk.next_registered = (registered, reads - 1)
        else:
            trunk.registered, trunk.next_registered = registered, None
    return {"registered": trunk.registered, "lockedOut": trunk.locked_out}
