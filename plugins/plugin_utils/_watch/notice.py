# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Private to this collection: names and behaviour may change in any release.
"""An event as the playbooks of the watch get it, checked, and in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils._common.errors import InvalidInput
from .._base.plain import plain
from .rounds import API_BACK, API_UNREACHABLE, LOCKED_OUT, REGISTERED, UNLOCKED, UNREGISTERED

_TRUNK_WORDS = {
    UNREGISTERED: "is not registered",
    REGISTERED: "is registered again",
    LOCKED_OUT: "is locked out",
    UNLOCKED: "is not locked out any more",
}
_API_WORDS = {API_UNREACHABLE: "cannot be read", API_BACK: "can be read again"}
EVENTS = (*_TRUNK_WORDS, *_API_WORDS)


@dataclass(frozen=True)
class Notice:
    """An event of the event source trunk_registration.

    Attributes:
        event: what happened, one of EVENTS.
        since: since when, as text.
        api_host: host of the API.
        account_id: ID of the account; empty if it is not known.
        account_number: number of the account; empty if it is not known.
        trunk_id: ID of the trunk; empty for events of the API.
        trunk_name: name of the trunk; empty for events of the API.
        telephone_numbers: how many numbers are routed to the trunk; None if that is not known.
    """

    event: str
    since: str = ""
    api_host: str = ""
    account_id: str = ""
    account_number: str = ""
    trunk_id: str = ""
    trunk_name: str = ""
    telephone_numbers: int | None = None

    @property
    def account(self) -> str:
        """The account in words."""
        return "account %s" % (self.account_number or self.account_id)

    @property
    def trunk(self) -> str:
        """The trunk in words."""
        return "Trunk '%s' of %s" % (self.trunk_name or self.trunk_id, self.account)

    def text(self) -> str:
        """Return the event as one sentence."""
        if self.event in _API_WORDS:
            subject = self.account.capitalize() if self.account_id or self.account_number else "The API"
            return "%s %s at %s since %s" % (subject, _API_WORDS[self.event], self.api_host, self.since)
        numbers = ""
        if self.telephone_numbers is not None:
            numbers = "; %d telephone number%s routed to it" % (
                self.telephone_numbers,
                " is" if self.telephone_numbers == 1 else "s are",
            )
        return "%s %s since %s%s" % (self.trunk, _TRUNK_WORDS[self.event], self.since, numbers)


def read_event(value: Any) -> Notice:
    """Return the Notice of an event.

    Args:
        value: the ``trunk_registration`` of an event.

    Raises:
        InvalidInput: it is no such event.
    """
    given = plain(value)
    if not isinstance(given, Mapping) or given.get("event") not in EVENTS:
        raise InvalidInput(
            "trunk_watch_event is no event of the event source trunk_registration: hand over event.trunk_registration as it is"
        )
    texts = ("event", "since", "api_host", "account_id", "account_number", "trunk_id", "trunk_name")
    count = given.get("telephone_numbers")
    notice = Notice(
        **{name: str(given[name]) for name in texts if given.get(name) not in (None, "")},
        telephone_numbers=count if isinstance(count, int) else None,
    )
    if notice.event in _TRUNK_WORDS and not (notice.account_id and notice.trunk_id):
        raise InvalidInput(
            "trunk_watch_event lacks account_id or trunk_id: hand over event.trunk_registration as it is"
        )
    return notice
