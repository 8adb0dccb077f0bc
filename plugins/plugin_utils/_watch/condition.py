# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A condition that is on or off, and is believed when it has lasted. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# A change is believed after so many rounds in a row, however far apart they are.
ROUNDS = 3


@dataclass
class Signal:
    """A condition of a trunk, an account or the API.

    Attributes:
        reported: whether it was reported to be on.
        since: when the opposite was first seen without a break, in seconds since the epoch; None if it is as reported.
        rounds: how many rounds in a row have seen the opposite.
    """

    reported: bool = False
    since: float | None = None
    rounds: int = 0

    @property
    def quiet(self) -> bool:
        """Whether it is off and nothing indicates a change."""
        return not self.reported and self.since is None

    def observe(self, value: bool, at: float, lasting: float) -> float | None:
        """Take what a round saw; return since when it is so if that is a change to report, else None.

        Args:
            value: whether the condition is on.
            at: when the round began, in seconds since the epoch.
            lasting: seconds for which a change has to be seen, in at least ROUNDS rounds; 0 to believe the first one.
        """
        if value == self.reported:
            self.interrupt()
            return None
        if self.since is None:
            self.since = at
        self.rounds += 1
        if lasting and (at - self.since < lasting or self.rounds < ROUNDS):
            return None
        since = self.since
        self.reported = value
        self.interrupt()
        return since

    def interrupt(self) -> None:
        """Forget a change that was seen and did not last, or that could not be followed without a break."""
        self.since, self.rounds = None, 0
