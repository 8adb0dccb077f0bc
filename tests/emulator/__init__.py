# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the SIP trunk part of Alianza's public API, for tests and demonstrations."""

from __future__ import annotations

from .faults import Fault
from .server import Emulator
from .settings import Settings

__all__ = ["Emulator", "Fault", "Settings"]
