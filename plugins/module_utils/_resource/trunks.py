# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Finding a trunk of the account by its name or its id; the one place that decides what was meant. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .._common.errors import Ambiguous, InvalidInput, NotFound
from .plan import KNOWN_AFTER_APPLY


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
    def label(self):
        """The trunk in words, for messages and headers."""
        return self.name if self.name is not None else str(self.trunk_id or KNOWN_AFTER_APPLY)


class Trunks:
    """The trunks of one account.

    Args:
        trunks: every trunk of the account's list.
        coming: names of trunks that the same plan creates.
        lenient: take a name that is not there for a trunk that an earlier task would have made (check mode).
    """

    def __init__(self, trunks, coming=(), lenient=False):
        self.all = tuple(trunks)
        self.by_id = {trunk.trunk_id: trunk for trunk in self.all}
        self.coming = frozenset(coming)
        self.lenient = lenient
        self._by_name = {}
        for trunk in self.all:
            self._by_name.setdefault(trunk.name, []).append(trunk)

    def expecting(self, coming=(), lenient=False):
        """Return the same trunks, with others that are about to come."""
        return Trunks(self.all, coming, lenient)

    def named(self, name):
        """Return the one trunk of that name, or None.

        Raises:
            Ambiguous: several trunks have it; the message lists their ids.
        """
        found = self._by_name.get(name, [])
        if len(found) > 1:
            raise Ambiguous(
                "%d trunks of this account are named '%s': give trunk_id, one of %s"
                % (len(found), name, ", ".join(sorted(trunk.trunk_id for trunk in found)))
            )
        return found[0] if found else None

    def find(self, name=None, trunk_id=None):
        """Return the trunk that both (or the one given) of name and id mean, or None where there is none.

        Raises:
            Ambiguous: several trunks have the name.
            InvalidInput: name and id mean two different trunks.
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

    def refer(self, name=None, trunk_id=None, warnings=None):
        """Return the TrunkRef of a trunk that must be there, or will be.

        Args:
            name: the trunk's name, or None.
            trunk_id: the trunk's id, or None.
            warnings: list that is told of a trunk taken on trust.

        Raises:
            NotFound: there is no such trunk, nor will there be.
            Ambiguous, InvalidInput: as :meth:`find`.
        """
        if trunk_id == KNOWN_AFTER_APPLY:
            if not self.lenient:
                raise InvalidInput(
                    "trunk_id is %s, the placeholder that check mode gives for a trunk still to be created: "
                    "give a real id or the trunk's name" % KNOWN_AFTER_APPLY
                )
            trunk_id = None
            if not name:
                return TrunkRef(None, None)
        trunk = self.find(name, trunk_id)
        if trunk is not None:
            return TrunkRef(trunk.name, trunk.trunk_id)
        if not trunk_id and name in self.coming:
            return TrunkRef(name, None)
        if not trunk_id and self.lenient:
            if warnings is not None:
                warnings.append(
                    "There is no trunk named '%s' on the account yet: this prediction holds if an earlier task "
                    "creates it" % name
                )
            return TrunkRef(name, None)
        raise NotFound(self.missing(name, trunk_id))

    def missing(self, name=None, trunk_id=None):
        """Return the sentence for a trunk that is not on the account."""
        what = "id %s" % trunk_id if trunk_id else "name '%s'" % name
        there = sorted("'%s'" % trunk.name for trunk in self.all)
        if not there:
            return "The account has no trunk with the %s; it has no trunks at all: check the account" % what
        shown = ", ".join(there[:10]) + (" and %d more" % (len(there) - 10) if len(there) > 10 else "")
        return "The account has no trunk with the %s: check it, the account has %s" % (what, shown)
