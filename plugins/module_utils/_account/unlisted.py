# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What an account has beside its trunks and a document does not list, although it has a list for it. Pure."""

from __future__ import annotations

from .._resource.caller_id_plan import CallerIdStep
from .._resource.sip_trunk_group import Groups
from .._resource.sip_trunk_group_plan import GroupStep
from .._resource.state import State
from . import caller_ids_plan, groups_plan
from .document import Document


def unlisted_objects(document: Document, state: State) -> dict[str, list[str]]:
    """Return {resource: names} of the trunk groups and caller IDs that the account has and the document does not list.

    Args:
        document: the Document. Of a list that it does not have, nothing is returned.
        state: State with what the plan of the document needs.
    """
    found: dict[str, list[str]] = {}
    if document.groups is not None:
        groups = Groups(state.groups)
        gone = {group.group_id for entry in document.groups.absent for group in [entry.found(groups)] if group}
        found[GroupStep.resource] = [
            group.name for group in groups_plan.to_delete(document.groups, groups, True) if group.group_id not in gone
        ]
    if document.caller_ids is not None:
        # What cannot be listed is no difference that anybody could end.
        found[CallerIdStep.resource] = caller_ids_plan.to_delete(document.caller_ids, state.caller_ids)[0]
    return found
