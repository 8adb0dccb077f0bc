# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The calling plan of a trunk: a product of its own, or the plan of another trunk. Pure.

A new trunk gets it in the request that creates it. Later it is changed by a request of its own.

Facts: newCppId and setupCallingPlan of POST .../siptrunk_2, PUT .../callingplan, callingPlans of a trunk. That a plan in
the list of a trunk is that of another one is taken from its referenceId, and the ID of a trunk is taken for the
callingPlanReferenceId; neither is spelt out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from .._common.errors import InvalidInput
from .._common.notices import Notice
from .plan import Changes, Step, change
from .references import SIP_TRUNK
from .sip_trunk import Trunk
from .trunks import TrunkRef, Trunks

PRODUCT, SETUP = "calling_plan_product_id", "setup_calling_plan"
SHARED, NEW = "shared", "new"
_WIRE_TYPES = {SHARED: "SHARED_CALLING_PLAN", NEW: "NEW_CALLING_PLAN"}
_OWN = "a plan of its own"


@dataclass(frozen=True)
class SetupWish:
    """Which calling plan a user wants for a trunk.

    Attributes:
        kind: ``shared`` or ``new``.
        trunk_name: name of the trunk whose plan is shared, or None.
        trunk_id: its id, or None.
    """

    kind: str
    trunk_name: str | None = None
    trunk_id: str | None = None


@dataclass
class CallingPlanStep(Step):
    """Give a trunk another calling plan.

    Attributes:
        trunk_id: id of the trunk; None for one that the same plan creates.
        product_id: the product of its own plan; None if it is not known, or if a plan is shared.
        share: the trunk whose plan is shared; None for a plan of its own.
        shared_ids: ids of the plans of that trunk.
    """

    trunk_id: str | None = None
    product_id: str | None = None
    share: TrunkRef | None = None
    shared_ids: frozenset[str] = field(default_factory=frozenset)
    resource: ClassVar[str] = "sip_trunk"
    default_phase: ClassVar[str] = "calling_plans"

    def body(self, trunk_id: str, share_id: str | None) -> dict[str, Any]:
        """Return the body of PUT .../callingplan.

        Args:
            trunk_id: id of the trunk.
            share_id: id of the trunk whose plan is shared, or None.
        """
        body = {"referenceType": SIP_TRUNK, "referenceId": trunk_id}
        if share_id is not None:
            return dict(body, callingPlanType=_WIRE_TYPES[SHARED], callingPlanReferenceId=share_id)
        body["callingPlanType"] = _WIRE_TYPES[NEW]
        return dict(body, callingPlanProductId=self.product_id) if self.product_id else body

    def shown_by(self, trunk: Trunk, share_id: str | None) -> bool:
        """Return whether a trunk has the plan.

        Args:
            trunk: the Trunk as the API returned it.
            share_id: id of the trunk whose plan is shared, or None.
        """
        if share_id is not None:
            return _shares(trunk, share_id, self.shared_ids)
        product: str | None = trunk.values[PRODUCT]
        return owner_of(trunk) is None and (self.product_id is None or product == self.product_id)


def parse_setup(given: Mapping[str, Any]) -> tuple[SetupWish | None, list[str]]:
    """Return (SetupWish or None, faults) from the options of a trunk.

    Args:
        given: {option: value}.
    """
    setup = given.get(SETUP)
    if setup is None:
        return None, []
    kind, name, trunk_id = (setup.get(key) or None for key in ("type", "trunk_name", "trunk_id"))
    faults = []
    if kind is None:
        faults.append("type of %s is missing: give shared or new" % SETUP)
    elif kind == SHARED and not name and not trunk_id:
        faults.append("%s has no trunk: give trunk_name or trunk_id of the trunk whose plan is shared" % SETUP)
    elif kind == NEW and (name or trunk_id):
        faults.append("%s is new and names a trunk: remove it, or give type: shared" % SETUP)
    if kind == SHARED and given.get(PRODUCT):
        faults.append("%s does not go with a shared calling plan: remove one of the two" % PRODUCT)
    return (None if faults else SetupWish(str(kind), name, trunk_id)), faults


def owner_of(trunk: Trunk) -> str | None:
    """Return the id of the trunk whose plan a trunk shares, None if it has a plan of its own."""
    for plan in reversed(trunk.read_only["calling_plans"]):
        owner = plan.get("reference_id")
        if owner and owner != trunk.trunk_id and plan.get("reference_type") in (None, SIP_TRUNK):
            return str(owner)
    return None


def _ids(trunk: Trunk | None) -> frozenset[str]:
    return (
        frozenset(str(plan["id"]) for plan in trunk.read_only["calling_plans"] if plan.get("id"))
        if trunk
        else frozenset()
    )


