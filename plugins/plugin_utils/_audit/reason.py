# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Why an account was not audited, in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NOT_REACHED = "Ansible did not get as far as the audit: an earlier task failed, or the host is unreachable"


def reason(error: Mapping[str, Any] | None, *results: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return (sentence, kind) of why there was no audit, (None, None) if there was one.

    Args:
        error: {msg, kind} of what kept the account from being read, None if nothing did.
        results: results of the modules that compare and read the account, in their order; empty ones for those that did not run.
    """
    if error:
        return str(error["msg"]), str(error["kind"])
    for result in results:
        if result.get("failure"):
            return str(result["msg"]), str(result["failure"]["kind"])
    return (None, None) if results[-1] else (_NOT_REACHED, "unreachable")
