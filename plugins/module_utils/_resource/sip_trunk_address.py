# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The address and port by which the PBX of a trunk is known: whether another trunk has the same pair. Pure.

Facts: API path .../siptrunk_2/validate, which returns whether a pair is free. The API may refuse a trunk with HTTP 409 if it
is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .plan import KNOWN_AFTER_APPLY
from .sip_trunk import Trunk
from .sip_trunk_plan import TrunkWish
from .state import State, address
from .trunks import Trunks

_OPTIONS = ("ip_address", "port_number")
_SWITCH = "ip_based_auth_enabled"


@dataclass(frozen=True)
class Address:
    """A pair to check.

    Attributes:
        ip: IPv4 or IPv6 address.
        port: its port.
        trunk_id: id of the trunk that is to have it, whose own pair is no conflict; None for one that is to be created.
    """

    ip: str
    port: int
    trunk_id: str | None


def address_to_check(wish: TrunkWish, trunks: Trunks[Trunk]) -> Address | None:
    """Return the pair that a wish would write or put to use; None if that does not change, or is no whole pair.

    Args:
        wish: the TrunkWish.
        trunks: the account's Trunks.
    """
    actual = wish.found(trunks)
    if actual is None and wish.trunk_id not in (None, KNOWN_AFTER_APPLY):
        return None
    before = actual.values if actual else {}
    changes = [option for option in _OPTIONS if wish.values.get(option) not in (None, before.get(option))]
    if wish.values.get(_SWITCH) and not before.get(_SWITCH):
        changes.append(_SWITCH)
    ip, port = (wish.values.get(option, before.get(option)) for option in _OPTIONS)
    if not changes or not ip or not port:
        return None
    return Address(ip, port, actual.trunk_id if actual else None)


def conflict(wish: TrunkWish, state: State) -> str:
    """Return the sentence for a pair that is in use, empty if it is free or does not change.

    Args:
        wish: the TrunkWish.
        state: State with the trunks, and with what :func:`address_to_check` returned.
    """
    pair = address_to_check(wish, state.trunks)
    if pair is None or state.addresses[pair]:
        return ""
    owner = next((trunk for trunk in state.trunks.all if _has(trunk, pair)), None)
    return "Address %s with port %d is in use by %s and cannot be that of trunk '%s' too: give another pair" % (
        pair.ip,
        pair.port,
        "trunk '%s'" % owner.name if owner else "another trunk of the platform",
        wish.name or pair.trunk_id,
    )


def _has(trunk: Trunk, pair: Address) -> bool:
    return trunk.trunk_id != pair.trunk_id and tuple(trunk.values[option] for option in _OPTIONS) == (
        pair.ip,
        pair.port,
    )


def needs(wishes: Iterable[TrunkWish], trunks: Trunks[Trunk]) -> Iterator[tuple[str, Address]]:
    """Yield what has to be read to know whether the pairs of some trunks are free.

    Args:
        wishes: the TrunkWishes.
        trunks: the account's Trunks.
    """
    for wish in wishes:
        pair = address_to_check(wish, trunks)
        if pair is not None:
            yield address(pair)


def shared(wishes: Iterable[TrunkWish], trunks: Trunks[Trunk]) -> Iterator[str]:
    """Yield a sentence for every pair that several trunks of one document would use for authentication.

    Args:
        wishes: the TrunkWishes.
        trunks: the account's Trunks.
    """
    names: dict[tuple[str, int], list[str]] = {}
    for wish in wishes:
        actual = wish.found(trunks)
        before = actual.values if actual else {}
        ip, port, enabled = (wish.values.get(option, before.get(option)) for option in (*_OPTIONS, _SWITCH))
        if ip and port and enabled:
            names.setdefault((ip, port), []).append(wish.name or str(wish.trunk_id))
    for (ip, port), having in names.items():
        if len(having) > 1:
            yield (
                "address %s with port %d is given to %s: give each trunk with IP-based authentication another pair"
                % (
                    ip,
                    port,
                    " and ".join("'%s'" % name for name in having),
                )
            )
