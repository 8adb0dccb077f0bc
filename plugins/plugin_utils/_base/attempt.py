# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Turning exceptions into values, so that plugins can report them as one sentence.

Ansible shows the exception that was being handled when another one is raised. Its text may quote a secret, so plugins raise
their errors outside of ``except`` blocks.
"""

from __future__ import annotations

from typing import Callable, TypeVar

from ...module_utils._common.errors import AlianzaError, unexpected_error

_Value = TypeVar("_Value")


def attempt(work: Callable[[], _Value]) -> tuple[_Value | None, AlianzaError | None]:
    """Call ``work`` and return (its value, None), or (None, the error)."""
    try:
        return work(), None
    except AlianzaError as error:
        return None, error
    except Exception as error:
        return None, unexpected_error(error)
