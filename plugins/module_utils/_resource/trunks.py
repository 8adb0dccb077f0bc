# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Finding a trunk of the account by its name or its id. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

from .._common.notices import Notice
from .objects import Objects
from .plan import KNOWN_AFTER_APPLY


class Named(Protocol):
    """Whatever has a trunk's name and id."""

    @property
    def name(self) -> str:
        """The trunk's name."""

    @property
    def trunk_id(self) -> str:
        """The trunk's id."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class TrunkRef:
    """A trunk that was found, or one that will be there when the plan is carried out.

    Attributes:
        name: its name; None when only an id that is unknown yet was given.
        trunk_id: its id; None when it does not exist yet.
    """

    name: str | None
    trunk_id: str | None

    @property
    def label(self) -> str:
        """The trunk in words, for messages and headers."""
        return self.name if self.name is not None else str(self.trunk_id or KNOWN_AFTER_APPLY)


class Trunks(Objects[T]):
    """The trunks of one account."""

    noun = "trunk"
    id_option = "trunk_id"

    @staticmethod
    def name_of(each: T) -> str:
        return each.name

    @staticmethod
    def id_of(each: T) -> str:
        return each.trunk_id

    @staticmethod
    def expected_notice(name: str | None, msg: str) -> Notice:
        return Notice("expected_trunk", name, msg)

    def refer(
        self, name: str | None = None, trunk_id: str | None = None, notices: list[Notice] | None = None
    ) -> TrunkRef:
        """Return the TrunkRef of a trunk that must be there, or will be; arguments and errors as :meth:`look_up`."""
        found = self.look_up(name, trunk_id, notices)
        return TrunkRef(found.name, found.object_id)
