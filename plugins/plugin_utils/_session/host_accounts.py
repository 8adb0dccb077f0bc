# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Which account a host of a play is, by its variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .._base.filling import filled_in
from .accounts import KINDS, Account, account_of, name_account


def host_account(
    host: str, variables: Mapping[str, Any], own: Mapping[str, Any], template: Callable[[Any], Any], prefix: str
) -> Account:
    """Return the account that the variables of a host name.

    Args:
        host: its name.
        variables: its variables in the play, not filled in.
        own: the variables that it has whatever the play, not filled in.
        template: fills in a template with its variables.
        prefix: the beginning of the variables of the role that name the account.
    """
    if "alianza_pbxs" in variables and "alianza_pbxs" in own and "alianza_trunks" not in own:
        # A play may have such variables for all of its hosts; only those of the host itself make it a PBX.
        return name_account(host, {}, is_pbx=True)
    values = {kind: partial(filled_in, variables, prefix + kind, template) for kind in KINDS}
    return account_of(host, values, variables, template)
