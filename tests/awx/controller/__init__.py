# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for the part of AWX's API that sets AWX up. It refuses what AWX refuses, and keeps a log of requests."""

from __future__ import annotations

from .server import Controller

__all__ = ["Controller"]
