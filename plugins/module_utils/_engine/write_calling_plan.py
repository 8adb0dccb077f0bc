# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Giving a trunk another calling plan, and verifying it.

Facts: PUT .../callingplan.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Callable

from .._common.errors import NotApplied, Unreadable
from .._resource import sip_trunk
from .._resource.calling_plan import CallingPlanStep
from .._resource.sip_trunk import Trunk
from .protocols import Api
from .settling import settled


def write_calling_plan(
    api: Api, step: CallingPlanStep, ids: Mapping[str, str], sleep: Callable[[float], None]
) -> Trunk:
    """Give the trunk of a step its calling plan, and return the trunk.

    Args:
        api: the Api.
        step: the CallingPlanStep.
        ids: {trunk name: id} of the trunks that the same plan created.
        sleep: waits some seconds.

    Raises:
        KeyError: one of the trunks was not created; its name.
        NotApplied: the API accepted the write, and the trunk has another plan.
        AlianzaError: the write failed.
    """
    trunk_id = step.trunk_id or ids[step.name]
    share_id = None
    if step.share is not None:
        share_id = step.share.trunk_id or ids[str(step.share.name)]
    try:
        api.put_calling_plan(step.body(trunk_id, share_id))
    except Unreadable:
        # It was accepted; the trunk says what came of it.
        pass

    def read() -> Trunk:
        return sip_trunk.from_wire(api.trunk(trunk_id))

    trunk = read()
    if not step.shown_by(trunk, share_id):
        shown, trunk = settled(lambda found: step.shown_by(found, share_id), read, sleep)
        if not shown:
            raise NotApplied(
                "The API accepted the write, but trunk '%s' still has another calling plan: check the plan, or contact Alianza"
                % step.name
            )
    return trunk
