# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the OpenAPI description, which is joined from the files of one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "description"


def load(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the OpenAPI document joined from all files of a folder; raises ValueError if two of them say the same thing."""
    document: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        _join(document, yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
    return document


def _join(whole: dict[str, Any], part: dict[str, Any], where: str) -> None:
    for key, value in part.items():
        if key not in whole:
            whole[key] = value
        elif isinstance(value, dict) and isinstance(whole[key], dict) and not key.startswith("/"):
            _join(whole[key], value, f"{where}: {key}")
        else:
            raise ValueError(f"{where}: {key} is described twice")
