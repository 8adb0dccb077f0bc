# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Finding an object of the account by its name or its id; the one place that decides which object it is. Pure."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from .._common.errors import Ambiguous, InvalidInput, NotFound
from .._common.names import folded
from .._common.notices import Notice
from .plan import KNOWN_AFTER_APPLY

# So many names are spelt out in one sentence.
_SPELT_OUT = 10

T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """An object that was found, or one that will be there when the plan is carried out.

    Attributes:
        name: its name; None when only an id that is unknown yet was given.
        object_id: its id; None when it does not exist yet.
    """

    name: str | None
    object_id: str | None


class Objects(Generic[T]):
    """The objects of one kind that an account has.

    Args:
        objects: every object of the account's list.
        expected: names of objects that the same plan creates.
        lenient: assume that an earlier task creates an object whose name is not on the account (check mode).
    """

    noun: ClassVar[str] = ""
    # The option that holds an id.
    id_option: ClassVar[str] = ""

    def __init__(self, objects: Iterable[T], expected: Iterable[str] = (), lenient: bool = False) -> None:
        # A list that is read page by page may hold an object twice.
        self.by_id: dict[str, T] = {self.id_of(each): each for each in objects}
        self.all = tuple(self.by_id.values())
        self.expected = frozenset(expected)
        self.lenient = lenient
        self._by_name: dict[str, list[T]] = {}
        for each in self.all:
            self._by_name.setdefault(self.name_of(each), []).append(each)
        self._by_form: dict[str, list[T]] = {}

    @staticmethod
    def name_of(each: T) -> str:
        """Return the name of an object."""
        raise NotImplementedError

    @staticmethod
    def id_of(each: T) -> str:
        """Return the id of an object."""
        raise NotImplementedError

    @staticmethod
    def expected_notice(name: str | None, msg: str) -> Notice:
        """Return the notice about an object that is assumed to come."""
        raise NotImplementedError

    def expecting(self: S, expected: Iterable[str] = (), lenient: bool = False) -> S:
        """Return the same objects, with others that are expected."""
        # What was sorted by name and form is shared: a document asks once for each of its objects.
        other = copy.copy(self)
        other.expected, other.lenient = frozenset(expected), lenient
        return other

    def in_order(self) -> list[T]:
        """Return the objects sorted by name, and by id where they share one."""
        return sorted(self.all, key=lambda each: (self.name_of(each), self.id_of(each)))

    def named(self, name: str | None) -> T | None:
        """Return the one object of that name, or None.

        Raises:
            Ambiguous: several objects have it; the message lists their ids.
        """
        found = self._by_name.get(name, []) if name else []
        if len(found) > 1:
            raise Ambiguous(
                "%d %ss of this account are named '%s': give %s, one of %s"
                % (len(found), self.noun, name, self.id_option, ", ".join(sorted(map(self.id_of, found))))
            )
        return found[0] if found else None

    def find(self, name: str | None = None, object_id: str | None = None) -> T | None:
        """Return the object of this name and id, or of the one that is given; None where there is none.

        Raises:
            Ambiguous: several objects have the name.
            InvalidInput: name and id belong to two different objects.
        """
        if not object_id:
            return self.named(name)
        found = self.by_id.get(object_id)
        if name and found is not None and self.name_of(found) != name:
            raise InvalidInput(
                "%s %s is named '%s', not '%s': give one of the two, or the pair that belongs together"
                % (self.noun.capitalize(), object_id, self.name_of(found), name)
            )
        return found

    def look_up(
        self, name: str | None = None, object_id: str | None = None, notices: list[Notice] | None = None
    ) -> Found:
        """Return an object that must be there, or will be.

        Args:
            name: its name, or None.
            object_id: its id, or None.
            notices: list to which an object that is assumed to come is added.

        Raises:
            NotFound: there is no such object, nor will there be.
            Ambiguous, InvalidInput: as :meth:`find`.
        """
        if object_id == KNOWN_AFTER_APPLY:
            self.check_placeholder()
            object_id = None
            if not name:
                return Found(None, None)
        found = self.find(name, object_id)
        if found is not None:
            return Found(self.name_of(found), self.id_of(found))
        if not object_id and name in self.expected:
            return Found(name, None)
        if not object_id and self.lenient:
            if notices is not None:
                near = self.near(name)
                notices.append(
                    self.expected_notice(
                        name,
                        "%s '%s' is not on the account yet: check mode assumes that an earlier task creates it%s"
                        % (self.noun.capitalize(), name, " (the account has '%s')" % near if near else ""),
                    )
                )
            return Found(name, None)
        raise NotFound(self.missing(name, object_id))

    def check_placeholder(self) -> None:
        """Raise InvalidInput unless the placeholder of check mode may stand for an id."""
        if not self.lenient:
            raise InvalidInput(
                "%s is %s, the placeholder that check mode returns for a %s still to be created: "
                "give a real id or the %s's name" % (self.id_option, KNOWN_AFTER_APPLY, self.noun, self.noun)
            )

    def alike(self, name: str, but: str | None = None) -> str | None:
        """Return the name of an object that differs from a name only by case, blanks or Unicode form, or None.

        Args:
            name: the name that is to be given.
            but: id of the object that is to get it, which may be called so already.
        """
        if not self._by_form:
            for each in self.all:
                self._by_form.setdefault(folded(self.name_of(each)), []).append(each)
        fitting = self._by_form.get(folded(name), ())
        return next((self.name_of(each) for each in fitting if self.id_of(each) != but), None)

    def near(self, name: str | None) -> str | None:
        """Return the name on the account that was probably intended, or None."""
        if not name:
            return None
        close = difflib.get_close_matches(name, list(map(self.name_of, self.all)), 1, 0.8)
        return self.alike(name) or (close[0] if close else None)

    def missing(self, name: str | None = None, object_id: str | None = None) -> str:
        """Return the sentence for an object that is not on the account."""
        what = "%s with the %s" % (self.noun, "id %s" % object_id if object_id else "name '%s'" % name)
        there = sorted("'%s'" % self.name_of(each) for each in self.all)
        if not there:
            return "The account has no %s; it has no %ss at all: check the account" % (what, self.noun)
        near = None if object_id else self.near(name)
        if near:
            return "The account has no %s: did you mean '%s'? Names are compared exactly" % (what, near)
        more = len(there) - _SPELT_OUT
        shown = ", ".join(there[:_SPELT_OUT]) + (" and %d more" % more if more > 0 else "")
        return "The account has no %s: check it, the account has %s" % (what, shown)


S = TypeVar("S", bound=Objects[Any])
