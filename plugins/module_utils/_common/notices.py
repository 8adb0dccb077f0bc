# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a plan has to say beside its steps, as data: notices, which are shown as warnings, and guards, which stop it. Pure.

Programs read the kind and the subject; the sentences for people are composed here and nowhere else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

# kind -> what a notice of this kind means
KINDS = {
    "expected_trunk": "The trunk is not on the account yet; check mode assumes that an earlier task creates it.",
    "expected_group": "The trunk group is not on the account yet; check mode assumes that an earlier task creates it.",
    "expected_rule": "The rule to switch on does not exist yet; check mode assumes that an earlier task sets it.",
    "dead_target": "A forwarding rule points at a trunk that does not exist.",
    "dead_member": "A trunk group has a member that is no trunk of the account.",
    "forwards_to_member": "A trunk group forwards to its own member.",
    "taken_from_group": "A trunk leaves its trunk group for another one.",
    "leaves_group": "The trunk that is to be deleted is in a trunk group.",
    "taken_from": "Telephone numbers are taken from a destination that is not a trunk.",
    "dangling_numbers": "Telephone numbers are routed to a trunk that does not exist.",
    "gone": "The trunk is not on the account any more, so that there is nothing to do.",
    "password_unreadable": "The API did not return the SIP password, so that it is written on every run.",
    "failover_smaller": "A failover target carries fewer calls than the trunk that it stands in for.",
    "no_failover": "Trunks have no failover.",
    "forward_loop": "Trunks forward all their calls in a loop.",
    "unrouted_numbers": "Telephone numbers of the account are unrouted.",
    "left_out": "A value of the trunk cannot be given as an option and is left out of the document.",
    "name_shared": "Several trunks share the name, so that the removed trunk is listed under another one.",
    "normalized": "The API stores a value in another form than it was given.",
    "forced": "A guard was overridden by force.",
    "not_on_account": "Telephone numbers are not on the account.",
    "records_left_out": "There are more call records than are read, so that older ones are left out.",
}
# kind -> what a guard of this kind protects
GUARDS = {
    "numbers_routed": "Telephone numbers are routed to the trunk that is to be deleted.",
    "forwarded_to": "Another trunk forwards to the trunk that is to be deleted.",
    "group_forwards": "A trunk group forwards to the trunk that is to be deleted.",
    "members": "The trunk group that is to be deleted has trunks in it.",
    "points_at_group": "A telephone number or a forwarding rule points at the trunk group that is to be deleted.",
    "forwards_to_member": "The rules of a trunk group would send calls to a trunk in it.",
    "registered": "The PBX of the trunk that is to be deleted is registered.",
    "ip_based_auth": "The trunk that is to be deleted uses IP-based authentication, so that it may be in use without a registration.",
    "empty_document": "The document keeps no trunk, and every trunk of the account would be deleted.",
    "reroute": "Telephone numbers are routed elsewhere, and reroute is false.",
}
FORCED, REROUTE = "forced", "reroute"


@dataclass(frozen=True)
class Notice:
    """Something that the user should know although it is no fault.

    Attributes:
        kind: one of :data:`KINDS`.
        subject: name of the trunk or trunk group, or the destination, that it is about; None where it is about several or the account.
        msg: a sentence with the fact, and the remedy where there is one.
    """

    kind: str
    subject: str | None
    msg: str

    @property
    def text(self) -> str:
        """The sentence as warnings show it."""
        return "%s. Done because force is true" % self.msg if self.kind == FORCED else self.msg

    def as_dict(self) -> dict[str, str | None]:
        """Return the notice as an item of a module's ``notices``."""
        return asdict(self)


@dataclass(frozen=True)
class Guard:
    """A reason not to do what was asked for, which the user can override.

    Attributes:
        kind: one of :data:`GUARDS`.
        subject: name of the trunk or trunk group, or the destination, that it is about; None where it is about the account.
        msg: the fact, without a remedy.
        remedy: what to do instead of overriding it.
    """

    kind: str
    subject: str | None
    msg: str
    remedy: str

    @property
    def text(self) -> str:
        """The sentence as failures show it: the fact, the remedy, and the option that overrides the guard."""
        return "%s: %s, or set %s: true" % (self.msg, self.remedy, REROUTE if self.kind == REROUTE else "force")

    def overridden(self) -> Notice:
        """Return the Notice that takes the guard's place when the user insists."""
        return Notice(FORCED, self.subject, self.msg)

    def as_dict(self) -> dict[str, str | None]:
        """Return the guard as an item of a module's ``guards``."""
        return asdict(self)
