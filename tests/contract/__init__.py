# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A description of the API that the collection calls, and a gate that holds recorded traffic against it."""

from __future__ import annotations

from .description import load
from .gate import Gate

__all__ = ["Gate", "load"]
