# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: names and behaviour may change in any release.
"""What the watch does about an event: divert, restore, unlock, or nothing, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .ledger import Entry, Ledger
from .notice import Notice
from .rounds import LOCKED_OUT, REGISTERED, UNREGISTERED

DIVERT, RESTORE, UNLOCK, NOTHING = "divert", "restore", "unlock", "nothing"
# What the snapshot of a diversion says of who made it.
OWNER = "trunk_watch"


@dataclass(frozen=True)
class Reaction:
    """What to do.

    Attributes:
        action: DIVERT, RESTORE, UNLOCK or NOTHING.
        text: why, as one sentence.
        refused: whether something should have been done that the watch must not do, so that people have to look.
        ledger: what the ledger says once it is done; None if it stays as it is.
    """

    action: str
    text: str
    refused: bool = False
    ledger: Ledger | None = None


def react(
    notice: Notice, trunk: Mapping[str, Any] | None, permitted: bool, ledger: Ledger, most: int, now: float
) -> Reaction:
    """Return what to do about an event, by what is so now: it may have waited behind others.

    Args:
        notice: the event.
        trunk: its trunk as alianza_sip_trunk_info returns it with registration and forwarding; None if it is gone.
        permitted: whether the host of the account gives a target for its calls.
        ledger: what was done lately.
        most: how many trunks may be diverted in an hour.
        now: the time, in seconds since the epoch.
    """
    if trunk is None:
        return Reaction(NOTHING, "%s is gone: nothing is done" % notice.trunk)
    registration = trunk["registration"]
    if notice.event == REGISTERED:
        if not registration["registered"]:
            return Reaction(NOTHING, "%s is not registered any more: nothing is restored" % notice.trunk)
        return Reaction(RESTORE, "%s is registered again since %s" % (notice.trunk, notice.since))
    if notice.event not in (UNREGISTERED, LOCKED_OUT):
        return Reaction(NOTHING, notice.text())
    if not permitted:
        return Reaction(
            NOTHING, "%s: nothing is done, since its host does not set trunk_failover_target" % notice.text()
        )
    lately = ledger.lately(now)
    entry = Entry(now, notice.account_id, notice.trunk_id)
    if notice.event == LOCKED_OUT:
        return _unlock(notice, bool(registration["locked_out"]), lately, entry)
    return _divert(notice, trunk, lately, entry, most)


def _unlock(notice: Notice, locked_out: bool, ledger: Ledger, entry: Entry) -> Reaction:
    if not locked_out:
        return Reaction(NOTHING, "%s is not locked out any more: nothing is done" % notice.trunk)
    if ledger.was_unlocked(entry.account_id, entry.trunk_id):
        return Reaction(
            NOTHING,
            "%s is locked out again, and was unlocked in the last day already: correct the password of its PBX, then unlock it "
            "with alianza.sip_trunking.unlock" % notice.trunk,
            refused=True,
        )
    return Reaction(UNLOCK, notice.text(), ledger=ledger.unlocked(entry))


def _divert(notice: Notice, trunk: Mapping[str, Any], ledger: Ledger, entry: Entry, most: int) -> Reaction:
    if trunk["registration"]["registered"]:
        return Reaction(NOTHING, "%s is registered again: nothing is diverted" % notice.trunk)
    if (trunk["forwarding"].get("forward_always") or {}).get("enabled"):
        return Reaction(NOTHING, "All calls of %s are forwarded already: nothing is changed" % _lower(notice.trunk))
    if len(ledger.diversions) >= most:
        return Reaction(
            NOTHING,
            "%s is not diverted: the watch has diverted %d trunks in the last hour, and trunk_watch_most_per_hour allows %d. So many "
            "outages at once have a common cause: look for it, and divert by hand with alianza.sip_trunking.divert"
            % (notice.trunk, len(ledger.diversions), most),
            refused=True,
        )
    return Reaction(DIVERT, notice.text(), ledger=ledger.diverted(entry))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