def _shares(trunk: Trunk, other_id: str, plan_ids: frozenset[str]) -> bool:
    return owner_of(trunk) == other_id or bool(_ids(trunk) & plan_ids)


def shares(trunk: Trunk, other: Trunk) -> bool:
    """Return whether a trunk shares the calling plan of another one."""
    return trunk is not other and _shares(trunk, other.trunk_id, _ids(other))


def _other(setup: SetupWish, name: str | None, trunks: Trunks[Trunk], notices: list[Notice]) -> TrunkRef:
    """Return the trunk whose plan is to be shared.

    Raises:
        InvalidInput: it is the trunk itself.
        NotFound, Ambiguous: there is no such trunk, or there are several.
    """
    other = trunks.refer(setup.trunk_name, setup.trunk_id, notices)
    if other.name is not None and other.name == name:
        raise InvalidInput("Trunk '%s' cannot share its own calling plan: name another trunk" % name)
    return other


def plan_created(
    setup: SetupWish | None, name: str, trunks: Trunks[Trunk], notices: list[Notice]
) -> tuple[dict[str, Any], Changes, CallingPlanStep | None]:
    """Return (fields of the request that creates a trunk, what they change, the step that has to follow).

    Args:
        setup: the SetupWish, or None.
        name: the trunk's name.
        trunks: the account's Trunks.
        notices: list to which a trunk that is assumed to come is added.
    """
    if setup is None:
        return {}, {}, None
    if setup.kind == NEW:
        return {"callingPlanType": _WIRE_TYPES[NEW]}, {SETUP: change(None, _OWN)}, None
    other = _other(setup, name, trunks, notices)
    changes: Changes = {SETUP: change(None, _in_words(other))}
    if other.trunk_id is None:
        # Its id is known once it is created itself.
        return {}, {}, CallingPlanStep(action="update", name=name, changes=changes, share=other)
    return {"callingPlanType": _WIRE_TYPES[SHARED], "referenceId": other.trunk_id}, changes, None


def plan_changed(
    setup: SetupWish | None,
    product_id: str | None,
    name: str,
    actual: Trunk,
    trunks: Trunks[Trunk],
    notices: list[Notice],
) -> CallingPlanStep | None:
    """Return the step that gives a trunk the calling plan that is wanted, None if it has it.

    Args:
        setup: the SetupWish, or None.
        product_id: the product that is wanted, or None.
        name: the name that the trunk will have.
        actual: the Trunk.
        trunks: the account's Trunks.
        notices: list to which a trunk that is assumed to come is added.
    """
    owner = owner_of(actual)
    before = _in_words(TrunkRef(trunks.by_id[owner].name if owner in trunks.by_id else None, owner)) if owner else _OWN
    if setup is not None and setup.kind == SHARED:
        other = _other(setup, name, trunks, notices)
        if other.trunk_id == actual.trunk_id:
            raise InvalidInput("Trunk '%s' cannot share its own calling plan: name another trunk" % name)
        known = _ids(trunks.by_id.get(other.trunk_id or ""))
        if other.trunk_id is not None and _shares(actual, other.trunk_id, known):
            return None
        changes: Changes = {SETUP: change(before, _in_words(other))}
        return CallingPlanStep("update", name, changes, actual.trunk_id, None, other, known)
    product = actual.values[PRODUCT]
    changes = {}
    if product_id is not None and product_id != product:
        changes[PRODUCT] = change(product, product_id)
    if owner is not None and (changes or setup is not None):
        changes[SETUP] = change(before, _OWN)
    return CallingPlanStep("update", name, changes, actual.trunk_id, product_id or product) if changes else None


def _in_words(other: TrunkRef) -> str:
    return "that of trunk %s" % ("'%s'" % other.name if other.name is not None else other.label)


def entry_of(trunk: Trunk, trunks: Trunks[Trunk], new_names: Mapping[str, str]) -> dict[str, Any]:
    """Return ``setup_calling_plan`` of a trunk that shares the plan of another one of the account, else nothing.

    Args:
        trunk: the Trunk.
        trunks: the account's Trunks.
        new_names: {trunk id: the name under which it is created again} of the trunks that are deleted.
    """
    owner = trunks.by_id.get(owner_of(trunk) or "")
    if owner is None:
        return {}
    name = new_names.get(owner.trunk_id, owner.name)
    alone = owner.trunk_id in new_names or sum(each.name == owner.name for each in trunks.all) == 1
    return {SETUP: {"type": SHARED, **({"trunk_name": name} if alone else {"trunk_id": owner.trunk_id})}}
