# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What was read from the platform, as plain data, and the words in which a planner asks for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

# What a planner may ask for; the last three come with a trunk's id.
TRUNKS = ("trunks", None)
NUMBERS = ("numbers", None)
GROUPS = ("groups", None)


def forward(trunk_id):
    """Ask for one trunk's forwarding rules."""
    return ("forward", trunk_id)


def registration(trunk_id):
    """Ask for one trunk's registration status."""
    return ("registration", trunk_id)


def accounts(kind=None, value=None):
    """Ask for the accounts of the partition: all, or the one whose account_id, account_number or phone_number is meant."""
    return ("accounts", (kind, value))


@dataclass
class State:
    """The part of an account that was read.

    Attributes:
        account_id: the account it is of.
        trunks: Trunks, or None when they were not asked for.
        numbers: {11 digits: Number}, or None.
        groups: tuple of Group, or None.
        forwards: {trunk id: Rules} of the trunks that were asked for.
        registrations: {trunk id: {"registered": bool, "locked_out": bool}}.
        accounts: the accounts' objects as the API gave them, or None.
    """

    account_id: str | None = None
    trunks: object = None
    numbers: dict | None = None
    groups: tuple | None = None
    accounts: list | None = None
    forwards: dict = field(default_factory=dict)
    registrations: dict = field(default_factory=dict)

    def has(self, need):
        """Whether what ``need`` asks for is there."""
        kind, key = need
        if kind == "forward":
            return key in self.forwards
        if kind == "registration":
            return key in self.registrations
        return getattr(self, kind) is not None
