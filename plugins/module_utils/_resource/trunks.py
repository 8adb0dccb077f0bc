# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Finding a trunk of the account by its name or its id; the one place that decides which trunk it is. Pure."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from .._common.errors import Ambiguous, InvalidInput, NotFound
from .._common.names import folded
from .._common.notices import Notice
from .plan import KNOWN_AFTER_APPLY

# So many names are spelt out in one sentence.
_SPELT_OUT = 10


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


class Trunks(Generic[T]):
    """The trunks of one account.

    Args:
        trunks: every trunk of the account's list.
        expected: names of trunks that the same plan creates.
        lenient: assume that an earlier task creates a trunk whose name is not on the account (check mode).
    """

    def __init__(self, trunks: Iterable[T], expected: Iterable[str] = (), lenient: bool = False) -> None:
        # A list that is read page by page may hold a trunk twice.
        self.by_id: dict[str, T] = {trunk.trunk_id: trunk for trunk in trunks}
        self.all = tuple(self.by_id.values())
        self.expected = frozenset(expected)
        self.lenient = lenient
        self._by_name: dict[str, list[T]] = {}
        for trunk in self.all:
            self._by_name.setdefault(trunk.name, []).append(trunk)
        self._by_form: dict[str, list[T]] = {}

    def in_order(self) -> list[T]:
        """Return the trunks sorted by name, and by id where they share one."""
        return sorted(self.all, key=lambda trunk: (trunk.name, trunk.trunk_id))

    def expecting(self, expected: Iterable[str] = (), lenient: bool = False) -> Trunks[T]:
        """Return the same trunks, with others that are expected."""
        # What was sorted by name and form is shared: a document asks once for each of its trunks.
        other = copy.copy(self)
        other.expected, other.lenient = frozenset(expected), lenient
        return other

    def named(self, name: str | None) -> T | None:
        """Return the one trunk of that name, or None.

        Raises:
            Ambiguous: several trunks have it; the message lists their ids.
        """
        found = self._by_name.get(name, []) if name else []
        if len(found) > 1:
            raise Ambiguous(
                "%d trunks of this account are named '%s': give trunk_id, one of %s"
                % (len(found), name, ", ".join(sorted(trunk.trunk_id for trunk in found)))
            )
        return found[0] if found else None

    def find(self, name: str | None = None, trunk_id: str | None = None) -> T | None:
        """Return the trunk of this name and id, or of the one that is given; None where there is none.

        Raises:
            Ambiguous: several trunks have the name.
            InvalidInput: name and id belong to two different trunks.
        """
        if not trunk_id:
            return self.named(name)
        trunk = self.by_id.get(trunk_id)
        if name and trunk is not None and trunk.name != name:
            raise InvalidInput(
                "Trunk %s is named '%s', not '%s': give one of the two, or the pair that belongs together"
                % (trunk_id, trunk.name, name)
            )
        return trunk

    def refer(
        self, name: str | None = None, trunk_id: str | None = None, notices: list[Notice] | None = None
    ) -> TrunkRef:
        """Return the TrunkRef of a trunk that must be there, or will be.

        Args:
            name: the trunk's name, or None.
            trunk_id: the trunk's id, or None.
            notices: list to which a trunk that is assumed to come is added.

        Raises:
            NotFound: there is no such trunk, nor will there be.
            Ambiguous, InvalidInput: as :meth:`find`.
        """
        if trunk_id == KNOWN_AFTER_APPLY:
            if not self.lenient:
                raise InvalidInput(
                    "trunk_id is %s, the placeholder that check mode returns for a trunk still to be created: "
                    "give a real id or the trunk's name" % KNOWN_AFTER_APPLY
                )
            trunk_id = None
            if not name:
                return TrunkRef(None, None)
        trunk = self.find(name, trunk_id)
        if trunk is not None:
            return TrunkRef(trunk.name, trunk.trunk_id)
        if not trunk_id and name in self.expected:
            return TrunkRef(name, None)
        if not trunk_id and self.lenient:
            if notices is not None:
                near = self.near(name)
                notices.append(
                    Notice(
                        "expected_trunk",
                        name,
                        "Trunk '%s' is not on the account yet: check mode assumes that an earlier task creates it%s"
                        % (name, " (the account has '%s')" % near if near else ""),
                    )
                )
            return TrunkRef(name, None)
        raise NotFound(self.missing(name, trunk_id))

    def alike(self, name: str, but: str | None = None) -> str | None:
        """Return the name of a trunk that differs from a name only by case, blanks or Unicode form, or None.

        Args:
            name: the name that is to be given.
            but: id of the trunk that is to get it, which may be called so already.
        """
        if not self._by_form:
            for trunk in self.all:
                self._by_form.setdefault(folded(trunk.name), []).append(trunk)
        return next((each.name for each in self._by_form.get(folded(name), ()) if each.trunk_id != but), None)

    def near(self, name: str | None) -> str | None:
        """Return the name on the account that was probably intended, or None."""
        if not name:
            return None
        close = difflib.get_close_matches(name, [trunk.name for trunk in self.all], 1, 0.8)
        return self.alike(name) or (close[0] if close else None)

    def missing(self, name: str | None = None, trunk_id: str | None = None) -> str:
        """Return the sentence for a trunk that is not on the account."""
        what = "id %s" % trunk_id if trunk_id else "name '%s'" % name
        there = sorted("'%s'" % trunk.name for trunk in self.all)
        if not there:
            return "The account has no trunk with the %s; it has no trunks at all: check the account" % what
        near = None if trunk_id else self.near(name)
        if near:
            return "The account has no trunk with the %s: did you mean '%s'? Names are compared exactly" % (what, near)
        more = len(there) - _SPELT_OUT
        shown = ", ".join(there[:_SPELT_OUT]) + (" and %d more" % more if more > 0 else "")
        return "The account has no trunk with the %s: check it, the account has %s" % (what, shown)
