# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The trunks whose calling plan is to be shared: whether it can be. Pure.

Facts: API path .../siptrunk_2/shared-plan-lookup, which returns the trunks whose calling plan can be shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .._common.errors import AlianzaError
from . import calling_plan
from .sip_trunk import Trunk
from .sip_trunk_plan import TrunkWish
from .state import SHAREABLE, Need, State
from .trunks import Trunks


def needs(wishes: Iterable[TrunkWish], trunks: Trunks[Trunk]) -> list[Need]:
    """Return what has to be read to know whether the plans that some trunks are to share can be shared.

    Args:
        wishes: the TrunkWishes.
        trunks: the account's Trunks.
    """
    return [SHAREABLE] if any(_source(wish, trunks) for wish in wishes) else []


def conflicts(wishes: Sequence[TrunkWish], state: State) -> Iterator[str]:
    """Yield a sentence for every trunk that is to share a calling plan which cannot be shared.

    A plan that another one of the wishes sets up can be shared only then, so it is not looked at.

    Args:
        wishes: the TrunkWishes.
        state: State with the trunks, and with what :func:`needs` asks for.
    """
    found = [wish.found(state.trunks) for wish in wishes if wish.setup is not None]
    set_up = {trunk.trunk_id for trunk in found if trunk is not None}
    for wish in wishes:
        source = _source(wish, state.trunks)
        if source is None or source.trunk_id in {*set_up, *state.shareable}:
            continue
        others = sorted(trunk.name for trunk in state.trunks.all if trunk.trunk_id in state.shareable)
        yield "The calling plan of trunk '%s' cannot be shared with trunk '%s': %s" % (
            source.name,
            wish.name or wish.trunk_id,
            "share that of %s, or give type: new" % " or ".join("'%s'" % name for name in others[:5])
            if others
            else "the account has no trunk whose plan can be shared, so give type: new",
        )


def _source(wish: TrunkWish, trunks: Trunks[Trunk]) -> Trunk | None:
    """Return the account's trunk whose plan a wish would newly share; None if it shares none, or has it already."""
    setup, actual = wish.setup, wish.found(trunks)
    if setup is None or setup.kind != calling_plan.SHARED:
        return None
    try:
        source = trunks.by_id.get(trunks.refer(setup.trunk_name, setup.trunk_id).trunk_id or "")
    except AlianzaError:
        # The planner of the trunk reports it.
        return None
    return None if source is None or actual is not None and calling_plan.shares(actual, source) else source
